"""これまでの助言: all years on one page, what became of each piece, and nothing to whom it is not shown."""

import io
import re

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from logicmodels.models import Issue, LogicModel, Outcome
from municipalities.models import Cycle
from reports.models import AdviceItem, Comment, CommentReply, Decision, SupportStep
from tests import world

pytestmark = pytest.mark.django_db
ADVISERS = f"/review/m/{world.OURS}/history/"
STAFFS = f"/m/{world.OURS}/{world.YEAR}/support/history/"
TAGS = re.compile(r"<[^>]+>|\s+")
INSIDE = "庁内だけの言葉"


def words(response):
    assert response.status_code == 200
    return TAGS.sub("", response.content.decode())


@pytest.fixture
def earlier(here):
    """A year before with a meeting and one piece of advice that was declined."""
    cycle = Cycle.objects.create(fiscal_year=2025)
    place = {"cycle": cycle, "key": "earlier-1"}
    step = SupportStep.objects.create(
        kind="final", position=1, held_on="2026-02-20", title="", **place
    )
    return AdviceItem.objects.create(
        step=step,
        text="前の年度の助言",
        scene="discharge",
        response="declined",
        responded_on="2026-03-10",
        response_note="予算の見通しが立たないため。",
        **place,
    )


@pytest.fixture
def comment(here, people):
    report = world.report_of()
    row = Comment.objects.create(
        report=report,
        snapshot=report.snapshot,
        section="policy",
        kind="question",
        text="この方針は、だれと決めましたか。",
        quote="取組の方針",
        author=people["adviser"],
        state="answered",
        sent_at=timezone.now(),
    )
    reply = {"comment": row, "author": people["editor"], "text": "推進会議で決めました。"}
    CommentReply.objects.create(**reply)
    return row


@pytest.fixture(params=[(ADVISERS, "adviser"), (STAFFS, "editor"), (STAFFS, "viewer")])
def opened(request, sign_in):
    """Return a way to read the page as each of its readers, with a query."""
    address, username = request.param
    client = sign_in(username)
    return lambda query="": words(client.get(f"{address}{query}"))


class TestOnePage:
    def test_every_year_stands_on_it_with_what_became_of_the_advice(self, opened, earlier):
        page = opened()

        for told in (
            "前の年度の助言",
            "最終報告会",
            "見送り",
            "2026年3月10日",
            "予算の見通しが立たないため。",
            "救急隊から見た困りごとも、連絡票の項目に入れる。",
            "未回答",
        ):
            assert told in page

    def test_sent_comments_stand_there_with_state_and_replies(self, opened, comment):
        page = opened()

        for told in (
            "コメント（質問）",
            "この方針は、だれと決めましたか。",
            "取組の方針",
            "対応済み",
            "推進会議で決めました。",
            "中間報告書",
        ):
            assert told in page

    def test_a_pending_comment_is_on_nobodys_page(self, opened, comment):
        Comment.objects.update(sent_at=None)

        assert "だれと決めましたか" not in opened()

    def test_what_was_said_of_a_report_as_a_whole_is_kept(self, opened, here, people):
        report = world.report_of()
        Decision.objects.create(
            report=report,
            snapshot=report.snapshot,
            adviser=people["adviser"],
            kind="advised",
            text="全体としてよく整理されています。",
        )

        assert "総評（助言済み）" in opened()
        assert "全体としてよく整理されています。" in opened()

    def test_without_any_advice_it_says_so(self, opened, here):
        AdviceItem.objects.all().delete()

        assert "まだ記録されていません" in opened()


class TestCutting:
    @pytest.mark.parametrize(
        ("query", "is_found"),
        [
            ("?year=2025", True),
            ("?year=2026", False),
            ("?scene=discharge", True),
            ("?scene=end_of_life", False),
            ("?response=declined", True),
            ("?response=adopted", False),
            ("?q=前の年度", True),
            ("?q=予算　見通し", True),
            ("?q=100%25", False),
            ("?q=_", False),
            ("?year=1e9&scene=nowhere&response=x&sort=password", True),
            ("?year=2025&scene=discharge&response=declined&q=助言", True),
        ],
    )
    def test_the_address_cuts_the_list(self, opened, earlier, query, is_found):
        assert ("前の年度の助言" in opened(query)) is is_found

    def test_comments_are_found_by_state_and_by_the_words_of_their_replies(self, opened, comment):
        assert "だれと決めましたか" in opened("?response=answered")
        assert "だれと決めましたか" not in opened("?response=settled")
        assert "だれと決めましたか" in opened("?q=推進会議")

    def test_where_nothing_fits_the_way_back_is_shown(self, opened, earlier):
        page = opened("?q=どこにもない言葉")

        assert "当てはまる助言はありません" in page
        assert "絞り込みを外す" in page


