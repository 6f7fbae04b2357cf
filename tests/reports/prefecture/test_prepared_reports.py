"""All reports of a prefecture in one file: front door, worker, progress, giving up, a week of keeping, nobody else."""

import datetime as dt
import hashlib
import io
import os
import time
import zipfile
from pathlib import Path

import pytest
from django.conf import settings as site
from django.utils import timezone
from openpyxl import load_workbook

from municipalities.kernel import jobs
from municipalities.models import (
    AccessEvent,
    Job,
    Membership,
    Municipality,
    Prefecture,
    Publication,
)
from municipalities.prefecture_tenancy import within_prefecture
from reports import tasks
from reports.models import OfficerEntry, PreparedFile
from reports.prefecture.prepared import asking, listing, removing, zipping
from tests import world
from tests.reports.progress_rows import due, entered, submitted, town

pytestmark = pytest.mark.django_db
YEAR = "/p/99/2026/"
LIST = f"{YEAR}files/"
ASK = f"{LIST}ask/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def officer(sign_in):
    return sign_in("officer")


@pytest.fixture(autouse=True)
def inside(db):
    """The test may look at the prefecture's rows."""
    with within_prefecture(Prefecture.objects.get(code="99")):
        yield


def copied(place, content=None, *, kind="final", serial=1, version=1, **told):
    """Submit a report of a place: its Progress, and the copy of a version with its PDF unless told."""
    if version == 1:
        submitted(place, kind=kind, serial=serial, status="submitted")
    number = f"{place.code}-{world.YEAR}-{kind}-{serial}"
    paper = {}
    if content is not None:
        path = site.MEDIA_ROOT / "publications" / f"{number}-{version}.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        digest = hashlib.sha256(content).hexdigest()
        paper = {"pdf": f"publications/{path.name}", "pdf_sha256": digest, "pdf_pages": 3}
    return Publication.objects.create(
        municipality=place,
        fiscal_year=world.YEAR,
        number=number,
        version=version,
        title="最終報告書",
        document=b"{}",
        sha256="",
        published_at=dt.datetime(2026, 10, 1, 3, 4, 6, tzinfo=dt.UTC),
        **paper | told,
    )


def of(code):
    return Municipality.objects.get(code=code)


def ask(client, kind="final", address=ASK):
    response = client.post(address, {"kind": kind})
    assert response.status_code == 302, response.content.decode()
    return PreparedFile.objects.first()


def work():
    """Do what the worker does with every job of ours that is due."""
    while job := Job.objects.claimable().filter(kind=asking.ZIP).first():
        jobs.run(job.pk)


def stored(row):
    return PreparedFile.objects.get(pk=row.pk)


def opened(client, row):
    """Return the archive as the officer saves it."""
    response = client.get(f"{LIST}{row.pk}/download/")
    assert response.status_code == 200
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def refused(client, row):
    """Return the list that says why a file is not handed out; nothing is noted as saved."""
    response = client.get(f"{LIST}{row.pk}/download/", follow=True)
    assert response.redirect_chain == [(LIST, 302)]
    assert not AccessEvent.objects.filter(deed="download_file").exists()
    return response.content.decode()


def contents(archive):
    """Return the rows of 一覧 by the code of their municipality."""
    book = load_workbook(io.BytesIO(archive.read("99_見本県/一覧.xlsx")))
    header, *rows = book["一覧"].iter_rows(values_only=True)
    return {row[0]: dict(zip(header, row, strict=True)) for row in rows}


def left(media):
    folder = media / "prepared" / "99"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_all_final_reports_come_in_one_file(officer):
    copied(of(world.OURS), b"%PDF-1.7 ours")
    copied(of(world.THEIRS), b"%PDF-1.7 theirs")
    row = ask(officer)
    page = officer.get(LIST).content.decode()
    assert "作成を始めました" in page
    assert f'hx-get="{LIST}{row.pk}/status/"' in page

    work()

    row = stored(row)
    assert (row.state, row.done, row.total) == ("done", 3, 3)
    assert (row.included, row.missing) == (2, 1)
    archive = opened(officer, row)
    assert archive.testzip() is None
    assert archive.namelist() == [
        "99_見本県/990019_見本市_最終報告_R8.pdf",
        "99_見本県/990027_見本町_最終報告_R8.pdf",
        "99_見本県/一覧.xlsx",
    ]
    # The flag of UTF-8: Explorer reads the names by it.
    assert all(entry.flag_bits & 0x800 for entry in archive.infolist())
    assert archive.read(archive.namelist()[0]) == b"%PDF-1.7 ours"
    assert archive.infolist()[0].date_time == (2026, 10, 1, 12, 4, 6)
    listed = contents(archive)
    assert list(listed) == [world.OURS, world.THEIRS, world.PARTNER]
    assert listed[world.OURS] == {
        "自治体コード": "990019",
        "市町村": "見本市",
        "受付番号": "990019-2026-final-1",
        "版": 1,
        "提出日": dt.datetime(2026, 10, 1),  # noqa: DTZ001 -- a day of Excel knows no zone
        "期限後": None,
        "受理日": None,
        "ファイル名": "990019_見本市_最終報告_R8.pdf",
        "ページ数": 3,
        "SHA-256": hashlib.sha256(b"%PDF-1.7 ours").hexdigest(),
        "入っていない理由": None,
    }
    assert listed[world.PARTNER]["入っていない理由"] == listing.NOT_SUBMITTED
    page = officer.get(LIST).content.decode()
    assert "報告書2件、<br>入っていない市町村など1件" in page


