"""What an adviser reads again: own words and the frozen versions of the term; nothing that came later."""

import datetime as dt

import pytest
from django.utils import timezone

from logicmodels.models import Issue
from municipalities.models import Membership
from municipalities.tenancy import within
from reports.choices import CommentKind, DecisionKind
from reports.models import (
    Comment,
    CommentReply,
    Decision,
    Delivery,
    ReportText,
    ReviewLook,
    Snapshot,
)
from tests import world

pytestmark = pytest.mark.django_db
LIST = "/review/past/"
PAST = "/review/past/990019-2026-interim-1/"
LATER = "任期の後に書いた文"


@pytest.fixture
def report(people):
    """The submitted report; the adviser's term ended yesterday, its first version lies before."""
    report = world.report_of()
    ended = timezone.localdate() - dt.timedelta(days=1)
    Membership.objects.filter(user=people["adviser"]).update(valid_to=ended)
    with within(report.cycle.municipality):
        first = Snapshot.objects.filter(report=report)
        first.update(made_at=timezone.now() - dt.timedelta(days=3))
        yield report


def comment(report, people, *, by="adviser", text="根拠を加えてください。", at=None):
    return Comment.objects.create(
        report=report,
        snapshot=report.snapshots.get(version=1),
        section="policy",
        kind=CommentKind.SUGGESTION,
        text=text,
        author=people[by],
        sent_at=at or timezone.now() - dt.timedelta(days=2),
    )


def submitted_again(report, *, at):
    """Put a second version beside the first."""
    first = report.snapshots.get(version=1)
    return Snapshot.objects.create(
        report=report,
        version=2,
        document=first.document,
        sha256=first.sha256,
        schema_version=first.schema_version,
        made_at=at,
    )


def test_lists_what_this_adviser_got_with_their_own_words(sign_in, people, report):
    comment(report, people)
    Decision.objects.create(
        report=report,
        snapshot=report.snapshots.get(version=1),
        adviser=people["adviser"],
        kind=DecisionKind.values[0],
    )
    page = sign_in("adviser").get(LIST)

    (line,) = page.context["lines"]
    assert (line.report, line.comments) == (report, 1)
    assert line.decision.adviser == people["adviser"]
    assert "見本町" not in page.content.decode()


def test_reads_the_frozen_version_own_words_and_the_answers_to_them(sign_in, people, report):
    own = comment(report, people)
    CommentReply.objects.create(comment=own, text="直しました。", author=people["editor"])
    page = sign_in("adviser").get(PAST).content.decode()

    assert "根拠を加えてください。" in page
    assert "直しました。" in page
    assert "第1版" in page


def test_other_advisers_words_of_later_days_stay_with_them(sign_in, people, report):
    own = comment(report, people)
    comment(report, people, by="neighbour-adviser", text=LATER)
    CommentReply.objects.create(
        comment=own, text=LATER, author=people["neighbour-adviser"], is_advisers=True
    )

    assert LATER not in sign_in("adviser").get(PAST).content.decode()


def test_the_version_after_the_last_day_is_absent(sign_in, people, report):
    last_second = timezone.make_aware(
        dt.datetime.combine(timezone.localdate(), dt.time.min)
    ) - dt.timedelta(seconds=1)
    second = submitted_again(report, at=last_second)
    client = sign_in("adviser")
    assert client.get(f"{PAST}versions/2/").status_code == 200
    Snapshot.objects.filter(pk=second.pk).update(made_at=last_second + dt.timedelta(seconds=1))

    assert client.get(f"{PAST}versions/2/").status_code == 404
    assert client.get(f"{PAST}versions/2/pdf/").status_code == 404
    assert client.get(f"{PAST}versions/1/").status_code == 200
    assert "第2版" not in client.get(PAST).content.decode()


def test_a_report_of_which_nothing_was_submitted_in_the_term_is_absent(sign_in, report):
    Snapshot.objects.filter(report=report).update(made_at=timezone.now())
    client = sign_in("adviser")

    assert client.get(LIST).context["lines"] == []
    assert client.get(PAST).status_code == 404


def test_a_report_that_never_came_to_this_adviser_is_absent(sign_in, people, report):
    client = sign_in("adviser")
    assert client.get(PAST).status_code == 200
    Delivery.objects.filter(recipient=people["adviser"]).update(recipient=people["approver"])
    ReviewLook.objects.filter(adviser=people["adviser"]).delete()

    assert client.get(PAST).status_code == 404
    assert client.get(LIST).context["lines"] == []


def test_the_pdf_is_that_of_the_version(sign_in, report):
    response = sign_in("adviser").get(f"{PAST}versions/1/pdf/")

    assert response.status_code == 200
    assert response.content.startswith(b"%PDF")


def test_reads_no_live_row(sign_in, report):
    """The text on the page is that of the bytes, whatever has become of the rows since."""
    client = sign_in("adviser")
    before = client.get(PAST).content.decode()
    with_text = ReportText.objects.filter(cycle=report.cycle).update(text=LATER)
    changed = Issue.objects.filter(cycle=report.cycle).update(text=LATER)
    after = client.get(PAST).content.decode()

    assert with_text or changed
    assert LATER not in after
    assert len(before) == len(after)


def test_within_the_term_the_same_pages_are_there(sign_in, people, report):
    Membership.objects.filter(user=people["adviser"]).update(valid_to=None)
    submitted_again(report, at=timezone.now())
    client = sign_in("adviser")

    assert client.get(LIST).context["lines"][0].last_day is None
    assert client.get(f"{PAST}versions/2/").status_code == 200


def test_opening_the_past_notes_nothing(sign_in, people, report):
    Delivery.objects.filter(recipient=people["adviser"]).update(opened_at=None)
    client = sign_in("adviser")
    client.get(PAST)
    client.get(f"{PAST}versions/1/pdf/")

    assert Delivery.objects.get(recipient=people["adviser"]).opened_at is None
