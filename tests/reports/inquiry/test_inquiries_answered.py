"""照会 on the municipality's side: a draft stays in the house, answering lets it out, closing ends it."""

import pytest

from municipalities.models import AccessEvent, Change, Cycle, Municipality
from municipalities.prefecture_tenancy import within_prefecture
from municipalities.tenancy import within
from reports.inquiry import answering, reading
from reports.models import InquiryAnswer
from reports.prefecture.inquiries import asking as deeds
from tests import world
from tests.reports import asking
from tests.reports.asking import PAGE, TOWN

pytestmark = pytest.mark.django_db
GOOD = {"staff": "３人", "since": "令和2年4月1日", "night": "yes", "way": "委託", "trouble": "人手"}


@pytest.fixture
def sent(people):
    return asking.send(people)


def answer(client):
    mark = client.get(PAGE).context["mark"]
    return client.post(f"{PAGE}answer/", {"mark": mark}, follow=True).content.decode()


def close(people):
    with within_prefecture(asking.prefecture()):
        deeds.close(asking.stored(), by=people["officer"])


class TestAnswering:
    def test_a_draft_becomes_an_answer_by_one_press(self, as_editor, sent, here):
        as_editor.post(f"{PAGE}edit/", asking.form(**GOOD))
        assert (asking.reply().state, asking.sent_lines()) == ("draft", {})

        assert "県に回答しました" in answer(as_editor)
        assert asking.sent_lines() == asking.TEXTS
        assert asking.reply().is_answered
        event = AccessEvent.objects.get(deed=answering.ANSWERED)
        assert (event.scope_code, event.after["answers"]) == (world.OURS, 5)
        page = as_editor.get(PAGE).content.decode()
        assert "令和2年4月1日（2020年4月1日）" in page

    def test_what_must_be_answered_is_named(self, as_editor, sent):
        as_editor.post(f"{PAGE}edit/", asking.form(trouble="人手"))

        assert "必ず回答する質問が残っています（問1）" in answer(as_editor)
        assert asking.sent_lines() == {}

    def test_a_correction_goes_out_by_a_press_of_its_own_and_leaves_a_trace(
        self, as_editor, sent, here
    ):
        as_editor.post(f"{PAGE}edit/", asking.form(**GOOD))
        answer(as_editor)
        as_editor.post(f"{PAGE}edit/", asking.form(base=1, **(GOOD | {"staff": "4"})))

        assert asking.sent_lines()["staff"] == "3"
        assert "書き換えています" in as_editor.get(PAGE).content.decode()
        answer(as_editor)
        assert asking.sent_lines()["staff"] == "4"
        row = InquiryAnswer.objects.get(key="staff")
        assert next((one.before, one.after) for one in Change.objects.of(row)) == (
            {"text": "3"},
            {"text": "4"},
        )

    def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(self, as_editor, sent, here):
        response = as_editor.post(f"{PAGE}edit/", asking.form(staff="三人くらい", trouble="人手"))

        page = response.content.decode()
        assert response.status_code == 422
        assert "三人くらい" in page
        assert "人手" in page
        assert not InquiryAnswer.objects.filter(inquiry="asked").exists()

    def test_less_than_no_people_are_asked_about(self, as_editor, sent, here):
        response = as_editor.post(f"{PAGE}edit/", asking.form(staff="−3"))

        assert response.status_code == 422
        assert "問1　相談員の数は、0人以上の数字で入力してください" in response.content.decode()
        assert not InquiryAnswer.objects.filter(inquiry="asked").exists()

    def test_what_was_not_looked_at_does_not_go_out(self, as_editor, sent, here):
        as_editor.post(f"{PAGE}edit/", asking.form(**GOOD))
        mark = as_editor.get(PAGE).context["mark"]
        as_editor.post(f"{PAGE}edit/", asking.form(base=1, **(GOOD | {"staff": "9"})))

        response = as_editor.post(f"{PAGE}answer/", {"mark": mark}, follow=True)

        assert response.status_code == 409
        assert "まだ県に送っていません" in response.content.decode()
        assert asking.sent_lines() == {}

    def test_a_second_window_that_answers_again_is_told(self, as_editor, sent, here):
        as_editor.post(f"{PAGE}edit/", asking.form(**GOOD))
        mark = as_editor.get(PAGE).context["mark"]
        as_editor.post(f"{PAGE}answer/", {"mark": mark})
        at = asking.reply().answered_at

        response = as_editor.post(f"{PAGE}answer/", {"mark": mark})

        assert response.status_code == 409
        assert "すでに同じ内容で回答しています" in response.content.decode()
        assert asking.reply().answered_at == at
        assert "県に回答する</button>" not in as_editor.get(PAGE).content.decode()

    def test_a_window_of_before_an_answer_does_not_let_out_what_came_after(
        self, as_editor, sent, here
    ):
        as_editor.post(f"{PAGE}edit/", asking.form(**GOOD))
        mark = as_editor.get(PAGE).context["mark"]
        answer(as_editor)
        as_editor.post(f"{PAGE}edit/", asking.form(base=1, **(GOOD | {"staff": "4"})))

        response = as_editor.post(f"{PAGE}answer/", {"mark": mark})

        assert response.status_code == 409
        assert asking.sent_lines()["staff"] == "3"

    def test_of_two_who_answer_in_the_same_moment_one_is_told(self, as_editor, sent, here, people):
        """Both have read that nobody has answered: the second finds the reply changed."""
        as_editor.post(f"{PAGE}edit/", asking.form(**GOOD))
        first, second = reading.one(here, "asked"), reading.one(here, "asked")
        answering.answer(here, first, mark=answering.mark_of(first), by=people["editor"])

        with pytest.raises(answering.Overtaken):
            answering.answer(here, second, mark=answering.mark_of(second), by=people["editor"])

    def test_a_closed_one_takes_nothing(self, as_editor, sent, people, here):
        as_editor.post(f"{PAGE}edit/", asking.form(**GOOD))
        close(people)

        assert "締め切られています" in answer(as_editor)
        response = as_editor.post(f"{PAGE}edit/", asking.form(staff="9"), follow=True)
        assert "締め切られています" in response.content.decode()
        assert asking.sent_lines() == {}
        assert InquiryAnswer.objects.get(key="staff").text == "3"


