"""Advice typed while people speak: from the year, at once, with meeting and scene kept."""

import re

import pytest
import time_machine

from logicmodels.models import Activity, Issue, LogicModel, Outcome
from municipalities.kernel import submission_keys
from municipalities.models import Change, Membership
from reports.models import AdviceItem, ReportText, SupportStep
from tests import world

pytestmark = pytest.mark.django_db
DESK = f"/review/m/{world.OURS}/{world.YEAR}/"
ADVICE = f"{DESK}advice/"
FIRST = "pre-meeting-1-1"
TAGS = re.compile(r"<[^>]+>|\s+")


def words(response):
    return TAGS.sub("", response.content.decode())


def item(key=FIRST):
    return AdviceItem.objects.get(key=key)


def step_of(key):
    return SupportStep.objects.get(key=key)


def write(client, **fields):
    fields = {"scene": "all", "submission_key": submission_keys.new()} | fields
    return client.post(f"{ADVICE}add/", fields)


def chosen(response, name):
    """Return the value that a list of the form has chosen."""
    select = re.search(rf'<select name="{name}".*?</select>', response.content.decode(), re.DOTALL)
    found = re.search(r'value="([^"]*)" selected', select[0])
    return found and found[1]


class TestTyping:
    def test_words_stand_at_once_on_the_municipalitys_page(self, as_adviser, as_editor, here):
        write(as_adviser, step=step_of("final").pk, texts="・一つ目の助言\n・二つ目の助言")

        page = words(as_editor.get(f"/m/{world.OURS}/{world.YEAR}/support/"))
        assert "一つ目の助言" in page
        assert "二つ目の助言" in page
        assert item_of("一つ目の助言").origin == "adviser"

    def test_meeting_and_scene_stay_chosen_for_the_next_piece(self, as_adviser, here):
        step = step_of("interim-2")
        response = write(
            as_adviser, step=step.pk, scene="emergency", texts="書き足した助言", more="1"
        )

        page = as_adviser.get(response.headers["Location"])
        assert (chosen(page, "step"), chosen(page, "scene")) == (str(step.pk), "emergency")
        assert "書き足した助言" in words(page)

    def test_who_is_done_comes_back_to_the_list(self, as_adviser, here):
        response = write(as_adviser, step=step_of("final").pk, texts="最後の助言")

        assert response.headers["Location"] == ADVICE

    @pytest.mark.parametrize("query", ["step=x", "step=999999999", "step=%F0", "scene=nowhere"])
    def test_an_address_that_chooses_nothing_is_shown_all_the_same(self, as_adviser, here, query):
        assert as_adviser.get(f"{ADVICE}?{query}").status_code == 200

    def test_a_double_press_is_one_piece(self, as_adviser, here):
        key = submission_keys.new()
        for _ in range(2):
            write(as_adviser, step=step_of("final").pk, texts="一度だけ", submission_key=key)

        assert AdviceItem.objects.filter(text="一度だけ").count() == 1

    def test_nothing_typed_is_asked_for_and_nothing_is_lost(self, as_adviser, here):
        response = write(as_adviser, step="", texts="残る文", more="1")

        assert response.status_code == 422
        assert "残る文" in words(response)
        assert not AdviceItem.objects.filter(text="残る文").exists()

    def test_two_advisers_at_once_are_both_kept(self, sign_in, people, here):
        second = Membership.objects.get(user=people["adviser"])
        second.pk, second.user = None, people["stranger"]
        second.save()
        step = step_of("final")
        for username in ("adviser", "stranger"):
            write(sign_in(username), step=step.pk, texts=f"{username}の助言")

        rows = AdviceItem.objects.filter(step=step).order_by("position")
        assert [row.text for row in rows] == ["adviserの助言", "strangerの助言"]
        assert {row.confirmed_by.username for row in rows} == {"adviser", "stranger"}


def item_of(text):
    return AdviceItem.objects.get(text=text)