def test_the_saved_file_bears_a_japanese_name_and_the_hash_that_was_noted(officer):
    copied(of(world.OURS), b"%PDF-1.7 ours")
    row = ask(officer)
    work()
    row = stored(row)

    response = officer.get(f"{LIST}{row.pk}/download/")

    content = b"".join(response.streaming_content)
    assert hashlib.sha256(content).hexdigest() == row.sha256
    assert (len(content), int(response["Content-Length"])) == (row.size, row.size)
    assert "filename*=utf-8''%E8%A6%8B" in response["Content-Disposition"]
    asked = timezone.localtime(row.requested_at)
    assert row.file_name == f"見本県_最終報告_令和8年度_{asked:%Y%m%d-%H%M%S}.zip"
    assert f"final-99-2026-{asked:%Y%m%d-%H%M%S}.zip" in response["Content-Disposition"]
    assert response["Cache-Control"] == "no-store, private"


def test_two_files_of_one_prefecture_and_year_have_two_names(officer):
    copied(of(world.OURS), b"%PDF-1.7 ours")
    names = []
    for _ in range(2):
        row = ask(officer)
        # The first of the two was asked for a minute before.
        PreparedFile.objects.filter(pk=row.pk).update(
            requested_at=row.requested_at - dt.timedelta(minutes=1 - len(names))
        )
        work()
        names.append(stored(row).file_name)

    assert len(set(names)) == 2


@pytest.fixture
def at_the_hundredth(monkeypatch):
    """Do something before the paper of the hundredth planted town is put in."""
    real = zipping.put

    def call(deed):
        def put(archive, entry, **about):
            if entry.code == "970100":
                deed()
            return real(archive, entry, **about)

        monkeypatch.setattr(zipping, "put", put)

    return call


@pytest.fixture
def hokkaido():
    """As many towns as 北海道 has, three of the world among them, each with its paper."""
    for number in range(1, 177):
        copied(town(number), b"%PDF-1.7 " + str(number).encode() * 500)
    for code in (world.OURS, world.THEIRS, world.PARTNER):
        copied(of(code), b"%PDF-1.7 " + code.encode())


def test_179_towns_are_put_together_and_say_how_far_they_are(officer, hokkaido, at_the_hundredth):
    row, told = ask(officer), []
    at_the_hundredth(lambda: told.append(officer.get(f"{LIST}{row.pk}/status/").content.decode()))

    work()

    row = stored(row)
    assert (row.state, row.done, row.total, row.included) == ("done", 179, 179, 179)
    assert "179件のうち99件" in told[0]
    assert len(opened(officer, row).namelist()) == 180


def test_179_towns_may_be_given_up_on_the_way(officer, media, hokkaido, at_the_hundredth):
    row = ask(officer)
    at_the_hundredth(lambda: officer.post(f"{LIST}{row.pk}/cancel/"))

    work()

    row = stored(row)
    assert (row.state, row.done) == ("cancelled", 99)
    assert left(media) == []


def test_the_newest_version_goes_in_and_a_second_report_bears_its_number(officer):
    place = of(world.OURS)
    copied(place, b"%PDF old")
    copied(place, b"%PDF new", version=2)
    copied(place, b"%PDF second", serial=2)
    row = ask(officer)
    work()

    archive = opened(officer, row)

    assert archive.namelist()[:2] == [
        "99_見本県/990019_見本市_最終報告_R8.pdf",
        "99_見本県/990019_見本市_最終報告_2回目_R8.pdf",
    ]
    assert archive.read(archive.namelist()[0]) == b"%PDF new"