class TestTwoPeople:
    def test_different_questions_are_both_kept(self, as_editor, sent, here):
        as_editor.post(f"{PAGE}edit/", asking.form(staff="3"))
        as_editor.post(f"{PAGE}edit/", asking.form(trouble="人手"))

        texts = dict(InquiryAnswer.objects.filter(inquiry="asked").values_list("key", "text"))
        assert texts == {"staff": "3", "trouble": "人手"}

    def test_the_same_question_is_asked_about(self, as_editor, sent, here):
        as_editor.post(f"{PAGE}edit/", asking.form(staff="3"))
        response = as_editor.post(f"{PAGE}edit/", asking.form(staff="4"))

        page = response.content.decode()
        assert response.status_code == 409
        assert "ほかの人が保存した内容：3人" in page
        assert 'value="4"' in page
        assert InquiryAnswer.objects.get(key="staff").text == "3"
        as_editor.post(f"{PAGE}edit/", asking.form(base=1, staff="4"))
        assert InquiryAnswer.objects.get(key="staff").text == "4"

    def test_an_answer_that_somebody_made_in_the_same_moment_is_found(self, sent, here, people):
        """Both have read that there is none: the second insert meets the first one's row."""
        found = reading.one(here, "asked")
        for text in ("3", "3"):
            answering.save(here, found, {"staff": text}, seen={}, by=people["editor"])
        with pytest.raises(answering.Contested) as conflict:
            answering.save(here, found, {"staff": "4"}, seen={}, by=people["editor"])
        assert conflict.value.theirs == {"staff": "3"}


class TestFence:
    def test_another_towns_address_is_absent(self, sign_in, as_editor, sent):
        assert sign_in("neighbour").get(PAGE).status_code == 404
        assert as_editor.get(PAGE).status_code == 200

    def test_a_town_that_was_not_asked_finds_nothing(self, as_editor, people):
        asking.send(people, towns=f",{world.THEIRS},")

        assert as_editor.get(PAGE).status_code == 404
        assert as_editor.get(TOWN).context["lines"] == []

    def test_a_draft_of_the_prefecture_is_absent(self, as_editor):
        asking.write()

        assert as_editor.get(PAGE).status_code == 404

    def test_each_town_has_its_own_answers(self, as_editor, sent, here):
        as_editor.post(f"{PAGE}edit/", asking.form(staff="3"))
        place = Municipality.objects.get(code=world.THEIRS)

        with within(place):
            cycle = Cycle.objects.get(fiscal_year=world.YEAR)
            cycle.municipality = place
            assert reading.one(cycle, "asked").texts == {}

    def test_a_reader_writes_nothing(self, sign_in, sent):
        viewer = sign_in("viewer")

        assert viewer.get(PAGE).status_code == 200
        assert viewer.post(f"{PAGE}edit/", asking.form(staff="3")).status_code == 403
        assert viewer.post(f"{PAGE}answer/", {}).status_code == 403


class TestTheYear:
    def test_it_waits_among_the_next_things_until_it_is_answered(self, as_editor, sent, here):
        words = "照会「相談窓口の状況」に回答する"
        home = f"/m/{world.OURS}/{world.YEAR}/"
        assert words in as_editor.get(home).content.decode()

        as_editor.post(f"{PAGE}edit/", asking.form(**GOOD))
        answer(as_editor)
        assert words not in as_editor.get(home).content.decode()
