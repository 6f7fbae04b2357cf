"""Over HTTP: comments, decisions, answers and acceptance follow the rules of the pages."""

import datetime as dt

import pytest
from django.utils import timezone

from municipalities.models import OutgoingMail
from municipalities.tenancy import within
from reports.models import Comment, Decision, Progress
from reports.submission.advising import deciding
from reports.submission.reworking import reopening
from reports.submission.submitting.submit import submit
from tests import world
from tests.reports import progress_rows
from tests.reports.api_clients import errors_of, with_token

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}
DESK = "/api/v1/review/990019-2026-interim-1"
TOWN = "/api/v1/m/990019/2026/reports"
PREFECTURE = "/api/v1/p/99/2026"
WORDS = {"section": "policy", "kind": "fix", "text": "対象を絞ってください。"}


@pytest.fixture
def adviser(people):
    return with_token(people["adviser"])


@pytest.fixture
def editor(people):
    return with_token(people["editor"])


@pytest.fixture
def officer(people):
    return with_token(people["officer"])


def comments_of(client):
    pk = world.report_of().pk
    return client.get(f"{TOWN}/{pk}/comments").json()["comments"]


def test_a_comment_is_private_until_it_is_sent(adviser, editor):
    written = adviser.post(f"{DESK}/comments", WORDS, **JSON).json()
    assert [one["sent_at"] for one in written["comments"]] == [None]
    assert comments_of(editor) == []

    adviser.post(f"{DESK}/comments/sending", {}, **JSON)

    [seen] = comments_of(editor)
    assert (seen["section"], seen["kind"], seen["state"]) == ("policy", "fix", "open")
    assert seen["version"] == 1


def test_the_municipality_answers(adviser, editor):
    adviser.post(f"{DESK}/comments", WORDS, **JSON)
    adviser.post(f"{DESK}/comments/sending", {}, **JSON)
    [comment] = comments_of(editor)
    address = f"{TOWN}/comments/{comment['id']}/answer"

    answered = editor.post(address, {"text": "絞りました。"}, **JSON)
    again = editor.post(address, {"text": "もう一度。"}, **JSON)

    [now] = answered.json()["comments"]
    assert (now["state"], now["replies"][0]["text"]) == ("answered", "絞りました。")
    assert again.status_code == 409
    assert len(comments_of(editor)[0]["replies"]) == 1


def test_an_unsent_comment_cannot_be_answered(adviser, editor, here):
    adviser.post(f"{DESK}/comments", WORDS, **JSON)
    pending = Comment.objects.get()

    address = f"{TOWN}/comments/{pending.pk}/answer"

    assert editor.post(address, {"text": "返事"}, **JSON).status_code == 404


def test_a_decision_takes_the_pending_comments_along(adviser, editor):
    adviser.post(f"{DESK}/comments", WORDS, **JSON)
    wanted = (timezone.localdate() + dt.timedelta(days=14)).isoformat()

    answer = adviser.post(
        f"{DESK}/decision", {"version": 1, "kind": "revisit", "wanted_on": wanted}, **JSON
    )

    assert answer.json()["status"] == "revisit"
    assert answer.json()["decisions"][0]["wanted_on"] == wanted
    assert len(comments_of(editor)) == 1


def test_without_a_date_nothing_is_decided(adviser, here):
    adviser.post(f"{DESK}/comments", WORDS, **JSON)

    answer = adviser.post(f"{DESK}/decision", {"version": 1, "kind": "revisit"}, **JSON)

    assert answer.status_code == 422
    assert errors_of(answer)
    assert not Decision.objects.exists()
    assert Comment.objects.get().sent_at is None


def decide(client, **sent):
    return client.post(f"{DESK}/decision", {"version": 1, "kind": "advised"} | sent, **JSON)


def test_a_repeated_decision_is_told_and_posts_no_second_mail(adviser, here):
    assert decide(adviser, text="よく書けています。").status_code == 200

    again = decide(adviser, text="よく書けています。")

    assert again.status_code == 409
    assert errors_of(again) == [
        {"pointer": "", "message": "同じ内容の判断を、すでに送っています。"}
    ]
    assert Decision.objects.count() == 1
    assert OutgoingMail.objects.filter(kind=deciding.MAIL).count() == 1


def test_a_decision_says_which_version_was_read(adviser, here):
    assert decide(adviser, version=None).status_code == 422
    assert adviser.post(f"{DESK}/decision", {"kind": "advised"}, **JSON).status_code == 422
    assert not Decision.objects.exists()


