"""研修の手がかり: counts cross the fence, nothing else does, and the officer sees which rules towns break most."""

import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from municipalities.kernel import jobs
from municipalities.kernel.queue import Job
from municipalities.models import Municipality
from municipalities.tenancy import within
from reports import tasks
from reports.models import FindingCount, YearProgress
from reports.prefecture.findings import finding_table
from reports.submission.counting import finding_counts, finding_rounds
from tests import world

pytestmark = pytest.mark.django_db
PAGE = f"/p/99/{world.YEAR}/findings/"


def count():
    """Let the clock ask and the worker count."""
    tasks.count_findings()
    job = Job.objects.filter(kind=finding_rounds.ROUND).latest("pk")
    jobs.run(job.pk)
    job.refresh_from_db()
    return job


def counted_codes():
    return {row.municipality.code for row in FindingCount.objects.all()}


@pytest.fixture
def counted(cycle):
    count()
    return {row.rule: row for row in FindingCount.objects.filter(municipality=cycle.municipality)}


def test_a_round_counts_every_open_year(counted):
    assert counted["C01"].found == 1
    assert (counted["Q02"].looked_at, counted["Q02"].found, counted["Q02"].waived) == (3, 2, 1)
    assert {row.municipality.code for row in FindingCount.objects.all()} == {
        world.OURS,
        world.THEIRS,
    }


def test_one_job_counts_every_town(cycle):
    job = count()
    assert (job.state, job.municipality) == ("done", None)
    assert not Job.objects.filter(kind=finding_rounds.JOB).exists()


def test_a_town_that_cannot_be_counted_stops_no_other(cycle, monkeypatch):
    """The negative control is the neighbour: counted all the same. The broken town is tried again by itself."""
    publish = finding_counts.publish

    def broken(one):
        if one.municipality_id == cycle.municipality_id:
            raise KeyError(one)
        publish(one)

    FindingCount.objects.all().delete()
    monkeypatch.setattr(finding_counts, "publish", broken)
    assert count().state == "done"
    assert counted_codes() == {world.THEIRS}
    again = Job.objects.get(kind=finding_rounds.JOB, municipality=cycle.municipality)
    jobs.run(again.pk)
    again.refresh_from_db()
    assert (again.state, again.crashes, again.error) == ("queued", 1, jobs.TROUBLE)

    monkeypatch.setattr(finding_counts, "publish", publish)
    Job.objects.filter(pk=again.pk).update(next_attempt_at=again.created_at)
    jobs.run(again.pk)
    assert counted_codes() == {world.OURS, world.THEIRS}


def test_a_town_that_kills_the_worker_is_left_to_its_own_job(cycle, monkeypatch):
    """A process that dies tells nobody: the next attempt goes on behind the town over which it died."""

    class Died(BaseException):
        pass

    def deadly(one):
        raise Died

    FindingCount.objects.all().delete()
    monkeypatch.setattr(finding_counts, "publish", deadly)
    tasks.count_findings()
    job = Job.objects.get(kind=finding_rounds.ROUND)
    with pytest.raises(Died):
        jobs.run(job.pk)
    monkeypatch.undo()
    Job.objects.filter(pk=job.pk).update(lease_until=job.created_at)
    jobs.run(job.pk)
    job.refresh_from_db()

    first, second = Municipality.objects.filter(code__in=[world.OURS, world.THEIRS]).order_by("pk")
    assert job.state == "done"
    assert counted_codes() == {second.code}
    assert Job.objects.get(kind=finding_rounds.JOB).municipality == first


def test_between_two_goes_others_have_their_turn(cycle, monkeypatch):
    monkeypatch.setattr(finding_rounds, "AT_ONCE", 1)
    FindingCount.objects.all().delete()
    job = count()
    assert (job.state, job.crashes) == ("queued", 0)
    assert job.error.startswith("1／2市区町村を数えました。")
    assert len(counted_codes()) == 1
    assert finding_rounds.begin() is False

    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")
    assert counted_codes() == {world.OURS, world.THEIRS}
    assert not Job.objects.filter(kind=finding_rounds.JOB).exists()


def test_an_attempt_that_was_overtaken_counts_no_further(cycle, monkeypatch):
    FindingCount.objects.all().delete()
    publish = finding_counts.publish

    def overtaken(one):
        publish(one)
        Job.objects.filter(kind=finding_rounds.ROUND).update(attempt=9)

    monkeypatch.setattr(finding_counts, "publish", overtaken)
    assert count().state == "running"
    assert len(counted_codes()) == 1


