"""After 「もう一度見たい」: the opened sections are mended, the others stay as they were until they are opened."""

import pytest
from django.core.exceptions import ValidationError

from logicmodels.models import DesiredState
from municipalities.models import Change
from reports.models import OpenedSection, ReportText
from reports.submission.contents import sections
from reports.submission.reworking import mending, reopening
from reports.submission.submitting import check
from reports.submission.submitting.submit import submit
from tests import world
from tests.reports.reviewing import advised, comment, progress, status, wanted_again

pytestmark = pytest.mark.django_db


@pytest.fixture
def adviser(here, people):
    return people["adviser"]


@pytest.fixture
def address(here):
    return f"/m/990019/2026/reports/{world.report_of().pk}/"


@pytest.fixture
def wanted(adviser):
    """The adviser has asked for two things about one section."""
    comment(adviser, section="policy", kind="fix")
    comment(adviser, section="policy", kind="question")
    return wanted_again(adviser, text="出典を書き足してください。")


@pytest.fixture
def mended(wanted, as_editor, address):
    """The municipality has begun to mend."""
    assert as_editor.post(f"{address}mending/").status_code == 302
    return world.report_of()


def standing(code):
    look = check.look_over(world.report_of())
    return next(one for one in look.sections if one.definition.code == code)


def words():
    return {one.definition.code: one.word for one in check.look_over(world.report_of()).sections}


class TestBeginning:
    def test_the_report_says_who_wants_it_again_and_until_when(self, as_editor, wanted, address):
        page = as_editor.get(address).content.decode()

        assert "アドバイザーが「もう一度見たい」としています" in page
        assert "未対応のコメントは2件です" in page
        assert "直しはじめる" in page

    def test_there_is_one_way_to_begin(self, as_editor, wanted, adviser, address):
        page = as_editor.get(address).content.decode()
        assert page.count("直しはじめる</button>") == 1
        assert "修正して出し直す" not in page

        advised(adviser)
        assert "修正して出し直す" in as_editor.get(address).content.decode()

    def test_a_report_that_nobody_wants_again_says_nothing(self, as_editor, adviser, address):
        advised(adviser)

        page = as_editor.get(address).content.decode()
        refused = as_editor.post(f"{address}mending/", follow=True).content.decode()

        assert "直しはじめる" not in page
        assert "「もう一度見たい」としていません" in refused
        assert status() == "advised"

    def test_one_press_makes_a_draft_with_the_advisers_word_as_its_reason(self, mended, wanted):
        reason = reopening.reopenings(mended).first().after["reason"]

        assert mended.status == "draft"
        assert "もう一度見たい（令和" in reason
        assert "出典を書き足してください。" in reason
        assert progress().status == "revisit"

    def test_the_second_press_changes_nothing(self, mended, as_editor, address):
        again = as_editor.post(f"{address}mending/", follow=True).content.decode()

        assert "いまの状態を確かめてください" in again
        assert reopening.reopenings(mended).count() == 1

    @pytest.mark.parametrize("who", ["viewer", "approver", "manager"])
    def test_only_who_may_submit_begins(self, sign_in, wanted, address, who):
        assert sign_in(who).post(f"{address}mending/").status_code == 403
        assert "直しはじめる</button>" not in sign_in(who).get(address).content.decode()
        assert status() == "revisit"


