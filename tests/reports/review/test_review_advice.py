"""The adviser's side: live advice up to the report, confirmation, own words, and the two lesson boxes."""

import re

import pytest

from logicmodels.models import Activity, Issue, LogicModel, Outcome
from municipalities.kernel import submission_keys
from municipalities.models import Change, Membership
from municipalities.tenancy import within
from reports.models import AdviceItem, ProgressReport, ReportText, SupportStep
from reports.review.advice.views import marks
from reports.support import advice
from tests import world

pytestmark = pytest.mark.django_db
REPORT = f"/review/{world.OURS}-{world.YEAR}-interim-1/"
ADVICE, LESSONS = f"{REPORT}advice/", f"{REPORT}lessons/"
FIRST = "pre-meeting-1-1"
TAGS = re.compile(r"<[^>]+>|\s+")


def words(response):
    return TAGS.sub("", response.content.decode())


def item(key=FIRST):
    return AdviceItem.objects.get(key=key)


def mark(row):
    return f"{row.key}:{row.version}"


def confirm(client, *marks):
    return client.post(f"{ADVICE}confirm/", {"shown": marks}, follow=True)


def write(client, **fields):
    fields = {"scene": "all", "submission_key": submission_keys.new()} | fields
    return client.post(f"{ADVICE}add/", fields)


class TestReading:
    def test_the_report_leads_to_advice_and_lessons(self, as_adviser):
        page = as_adviser.get(REPORT).content.decode()

        assert f'href="{ADVICE}"' in page
        assert f'href="{LESSONS}"' in page

    def test_advice_is_shown_as_it_stands_now_up_to_the_step_of_the_report(self, as_adviser, here):
        later = SupportStep.objects.get(key="final")
        AdviceItem.objects.create(cycle=here, key="later", step=later, text="あとの段階の助言")
        AdviceItem.objects.filter(key=FIRST).update(text="提出後に直した助言")
        shown = words(as_adviser.get(ADVICE))

        assert "提出後に直した助言" in shown
        assert "あとの段階の助言" not in shown
        assert "中間報告会②" not in shown

    def test_a_report_without_a_step_shows_every_step(self, as_adviser, here):
        ProgressReport.objects.filter(cycle=here, kind="interim").update(step=None)

        assert "最終報告会" in words(as_adviser.get(ADVICE))

    def test_what_stays_in_the_house_is_not_shown(self, as_adviser, here):
        AdviceItem.objects.filter(key=FIRST).update(audience="internal")
        SupportStep.objects.filter(key="pre-meeting-2").update(audience="internal")
        shown = words(as_adviser.get(ADVICE))

        assert "住民を主語にした" not in shown
        assert "救急隊から見た困りごと" not in shown

    def test_what_advice_is_about_is_named_as_far_as_it_leaves_the_house(self, as_adviser, here):
        issue = Issue.objects.get(cycle=here, key="issue-1")
        activity = Activity.objects.get(cycle=here, key="activity-1")
        outcome = Outcome.objects.get(cycle=here, key="outcome-1")
        about = {"issue": issue, "activity": activity, "outcome": outcome}
        AdviceItem.objects.filter(key=FIRST).update(**about)
        open_words = words(as_adviser.get(ADVICE))
        for model in (Issue, Activity, LogicModel):
            model.objects.filter(cycle=here).update(audience="internal")
        closed_words = words(as_adviser.get(ADVICE))

        for label in ("課題：", "取組：", "成果："):
            assert label in open_words
            assert label not in closed_words

    @pytest.mark.parametrize("page", ["advice/", "lessons/", "lessons/method/edit/"])
    def test_drafts_and_other_towns_are_absent(self, as_adviser, page):
        for number in ("990019-2026-final-1", "990027-2026-interim-1"):
            assert as_adviser.get(f"/review/{number}/{page}").status_code == 404

    def test_staff_do_not_confirm_their_own_writing(self, as_editor, here):
        assert as_editor.get(ADVICE).status_code == 403
        assert as_editor.post(f"{ADVICE}confirm/", {"shown": [mark(item())]}).status_code == 403
        assert item().confirmed_on is None