def test_what_is_not_there_is_named_with_its_reason(officer, people):
    being, failed, altered, lost, none, outside = (town(number) for number in range(1, 7))
    copied(of(world.OURS), b"%PDF")
    copied(being)
    for place in (failed, altered, lost):
        copied(place, b"%PDF" if place != failed else None)
    copy = Publication.objects.get(municipality=failed)
    Job.objects.create(
        kind="make_publication_pdf", state="failed", arguments={"publication": copy.pk}
    )
    papers = {
        place.code: Publication.objects.get(municipality=place).pdf for place in (altered, lost)
    }
    (site.MEDIA_ROOT / papers[altered.code]).write_bytes(b"%PDF other")
    (site.MEDIA_ROOT / papers[lost.code]).unlink()
    submitted(none, kind="final")
    entered(
        outside,
        people["officer"],
        kind="final",
        status="submitted",
        submitted_on=dt.date(2026, 3, 1),
    )
    due(dt.date(2026, 2, 28), people["officer"], kind="final")
    row = ask(officer)
    work()

    archive = opened(officer, row)

    late = {code for code, one in contents(archive).items() if one["期限後"]}
    assert late == {outside.code}
    reasons = {code: one["入っていない理由"] for code, one in contents(archive).items()}
    assert reasons == {
        being.code: listing.BEING_MADE,
        failed.code: listing.NOT_MADE,
        altered.code: listing.ALTERED,
        lost.code: listing.LOST,
        none.code: listing.NO_COPY,
        outside.code: listing.OUTSIDE,
        world.OURS: None,
        world.THEIRS: listing.NOT_SUBMITTED,
        world.PARTNER: listing.NOT_SUBMITTED,
    }
    assert len(archive.namelist()) == 2
    assert (stored(row).included, stored(row).missing) == (1, 8)


def test_a_newer_version_whose_paper_is_not_ready_hides_no_older_one(officer):
    """The list says so instead of handing out what was withdrawn."""
    copied(of(world.OURS), b"%PDF old")
    copied(of(world.OURS), version=2)
    row = ask(officer)
    work()

    archive = opened(officer, row)

    assert archive.namelist() == ["99_見本県/一覧.xlsx"]
    listed = contents(archive)[world.OURS]
    assert (listed["版"], listed["入っていない理由"]) == (2, listing.BEING_MADE)


def test_the_same_papers_give_the_same_bytes(officer):
    copied(of(world.OURS), b"%PDF ours")
    first, second = ask(officer), None
    work()
    second = ask(officer)
    PreparedFile.objects.filter(pk=second.pk).update(requested_at=first.requested_at)
    work()

    assert stored(first).sha256 == stored(second).sha256


def test_only_one_of_a_kind_is_made_at_a_time(officer):
    copied(of(world.OURS), b"%PDF")
    ask(officer)

    again = officer.post(ASK, {"kind": "final"}, follow=True)

    assert "同じ種類のファイルを作成しているところです" in again.content.decode()
    assert PreparedFile.objects.making().count() == 1
    assert Job.objects.filter(kind=asking.ZIP).count() == 1
    # The other kind is another file: 見本市 and 見本町 have submitted theirs in the world.
    assert ask(officer, kind="interim").kind == "interim"


def test_before_the_first_submission_there_is_nothing_to_put_together(officer):
    response = officer.post(ASK, {"kind": "final"}, follow=True)

    assert response.redirect_chain == [(LIST, 302)]
    assert "最終報告は、まだ1件も提出されていません。" in response.content.decode()
    assert not PreparedFile.objects.making().exists()


def test_what_an_officer_entered_has_no_copy_to_put_together(officer, people):
    """The progress table counts it as submitted: the refusal does not say that nothing was."""
    entered(of(world.OURS), people["officer"], kind="final", status="draft")
    assert "まだ1件も提出されていません" in (
        officer.post(ASK, {"kind": "final"}, follow=True).content.decode()
    )
    OfficerEntry.objects.update(status="accepted", submitted_on=dt.date(2026, 3, 1))

    page = officer.post(ASK, {"kind": "final"}, follow=True).content.decode()

    assert (
        "システムで提出された最終報告は、まだありません。"
        "県入力の市町村の報告書は、システムに写しがないため入りません。"
    ) in page
    assert "1件も提出されていません" not in page
    assert not PreparedFile.objects.making().exists()


