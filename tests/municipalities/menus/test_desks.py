"""Home leads to where a person works: at once with one desk, by cards with what waits there with several."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from municipalities.menus import desks
from municipalities.menus.desks import DeskKind
from municipalities.models import Job, Membership, Prefecture
from municipalities.tenancy import within
from reports.choices import ReportStatus
from reports.models import Progress
from reports.submission.submitting import approving
from tests import world
from tests.reports import reviewing

pytestmark = pytest.mark.django_db


def grant(user, role, kind="municipality", code=world.OURS):
    day = timezone.localdate() - dt.timedelta(days=1)
    return Membership.objects.create(
        user=user, role=role, scope_kind=kind, scope_code=code, valid_from=day
    )


def cards(client):
    """Return the desks that home shows, by label."""
    response = client.get("/")
    assert response.status_code == 200
    return {desk.label: desk for desk in response.context["places"]}


@pytest.mark.parametrize(
    ("username", "address"),
    [
        ("editor", "/m/990019/"),
        ("approver", "/m/990019/"),
        ("adviser", "/review/"),
        ("officer", "/p/99/"),
        ("operator", "/manage/"),
    ],
)
def test_one_desk_is_opened_at_once(sign_in, username, address):
    response = sign_in(username).get("/")

    assert response.status_code == 302
    assert response.headers["Location"] == address


def test_several_desks_say_in_numbers_what_waits_there(sign_in, people):
    grant(people["editor"], "adviser", code=world.THEIRS)
    shown = cards(sign_in("editor"))

    assert list(shown) == ["見本市", "アドバイザーの受信箱"]
    assert shown["アドバイザーの受信箱"].waits == ("お待ちの報告 1件",)
    assert shown["見本市"].waits == ("下書きの報告書 1件",)
    assert "お待ちの報告 1件" in sign_in("editor").get("/").content.decode()


def test_comments_and_reports_wanted_again_wait_for_who_writes(sign_in, people, cycle):
    grant(people["editor"], "viewer", code=world.THEIRS)
    with within(cycle.municipality):
        reviewing.comment(people["adviser"])
        reviewing.wanted_again(people["adviser"])
    shown = cards(sign_in("editor"))

    assert shown["見本市"].waits == (
        "答えていないコメント 1件",
        "もう一度見たい報告書 1件",
        "下書きの報告書 1件",
    )
    # Who only reads there has nothing to do.
    assert shown["見本町"].waits == ()


def test_confirmations_are_counted_by_municipality(sign_in, people):
    grant(people["approver"], "approver", code=world.THEIRS)
    report = world.report_of(world.THEIRS, "final")
    with within(report.cycle.municipality):
        approving.move(
            report, {"status": "approval"}, by=people["neighbour"], deed=approving.ASKING
        )
        report.approvals.create(approver=people["approver"], position=1)
    shown = cards(sign_in("approver"))

    assert shown["見本町"].waits == ("確認を待っている報告書 1件",)
    assert shown["見本市"].waits == ()


def test_an_officer_with_two_prefectures_sees_what_is_not_accepted(sign_in, people):
    grant(people["officer"], "officer", "prefecture", "98")
    shown = cards(sign_in("officer"))

    assert shown["見本県"].waits == ("受理していない報告書 2件",)
    assert shown["となり県"].waits == ()
    Progress.objects.update(status=ReportStatus.ACCEPTED)
    assert cards(sign_in("officer"))["見本県"].waits == ()


def test_a_nationwide_officer_chooses_among_all_prefectures(sign_in, people):
    grant(people["stranger"], "officer", "nation", "JP")
    response = sign_in("stranger").get("/")

    codes = [desk.code for desk in response.context["prefectures"]]
    assert codes == sorted(Prefecture.objects.values_list("code", flat=True))
    assert response.context["places"] == []
    assert "全国の都道府県" in response.content.decode()


def test_failed_work_waits_for_the_operator(sign_in, people):
    grant(people["operator"], "adviser")
    Job.objects.create(kind="make_report_pdf", state="failed")

    assert cards(sign_in("operator"))["運営管理"].waits == ("失敗した処理 1件",)


def test_a_desk_whose_page_the_site_has_not_is_not_offered(people, monkeypatch):
    monkeypatch.setattr(desks, "way", lambda name, *args: "")

    assert desks.of(people["editor"]) == []


def test_an_ended_membership_opens_no_desk(sign_in, people):
    people["editor"].memberships.update(valid_to=timezone.localdate() - dt.timedelta(days=1))

    page = sign_in("editor").get("/").content.decode()
    assert "現在、開ける画面がありません" in page
    assert "招待のメール" in page


def test_counting_takes_the_same_queries_for_one_and_for_two_municipalities(people):
    user = people["editor"]

    def asked():
        found = desks.of(user)
        with CaptureQueriesContext(connection) as queries:
            desks.counted(found, user)
        return len(queries)

    one = asked()
    grant(user, "editor", code=world.THEIRS)

    assert one == asked()


def test_who_counts_is_registered_once():
    counter = desks.COUNTERS[DeskKind.ADVISER][0]
    desks.register(DeskKind.ADVISER, counter)

    assert desks.COUNTERS[DeskKind.ADVISER] == [counter]