class TestWhoSeesWhat:
    def test_matters_of_the_house_are_for_the_house_only(self, as_adviser, as_editor, earlier):
        for name, value in (("audience", "internal"), ("audience", "adviser")):
            AdviceItem.objects.filter(pk=earlier.pk).update(**{name: value})
            assert ("前の年度の助言" in words(as_adviser.get(ADVISERS))) is (value != "internal")
            assert "前の年度の助言" in words(as_editor.get(STAFFS))

        SupportStep.objects.filter(pk=earlier.step_id).update(audience="internal", title=INSIDE)
        page = words(as_adviser.get(ADVISERS))
        assert "前の年度の助言" not in page
        assert INSIDE not in page
        assert INSIDE in words(as_editor.get(STAFFS))

    def test_what_advice_is_about_is_named_as_far_as_it_leaves_the_house(
        self, as_adviser, as_editor, here
    ):
        outcome = Outcome.objects.get(cycle=here, key="outcome-1")
        issue = Issue.objects.get(cycle=here, key="issue-1")
        AdviceItem.objects.filter(cycle=here).update(outcome=outcome, issue=issue)
        assert "成果：" in words(as_adviser.get(ADVISERS))
        for model in (LogicModel, Issue):
            model.objects.filter(cycle=here).update(audience="internal")

        page = words(as_adviser.get(ADVISERS))
        assert "成果：" not in page
        assert "課題：" not in page
        assert "成果：" in words(as_editor.get(STAFFS))

    def test_the_words_of_the_house_are_not_found_by_searching(self, as_adviser, here):
        issue = Issue.objects.get(cycle=here, key="issue-1")
        AdviceItem.objects.filter(cycle=here).update(issue=issue)
        Issue.objects.filter(pk=issue.pk).update(text=INSIDE, audience="internal")

        assert "当てはまる助言はありません" in words(as_adviser.get(f"{ADVISERS}?q={INSIDE}"))

    def test_the_support_page_leads_there(self, as_editor):
        page = as_editor.get(f"/m/{world.OURS}/{world.YEAR}/support/").content.decode()

        assert f'href="{STAFFS}"' in page


class TestWorkbook:
    @pytest.mark.parametrize(("page", "username"), [(ADVISERS, "adviser"), (STAFFS, "editor")])
    def test_what_is_shown_is_saved_with_its_replies(
        self, page, username, sign_in, earlier, comment
    ):
        rows = rows_of(sign_in(username).get(f"{page}tables/?q=前の年度"))
        assert [row["内容"] for row in rows] == ["前の年度の助言"]
        assert rows[0]["自治体コード"] == world.OURS
        assert (rows[0]["年度"], rows[0]["対応"]) == (2025, "見送り")

        rows = rows_of(sign_in(username).get(f"{page}tables/?q=推進会議"))
        assert [row["種類"] for row in rows] == ["コメント（質問）", "返事"]

    def test_matters_of_the_house_do_not_leave_in_a_file(self, as_adviser, as_editor, earlier):
        SupportStep.objects.filter(pk=earlier.step_id).update(audience="internal", title=INSIDE)
        told = str(rows_of(as_adviser.get(f"{ADVISERS}tables/")))

        assert "前の年度の助言" not in told
        assert INSIDE not in told
        assert INSIDE in str(rows_of(as_editor.get(f"{STAFFS}tables/")))

    def test_a_formula_stays_a_text(self, as_editor, earlier):
        AdviceItem.objects.filter(pk=earlier.pk).update(text='=HYPERLINK("x")')
        book = load_workbook(io.BytesIO(as_editor.get(f"{STAFFS}tables/").content))

        assert {cell.data_type for row in book.active for cell in row} <= {"s", "n", "d"}


def rows_of(response):
    sheet = load_workbook(io.BytesIO(response.content)).active
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]
