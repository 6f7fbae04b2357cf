"""Advice on the municipality's side: written down after a meeting, corrected, answered, pointing at the plan."""

import datetime as dt
import re

import pytest

from logicmodels.models import Activity, Issue, Outcome
from municipalities.kernel import changes, submission_keys
from municipalities.models import Change, TrashItem
from reports.models import AdviceItem, SupportStep
from reports.support import advice, lines
from reports.support.advice_forms import AdviceForm, AdviceLinesForm
from tests import world

pytestmark = pytest.mark.django_db
YEAR = f"/m/{world.OURS}/{world.YEAR}/"
PAGE = f"{YEAR}support/"
FIRST = "pre-meeting-1-1"
TAGS = re.compile(r"<[^>]+>|\s+")


def words(response):
    return TAGS.sub("", response.content.decode())


def item(key=FIRST):
    return AdviceItem.objects.get(key=key)


def write_down(client, text, step="interim-1", **fields):
    fields = {"scene": "all", "audience": "adviser"} | fields
    fields |= {"texts": text, "submission_key": submission_keys.new()}
    return client.post(f"{PAGE}steps/{step}/advice/add/", fields)


def correct(client, row, **fields):
    fields = {"text": row.text, "scene": row.scene, "audience": row.audience} | fields
    address = f"{PAGE}advice/{row.key}/edit/"
    return client.post(address, {"base_version": row.version} | fields)


def answer(client, row, **fields):
    address = f"{PAGE}advice/{row.key}/answer/"
    return client.post(address, {"base_version": row.version, "response": "none"} | fields)


def confirmed(people, key=FIRST):
    """Return the item, confirmed by the adviser."""
    row = item(key)
    row.confirmed_on, row.confirmed_by = dt.date(2026, 9, 4), people["adviser"]
    return changes.save_versioned(
        row,
        by=people["adviser"],
        expected_version=row.version,
        fields=advice.CONFIRMATION,
        deed="confirm",
    )


class TestWritingDown:
    def test_each_line_becomes_one_piece_in_order_behind_the_last(self, as_editor, here):
        write_down(
            as_editor, "・課題を集めるとよい。\n\n　○ データで裏付けるとよい。", scene="discharge"
        )
        write_down(as_editor, "先進地を視察する。")

        rows = AdviceItem.objects.filter(step__key="interim-1").order_by("position")
        assert [(row.text, row.scene) for row in rows] == [
            ("課題を集めるとよい。", "discharge"),
            ("データで裏付けるとよい。", "discharge"),
            ("先進地を視察する。", "all"),
        ]
        assert {row.origin for row in rows} == {"meeting"}
        assert not any(row.is_confirmed for row in rows)

    def test_pressed_twice_it_is_written_once(self, as_editor, here):
        fields = {"texts": "一度だけ。", "scene": "all", "audience": "adviser"}
        fields |= {"submission_key": submission_keys.new()}
        for _ in range(2):
            as_editor.post(f"{PAGE}steps/interim-1/advice/add/", fields)

        assert AdviceItem.objects.filter(text="一度だけ。").count() == 1

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("", "アドバイス等（一行に一件）を入力してください"),
            ("・\n・", "一行に一件ずつ入力してください。"),
            ("あ" * 2001, "1件目が長すぎます。2,000字以内に縮めてください"),
            ("短い\n" * 51, "一度に追加できるのは50件までです（いま51件）"),
        ],
    )
    def test_what_cannot_be_written_down_is_said_and_nothing_is_added(
        self, as_editor, here, text, sentence
    ):
        before = AdviceItem.objects.count()
        response = write_down(as_editor, text)

        assert response.status_code == 422
        assert sentence in words(response)
        assert AdviceItem.objects.count() == before

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("○○医師会に相談する。", ["○○医師会に相談する。"]),
            ("-5％を目指す。", ["-5％を目指す。"]),
            ("① 分析する。", ["① 分析する。"]),
            ("- 分析する。\n\n●整理する。", ["分析する。", "整理する。"]),
        ],
    )
    def test_bullets_go_and_signs_that_say_something_stay(self, text, expected):
        assert lines.items(text) == expected