def test_nobody_is_asked_for_twice_and_without_a_year_nobody_is(cycle):
    assert finding_rounds.begin() is True
    assert finding_rounds.begin() is False
    for _ in range(2):
        finding_rounds.ask(cycle.municipality)
    assert Job.objects.filter(kind=finding_rounds.JOB).count() == 1
    Job.objects.all().delete()
    YearProgress.objects.all().delete()
    assert finding_rounds.begin() is False


def test_a_year_that_changed_is_asked_for_by_the_round(cycle):
    YearProgress.objects.filter(municipality=cycle.municipality).update(upto=0)
    tasks.recount_progress()
    assert Job.objects.filter(kind=finding_rounds.JOB, municipality=cycle.municipality).exists()


def test_what_is_counted_already_is_not_written_again(counted, cycle):
    with within(cycle.municipality), CaptureQueriesContext(connection) as queries:
        finding_counts.publish(cycle)

    assert [one for one in queries if one["sql"].startswith(("INSERT", "UPDATE"))] == []


def test_a_rule_that_has_nothing_to_look_at_any_more_goes(counted, cycle):
    FindingCount.objects.create(
        municipality=cycle.municipality, fiscal_year=world.YEAR, rule="Z99", looked_at=1
    )
    with within(cycle.municipality):
        finding_counts.publish(cycle)

    assert not FindingCount.objects.filter(rule="Z99").exists()


def test_the_officer_sees_numbers_without_towns_or_texts(sign_in, counted):
    text = sign_in("officer").get(PAGE).content.decode()

    assert "成果に指標がありません" in text
    assert "認知症・感染症・災害が、目指す姿にも取組にも出てきません" in text
    assert world.CANARY not in text
    assert "認知症施策推進計画" not in text


def test_the_table_counts_the_towns_that_break_a_rule(counted):
    prefecture = Municipality.objects.get(code=world.OURS).prefecture
    lines = {line.rule.id: line for line in finding_table.of(prefecture, world.YEAR)}

    assert (lines["C01"].towns, lines["C01"].asked) == (2, 2)
    assert lines["Q02"].places == 4


def looked_at_by(count, *, found=7):
    """Let so many towns be asked about C01 and let one of them break it in so many places; other rules go."""
    prefecture = Municipality.objects.get(code=world.OURS).prefecture
    FindingCount.objects.all().delete()
    for at in range(count):
        town = Municipality.objects.create(
            code=f"9906{at:02}", name=f"隣町{at}", kana="まち", kind="town", prefecture=prefecture
        )
        FindingCount.objects.create(
            municipality=town,
            fiscal_year=world.YEAR,
            rule="C01",
            looked_at=9,
            found=0 if at else found,
        )


def sheet_of(client):
    answer = client.get(f"{PAGE}export/")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer)))
    return [row[4:8] for row in book["研修の手がかり"].iter_rows(min_row=2, values_only=True)]


@pytest.mark.parametrize("towns", [1, 2])
@pytest.mark.parametrize("found", [0, 7])
def test_of_fewer_than_three_towns_nothing_tells_whether_they_break_a_rule(
    sign_in, db, towns, found
):
    looked_at_by(towns, found=found)
    officer = sign_in("officer")
    page = officer.get(PAGE).text

    assert "成果に指標がありません" in page
    assert "市町村が少ないため示しません" in page
    assert f"1／{towns}" not in page
    assert sheet_of(officer) == [("市町村が少ないため示しません",) * 4]


def test_a_count_of_three_towns_is_shown_and_drafts_are_said_to_count(sign_in, db):
    looked_at_by(3)
    officer = sign_in("officer")
    page = officer.get(PAGE).text

    assert "1／3" in page
    assert "市町村が少ないため示しません" not in page
    assert "まだ提出していない、作成中の計画と評価も数えます" in page
    assert sheet_of(officer) == [(3, 1, 7, 0)]


def test_the_table_is_saved_as_a_workbook(sign_in, counted):
    answer = sign_in("officer").get(f"{PAGE}export/")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer)))

    rules = [row[0].value for row in book["研修の手がかり"].iter_rows(min_row=2)]
    assert "C01" in rules


def test_before_anything_is_counted_the_page_says_when(sign_in, db):
    FindingCount.objects.all().delete()

    assert "この年度の件数は、まだありません" in sign_in("officer").get(PAGE).content.decode()


@pytest.mark.parametrize("who", ["editor", "adviser", "other-officer"])
def test_nobody_else_comes_in(sign_in, who):
    assert sign_in(who).get(PAGE).status_code == 404
