"""The year on the adviser's desk: live, as far as it is marked for advisers, and never further."""

import re

import pytest

from indicators.models import Indicator
from logicmodels.models import Activity, DesiredState, Issue, LogicModel, Outcome
from municipalities.choices import Audience
from municipalities.models import Cycle
from municipalities.tenancy import within
from reports.models import (
    AdviceItem,
    Comment,
    ProgressReport,
    ReportText,
    SupportEffect,
    SupportFeedback,
    SupportIssue,
    SupportOutlook,
    SupportRound,
    SupportStep,
    SupportTask,
)
from tests import world

pytestmark = pytest.mark.django_db
DESK = f"/review/m/{world.OURS}/{world.YEAR}/"
PAGES = (
    DESK,
    f"{DESK}advice/",
    f"{DESK}advice/add/",
    f"{DESK}lessons/",
    f"{DESK}lessons/method/edit/",
    f"/review/m/{world.OURS}/history/",
)
TAGS = re.compile(r"<[^>]+>|\s+")
INSIDE = "庁内だけの言葉"
# Every row with an audience of its own: the column that is marked, and the pages' canary in it.
WITH_AUDIENCE = {
    DesiredState: "text",
    Issue: "text",
    Activity: "name",
    LogicModel: "title",
    SupportRound: "theme",
    SupportStep: "situation",
    SupportTask: "text",
    AdviceItem: "text",
    SupportIssue: "text",
    SupportEffect: "text",
    SupportOutlook: "text",
}


def words(response):
    assert response.status_code == 200
    return TAGS.sub("", response.content.decode())


def everything(client):
    """Return the words of all pages of the year."""
    return "".join(words(client.get(page)) for page in PAGES)


class TestReading:
    def test_the_year_is_read_as_it_stands_before_any_submission(self, as_adviser, here):
        DesiredState.objects.filter(cycle=here).update(text="いま書いている姿")
        page = words(as_adviser.get(DESK))

        assert "作成中の内容（提出前）" in page
        assert "いま書いている姿" in page

    def test_it_leads_to_what_was_submitted_and_not_to_drafts(self, as_adviser):
        page = as_adviser.get(DESK).content.decode()

        assert "/review/990019-2026-interim-1/" in page
        assert "990019-2026-final-1" not in page

    def test_a_year_without_a_report_says_so(self, as_adviser, here):
        ProgressReport.objects.filter(cycle=here).update(submitted_at=None)

        assert "まだ提出されていません" in words(as_adviser.get(DESK))

    def test_steps_after_the_reported_one_are_told_too(self, as_adviser, here):
        SupportStep.objects.filter(cycle=here, key="final").update(situation="最後の会の準備")

        assert "最後の会の準備" in words(as_adviser.get(DESK))

    @pytest.mark.parametrize("page", PAGES)
    def test_others_are_kept_out(self, page, sign_in):
        for username in ("neighbour-adviser", "officer", "stranger"):
            assert sign_in(username).get(page).status_code == 404
        for username in ("editor", "viewer", "approver"):
            assert sign_in(username).get(page).status_code == 403

    def test_a_year_that_does_not_exist_is_absent(self, as_adviser):
        assert as_adviser.get(f"/review/m/{world.OURS}/1999/").status_code == 404


class TestTowns:
    def test_the_list_names_every_town_with_its_years_and_no_other(self, sign_in, people):
        membership = people["adviser"].memberships.get()
        page = sign_in("adviser").get("/review/m/").content.decode()
        assert f"/review/m/{world.OURS}/{world.YEAR}/" in page
        assert world.THEIRS not in page

        membership.pk, membership.scope_code = None, world.THEIRS
        membership.save()
        page = sign_in("adviser").get("/review/m/").content.decode()
        assert f"/review/m/{world.THEIRS}/{world.YEAR}/" in page

    def test_it_takes_the_same_queries_for_one_and_for_many_years(
        self, as_adviser, here, django_assert_max_num_queries
    ):
        for year in range(1990, 2020):
            Cycle.objects.create(fiscal_year=year)
        with django_assert_max_num_queries(8):
            assert "1991年度" in words(as_adviser.get("/review/m/"))

    def test_a_town_without_a_year_and_an_adviser_without_a_town_are_told(
        self, sign_in, people, here
    ):
        membership = people["adviser"].memberships.get()
        membership.pk, membership.scope_code = None, "990035"
        membership.save()
        assert "990035" not in words(sign_in("adviser").get("/review/m/"))

    def test_the_menu_leads_there_and_marks_one_entry(self, as_adviser):
        for page, label in (("/review/m/", "担当の自治体"), ("/review/", "受信箱")):
            html = as_adviser.get(page).content.decode()
            marked = re.findall(r'aria-current="page"[^>]*>([^<]+)<', html)
            assert label in marked
            assert len(marked) == 1


