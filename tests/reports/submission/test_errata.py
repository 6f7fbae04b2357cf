"""正誤 stands beside a submitted report; the frozen document and its hash never change."""

import hashlib

import pytest
from django.core import mail as outbox

from municipalities.kernel import jobs, submission_keys
from municipalities.kernel.changes import AppendOnly
from municipalities.models import Job, Membership, OutgoingMail
from municipalities.tenancy import within
from reports.models import Delivery, Erratum, Snapshot
from reports.submission.reworking import errata, reopening
from reports.submission.submitting.submit import submit
from tests import world

pytestmark = pytest.mark.django_db
REPORTS = "/m/990019/2026/reports/"
REVIEW = "/review/990019-2026-interim-1/"
WORDS = {
    "place": "3ページ　診療所数",
    "wrong": "12か所",
    "right": "11か所",
    "reason": "閉院した診療所を含めていたため",
}


@pytest.fixture
def address(db):
    return f"{REPORTS}{world.report_of().pk}/"


def posted(**more):
    return WORDS | {"submission_key": submission_keys.new()} | more


def add(people):
    return errata.add(world.report_of(), WORDS, by=people["editor"])


def send_mails():
    for job in Job.objects.filter(kind="send_mail").claimable():
        jobs.run(job.pk)


def test_it_stands_beside_the_report_everywhere(as_editor, as_adviser, address):
    added = as_editor.post(f"{address}errata/add/", posted())

    assert added.status_code == 302
    for client, url in (
        (as_editor, address),
        (as_editor, f"{address}versions/1/"),
        (as_adviser, REVIEW),
        (as_adviser, f"{REVIEW}versions/1/"),
    ):
        page = client.get(url).content.decode()
        assert all(word in page for word in WORDS.values())


def test_the_frozen_document_does_not_change(here, people):
    before = world.report_of().snapshot
    add(people)

    after = Snapshot.objects.get(pk=before.pk)
    assert bytes(after.document) == bytes(before.document)
    assert after.sha256 == before.sha256 == hashlib.sha256(bytes(after.document)).hexdigest()
    assert Snapshot.objects.filter(report=world.report_of()).count() == 1


def test_whoever_received_the_version_is_told(here, people):
    add(people)
    send_mails()

    [letter] = outbox.outbox
    assert letter.to == ["adviser@example.jp"]
    assert "の正誤（受付番号 990019-2026-interim-1）" in letter.subject
    assert all(word in letter.body for word in WORDS.values())
    assert "https://pdca.example.jp/review/990019-2026-interim-1/" in letter.body


def test_only_who_received_it_is_told(here, people):
    report = world.report_of()
    Delivery.objects.filter(report=report).update(state="withheld")
    add(people)

    assert not OutgoingMail.objects.exists()


def test_the_prefecture_is_told_without_the_raw_words(here, people):
    report = world.report_of()
    Delivery.objects.filter(report=report).update(recipient=people["officer"], part="prefecture")
    add(people)
    send_mails()

    [letter] = outbox.outbox
    assert letter.to == ["officer@example.jp"]
    assert not any(word in letter.body for word in WORDS.values())
    assert "見本市の担当者にお問い合わせください" in letter.body
    assert "/review/" not in letter.body


def test_an_adviser_whose_term_ended_is_not_told(here, people):
    add(people)
    Membership.objects.filter(user=people["adviser"]).update(valid_to="2021-03-31")
    send_mails()

    assert outbox.outbox == []
    assert OutgoingMail.objects.get().state == "withheld"


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("place", "箇所を入力してください"),
        ("wrong", "誤を入力してください"),
        ("right", "正を入力してください"),
    ],
)
def test_what_is_missing_is_asked_and_what_was_typed_stays(as_editor, address, field, sentence):
    refused = as_editor.post(f"{address}errata/add/", posted(**{field: ""}))

    page = refused.content.decode()
    assert refused.status_code == 422
    assert sentence in page
    assert WORDS["reason"] in page
    with within(world.cycle_of().municipality):
        assert not Erratum.objects.exists()


def test_fifty_presses_make_one_correction_and_one_mail(here, as_editor, address):
    form = posted()
    for _ in range(50):
        as_editor.post(f"{address}errata/add/", form)

    assert Erratum.objects.count() == 1
    assert OutgoingMail.objects.count() == 1


def test_a_correction_is_never_rewritten(here, people):
    add(people)

    with pytest.raises(AppendOnly):
        Erratum.objects.update(right="10か所")
    with pytest.raises(AppendOnly):
        Erratum.objects.all().delete()


def test_a_draft_has_no_corrections(as_editor, here, people):
    draft = world.report_of(kind="final")

    assert as_editor.post(f"{REPORTS}{draft.pk}/errata/add/", posted()).status_code == 302
    assert not Erratum.objects.exists()


def test_a_correction_of_the_first_version_stays_with_it(here, people, as_editor, address):
    add(people)
    report = world.report_of()
    reopening.reopen(report, reason="出し直す", by=people["editor"])
    submit(report, by=people["editor"])

    assert WORDS["wrong"] in as_editor.get(f"{address}versions/1/").content.decode()
    assert WORDS["wrong"] not in as_editor.get(f"{address}versions/2/").content.decode()
    assert "3ページ　診療所数（第1版）" in as_editor.get(address).content.decode()


def test_its_words_are_text_and_nothing_else(here, people, as_editor, address):
    errata.add(
        world.report_of(), WORDS | {"wrong": "<b>太字</b><script>1</script>"}, by=people["editor"]
    )

    page = as_editor.get(address).content.decode()
    assert "&lt;b&gt;太字&lt;/b&gt;&lt;script&gt;" in page


def test_another_towns_report_takes_no_correction(as_editor):
    theirs = world.report_of(world.THEIRS)

    for code in (world.OURS, world.THEIRS):
        url = f"/m/{code}/2026/reports/{theirs.pk}/errata/add/"
        assert as_editor.post(url, posted()).status_code == 404
    with within(theirs.cycle.municipality):
        assert not Erratum.objects.exists()


def test_who_may_not_submit_may_not_correct(sign_in, address):
    for username in ("viewer", "approver", "manager"):
        assert sign_in(username).post(f"{address}errata/add/", posted()).status_code == 403
