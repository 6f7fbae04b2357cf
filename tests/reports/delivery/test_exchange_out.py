"""The exchange file on its way out and on the other side: signed, bound, bounded, and nothing but what was submitted."""

import datetime as dt
import hashlib
import io
import json
import re
import zipfile

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from municipalities.kernel import signing
from municipalities.models import Change, Membership
from municipalities.tenancy import within
from reports.choices import TextSection
from reports.delivery.exchange import examining, manifest, reader, tickets
from reports.models import Delivery, ReportText
from reports.submission.reworking import reopening
from reports.submission.submitting.submit import submit
from tests import world
from tests.reports.exchange_files import address, members_of, packed, zipped

pytestmark = pytest.mark.django_db
VERIFY = "/exchange/verify/"
SCRIPT = '</script><img src=x onerror="alert(1)"><script>alert(2)</script>{{ 7 }}'


@pytest.fixture
def file(here, people):
    return packed(people)


def upload(client, content, name="file.zip"):
    file = io.BytesIO(content)
    file.name = name
    return client.post(VERIFY, {"file": file})


def is_refused(content):
    """Say whether a file passes for no unaltered one of ours."""
    try:
        examined = examining.examine(content)
    except examining.Unreadable:
        return True
    return not (examined.is_unaltered and examined.is_known)


def test_the_report_page_leads_to_the_file_and_the_file_is_handed_out(as_editor, people):
    page = as_editor.get(world.report_of().get_absolute_url()).content.decode()
    answered = as_editor.post(address("exchange"), {"adviser": people["adviser"].pk})

    assert address("exchange") in page
    assert answered.status_code == 200
    assert answered.headers["Content-Type"] == "application/zip"
    assert "990019-2026-interim-1-v1.zip" in answered.headers["Content-Disposition"]
    assert set(members_of(answered.content)) == {
        "manifest.json",
        "manifest.sig",
        "document.json",
        "report.pdf",
        "読んでください.html",
    }


def test_the_manifest_says_what_lies_in_the_file_and_is_signed(file, here, people):
    members = members_of(file)
    told = json.loads(members["manifest.json"])
    frozen = world.report_of().snapshot

    assert signing.is_signed(
        members["manifest.json"], members["manifest.sig"], public=signing.public_key()
    )
    assert members["document.json"] == bytes(frozen.document)
    assert (told["number"], told["version"]) == ("990019-2026-interim-1", 1)
    assert told["sha256"] == frozen.sha256
    assert told["fingerprint"] == signing.fingerprint()
    assert told["members"] == {
        name: hashlib.sha256(data).hexdigest()
        for name, data in members.items()
        if not name.startswith("manifest")
    }


def test_the_ticket_tells_nobody_who_the_adviser_is(file, here, people):
    told = json.loads(members_of(file)["manifest.json"])

    assert tickets.read(told["adviser"]).adviser == people["adviser"].pk
    assert str(people["adviser"]) not in members_of(file)["manifest.json"].decode()
    assert json.loads(members_of(packed(people))["manifest.json"])["adviser"] != told["adviser"]


def test_each_file_that_goes_out_is_recorded(as_editor, people, here):
    as_editor.post(address("exchange"), {"adviser": people["adviser"].pk})
    change = Change.objects.get(deed="exchange_out")
    page = as_editor.get(address("exchange")).content.decode()

    assert change.actor == people["editor"]
    assert change.after["adviser"] == people["adviser"].pk
    assert "これまでに作ったファイル" in page
    assert str(people["adviser"]) in page


@pytest.mark.parametrize("typed", [{}, {"adviser": ""}, {"adviser": "0"}, {"adviser": "x"}])
def test_without_an_adviser_of_this_version_no_file_is_made(as_editor, here, typed):
    answered = as_editor.post(address("exchange"), typed)

    assert answered.status_code == 422
    assert "アドバイザーを" in answered.content.decode()
    assert not Change.objects.filter(deed="exchange_out").exists()


def test_an_adviser_who_is_no_recipient_or_out_of_term_is_not_offered(as_editor, people, here):
    Membership.objects.filter(user=people["adviser"]).update(valid_to=dt.date(2021, 3, 31))
    page = as_editor.get(address("exchange")).content.decode()
    answered = as_editor.post(address("exchange"), {"adviser": people["adviser"].pk})

    assert "いま担当しているアドバイザーがいません" in page
    assert answered.status_code == 422


def test_of_a_draft_there_is_no_file(as_editor, people):
    draft = world.report_of(kind="final")

    assert as_editor.get(address("exchange", draft)).status_code == 302
    assert as_editor.post(address("exchange", draft), {"adviser": 1}).status_code == 302


def test_the_file_holds_the_version_that_was_submitted_and_nothing_later(here, people):
    ReportText.objects.filter(section=TextSection.POLICY).update(text="提出した後に書いた文")
    members = members_of(packed(people))

    assert "提出した後に書いた文" not in members["読んでください.html"].decode()
    assert world.CANARY not in "".join(m.decode(errors="replace") for m in members.values())