class TestDrafts:
    KEPT = f"{DESK}drafts/own-advice-new-{world.YEAR}/"

    def test_what_is_typed_survives_a_closed_browser(self, as_adviser, here):
        assert f'data-draft-url="{self.KEPT}"' in as_adviser.get(ADVICE).content.decode()
        as_adviser.post(self.KEPT, {"texts": "書きかけの助言", "scene": "all"})

        page = words(as_adviser.get(ADVICE))
        assert "書きかけの助言" in page
        assert "書きかけを破棄する" in page

    def test_it_is_gone_when_it_was_added_or_discarded(self, as_adviser, here):
        for end in (
            lambda: write(as_adviser, step=step_of("final").pk, texts="書きかけの助言"),
            lambda: as_adviser.post(f"{self.KEPT}discard/"),
        ):
            as_adviser.post(self.KEPT, {"texts": "書きかけの助言"})
            assert end().headers["Location"] == ADVICE
            assert "書きかけを破棄する" not in words(as_adviser.get(ADVICE))


class TestWhichMeeting:
    def test_the_next_one_without_advice_is_chosen(self, as_adviser, here):
        assert chosen(as_adviser.get(ADVICE), "step") == str(step_of("interim-1").pk)

    def test_the_one_held_today_comes_first(self, as_adviser, here):
        SupportStep.objects.filter(key="pre-meeting-1").update(held_on="2026-11-06")
        with time_machine.travel("2026-11-06T10:00:00+09:00", tick=False):
            client_page = as_adviser.get(ADVICE)

        assert chosen(client_page, "step") == str(step_of("pre-meeting-1").pk)

    def test_where_all_have_advice_the_last_one_is_chosen(self, as_adviser, here):
        last = step_of("final")
        AdviceItem.objects.create(cycle=here, key="last", step=last, text="最後の会の助言")

        assert chosen(as_adviser.get(ADVICE), "step") == str(last.pk)

    def test_a_meeting_of_the_house_is_neither_offered_nor_taken(self, as_adviser, here):
        step = step_of("final")
        SupportStep.objects.filter(pk=step.pk).update(audience="internal")
        assert f'value="{step.pk}"' not in as_adviser.get(ADVICE).content.decode()

        assert write(as_adviser, step=step.pk, texts="届かない助言").status_code == 422
        assert not AdviceItem.objects.filter(text="届かない助言").exists()

    def test_a_year_without_meetings_says_who_prepares_them(self, as_adviser, here):
        AdviceItem.objects.all().delete()
        SupportStep.objects.filter(reports=None, tasks=None).delete()
        SupportStep.objects.update(audience="internal")

        assert "担当者が「連携支援の経過」に打合せを用意すると" in words(as_adviser.get(ADVICE))


class TestAbout:
    @pytest.mark.parametrize("name", ["issue", "activity", "outcome"])
    def test_a_piece_points_at_what_was_chosen(self, name, as_adviser, here):
        write(as_adviser, step=step_of("final").pk, texts="助言", about=f"{name}:{name}-1")

        assert getattr(item_of("助言"), name).key == f"{name}-1"

    @pytest.mark.parametrize(
        ("name", "model", "hidden"),
        [
            ("issue", Issue, Issue),
            ("activity", Activity, Activity),
            ("outcome", Outcome, LogicModel),
        ],
    )
    def test_what_stays_in_the_house_is_neither_offered_nor_taken(
        self, name, model, hidden, as_adviser, here
    ):
        about = f"{name}:{name}-1"
        assert about in as_adviser.get(ADVICE).content.decode()
        hidden.objects.filter(cycle=here).update(audience="internal")
        assert about not in as_adviser.get(ADVICE).content.decode()

        response = write(as_adviser, step=step_of("final").pk, texts="助言", about=about)
        assert response.status_code == 422
        assert not AdviceItem.objects.filter(text="助言").exists()