def test_files_of_one_minute_are_told_apart(officer):
    copied(of(world.OURS), b"%PDF")
    rows = [ask(officer), ask(officer, kind="interim")]
    first = dt.datetime(2026, 11, 27, 3, 4, 5, tzinfo=dt.UTC)
    for at, row in enumerate(rows):
        PreparedFile.objects.filter(pk=row.pk).update(requested_at=first + dt.timedelta(seconds=at))
    work()

    page = officer.get(LIST).content.decode()

    assert "12:04:05" in page
    assert "12:04:06" in page


@pytest.mark.parametrize("kind", ["", "comparison", "raw", "FINAL"])
def test_a_kind_that_no_button_offers_starts_nothing(officer, kind):
    response = officer.post(ASK, {"kind": kind}, follow=True)

    assert "どちらをまとめるか、ボタンで選んでください" in response.content.decode()
    assert not PreparedFile.objects.making().exists()


def test_a_file_given_up_before_the_worker_came_is_never_made(officer, media):
    copied(of(world.OURS), b"%PDF")
    row = ask(officer)

    response = officer.post(f"{LIST}{row.pk}/cancel/", follow=True)
    work()

    assert "作成を取りやめました。" in response.content.decode()
    assert stored(row).state == "cancelled"
    assert Job.objects.get(kind=asking.ZIP).state == "done"
    assert left(media) == []
    assert "できあがっていないか" in refused(officer, row)


@pytest.fixture
def between(monkeypatch):
    """Do something when the second paper is put in."""
    real = zipping.put

    def call(deed):
        seen = []

        def put(archive, entry, **about):
            seen.append(entry.code)
            if len(seen) == 2:
                deed()
            return real(archive, entry, **about)

        monkeypatch.setattr(zipping, "put", put)
        return seen

    return call


def test_giving_up_takes_effect_between_two_papers(officer, media, between):
    for number in range(1, 5):
        copied(town(number), b"%PDF")
    row = ask(officer)
    seen = between(lambda: officer.post(f"{LIST}{row.pk}/cancel/"))

    work()

    assert len(seen) == 2
    assert stored(row).state == "cancelled"
    assert left(media) == []
    assert officer.post(f"{LIST}{row.pk}/cancel/", follow=True).status_code == 200


def test_without_the_check_between_papers_it_would_go_on(officer, media, between, monkeypatch):
    """The negative control: a maker that never says how far it is puts every paper in."""
    for number in range(1, 5):
        copied(town(number), b"%PDF")
    row = ask(officer)
    seen = between(lambda: officer.post(f"{LIST}{row.pk}/cancel/"))
    monkeypatch.setattr(zipping.Order, "tell", lambda *_: None)

    work()

    assert len(seen) == 7
    # Even so the end is conditional on a row that is still being made.
    assert (stored(row).state, left(media)) == ("cancelled", [])


def test_an_attempt_that_lost_its_lease_leaves_nothing(officer, media, between):
    for number in range(1, 5):
        copied(town(number), b"%PDF")
    row = ask(officer)
    job = Job.objects.get(kind=asking.ZIP)
    seen = between(lambda: Job.objects.filter(pk=job.pk).update(attempt=2))

    jobs.run(job.pk)

    assert len(seen) == 2
    assert (stored(row).state, stored(row).file, left(media)) == ("making", "", [])


def test_of_two_workers_that_hear_of_a_file_one_makes_it(officer, media):
    copied(of(world.OURS), b"%PDF ours")
    row = ask(officer)
    job = Job.objects.get(kind=asking.ZIP)
    first = jobs.claim(job.pk)

    assert jobs.claim(job.pk) is None
    jobs.run(job.pk)
    assert (stored(row).state, left(media)) == ("making", [])

    zipping.handle(first)
    assert stored(row).state == "done"
    assert left(media) == [Path(stored(row).file).name]


def test_a_killed_worker_is_followed_by_one_that_begins_anew(officer, media):
    copied(of(world.OURS), b"%PDF ours")
    row = ask(officer)
    folder = media / "prepared" / "99"
    folder.mkdir(parents=True)
    (folder / f".{row.pk}.1.zip.partial").write_bytes(b"half")
    PreparedFile.objects.filter(pk=row.pk).update(done=2, total=3)
    Job.objects.filter(kind=asking.ZIP).update(
        state="running", attempt=1, lease_until=jobs.after(-1)
    )

    work()

    assert stored(row).state == "done"
    assert left(media) == [f"{row.pk}.2.zip"]
    assert len(opened(officer, row).namelist()) == 2