def test_a_version_whose_pdf_is_not_made_goes_out_without_it(here, people):
    world.report_of().snapshot.pdf.delete()
    file = packed(people)

    assert "report.pdf" not in members_of(file)
    assert examining.examine(file).is_unaltered


# --- the reader ------------------------------------------------------------------------------------


def test_the_reader_fetches_nothing_and_runs_nothing_but_what_lies_in_it(file):
    page = members_of(file)["読んでください.html"].decode()

    assert page.startswith("<!DOCTYPE html>")
    assert re.search(r'(?:src|href)\s*=\s*"(?!#)', page) is None
    assert "http-equiv" in page
    assert "default-src &#x27;none&#x27;" in page
    assert "unsafe" not in page
    assert "/static/" not in page
    assert "csrf" not in page
    assert page.count("<style") == 1
    assert page.count('<script type="module">') == 3
    assert "@import" not in page
    assert "url(" not in page


def test_the_reader_dates_the_version_as_every_screen_does(file):
    page = members_of(file)["読んでください.html"].decode()

    assert re.search(r"<dt>提出日</dt><dd>20\d\d年\d+月\d+日（.）</dd>", page)


def test_the_policy_names_the_very_scripts_of_the_page(file):
    page = members_of(file)["読んでください.html"].decode()
    for text in (
        re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1],
        *re.findall(r'<script type="module">(.*?)</script>', page, re.DOTALL),
    ):
        digest = hashlib.sha256(text.encode()).digest()
        assert reader.base64.b64encode(digest).decode() in page


def test_a_file_of_ours_that_would_close_its_element_is_never_put_in():
    with pytest.raises(ValueError, match="script"):
        reader.inlined("script", "const x = '</script>'")


def test_scripts_in_the_texts_of_a_report_stay_text(people):
    with within(world.cycle_of().municipality):
        report = world.report_of()
        reopening.reopen(report, reason="試し", by=people["editor"])
        ReportText.objects.filter(section=TextSection.POLICY).update(text=SCRIPT)
        submit(report, by=people["editor"])
        page = members_of(packed(people))["読んでください.html"].decode()

    assert "<img" not in page
    assert "alert(2)&lt;/script&gt;" in page
    assert "第2版" in page


# --- the other side -------------------------------------------------------------------------------


def test_a_file_of_ours_is_known_and_unaltered(file, as_adviser):
    page = upload(as_adviser, file).content.decode()

    assert "登録された環境で作られたままのファイルです。" in page
    assert "990019-2026-interim-1（第1版）" in page
    assert signing.fingerprint() in page


def changed(content, name, at, bit):
    members = members_of(content)
    data = bytearray(members[name])
    data[at % len(data)] ^= 1 << bit
    return zipped(members | {name: bytes(data)})


