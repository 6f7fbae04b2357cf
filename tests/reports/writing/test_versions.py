"""出し直し: a new version beside the old one, its own deliveries, and the way back."""

import json

import pytest

from logicmodels.models import DesiredState
from municipalities.kernel import submission_keys
from municipalities.models import Change
from municipalities.tenancy import within
from reports.models import Delivery, Progress, Snapshot
from reports.submission.drafts import drafting, recipients
from reports.submission.drafts.moving import Overtaken
from reports.submission.reworking import reopening
from reports.submission.submitting.submit import submit
from tests import world
from tests.reports.api_clients import REPORTS as API
from tests.reports.api_clients import with_token

pytestmark = pytest.mark.django_db
REPORTS = "/m/990019/2026/reports/"
REVIEW = "/review/990019-2026-interim-1/"
OLD = "市民が、最期まで本人の望む場所で、安心して過ごせる。"
NEW = "書き直した目指す姿"


@pytest.fixture
def address(db):
    return f"{REPORTS}{world.report_of().pk}/"


def reopened(people):
    report = world.report_of()
    reopening.reopen(report, reason="現状値に誤りがあったため", by=people["editor"])
    return report


def rewrite():
    DesiredState.objects.filter(scene="end_of_life").update(text=NEW)


def test_a_reopened_report_is_a_draft_whose_first_version_stays(as_editor, as_adviser, address):
    pressed = as_editor.post(f"{address}reopening/", {"reason": "現状値に誤りがあったため"})
    page = as_editor.get(address).content.decode()

    assert pressed.status_code == 302
    assert "新しい版はまだ提出されていません" in page
    assert "出し直し中" in as_editor.get(REPORTS).content.decode()
    assert "現状値に誤りがあったため" in page
    assert OLD in as_editor.get(f"{address}versions/1/").content.decode()
    assert as_adviser.get(REVIEW).status_code == 200


def test_a_reason_is_asked(as_editor, address):
    refused = as_editor.post(f"{address}reopening/", {"reason": " "})

    assert refused.status_code == 422
    assert "出し直す理由を入力してください" in refused.content.decode()
    assert world.report_of().status == "submitted"


def test_version_two_is_readable_beside_version_one(here, people, as_editor, as_adviser, address):
    first = world.report_of().snapshot
    report = reopened(people)
    rewrite()
    submit(report, by=people["editor"])

    for client, base in ((as_editor, address), (as_adviser, REVIEW)):
        one = client.get(f"{base}versions/1/").content.decode()
        two = client.get(f"{base}versions/2/").content.decode()
        assert (OLD in one, NEW in one) == (True, False)
        assert (OLD in two, NEW in two) == (False, True)
        listed = client.get(f"{base}versions/").content.decode()
        assert "第1版" in listed
        assert "第2版（最新）" in listed
        assert "現状値に誤りがあったため" in listed
    assert Snapshot.objects.get(pk=first.pk).sha256 == first.sha256
    assert bytes(Snapshot.objects.get(pk=first.pk).document) == bytes(first.document)


def test_the_second_version_says_so_in_its_document(here, people):
    report = reopened(people)
    submit(report, by=people["editor"])

    versions = [
        json.loads(bytes(one.document))["report"]["version"]
        for one in Snapshot.objects.filter(report=report)
    ]
    assert versions == [1, 2]


def test_each_version_has_its_own_deliveries(here, people):
    report = reopened(people)
    recipients.choose(report, {people["officer"]: "prefecture"}, by=people["editor"])
    submit(report, by=people["editor"])

    sent = {
        (row.snapshot.version, row.recipient.username)
        for row in Delivery.objects.filter(report=report)
    }
    assert sent == {(1, "adviser"), (2, "officer")}


def test_the_pdf_of_each_version_is_handed_out(here, people, as_editor, as_adviser, address):
    report = reopened(people)
    submit(report, by=people["editor"])

    for client, base in ((as_editor, address), (as_adviser, REVIEW)):
        assert client.get(f"{base}versions/1/pdf/").content.startswith(b"%PDF")
        assert client.get(f"{base}versions/2/pdf/").status_code == 404
        assert client.get(f"{base}versions/3/").status_code == 404