class TestBeforeAndToday:
    def test_an_issue_stands_beside_its_state_today_its_change_and_its_advice(
        self, as_adviser, here
    ):
        issue = Issue.objects.get(cycle=here, key="issue-1")
        SupportIssue.objects.filter(key="before-1").update(issue=issue)
        AdviceItem.objects.filter(key="own-advice-1").update(issue=issue, text="この課題への助言")
        block = words(as_adviser.get(DESK)).partition("支援前の課題と、いま支援前の課題")[2]
        block = block.partition("作成中の内容（提出前）")[0]

        for told in (
            "退院の連絡が当日になることがある。",
            issue.text,
            "参加は3割程度",
            "優先順位：高",
            "病院との打合せを毎月開くようになった。",
            "この課題への助言",
        ):
            assert told in block

    def test_an_issue_of_the_house_takes_its_before_along(self, as_adviser, here):
        issue = Issue.objects.get(cycle=here, key="issue-1")
        SupportIssue.objects.filter(key="before-1").update(issue=issue)
        Issue.objects.filter(pk=issue.pk).update(audience="internal")

        assert "支援前の課題と、いま" not in words(as_adviser.get(DESK))


class TestWhatStaysInTheHouse:
    @pytest.mark.parametrize("model", WITH_AUDIENCE, ids=lambda model: model.__name__)
    def test_a_row_is_told_from_adviser_on_and_never_as_a_matter_of_the_house(
        self, model, as_adviser, here
    ):
        rows = model.objects.filter(cycle=here)
        assert rows.exists()
        rows.update(**{WITH_AUDIENCE[model]: INSIDE})
        for audience in Audience.values:
            rows.update(audience=audience)
            assert (INSIDE in everything(as_adviser)) is (audience != "internal"), audience

    def test_boxes_of_the_sheet(self, as_adviser, here):
        text = ReportText.objects.filter(cycle=here, section="policy")
        text.update(text=INSIDE)
        for audience in Audience.values:
            text.update(audience=audience)
            assert (INSIDE in everything(as_adviser)) is (audience != "internal"), audience

    def test_advice_of_a_meeting_of_the_house(self, as_adviser, here):
        step = SupportStep.objects.get(cycle=here, key="pre-meeting-1")
        AdviceItem.objects.filter(step=step).update(text=INSIDE)
        SupportStep.objects.filter(pk=step.pk).update(audience="internal", title=INSIDE)

        assert INSIDE not in everything(as_adviser)

    def test_an_outcome_whose_model_stays_in_the_house(self, as_adviser, here):
        outcome = Outcome.objects.get(cycle=here, key="outcome-1")
        AdviceItem.objects.filter(cycle=here).update(outcome=outcome)
        Outcome.objects.filter(pk=outcome.pk).update(text=INSIDE)
        assert INSIDE in everything(as_adviser)

        LogicModel.objects.filter(cycle=here).update(audience="internal")
        assert INSIDE not in everything(as_adviser)

    @pytest.mark.parametrize(("model", "name"), [(Issue, "issue"), (Activity, "activity")])
    def test_what_advice_is_about(self, model, name, as_adviser, here):
        row = model.objects.get(cycle=here, key=f"{name}-1")
        AdviceItem.objects.filter(cycle=here).update(**{name: row})
        model.objects.filter(pk=row.pk).update(
            audience="internal", **{WITH_AUDIENCE[model]: INSIDE}
        )

        assert INSIDE not in everything(as_adviser)

    def test_the_answers_to_the_closing_questions(self, as_adviser, here):
        row = SupportFeedback.objects.create(
            cycle=here, key="feedback", moved_on=4, moved_on_note=INSIDE
        )
        for audience in Audience.values:
            SupportFeedback.objects.filter(pk=row.pk).update(audience=audience)
            page = everything(as_adviser)
            assert (INSIDE in page) is (audience != "internal"), audience
            assert ("支援の振り返り（市区町村から）" in page) is (audience != "internal")

    def test_a_comment_that_nobody_has_sent(self, as_adviser, here, people):
        report = world.report_of()
        Comment.objects.create(
            report=report,
            snapshot=report.snapshot,
            section="policy",
            text=INSIDE,
            author=people["adviser"],
        )

        assert INSIDE not in everything(as_adviser)

    def test_the_neighbours_words(self, as_adviser):
        assert world.CANARY not in everything(as_adviser)
        with within(world.cycle_of(world.THEIRS).municipality):
            assert Indicator.objects.exists()