@pytest.mark.parametrize(
    "name", ["manifest.json", "manifest.sig", "document.json", "report.pdf", "読んでください.html"]
)
@hypothesis_settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(at=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_a_file_with_one_bit_changed_is_refused(file, name, at, bit):
    assert is_refused(changed(file, name, at, bit))


@hypothesis_settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_file_damaged_anywhere_is_looked_over_without_a_crash(file, damages):
    """Also in the bytes of the archive itself, that carry no content of ours."""
    data = bytearray(file)
    # Half of the damages fall on the directory at the end, where sizes and places stand.
    for number, (at, value) in enumerate(damages):
        data[-1 - at % 700 if number % 2 else at % len(data)] = value

    assert is_refused(bytes(data)) in {True, False}


def test_what_was_not_changed_is_not_refused(file):
    assert not is_refused(zipped(members_of(file)))


def test_a_file_of_another_installation_is_told_apart_until_it_is_registered(
    file, settings, tmp_path, as_adviser
):
    theirs = signing.fingerprint()
    settings.SIGNING_KEY = tmp_path / "keys" / "signing.pem"
    unknown = upload(as_adviser, file).content.decode()
    settings.TRUSTED_KEYS = {theirs: "となり県"}
    known = upload(as_adviser, file).content.decode()

    assert "登録されていない環境のファイルです" in unknown
    assert theirs in unknown
    assert "登録された環境で作られたままのファイルです。" in known
    assert "となり県" in known


def test_a_manifest_signed_anew_by_a_stranger_is_not_taken_for_ours(file, settings, tmp_path):
    ours = signing.fingerprint()
    members = members_of(file)
    told = json.loads(members["manifest.json"])
    settings.SIGNING_KEY = tmp_path / "keys" / "signing.pem"
    forged = json.dumps(told).encode()
    kept_key = zipped(members | {"manifest.json": forged, "manifest.sig": signing.sign(forged)})
    told["key"] = reader.base64.b64encode(signing.public_key()).decode()
    forged = json.dumps(told).encode()
    own_key = zipped(members | {"manifest.json": forged, "manifest.sig": signing.sign(forged)})

    assert not examining.examine(kept_key).is_unaltered
    # It still says our fingerprint; what counts is the key that has signed.
    assert told["fingerprint"] == ours
    assert examining.examine(own_key).fingerprint != ours


def test_a_document_of_another_report_is_found_even_under_our_own_signature(file, here, people):
    members = members_of(file)
    document = members["document.json"].replace(b"interim-1", b"interim-2")
    told = json.loads(members["manifest.json"])
    told["sha256"] = hashlib.sha256(document).hexdigest()
    told["members"]["document.json"] = told["sha256"]
    written = json.dumps(told).encode()
    strange = zipped(
        members
        | {
            "document.json": document,
            "manifest.json": written,
            "manifest.sig": signing.sign(written),
        }
    )

    lines = [line.sentence for line in examining.examine(strange).lines if not line.is_good]
    assert lines == ["文書が、目録に書かれた報告書・版のものではありません。"]


@pytest.mark.parametrize("name", ["document.json", "report.pdf"])
def test_a_member_that_was_taken_out_is_missed(file, name):
    members = members_of(file)
    del members[name]
    bad = [one.sentence for one in examining.examine(zipped(members)).lines if not one.is_good]

    assert f"「{name}」がありません。" in bad


def test_a_member_that_was_put_in_is_found(here, people):
    world.report_of().snapshot.pdf.delete()
    members = members_of(packed(people)) | {"report.pdf": b"%PDF-1.7"}

    assert is_refused(zipped(members))


def bomb():
    return zipped({"manifest.json": b"0" * (30 * 1024 * 1024), "manifest.sig": b""})


def twice():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("manifest.json", b"{}")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("manifest.json", b"{}")
    return buffer.getvalue()


STRANGE_FILES = {
    "empty": b"",
    "text": "これはzipではありません".encode(),
    "cut": b"PK\x03\x04" + b"\0" * 40,
    "nothing inside": zipped({}),
    "path": zipped({"../manifest.json": b"{}", "manifest.sig": b""}),
    "absolute": zipped({"/manifest.json": b"{}", "manifest.sig": b""}),
    "other": zipped({"manifest.json": b"{}", "manifest.sig": b"", "x.exe": b""}),
    "many": zipped({f"{number}.json": b"" for number in range(5000)}),
    "no object": zipped({"manifest.json": b"[]", "manifest.sig": b""}),
    "not JSON": zipped({"manifest.json": b"\xff\xfe", "manifest.sig": b""}),
    "deep": zipped({"manifest.json": b"[" * 60_000, "manifest.sig": b""}),
    "NaN": zipped({"manifest.json": b'{"format": NaN}', "manifest.sig": b""}),
    "method": zipped({"manifest.json": b"{}", "manifest.sig": b""}, compression=zipfile.ZIP_LZMA),
}


@pytest.mark.parametrize("kind", STRANGE_FILES)
def test_a_file_that_is_none_is_refused_with_a_sentence(as_editor, kind):
    refused = upload(as_editor, STRANGE_FILES[kind])

    assert refused.status_code == 422
    assert "選んでください" in refused.content.decode()


def test_bombs_and_doubles_are_refused_before_they_are_unpacked(as_editor):
    assert upload(as_editor, bomb()).status_code == 422
    assert upload(as_editor, twice()).status_code == 422
    with pytest.raises(examining.Unreadable, match="大きすぎます"):
        examining.examine(bomb())


@pytest.mark.parametrize(
    "told",
    [
        {"made_at": "2026-11-26T10:00:00"},
        {"made_at": "9999-12-31T23:59:59+00:00"},
        {"expires_on": "いつか"},
        {"key": "鍵"},
        {"members": {"document.json": 1}},
        {"municipality": {}},
        {"version": True},
        {"number": "x" * 500},
        {"more": 1},
    ],
    ids=str,
)
def test_a_manifest_of_another_shape_is_refused(file, told, as_editor):
    members = members_of(file)
    written = json.dumps(json.loads(members["manifest.json"]) | told).encode()
    strange = zipped(members | {"manifest.json": written, "manifest.sig": signing.sign(written)})

    assert upload(as_editor, strange).status_code == 422
    with pytest.raises(manifest.Unreadable):
        manifest.read(written)


def test_the_command_says_the_same(file, tmp_path, capsys, settings):
    path = tmp_path / "file.zip"
    path.write_bytes(file)
    call_command("verify_exchange", path)
    said = capsys.readouterr().out
    path.write_bytes(changed(file, "document.json", 40, 3))
    with pytest.raises(CommandError, match="altered"):
        call_command("verify_exchange", path)
    path.write_bytes(b"PK")
    with pytest.raises(CommandError, match="zip"):
        call_command("verify_exchange", path)
    path.write_bytes(file)
    settings.SIGNING_KEY = tmp_path / "keys" / "signing.pem"
    with pytest.raises(CommandError, match="TRUSTED_KEYS"):
        call_command("verify_exchange", path)
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("verify_exchange", tmp_path / "absent.zip")

    assert "990019-2026-interim-1  version 1" in said
    assert "BAD" not in said


def test_an_adviser_of_two_versions_gets_the_newest(here, people):
    report = world.report_of()
    reopening.reopen(report, reason="試し", by=people["editor"])
    submit(report, by=people["editor"])
    told = json.loads(members_of(packed(people))["manifest.json"])

    assert Delivery.objects.filter(report=report, recipient=people["adviser"]).count() == 2
    assert told["version"] == 2