def test_a_decision_on_a_version_that_was_not_read_is_refused(adviser, here, people):
    report = world.report_of()
    reopening.reopen(report, reason="直すため", by=people["editor"])
    submit(report, by=people["editor"])

    answer = decide(adviser)

    assert answer.status_code == 409
    assert [one["pointer"] for one in errors_of(answer)] == ["/version"]
    assert not Decision.objects.exists()
    assert decide(adviser, version=2).status_code == 200


def test_a_section_that_does_not_exist_takes_no_comment(adviser, here):
    answer = adviser.post(f"{DESK}/comments", WORDS | {"section": "nowhere"}, **JSON)

    assert answer.status_code == 422
    assert not Comment.objects.exists()


def test_the_adviser_reads_the_frozen_bytes(adviser, here):
    answer = adviser.get(f"{DESK}/document")

    assert answer.content == bytes(world.report_of().snapshot.document)


def test_the_prefecture_accepts_and_takes_back(officer):
    [before] = [
        one
        for one in officer.get(f"{PREFECTURE}/progress").json()["items"]
        if one["municipality_code"] == world.OURS
    ]
    address = f"{PREFECTURE}/reports/990019-2026-interim-1/acceptance"

    accepted = officer.post(address, {}, **JSON)
    twice = officer.post(address, {}, **JSON)
    back = officer.post(f"{address}/withdrawal", {}, **JSON)

    assert before["status"] == "submitted"
    assert accepted.json()["status"] == "accepted"
    assert accepted.json()["accepted_on"] == timezone.localdate().isoformat()
    assert twice.status_code == 422
    assert back.json() == before


def test_no_text_crosses_with_the_progress(officer):
    found = officer.get(f"{PREFECTURE}/progress").json()["items"]

    assert found
    assert all(
        set(one)
        == {
            "municipality_code",
            "kind",
            "serial",
            "status",
            "submitted_on",
            "is_late",
            "days_late",
            "accepted_on",
            "known_by",
        }
        for one in found
    )


def test_what_the_prefecture_entered_is_there_as_in_its_table(
    officer, people, django_assert_max_num_queries
):
    """Only of a kind that the town has not submitted in the system, and without a number of its own."""
    progress_rows.due(dt.date(2026, 10, 31), people["officer"])
    late = {"status": "accepted", "submitted_on": dt.date(2026, 11, 10)}
    for place in (progress_rows.ours(), progress_rows.town(1)):
        progress_rows.entered(place, people["officer"], **late)
    progress_rows.entered(progress_rows.town(2), people["officer"], kind="final")
    with django_assert_max_num_queries(10):
        found = officer.get(f"{PREFECTURE}/progress").json()["items"]

    codes = [one["municipality_code"] for one in found]
    assert codes == sorted(codes)
    by_code = {one["municipality_code"]: one for one in found}
    assert by_code["970001"] == {
        "municipality_code": "970001",
        "kind": "interim",
        "serial": None,
        "status": "accepted",
        "submitted_on": "2026-11-10",
        "is_late": True,
        "days_late": 10,
        "accepted_on": None,
        "known_by": "officer",
    }
    assert [by_code["970002"][name] for name in ("kind", "status", "submitted_on")] == [
        *("final", "draft", None)
    ]
    ours = [one for one in found if one["municipality_code"] == world.OURS]
    assert [(one["kind"], one["serial"], one["known_by"]) for one in ours] == [
        ("interim", 1, "system")
    ]


def test_the_schema_says_what_is_known_by_whom(officer):
    schemas = officer.get("/api/v1/openapi.json").json()["components"]["schemas"]

    assert schemas["KnownBy"]["enum"] == ["system", "officer"]
    told = schemas["ProgressOut"]
    assert {"days_late", "known_by", "serial"} <= set(told["required"])
    assert "県入力" in told["properties"]["serial"]["description"]


def test_a_draft_cannot_be_accepted(officer):
    address = f"{PREFECTURE}/reports/990019-2026-final-1/acceptance"

    assert officer.post(address, {}, **JSON).status_code == 404


def test_a_number_of_another_year_is_absent(officer):
    address = "/api/v1/p/99/2025/reports/990019-2026-interim-1/acceptance"

    assert officer.post(address, {}, **JSON).status_code == 404


def test_the_town_itself_does_not_accept(editor):
    assert editor.post(f"{PREFECTURE}/reports/990019-2026-interim-1/acceptance").status_code == 404
    with within(world.cycle_of().municipality):
        assert not Progress.objects.filter(status="accepted").exists()