class TestConfirming:
    def test_one_is_confirmed_with_day_and_name(self, as_adviser, here, people):
        page = words(confirm(as_adviser, mark(item())))

        assert "1件を確認済みにしました。" in page
        row = item()
        assert (row.confirmed_by, row.is_confirmed) == (people["adviser"], True)
        assert not item("pre-meeting-2-1").is_confirmed
        assert Change.objects.of(row).first().deed == "confirm"

    def test_all_of_a_step_are_confirmed_at_once(self, as_adviser, here, people):
        step = SupportStep.objects.get(key="pre-meeting-1")
        advice.write_down(step, ["二つ目", "三つ目"], by=people["editor"])
        page = as_adviser.get(ADVICE).content.decode()
        assert "この段階の3件をすべて確認済みにする" in page
        marks = re.findall(r'name="shown" value="([^"]+)"', page)

        confirm(as_adviser, *marks)
        assert all(row.is_confirmed for row in AdviceItem.objects.filter(step=step))

    def test_what_has_changed_since_it_was_shown_is_not_confirmed(self, as_adviser, here):
        shown = mark(item())
        AdviceItem.objects.filter(key=FIRST).update(text="差し替えた文", version=7)
        page = words(confirm(as_adviser, shown))

        assert "もう一度確認してください" in page
        assert item().confirmed_on is None

    @pytest.mark.parametrize("sent", ["", "x", f"{FIRST}:", f"{FIRST}:one", f"{FIRST}:{'9' * 30}"])
    def test_a_mark_that_is_none_does_nothing(self, as_adviser, here, sent):
        assert "確認待ちの記録はありませんでした" in words(confirm(as_adviser, sent))
        assert item().confirmed_on is None

    def test_a_later_step_and_a_house_matter_are_out_of_reach(self, as_adviser, here):
        later = SupportStep.objects.get(key="final")
        row = AdviceItem.objects.create(cycle=here, key="later", step=later, text="あとの助言")
        AdviceItem.objects.filter(key=FIRST).update(audience="internal")
        confirm(as_adviser, mark(row), mark(item()))

        assert not AdviceItem.objects.exclude(confirmed_on=None).exists()

    def test_a_second_adviser_does_not_take_over_a_confirmation(self, as_adviser, here, people):
        confirm(as_adviser, mark(item()))
        before = item()
        confirm(as_adviser, mark(before))

        assert item().version == before.version

    def test_the_same_key_in_the_other_town_is_untouched(self, as_adviser, here):
        confirm(as_adviser, mark(item()))
        with within(world.cycle_of(world.THEIRS).municipality):
            assert item().confirmed_on is None


