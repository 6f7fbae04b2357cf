"""What an adviser has seen of a report, and what is told when they look again."""

import pytest
from django.utils import timezone

from logicmodels.models import DesiredState, Issue
from municipalities.tenancy import within
from reports.choices import CommentState, DecisionKind, DeliveryState
from reports.models import (
    Comment,
    CommentReply,
    Decision,
    Delivery,
    ProgressReport,
    ReviewLook,
)
from reports.review import looks
from reports.submission.reworking import reopening
from reports.submission.submitting.submit import submit
from tests import world

pytestmark = pytest.mark.django_db
REVIEW = "/review/990019-2026-interim-1/"
CHANGES = f"{REVIEW}changes/"
NEW = "書き直した目指す姿"


@pytest.fixture
def resubmitted(here, people):
    """The report in its second version, with another goal and one issue less."""
    return again(people, NEW)


def again(people, text):
    report = world.report_of()
    reopening.reopen(report, reason="誤りがあったため", by=people["editor"])
    DesiredState.objects.filter(scene="end_of_life").update(text=text)
    submit(ProgressReport.objects.get(pk=report.pk), by=people["editor"])
    return world.report_of()


def version(report, number):
    return report.snapshots.get(version=number)


def text_of(client, url=CHANGES):
    return client.get(url).content.decode()


class TestBaseline:
    def test_of_the_first_version_there_is_none(self, here, people):
        assert looks.baseline(world.report_of(), people["adviser"]) is None

    def test_it_is_the_newest_earlier_version_that_was_opened(
        self, resubmitted, as_adviser, people
    ):
        as_adviser.get(f"{REVIEW}versions/1/")
        report = again(people, "三つ目")

        found = looks.baseline(report, people["adviser"])

        assert (found.version, found.was_seen) == (1, True)

    def test_what_was_opened_last_does_not_hide_what_was_seen_before(
        self, here, as_adviser, people
    ):
        as_adviser.get(REVIEW)
        report = again(people, NEW)
        as_adviser.get(REVIEW)

        assert looks.baseline(report, people["adviser"]).version == 1

    def test_a_decision_says_as_much_as_a_look(self, resubmitted, people):
        Decision.objects.create(
            report=resubmitted,
            snapshot=version(resubmitted, 1),
            adviser=people["adviser"],
            kind=DecisionKind.REVISIT,
        )

        assert looks.baseline(resubmitted, people["adviser"]).was_seen

    def test_without_a_look_it_is_what_was_sent(self, resubmitted, people):
        Delivery.objects.filter(snapshot__version=1).update(
            state=DeliveryState.SENT, sent_at=timezone.now()
        )

        found = looks.baseline(resubmitted, people["adviser"])

        assert (found.version, found.was_seen) == (1, False)

    def test_each_adviser_has_their_own(self, resubmitted, as_adviser, people):
        as_adviser.get(f"{REVIEW}versions/1/")

        assert looks.baseline(resubmitted, people["neighbour-adviser"]) is None


class TestLooks:
    def test_a_version_is_noted_once(self, as_adviser, people):
        for _ in range(2):
            as_adviser.get(REVIEW)
            as_adviser.get(CHANGES)

        with within(world.report_of().cycle.municipality):
            look = ReviewLook.objects.select_related("snapshot", "adviser").get()
        assert (look.adviser, look.snapshot.version) == (people["adviser"], 1)

    def test_two_openings_at_once_leave_one_look(self, here, people):
        newest = world.report_of().snapshot

        for _ in range(2):
            looks.note(newest, by=people["adviser"], is_unseen=True)

        assert ReviewLook.objects.count() == 1

    def test_a_page_that_is_refused_notes_nothing(self, as_editor):
        assert as_editor.get(CHANGES).status_code == 403

        with within(world.report_of().cycle.municipality):
            assert not ReviewLook.objects.exists()


