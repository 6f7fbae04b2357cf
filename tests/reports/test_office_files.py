"""Slides and tables behind their addresses: for whom, under which name, and from which document."""

import io
import re
import urllib.parse

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from municipalities.tenancy import within
from reports.models import ProgressReport, Snapshot
from tests import world
from tests.reports.office_samples import opened, rows_of, words_of

pytestmark = pytest.mark.django_db
TOWN = f"/m/{world.OURS}/{world.YEAR}/reports/"
REVIEW = "/review/990019-2026-interim-1/"
KINDS = ("slides", "tables")


def submitted():
    return world.report_of()


def draft():
    with within(world.cycle_of().municipality):
        return ProgressReport.objects.get(kind="final")


def told(response):
    """Return every word of a file, whichever of the two it is."""
    if response.headers["Content-Type"].endswith("presentation"):
        return "\n".join(map(words_of, opened(response.content).slides))
    return "\n".join(
        str(value) for rows in rows_of(response.content).values() for row in rows for value in row
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_submitted_report_is_told_as_it_was_submitted(sign_in, kind):
    town = world.cycle_of().municipality
    with within(town):
        world.cycle_of().desiredstate_set.update(text="提出後の文")

    response = sign_in("viewer").get(f"{TOWN}{submitted().pk}/{kind}/")

    assert response.status_code == 200
    assert "提出後の文" not in told(response)
    assert "下書き" not in told(response)
    assert "市民が、最期まで本人の望む場所で、安心して過ごせる。" in told(response)


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_is_told_as_it_is_now_and_says_that_it_is_one(sign_in, kind):
    with within(world.cycle_of().municipality):
        world.cycle_of().desiredstate_set.update(text="提出後の文")

    response = sign_in("editor").get(f"{TOWN}{draft().pk}/{kind}/")

    assert "提出後の文" in told(response)
    assert "下書き" in told(response)


@pytest.mark.parametrize("kind", KINDS)
def test_the_adviser_gets_the_submitted_report_though_a_new_version_is_in_the_making(sign_in, kind):
    with within(world.cycle_of().municipality):
        ProgressReport.objects.filter(pk=submitted().pk).update(status="draft")
        world.cycle_of().desiredstate_set.update(text="提出後の文")

    response = sign_in("adviser").get(f"{REVIEW}{kind}/")

    assert response.status_code == 200
    assert "提出後の文" not in told(response)
    assert "下書き" not in told(response)


@pytest.mark.parametrize("kind", KINDS)
def test_making_a_submitted_report_reads_no_live_row(as_adviser, kind):
    """Five queries let the person in (session, user, memberships, place, cycle), two read the report."""
    with CaptureQueriesContext(connection) as queries:
        response = as_adviser.get(f"{REVIEW}{kind}/")

    assert response.status_code == 200
    assert len(queries) <= 7
    tables = {table for one in queries for table in re.findall(r'"(\w+_\w+)" ', one["sql"])}
    assert "reports_snapshot" in tables
    assert not any(table.startswith(("logicmodels_", "indicators_")) for table in tables)


@pytest.mark.parametrize("kind", KINDS)
def test_the_newest_version_is_told(sign_in, kind):
    with within(world.cycle_of().municipality):
        first = submitted().snapshot
        Snapshot.objects.create(
            report=submitted(),
            version=2,
            document=bytes(first.document).replace(
                "安心して過ごせる".encode(), "二つめの版".encode()
            ),
            sha256="2" * 64,
            schema_version=first.schema_version,
            made_at=first.made_at,
        )

    response = sign_in("viewer").get(f"{TOWN}{submitted().pk}/{kind}/")

    assert "二つめの版" in told(response)


@pytest.mark.parametrize("kind", KINDS)
def test_the_file_has_a_japanese_name_a_plain_one_and_is_kept_nowhere(sign_in, kind):
    ending = {"slides": "pptx", "tables": "xlsx"}[kind]

    headers = sign_in("viewer").get(f"{TOWN}{submitted().pk}/{kind}/").headers

    disposition = headers["Content-Disposition"]
    assert f'filename="990019-2026-interim-1.{ending}"' in disposition
    name = re.search(r"filename\*=utf-8''(\S+)", disposition)[1]
    assert urllib.parse.unquote(name) == f"見本市_令和8年度_中間報告.{ending}"
    assert disposition.isascii()
    assert headers["Cache-Control"] == "no-store, private"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("kind", KINDS)
def test_another_towns_report_is_absent(sign_in, kind):
    ours, theirs = submitted(), world.report_of(world.THEIRS)

    assert sign_in("neighbour").get(f"{TOWN}{ours.pk}/{kind}/").status_code == 404
    assert sign_in("viewer").get(f"{TOWN}{theirs.pk}/{kind}/").status_code == 404
    assert sign_in("neighbour-adviser").get(f"{REVIEW}{kind}/").status_code == 404
    assert sign_in("adviser").get(f"/review/990019-2026-final-1/{kind}/").status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_carries_nothing_of_another_town(sign_in, kind):
    response = sign_in("viewer").get(f"{TOWN}{submitted().pk}/{kind}/")

    assert world.CANARY not in told(response)


def test_the_pages_of_a_report_offer_both_files(sign_in):
    viewer = sign_in("viewer")
    for report in (submitted(), draft()):
        page = viewer.get(f"{TOWN}{report.pk}/").content.decode()
        assert f"{TOWN}{report.pk}/slides/" in page
        assert f"{TOWN}{report.pk}/tables/" in page
    page = sign_in("adviser").get(REVIEW).content.decode()
    assert f"{REVIEW}slides/" in page
    assert f"{REVIEW}tables/" in page


def test_the_workbook_holds_the_values_of_the_towns_indicators(sign_in):
    response = sign_in("viewer").get(f"{TOWN}{submitted().pk}/tables/")

    sheet = load_workbook(io.BytesIO(response.content))["指標"]
    numbers = [row[10].value for row in sheet.iter_rows(min_row=2)]
    assert any(isinstance(number, int | float) for number in numbers)
    assert sheet["A2"].value == world.OURS