class TestCorrecting:
    def test_advice_points_at_the_plan_and_the_plan_at_the_advice(self, as_editor, here):
        issue, activity, outcome = (
            model.objects.get(cycle=here, key=key)
            for model, key in ((Issue, "issue-1"), (Activity, "activity-1"), (Outcome, "outcome-1"))
        )
        correct(as_editor, item(), issue=issue.pk, activity=activity.pk, outcome=outcome.pk)

        shown = words(as_editor.get(PAGE))
        assert f"課題：{issue}" in shown
        assert "取組：" in shown
        assert "成果：" in shown
        for page in (
            "scenes/",
            f"scenes/{issue.scene}/",
            "activities/activity-1/",
            f"logic/{outcome.logic_model.key}/",
        ):
            found = as_editor.get(f"{YEAR}{page}").content.decode()
            assert f"{PAGE}#advice-{FIRST}" in found, page

    @pytest.mark.parametrize(
        ("model", "column", "address"),
        [
            (Issue, "issue", "issues/issue-1/delete/"),
            (Activity, "activity", "activities/activity-1/delete/"),
            (Outcome, "outcome", "logic/model-1/outcomes/outcome-1/delete/"),
        ],
    )
    def test_what_advice_is_about_is_not_deleted(self, as_editor, here, model, column, address):
        target = model.objects.get(cycle=here, key=f"{column}-1")
        AdviceItem.objects.filter(key=FIRST).update(**{column: target})
        response = as_editor.post(f"{YEAR}{address}", {"base_version": target.version})

        assert response.status_code == 409
        assert "アドバイス：住民を主語にした目指す姿を" in words(response)
        assert model.objects.filter(pk=target.pk).exists()

    def test_another_text_loses_the_confirmation_and_the_page_says_so(
        self, as_editor, here, people
    ):
        row = confirmed(people)
        assert "確認済み" in words(as_editor.get(PAGE))
        form = as_editor.get(f"{PAGE}advice/{FIRST}/edit/")
        assert "直すと、確認済みの印が外れます" in words(form)

        correct(as_editor, row, text="住民の言葉で目指す姿を書く。")
        row = item()
        assert (row.confirmed_on, row.confirmed_by) == (None, None)
        change = Change.objects.of(row).order_by("pk").last()
        assert set(change.after) == {"text", "confirmed_on", "confirmed_by"}

    def test_another_scene_keeps_the_confirmation(self, as_editor, here, people):
        correct(as_editor, confirmed(people), scene="emergency")

        assert (item().scene, item().confirmed_by) == ("emergency", people["adviser"])

    def test_a_correction_begun_before_the_confirmation_loses_it_too(self, as_editor, here, people):
        opened = item()
        confirmed(people)
        response = correct(as_editor, opened, text="住民の言葉で目指す姿を書く。")

        assert response.status_code == 302
        assert (item().text, item().confirmed_on) == ("住民の言葉で目指す姿を書く。", None)

    def test_without_the_rule_a_confirmation_would_stay_on_another_text(
        self, as_editor, here, people, monkeypatch
    ):
        """The negative control of the two tests above."""
        monkeypatch.setattr(AdviceForm, "follow", lambda self, row: ())
        correct(as_editor, confirmed(people), text="住民の言葉で目指す姿を書く。")

        assert item().confirmed_on is not None

    def test_the_words_of_an_adviser_are_not_the_staffs_to_change_or_delete(self, as_editor, here):
        row = item("own-advice-1")
        correct(as_editor, row, text="書き換えた文", scene="discharge")
        again = item("own-advice-1")
        assert (again.text, again.scene) == (row.text, "discharge")

        address = f"{PAGE}advice/own-advice-1/delete/"
        assert as_editor.post(address, {"base_version": again.version}).status_code == 404
        assert "アドバイザー記入" in words(as_editor.get(PAGE))

    def test_deleted_advice_comes_back_from_the_trash(self, as_editor, here):
        as_editor.post(f"{PAGE}advice/{FIRST}/delete/", {"base_version": item().version})
        assert not AdviceItem.objects.filter(key=FIRST).exists()

        thrown = TrashItem.objects.get(kind="reports.adviceitem")
        as_editor.post(f"{YEAR}trash/{thrown.pk}/restore/")
        assert item().step == SupportStep.objects.get(key="pre-meeting-1")

    def test_advice_moves_within_its_step(self, as_editor, here):
        as_editor.post(f"{PAGE}advice/own-advice-1/up/?arrange=1")

        rows = AdviceItem.objects.filter(step__key="pre-meeting-2").order_by("position")
        assert [row.key for row in rows] == ["own-advice-1", "pre-meeting-2-1"]


class TestAnswering:
    def test_an_answer_has_a_day_and_a_reason(self, as_editor, here):
        fields = {
            "response": "declined",
            "responded_on": "R8.10.1",
            "response_note": "担当がいない。",
        }
        answer(as_editor, item(), **fields)

        shown = words(as_editor.get(PAGE))
        assert "見送り2026年10月1日（木）担当がいない。" in shown

    def test_a_day_without_an_answer_is_asked_about(self, as_editor, here):
        response = answer(as_editor, item(), responded_on="R8.10.1")

        assert response.status_code == 422
        assert "「採用」「検討中」「見送り」から選んでください" in words(response)
        assert item().responded_on is None

    def test_a_wrong_day_is_refused(self, as_editor, here):
        response = answer(as_editor, item(), response="adopted", responded_on="13/45")

        assert response.status_code == 422
        assert item().response == "none"

    def test_an_answer_and_a_correction_at_once_are_both_kept(self, as_editor, here):
        opened = item()
        correct(as_editor, opened, scene="discharge")
        answer(as_editor, opened, response="adopted")

        assert (item().scene, item().response) == ("discharge", "adopted")


def test_the_form_for_lines_offers_no_field_that_one_piece_alone_has():
    assert set(AdviceLinesForm.base_fields) == {"texts", "scene", "audience"}