class TestTakingBack:
    def take_back(self, client, key=FIRST, desk=ADVICE):
        return client.post(f"{desk}{key}/take-back/", follow=True)

    @pytest.fixture
    def confirmed(self, as_adviser, here):
        row = item()
        as_adviser.post(f"{ADVICE}confirm/", {"shown": [f"{row.key}:{row.version}"]})
        assert item().is_confirmed

    def test_an_own_confirmation_is_taken_back(self, confirmed, as_adviser, here):
        assert "確認を取り消す" in words(as_adviser.get(ADVICE))
        assert "確認を取り消しました" in words(self.take_back(as_adviser))

        row = item()
        assert (row.confirmed_on, row.confirmed_by) == (None, None)
        assert Change.objects.of(row).first().deed == "unconfirm"

    def test_it_works_from_the_report_as_well(self, confirmed, as_adviser, here):
        desk = f"/review/{world.OURS}-{world.YEAR}-interim-1/advice/"
        self.take_back(as_adviser, desk=desk)

        assert not item().is_confirmed

    def test_a_second_press_changes_nothing_and_says_so(self, confirmed, as_adviser, here):
        self.take_back(as_adviser)
        version = item().version

        assert "確認待ちです" in words(self.take_back(as_adviser))
        assert item().version == version

    def test_somebody_elses_confirmation_stays(self, confirmed, as_adviser, here, people):
        AdviceItem.objects.filter(key=FIRST).update(confirmed_by=people["editor"])

        assert self.take_back(as_adviser).status_code == 403
        assert item().is_confirmed
        assert "確認を取り消す" not in words(as_adviser.get(ADVICE))

    def test_own_words_are_no_confirmation(self, as_adviser, here, people):
        AdviceItem.objects.filter(key="own-advice-1").update(
            confirmed_by=people["adviser"], confirmed_on="2026-11-01"
        )

        assert self.take_back(as_adviser, "own-advice-1").status_code == 403

    def test_what_stays_in_the_house_is_absent(self, confirmed, as_adviser, here):
        AdviceItem.objects.filter(key=FIRST).update(audience="internal")

        assert self.take_back(as_adviser).status_code == 404


class TestOthersWords:
    @pytest.mark.parametrize("deed", ["edit", "delete"])
    def test_another_advisers_words_are_not_to_be_changed(self, deed, as_adviser, here, people):
        AdviceItem.objects.filter(key="own-advice-1").update(confirmed_by=people["editor"])
        address = f"{ADVICE}own-advice-1/{deed}/"
        fields = {"text": "書き換えた", "scene": "all", "base_version": 1}

        assert as_adviser.get(address).status_code == 403
        assert as_adviser.post(address, fields).status_code == 403
        assert item("own-advice-1").text != "書き換えた"

    def test_own_words_are(self, as_adviser, here):
        fields = {"text": "言い直した助言", "scene": "all", "base_version": 1}
        response = as_adviser.post(f"{ADVICE}own-advice-1/edit/", fields)

        assert response.headers["Location"] == ADVICE
        assert item("own-advice-1").text == "言い直した助言"

    @pytest.mark.parametrize("deed", ["edit", "delete"])
    def test_words_of_the_house_are_absent(self, deed, as_adviser, here):
        AdviceItem.objects.filter(key="own-advice-1").update(audience="internal")

        assert as_adviser.get(f"{ADVICE}own-advice-1/{deed}/").status_code == 404

    def test_after_the_term_nothing_is_written(self, as_adviser, here, people):
        Membership.objects.filter(user=people["adviser"]).update(valid_to="2020-12-31")

        assert write(as_adviser, step=step_of("final").pk, texts="あとで").status_code == 404
        assert not AdviceItem.objects.filter(text="あとで").exists()


def test_the_lesson_boxes_are_written_from_the_year(as_adviser, here):
    for section in ("method", "support-needs"):
        address = f"{DESK}lessons/{section}/edit/"
        response = as_adviser.post(address, {"text": f"① {section}", "base_version": 0})
        assert response.headers["Location"] == f"{DESK}lessons/"

    assert ReportText.objects.filter(section__in=("method", "support_needs")).count() == 2