class TestPage:
    def test_the_first_version_has_nothing_to_be_compared_with(self, as_adviser):
        assert "比べる前の版はありません" in text_of(as_adviser)

    def test_it_tells_what_changed_since_the_last_look(self, here, as_adviser, people):
        as_adviser.get(REVIEW)
        again(people, NEW)

        page = text_of(as_adviser)

        assert "前回ご覧になった第1版（" in page
        assert '<h3 id="changed-goals">目指す姿</h3>' in page
        assert '<span class="changed-word">追加</span>' in page
        assert '<span class="changed-word">削除</span>' in page
        assert "changed-issues-before" not in page

    def test_the_report_itself_marks_the_changed_sections(self, here, as_adviser, people):
        assert "変更あり" not in text_of(as_adviser, REVIEW)
        again(people, NEW)

        page = text_of(as_adviser, REVIEW)

        # The world has put a picture into the profile after its first version.
        assert "2つの節が変わりました" in page
        assert f"{CHANGES}#changed-goals" in page
        assert f"{CHANGES}#changed-policy" not in page

    def test_what_nobody_opened_is_not_said_to_have_been_seen(self, resubmitted, as_adviser):
        page = text_of(as_adviser)

        assert "第1版（" in page
        assert "前回ご覧になった" not in page

    def test_a_row_that_went_has_its_word(self, here, as_adviser, people):
        Issue.objects.create(
            cycle=world.cycle_of(), key="gone", text="なくなる課題", scene="all", position=90
        )
        again(people, "二つ目")
        Issue.objects.filter(key="gone").delete()
        again(people, "二つ目")

        page = text_of(as_adviser)

        assert '<span class="tag tag-check">削除</span> <b>課題「なくなる課題」</b>' in page

    def test_another_version_may_be_chosen(self, here, as_adviser, people):
        again(people, "地域の見守り")
        again(people, "夜間の電話相談")

        assert "地域の見守り" in text_of(as_adviser)
        page = text_of(as_adviser, f"{CHANGES}?with=1")
        assert "地域の見守り" not in page
        assert '<option value="1" selected>' in page

    @pytest.mark.parametrize("wanted", ["3", "0", "999999999999", "²", "x"])
    def test_a_version_that_is_not_there_is_as_if_none_was_chosen(
        self, resubmitted, as_adviser, wanted
    ):
        response = as_adviser.get(CHANGES, {"with": wanted})

        assert response.status_code == 200
        assert "第1版（" in response.content.decode()

    def test_own_comments_stand_beside_with_their_answers(self, resubmitted, as_adviser, people):
        first = version(resubmitted, 1)
        mine = comment(resubmitted, first, people["adviser"], "goals", "目標を具体的に")
        comment(resubmitted, first, people["adviser"], "steps", "経過をもっと詳しく")
        comment(resubmitted, first, people["neighbour-adviser"], "goals", "ほかの人の言葉")
        comment(resubmitted, first, people["adviser"], "goals", "送っていない言葉", sent=False)
        CommentReply.objects.create(comment=mine, text="数値を入れました", author=people["editor"])

        page = text_of(as_adviser)
        changed, _, unchanged = page.partition("コメントがあり、変わっていない節")

        assert "目標を具体的に" in changed
        assert "数値を入れました" in changed
        assert "経過をもっと詳しく" in unchanged
        assert "ほかの人の言葉" not in page
        assert "送っていない言葉" not in page

    def test_text_of_people_is_no_markup(self, here, as_adviser, people):
        again(people, "<b>太字</b><script>")

        page = text_of(as_adviser)

        assert "&lt;b&gt;太字&lt;/b&gt;&lt;script&gt;" in page
        assert "<b>太字" not in page


def comment(report, snapshot, author, section, text, *, sent=True):
    return Comment.objects.create(
        report=report,
        snapshot=snapshot,
        section=section,
        text=text,
        author=author,
        state=CommentState.OPEN,
        sent_at=timezone.now() if sent else None,
    )


class TestStaff:
    def test_the_list_of_versions_leads_to_what_changed(self, resubmitted, as_editor):
        address = f"/m/990019/2026/reports/{resubmitted.pk}/versions/"
        page = as_editor.get(address).content.decode()

        assert f"{address}2/changes/" in page
        assert f"{address}1/changes/" not in page
        told = as_editor.get(f"{address}2/changes/").content.decode()
        assert '<h3 id="changed-goals">目指す姿</h3>' in told
        assert "はじめて提出した版です" in as_editor.get(f"{address}1/changes/").content.decode()

    def test_a_version_that_is_not_there_is_absent(self, resubmitted, as_editor):
        address = f"/m/990019/2026/reports/{resubmitted.pk}/versions/3/changes/"

        assert as_editor.get(address).status_code == 404