def test_a_reopened_report_still_counts_as_submitted(here, people, sign_in):
    before = list(Progress.objects.filter(municipality=here.municipality).values())
    reopened(people)

    assert list(Progress.objects.filter(municipality=here.municipality).values()) == before
    assert "990019-2026-interim-1" in sign_in("adviser").get("/review/").content.decode()


def test_opening_a_draft_finds_the_reopened_one(here, people):
    report = reopened(people)

    assert drafting.open_draft(here, "interim", by=people["editor"]).pk == report.pk


def test_giving_up_leaves_everything_as_it_was_submitted(here, people, as_editor, address):
    was = world.report_of()
    report = reopened(people)
    recipients.choose(report, {}, by=people["editor"], is_council_paper=True)
    drafting.choose_step(report, None, by=people["editor"])

    response = as_editor.post(f"{address}reopening/withdrawal/")

    now = world.report_of()
    assert response.status_code == 302
    assert (now.status, now.step_id, now.is_council_paper) == ("submitted", was.step_id, False)
    assert recipients.parts_of(now) == {people["adviser"].pk: "adviser"}
    assert Snapshot.objects.filter(report=now).count() == 1


def test_giving_up_returns_to_the_state_before(here, people):
    report = world.report_of()
    type(report).objects.filter(pk=report.pk).update(status="advised")
    report = reopened(people)
    reopening.give_up(report, by=people["editor"])

    assert world.report_of().status == "advised"


def test_a_first_draft_cannot_be_given_up_this_way(as_editor, cycle):
    report = world.report_of(kind="final")

    page = as_editor.post(f"{REPORTS}{report.pk}/reopening/withdrawal/", follow=True)

    assert "出し直しの途中ではありません" in page.content.decode()
    assert world.report_of(kind="final").is_draft


def test_of_two_who_reopen_at_once_one_is_told(here, people):
    one, other = world.report_of(), world.report_of()
    reopening.reopen(one, reason="一人目", by=people["editor"])

    with pytest.raises(Overtaken):
        reopening.reopen(other, reason="二人目", by=people["editor"])
    reasons = [change.after["reason"] for change in reopening.reopenings(one)]
    assert reasons == ["一人目"]


def test_fifty_presses_make_one_second_version(here, people, as_editor, address):
    report = reopened(people)
    key = submission_keys.new()
    for _ in range(50):
        as_editor.post(f"{address}submit/", {"submission_key": key})
    as_editor.post(f"{address}submit/", {"submission_key": submission_keys.new()})

    assert Snapshot.objects.filter(report=report).count() == 2
    assert Delivery.objects.filter(report=report, snapshot__version=2).count() == 1
    assert Change.objects.of(report).filter(deed="submit").count() == 2


def test_another_towns_versions_are_absent(as_editor, as_adviser):
    theirs = world.report_of(world.THEIRS)

    for piece in ("versions/", "versions/1/", "versions/1/pdf/", "reopening/"):
        assert as_editor.get(f"{REPORTS}{theirs.pk}/{piece}").status_code == 404
        assert as_editor.get(f"/m/990027/2026/reports/{theirs.pk}/{piece}").status_code == 404
    for piece in ("versions/", "versions/1/", "versions/1/pdf/"):
        assert as_adviser.get(f"{theirs.review_url()}{piece}").status_code == 404
    assert as_editor.post(f"{REPORTS}{theirs.pk}/reopening/", {"reason": "x"}).status_code == 404
    with within(theirs.cycle.municipality):
        assert world.report_of(world.THEIRS).status == "submitted"


def test_the_api_tells_versions_step_and_council_paper(here, people):
    client = with_token(people["editor"])
    report = world.report_of()
    submitted = client.get(f"{API}/{report.pk}").json()
    reopened(people)
    draft = client.post(API, {"kind": "interim"}, content_type="application/json").json()

    assert (submitted["version"], submitted["versions"]) == (1, 1)
    assert (submitted["step"], submitted["is_council_paper"]) == ("interim-1", False)
    assert (draft["id"], draft["status"]) == (report.pk, "draft")
    assert (draft["version"], draft["versions"]) == (2, 1)
    assert [one["version"] for one in draft["deliveries"]] == [1]