class TestSections:
    def test_an_opened_section_asks_and_the_others_stay(self, mended):
        said = words()

        assert said["policy"] == "確認が必要：コメント2件"
        assert said["profile"] == said["indicators"] == "前の版のまま"
        assert said["method"] != "前の版のまま"

    def test_no_look_is_demanded_of_what_stays(self, mended):
        look = check.look_over(mended)

        assert [one.definition.code for one in look.unread] == ["policy"]

    def test_what_changed_on_another_page_is_not_called_unchanged(self, mended):
        DesiredState.objects.filter(scene="end_of_life").update(text="年度の画面で書き直した文")

        assert standing("goals").word != "前の版のまま"
        assert standing("profile").word == "前の版のまま"

    def test_the_pages_of_an_answered_section_are_as_always(self, mended, adviser):
        for one in mended.comments.all():
            type(one).objects.filter(pk=one.pk).update(state="answered")

        assert "コメント" not in standing("policy").word

    def test_a_closed_box_explains_itself_and_takes_nothing(self, mended, as_editor, address):
        edit = f"{address}sections/situation/edit/"
        before = ReportText.objects.get(section="situation").text

        for response in (as_editor.get(edit), as_editor.post(edit, {"text": "書き換えた文"})):
            assert response.status_code == 403
            assert "この節も直す" in response.content.decode()

        assert ReportText.objects.get(section="situation").text == before

    def test_an_opened_box_is_written_as_always(self, mended, as_editor, address):
        page = as_editor.get(f"{address}sections/policy/edit/")

        assert page.status_code == 200

    def test_a_closed_section_that_is_opened_is_written_too(
        self, mended, as_editor, people, address
    ):
        response = as_editor.post(f"{address}sections/situation/open/")

        assert response.headers["Location"] == f"{address}sections/situation/edit/"
        assert as_editor.get(response.headers["Location"]).status_code == 200
        assert standing("situation").word != "前の版のまま"
        change = Change.objects.of(mended).filter(deed="open_section").get()
        assert change.actor == people["editor"]

    def test_opening_twice_is_opening_once(self, mended, as_editor, address):
        for _ in range(2):
            as_editor.post(f"{address}sections/situation/open/")

        assert OpenedSection.objects.filter(section="situation").count() == 1
        assert Change.objects.of(mended).filter(deed="open_section").count() == 1

    def test_a_viewer_opens_nothing(self, mended, sign_in, address):
        client = sign_in("viewer")

        assert client.post(f"{address}sections/situation/open/").status_code == 403
        assert "この節も直す" not in client.get(f"{address}sections/situation/").content.decode()

    def test_a_submitted_report_opens_nothing(self, wanted, as_editor, people, address):
        as_editor.post(f"{address}sections/situation/open/")

        assert not OpenedSection.objects.filter(section="situation").exists()
        definition = sections.find("interim", "situation")
        with pytest.raises(ValidationError):
            mending.open_also(world.report_of(), definition, by=people["editor"])


class TestEverySectionIsOpen:
    def test_in_a_first_draft(self, here):
        assert not mending.opened(world.report_of(kind="final"))

    def test_after_an_ordinary_reopening(self, adviser, people, as_editor, address):
        reopening.reopen(world.report_of(), reason="値の誤り", by=people["editor"])

        assert "前の版のまま" not in words().values()
        assert as_editor.get(f"{address}sections/situation/edit/").status_code == 200

    def test_after_an_acceptance_in_spite_of_a_wish(self, wanted, people, as_editor, address):
        report = world.report_of()
        type(report).objects.filter(pk=report.pk).update(status="accepted")
        reopening.reopen(world.report_of(), reason="値の誤り", by=people["editor"])

        assert as_editor.get(f"{address}sections/situation/edit/").status_code == 200

    def test_when_the_adviser_says_so(self, adviser, as_editor, address):
        comment(adviser, section="policy")
        wanted_again(adviser, opens_all=True)
        as_editor.post(f"{address}mending/")

        assert "前の版のまま" not in words().values()


class TestTheEnd:
    def test_a_submission_closes_the_sections(self, mended, people):
        submit(mended, by=people["editor"])

        assert not OpenedSection.objects.exists()
        assert status() == progress().status == "submitted"

    def test_giving_up_leaves_what_the_adviser_asked_for(self, mended, as_editor, people, address):
        as_editor.post(f"{address}sections/situation/open/")

        as_editor.post(f"{address}reopening/withdrawal/")

        assert status() == progress().status == "revisit"
        assert mending.opened(world.report_of()) == {"policy"}
        as_editor.post(f"{address}mending/")
        assert words()["situation"] == "前の版のまま"
