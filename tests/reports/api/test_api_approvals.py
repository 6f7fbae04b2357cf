"""Over HTTP: recipients, superiors, versions and reopening follow the same rules as the pages."""

import pytest

from municipalities.tenancy import within
from reports.models import Approval, ProgressReport, Recipient
from tests import world
from tests.reports.api_clients import REPORTS, errors_of, with_token

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}


@pytest.fixture
def client(people):
    return with_token(people["editor"])


@pytest.fixture
def superior(people):
    return with_token(people["approver"])


@pytest.fixture
def submitted():
    return f"{REPORTS}/{world.report_of().pk}"


@pytest.fixture
def draft(client):
    """A new interim report: everything that it needs is in the world."""
    made = client.post(REPORTS, {"kind": "interim"}, **JSON).json()
    return f"{REPORTS}/{made['id']}"


def pk_of(address):
    return int(address.rpartition("/")[2])


def test_the_list_names_every_report_of_the_year(client):
    items = client.get(REPORTS).json()["items"]

    assert [one["number"] for one in items] == ["990019-2026-interim-1", "990019-2026-final-1"]
    assert [one["versions"] for one in items] == [1, 0]


def test_a_submitted_version_is_returned_byte_for_byte(client, submitted):
    [version] = client.get(f"{submitted}/versions").json()["items"]
    frozen = world.report_of()
    with within(frozen.cycle.municipality):
        kept = frozen.snapshot

    answer = client.get(f"{submitted}/versions/1/document")

    assert (version["version"], version["sha256"]) == (1, kept.sha256)
    assert answer.content == bytes(kept.document)
    assert client.get(f"{submitted}/versions/2/document").status_code == 404


def test_a_superior_approves_what_was_read(client, superior, draft, here):
    assert client.post(f"{draft}/approval", {"approvers": ["approver"]}, **JSON).status_code == 200
    seen = superior.get(f"{draft}/approval").json()["content"]
    decision = {"decision": "approve", "seen": seen, "comment": "よい"}

    answer = superior.post(f"{draft}/approval/decision", decision, **JSON)

    assert answer.status_code == 200
    [place] = superior.get(f"{draft}/approval").json()["items"]
    assert (place["approver"], place["state"], place["comment"]) == ("approver", "approved", "よい")


def test_another_content_than_the_one_read_is_not_approved(client, superior, draft, here):
    client.post(f"{draft}/approval", {"approvers": ["approver"]}, **JSON)

    answer = superior.post(
        f"{draft}/approval/decision", {"decision": "approve", "seen": "0" * 64}, **JSON
    )

    assert answer.status_code == 422
    assert errors_of(answer)
    assert Approval.objects.get(report=pk_of(draft)).state == "waiting"


def test_sending_back_needs_a_reason(client, superior, draft, here):
    client.post(f"{draft}/approval", {"approvers": ["approver"]}, **JSON)

    without = superior.post(f"{draft}/approval/decision", {"decision": "return"}, **JSON)
    back = superior.post(
        f"{draft}/approval/decision", {"decision": "return", "comment": "数字を確かめる"}, **JSON
    )

    assert errors_of(without)[0]["pointer"] == "/comment"
    assert back.json()["status"] == "draft"


def test_who_writes_does_not_approve(client, draft):
    client.post(f"{draft}/approval", {"approvers": ["approver"]}, **JSON)

    answer = client.post(f"{draft}/approval/decision", {"decision": "approve"}, **JSON)

    assert answer.status_code == 403


def test_only_superiors_of_the_town_can_be_asked(client, draft):
    answer = client.post(f"{draft}/approval", {"approvers": ["approver", "neighbour"]}, **JSON)

    assert answer.status_code == 422
    assert [one["pointer"] for one in errors_of(answer)] == ["/approvers/1"]


def test_taking_back_makes_a_draft(client, draft):
    client.post(f"{draft}/approval", {"approvers": ["approver"]}, **JSON)

    answer = client.post(f"{draft}/approval/withdrawal", {}, **JSON)

    assert answer.json()["status"] == "draft"
    assert client.post(f"{draft}/approval/withdrawal", {}, **JSON).status_code == 422


def test_recipients_are_chosen_among_those_of_the_town(client, draft, here):
    foreign = {"recipients": ["neighbour-adviser"]}
    assert client.put(f"{draft}/recipients", foreign, **JSON).status_code == 422

    answer = client.put(f"{draft}/recipients", {"recipients": ["adviser", "officer"]}, **JSON)

    assert answer.status_code == 200
    chosen = Recipient.objects.filter(report=pk_of(draft)).values_list("user__username", "part")
    assert sorted(chosen) == [("adviser", "adviser"), ("officer", "prefecture")]


def test_a_paper_for_the_council_goes_to_nobody(client, draft, here):
    sent = {"recipients": ["adviser"], "is_council_paper": True}

    answer = client.put(f"{draft}/recipients", sent, **JSON)

    assert answer.json()["is_council_paper"] is True
    assert not Recipient.objects.filter(report=pk_of(draft)).exists()


def test_reopening_needs_a_reason_and_a_submitted_report(client, submitted, here):
    assert client.post(f"{submitted}/reopening", {"reason": ""}, **JSON).status_code == 422

    answer = client.post(f"{submitted}/reopening", {"reason": "数字の訂正"}, **JSON)
    again = client.post(f"{submitted}/reopening", {"reason": "もう一度"}, **JSON)

    assert (answer.json()["status"], answer.json()["version"]) == ("draft", 2)
    assert again.status_code == 422


def test_names_beside_the_schema_are_refused(client, submitted, here):
    sent = {"reason": "訂正", "status": "accepted"}

    assert client.post(f"{submitted}/reopening", sent, **JSON).status_code == 422
    assert ProgressReport.objects.get(pk=pk_of(submitted)).status == "submitted"
