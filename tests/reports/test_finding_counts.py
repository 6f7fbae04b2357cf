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
from reports.prefecture import finding_table
from reports.submission import finding_counts, finding_rounds
from tests import world

pytestmark = pytest.mark.django_db
PAGE = f"/p/99/{world.YEAR}/findings/"


def count():
    """Let the clock ask and the worker count."""
    tasks.count_findings()
    for job in Job.objects.filter(kind=finding_rounds.JOB, state="queued").order_by("pk"):
        jobs.run(job.pk)


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


def test_a_town_that_cannot_be_counted_stops_no_other(cycle, monkeypatch):
    """The negative control is the neighbour: counted all the same. The broken town is tried again."""
    publish = finding_counts.publish

    def broken(one):
        if one.municipality_id == cycle.municipality_id:
            raise KeyError(one)
        publish(one)

    FindingCount.objects.all().delete()
    monkeypatch.setattr(finding_counts, "publish", broken)
    count()
    assert {row.municipality.code for row in FindingCount.objects.all()} == {world.THEIRS}
    again = Job.objects.get(kind=finding_rounds.JOB, municipality=cycle.municipality)
    assert (again.state, again.crashes, again.error) == ("queued", 1, jobs.TROUBLE)

    monkeypatch.setattr(finding_counts, "publish", publish)
    Job.objects.filter(pk=again.pk).update(next_attempt_at=again.created_at)
    jobs.run(again.pk)
    assert {row.municipality.code for row in FindingCount.objects.all()} == {
        world.OURS,
        world.THEIRS,
    }


def test_nobody_is_asked_for_twice_and_a_town_without_a_year_never(cycle):
    assert finding_rounds.begin() == 2
    assert finding_rounds.begin() == 0
    finding_rounds.ask(cycle.municipality)
    codes = Job.objects.filter(kind=finding_rounds.JOB).values_list("municipality__code", flat=True)
    assert sorted(codes) == sorted([world.OURS, world.THEIRS])


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
