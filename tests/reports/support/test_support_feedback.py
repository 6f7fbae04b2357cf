"""連携支援の振り返り: three answers, none proposed, read by whom the municipality lets."""

import json
import re

import pytest

from municipalities.models import Change
from reports.document import assembly, snapshot
from reports.models import SupportFeedback
from tests import world

pytestmark = pytest.mark.django_db
PAGE = f"/m/{world.OURS}/{world.YEAR}/support/feedback/"
EDIT = f"{PAGE}edit/"
DESK = f"/review/m/{world.OURS}/{world.YEAR}/"
TAGS = re.compile(r"<[^>]+>|\s+")
ANSWERS = {
    "moved_on": "4",
    "moved_on_note": "他市の例を教えてもらい、病院と話が進んだ。",
    "in_time": "2",
    "in_time_note": "夏の間は相談しにくかった。",
    "goes_on": "3",
    "goes_on_note": "指標の見方",
    "audience": "adviser",
    "base_version": 0,
}


def words(response):
    return TAGS.sub("", response.content.decode())


def the_row():
    return SupportFeedback.objects.get()


class TestWriting:
    def test_three_answers_are_kept_and_told(self, as_editor, here, people):
        response = as_editor.post(EDIT, ANSWERS, follow=True)
        row = the_row()

        assert (row.moved_on, row.in_time, row.goes_on) == (4, 2, 3)
        page = words(response)
        for told in (
            "そう思う",
            "あまりそう思わない",
            "ややそう思う",
            "夏の間は相談しにくかった。",
        ):
            assert told in page
        assert Change.objects.of(row).get().actor == people["editor"]

    def test_no_answer_is_proposed(self, as_editor):
        page = as_editor.get(EDIT).content.decode()

        assert page.count('type="radio"') == 15
        assert not re.search(r'type="radio"[^>]*checked', page)

    def test_a_question_may_stay_unanswered_and_become_so_again(self, as_editor, here):
        as_editor.post(EDIT, {"audience": "adviser", "base_version": 0})
        assert (the_row().moved_on, the_row().in_time) == (0, 0)

        as_editor.post(EDIT, ANSWERS | {"base_version": 1})
        as_editor.post(EDIT, ANSWERS | {"moved_on": "0", "base_version": 2})
        assert (the_row().moved_on, the_row().in_time) == (0, 2)

    @pytest.mark.parametrize("rating", ["5", "-1", "x", "４点"])
    def test_a_rating_that_is_none_is_refused_and_the_words_stay(self, as_editor, here, rating):
        response = as_editor.post(EDIT, ANSWERS | {"moved_on": rating})

        assert response.status_code == 422
        assert "夏の間は相談しにくかった。" in words(response)
        assert not SupportFeedback.objects.exists()

    def test_two_people_at_once_are_asked_which_answer_stays(self, as_editor, sign_in, here):
        as_editor.post(EDIT, ANSWERS)
        second = as_editor.post(EDIT, ANSWERS | {"moved_on": "1"})

        assert second.status_code == 409
        assert "あまりそう思わない" in second.content.decode()
        assert the_row().moved_on == 4

    @pytest.mark.parametrize("username", ["viewer", "approver"])
    def test_who_may_only_read_reads(self, sign_in, username, here):
        client = sign_in(username)

        assert client.get(PAGE).status_code == 200
        assert "振り返りを書く" not in words(client.get(PAGE))
        assert client.post(EDIT, ANSWERS).status_code == 403

    def test_the_support_page_leads_there(self, as_editor):
        page = as_editor.get(f"/m/{world.OURS}/{world.YEAR}/support/").content.decode()

        assert f'href="{PAGE}"' in page


class TestReading:
    @pytest.mark.parametrize(
        ("audience", "is_told"),
        [("internal", False), ("adviser", True), ("prefecture", True), ("public", True)],
    )
    def test_the_adviser_reads_what_is_marked_for_them(
        self, as_editor, as_adviser, here, audience, is_told
    ):
        as_editor.post(EDIT, ANSWERS | {"audience": audience})
        page = words(as_adviser.get(DESK))

        assert ("支援の振り返り（市区町村から）" in page) is is_told
        assert ("他市の例を教えてもらい" in page) is is_told

    def test_the_page_says_who_reads_it(self, as_editor, here):
        told = {
            "internal": "アドバイザーにも都道府県にも伝わりません",
            "adviser": "担当のアドバイザーが、評価と記述を読みます",
            "prefecture": "都道府県には評価だけが伝わります",
        }
        assert "評価だけが伝わり、記述は伝わりません" in words(as_editor.get(EDIT))
        for version, (audience, sentence) in enumerate(told.items()):
            fields = ANSWERS | {"audience": audience, "base_version": version}
            assert sentence in words(as_editor.post(EDIT, fields, follow=True))

    def test_no_report_tells_them(self, as_editor, here):
        as_editor.post(EDIT, ANSWERS | {"audience": "public"})
        told = snapshot.content_of(world.report_of(kind="final"))

        assert "夏の間" not in json.dumps(told, ensure_ascii=False)

    def test_they_travel_with_the_document_of_the_year(self, as_editor, here):
        as_editor.post(EDIT, ANSWERS)

        assert assembly.assemble(here)["support_feedback"]["in_time"] == 2

    def test_the_neighbours_do_not_read_them(self, sign_in):
        for username in ("neighbour", "adviser", "officer"):
            expected = 403 if username == "adviser" else 404
            assert sign_in(username).get(PAGE).status_code == expected