def test_the_right_is_asked_again_by_the_worker(officer, media):
    copied(of(world.OURS), b"%PDF")
    row = ask(officer)
    Membership.objects.filter(user__username="officer").update(valid_to=dt.date(2021, 1, 1))

    work()

    assert (stored(row).state, stored(row).message) == ("failed", jobs.RIGHT_ENDED)
    assert left(media) == []


def test_another_prefecture_has_no_part_in_it(officer, sign_in):
    copied(of(world.OURS), b"%PDF")
    row = ask(officer)
    work()
    other = sign_in("other-officer")
    addresses = (f"{LIST}{row.pk}/{deed}/" for deed in ("download", "status"))

    for address in (LIST, *addresses):
        assert other.get(address).status_code == 404
        # Below its own prefecture the number leads nowhere.
        assert other.get(address.replace("/p/99/", "/p/98/")).status_code == (
            200 if address == LIST else 404
        )
    assert other.post(f"/p/98/2026/files/{row.pk}/cancel/").status_code == 404
    assert officer.get(f"/p/99/2025/files/{row.pk}/download/").status_code == 404
    assert stored(row).state == "done"


def test_the_towns_have_no_part_in_it(sign_in):
    for name in ("editor", "adviser", "contributor"):
        assert sign_in(name).get(LIST).status_code == 404
        assert sign_in(name).post(ASK, {"kind": "interim"}).status_code == 404


def test_asking_and_saving_are_noted(officer, people):
    copied(of(world.OURS), b"%PDF")
    row = ask(officer)
    work()
    opened(officer, row)

    events = AccessEvent.objects.filter(scope_kind="prefecture", scope_code="99")
    told = {"file": row.pk, "kind": "final", "fiscal_year": 2026}
    assert [(one.deed, one.actor, one.after) for one in events] == [
        ("download_file", people["officer"], told),
        ("prepare_file", people["officer"], told),
    ]


def test_after_a_week_the_file_is_gone(officer, media):
    copied(of(world.OURS), b"%PDF")
    row = ask(officer)
    work()
    assert stored(row).expires_at - timezone.now() > dt.timedelta(days=6, hours=23)
    tasks.remove_old_files()
    assert left(media) == [f"{row.pk}.1.zip"]

    PreparedFile.objects.filter(pk=row.pk).update(expires_at=jobs.after(-1))

    assert "保存期間が終わっています" in refused(officer, row)
    assert removing.remove_old() == 1
    assert (stored(row).state, left(media)) == ("removed", [])
    assert "保存期間が終わりました" in officer.get(LIST).content.decode()
    assert removing.remove_old() == 0


def test_a_file_that_the_disk_has_lost_is_refused_with_a_sentence(officer, media):
    copied(of(world.OURS), b"%PDF")
    row = ask(officer)
    work()
    stored(row).path.unlink()

    assert "できあがっていないか" in refused(officer, row)


def test_what_killed_attempts_left_goes_after_a_day(media):
    folder = media / "prepared" / "99"
    folder.mkdir(parents=True)
    for name, age in ((".7.1.zip.partial", 90_000), (".8.1.zip.partial", 60)):
        (folder / name).write_bytes(b"half")
        os.utime(folder / name, (time.time() - age,) * 2)

    assert removing.remove_old() == 1
    assert left(media) == [".8.1.zip.partial"]


def test_the_clock_removes_old_files():
    planned = site.CELERY_BEAT_SCHEDULE["remove_old_files"]

    assert planned["task"] == tasks.remove_old_files.name


def test_the_status_leads_back_to_the_list_when_it_is_done(officer):
    copied(of(world.OURS), b"%PDF")
    row = ask(officer)
    PreparedFile.objects.filter(pk=row.pk).update(done=1, total=3)
    waiting = officer.get(f"{LIST}{row.pk}/status/")
    work()

    assert "3件のうち1件をまとめました。" in waiting.content.decode()
    assert "HX-Redirect" not in waiting
    assert officer.get(f"{LIST}{row.pk}/status/")["HX-Redirect"] == LIST


def test_the_table_offers_the_files_once_something_was_submitted(officer):
    assert ASK in officer.get(YEAR).content.decode()
    assert ASK not in officer.get("/p/99/2023/").content.decode()


def test_more_towns_ask_the_database_no_more_often(officer, django_assert_num_queries):
    copied(of(world.OURS), b"%PDF")
    prefecture = Prefecture.objects.get(code="99")
    with django_assert_num_queries(4):
        listing.entries_of(prefecture, 2026, "final")
    for number in range(1, 31):
        copied(town(number), b"%PDF")

    with django_assert_num_queries(4):
        assert len(listing.entries_of(prefecture, 2026, "final")) == 33
