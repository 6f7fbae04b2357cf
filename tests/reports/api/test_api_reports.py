"""Reports over HTTP: the open draft, its submission, what became of it, its PDF."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from municipalities.tenancy import within
from reports.models import Delivery, ProgressReport, Recipient
from tests import world
from tests.reports.api_clients import REPORTS, errors_of, with_token, without_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(people):
    return with_token(people["editor"])


@pytest.fixture
def open_draft(client):
    def post(kind):
        return client.post(REPORTS, {"kind": kind}, content_type="application/json")

    return post


def test_opening_returns_the_open_draft_of_that_kind(open_draft):
    """The world has an open final draft; its interim report is submitted."""
    final, again = open_draft("final").json(), open_draft("final").json()
    interim = open_draft("interim").json()

    assert final == again
    assert (final["status"], final["number"]) == ("draft", "990019-2026-final-1")
    assert (interim["status"], interim["number"]) == ("draft", "990019-2026-interim-2")
    assert interim["submitted_at"] is None
    assert interim["deliveries"] == []


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"kind": "yearly"}, "/kind"),
        ({"kind": None}, "/kind"),
        ({}, "/kind"),
        ([], ""),
        ("final", ""),
    ],
)
def test_a_wrong_kind_is_told_with_its_place(client, body, pointer):
    response = client.post(REPORTS, body, content_type="application/json")

    assert response.status_code in {400, 422}
    assert errors_of(response)[0]["pointer"] == pointer


def test_names_beside_the_kind_change_nothing(client, here):
    """Mass assignment: what the schema does not name is not read."""
    extra = {"kind": "interim", "status": "accepted", "serial": 9, "municipality_id": 2, "id": 1}

    response = client.post(REPORTS, extra, content_type="application/json")

    assert response.json()["status"] == "draft"
    assert response.json()["number"] == "990019-2026-interim-2"


def test_submitting_twice_is_a_conflict(client, open_draft):
    pk = open_draft("final").json()["id"]

    first = client.post(f"{REPORTS}/{pk}/submit")
    second = client.post(f"{REPORTS}/{pk}/submit")

    assert first.status_code == 200
    assert first.json()["status"] == "submitted"
    assert [one["state"] for one in first.json()["deliveries"]] == ["queued"]
    assert second.status_code == 409
    assert errors_of(second)[0]["message"] == "この報告書は、すでに提出されています。"


def test_what_stands_in_the_way_of_a_submission_is_told(client, open_draft, here):
    pk = open_draft("final").json()["id"]
    Recipient.objects.filter(report=pk).delete()

    response = client.post(f"{REPORTS}/{pk}/submit")

    assert response.status_code == 422
    assert errors_of(response) == [
        {"pointer": "", "message": "提出先が選ばれていません。"},
    ]
    assert ProgressReport.objects.get(pk=pk).status == "draft"


def test_the_state_tells_when_each_delivery_was_sent(client, here):
    report = world.report_of()
    at = timezone.now()
    Delivery.objects.filter(report=report).update(state="sent", sent_at=at)

    shown = client.get(f"{REPORTS}/{report.pk}").json()

    assert shown["status"] == "submitted"
    (delivery,) = shown["deliveries"]
    assert (delivery["recipient"], delivery["state"]) == ("adviserの担当", "sent")
    assert delivery["sent_at"].startswith(at.strftime("%Y-%m-%dT%H:%M"))


def test_the_pdf_is_absent_before_it_exists_and_then_is_the_kept_file(client):
    report = world.report_of()
    address = f"{REPORTS}/{report.pk}/pdf"
    made = client.get(address)
    without_pdf(report)

    absent = client.get(address)

    assert made.status_code == 200
    assert made.headers["Content-Type"] == "application/pdf"
    assert made.content.startswith(b"%PDF-")
    assert absent.status_code == 404
    assert errors_of(absent)


@pytest.mark.parametrize("piece", ["0", "999999999", "9" * 19, "9" * 40, "9" * 5000, "x", "-1"])
def test_a_report_that_does_not_exist_is_absent(client, piece):
    for address in (f"{REPORTS}/{piece}", f"{REPORTS}/{piece}/pdf"):
        response = client.get(address)
        assert response.status_code == 404
        assert errors_of(response)


def test_the_neighbours_report_under_our_own_address_is_absent(client):
    """The fence decides, not the address: their primary key finds nothing here."""
    theirs = world.report_of(world.THEIRS)

    for suffix in ("", "/pdf"):
        assert client.get(f"{REPORTS}/{theirs.pk}{suffix}").status_code == 404
    assert client.post(f"{REPORTS}/{theirs.pk}/submit").status_code == 404
    with within(theirs.cycle.municipality):
        assert ProgressReport.objects.get(pk=theirs.pk).version == theirs.version


def test_a_report_of_another_year_under_this_years_address_is_absent(client, people):
    report = world.report_of()
    address = REPORTS.replace(str(world.YEAR), "2025")

    assert client.get(f"{address}/{report.pk}").status_code == 404


def test_showing_a_report_costs_the_same_for_one_and_many_recipients(client, here, people):
    """Token, memberships, municipality, cycle, report, deliveries."""
    report = world.report_of()
    with within(report.cycle.municipality):
        newest = report.snapshot
    client.get(f"{REPORTS}/{report.pk}")  # the token's first use in an hour is noted
    counts = []
    for username in ("viewer", "editor", "approver"):
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{REPORTS}/{report.pk}")
        counts.append(len(queries))
        Delivery.objects.create(report=report, snapshot=newest, recipient=people[username])

    assert len(client.get(f"{REPORTS}/{report.pk}").json()["deliveries"]) == 4
    assert len(set(counts)) == 1
    assert counts[0] <= 7