class TestOwnWords:
    def test_own_advice_stands_at_once_on_the_municipalitys_page(
        self, as_adviser, as_editor, here, people
    ):
        step = SupportStep.objects.get(key="interim-1")
        write(
            as_adviser,
            step=step.pk,
            texts="一つの病院で試すとよい。\n結果を共有する。",
            scene="discharge",
        )

        row = AdviceItem.objects.get(text="一つの病院で試すとよい。")
        assert (row.origin, row.scene, row.confirmed_by) == (
            "adviser",
            "discharge",
            people["adviser"],
        )
        assert row.is_confirmed
        page = words(as_editor.get(f"/m/{world.OURS}/{world.YEAR}/support/"))
        assert "結果を共有する。" in page

    def test_a_later_step_is_not_offered_and_not_taken(self, as_adviser, here):
        later = SupportStep.objects.get(key="final")
        response = write(as_adviser, step=later.pk, texts="早すぎる助言")

        assert response.status_code == 422
        assert "早すぎる助言" in words(response)
        assert not AdviceItem.objects.filter(text="早すぎる助言").exists()

    def test_own_advice_is_corrected_and_taken_back(self, as_adviser, here):
        address = f"{ADVICE}own-advice-1/"
        fields = {"text": "言い直した助言", "scene": "all", "base_version": 1}
        as_adviser.post(f"{address}edit/", fields)
        assert item("own-advice-1").text == "言い直した助言"

        page = as_adviser.get(f"{address}delete/")
        assert "市区町村の担当者に伝えてください" in words(page)
        as_adviser.post(f"{address}delete/", {"base_version": 2})
        assert not AdviceItem.objects.filter(key="own-advice-1").exists()

    def test_what_the_municipality_has_answered_is_not_taken_back(self, as_adviser, here):
        AdviceItem.objects.filter(key="own-advice-1").update(response="adopted")
        response = as_adviser.post(
            f"{ADVICE}own-advice-1/delete/", {"base_version": 1}, follow=True
        )

        assert "削除できません" in words(response)
        assert AdviceItem.objects.filter(key="own-advice-1").exists()

    def test_the_words_of_others_are_not_ones_own(self, as_adviser, here, people):
        assert as_adviser.get(f"{ADVICE}{FIRST}/edit/").status_code == 403
        AdviceItem.objects.filter(key="own-advice-1").update(confirmed_by=people["editor"])
        for deed in ("edit", "delete"):
            assert as_adviser.get(f"{ADVICE}own-advice-1/{deed}/").status_code == 403


class TestLessons:
    def test_the_adviser_writes_both_boxes(self, as_adviser, here):
        for section in ("method", "support-needs"):
            as_adviser.post(
                f"{LESSONS}{section}/edit/", {"text": f"① {section}", "base_version": 0}
            )

        page = words(as_adviser.get(LESSONS))
        assert "①method" in page
        assert "①support-needs" in page
        rows = ReportText.objects.filter(section__in=("method", "support_needs"))
        assert {row.key for row in rows} == {"method", "support-needs"}

    def test_two_advisers_at_once_are_asked_which_text_stays(self, as_adviser, here, people):
        address = f"{LESSONS}method/edit/"
        as_adviser.post(address, {"text": "先の文", "base_version": 0})
        second = as_adviser.post(address, {"text": "後の文", "base_version": 0})

        assert second.status_code == 409
        assert ReportText.objects.get(cycle=here, section="method").text == "先の文"
        # What an adviser is typing lies under the report, not among the municipality's pages.
        kept = f'data-draft-url="{REPORT}drafts/method-990019-2026-interim-1/"'
        assert kept in second.content.decode()
        assert kept in as_adviser.get(address).content.decode()

    def test_a_text_that_is_too_long_is_refused(self, as_adviser, here):
        response = as_adviser.post(
            f"{LESSONS}method/edit/", {"text": "あ" * 20_001, "base_version": 0}
        )

        assert response.status_code == 422
        assert not ReportText.objects.filter(section="method").exists()

    def test_staff_do_not_write_them(self, as_editor):
        assert as_editor.get(LESSONS).status_code == 403
        assert as_editor.post(f"{LESSONS}method/edit/", {"text": "職員の文"}).status_code == 403

    def test_after_the_term_nothing_is_written(self, as_adviser, here, people):
        Membership.objects.filter(user=people["adviser"]).update(valid_to="2020-12-31")
        response = as_adviser.post(f"{LESSONS}method/edit/", {"text": "あとで", "base_version": 0})

        assert response.status_code == 404
        assert not ReportText.objects.filter(section="method").exists()


def test_a_mark_that_no_page_of_ours_holds_is_not_looked_for():
    """PostgreSQL ends a query for a NUL with an error; SQLite finds nothing."""
    sent = ["a-1:2", "\0:1", "a b:1", "a-1", "a-1:x", ":1", "a-1:99999999999"]

    assert list(marks(sent)) == [("a-1", 2)]
