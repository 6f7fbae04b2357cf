"""年間のまとめ: the year on one sheet for a council, on the screen and on A3."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from councils.models import Evaluation
from indicators.models import Measurement
from logicmodels.models import DesiredState
from municipalities.models import Municipality
from municipalities.tenancy import within
from reports.paper import year_page
from reports.paper.year_page import Changed, Done, Judged, Reached, SceneOfYear, YearPage
from reports.year import on_a_page, opening
from tests import world

pytestmark = pytest.mark.django_db
PAGE = "/m/990019/2026/year/"
A3 = (1190.55, 841.89)


def scene_of(page, label="入退院支援"):
    return next(one for one in page.scenes if one.label == label)


def crowded(rows):
    """A year in which everything stands `rows` times in each scene."""
    scene = SceneOfYear(
        label="看取り",
        goal="市民が、最期まで本人の望む場所で、安心して過ごせる。",
        agreed="",
        done=tuple(Done(f"取組{n}", "実施中。実績3件") for n in range(rows)),
        reached=tuple(
            Reached(f"指標{n}", "10％", "12％", "20％", "未達", n == 3) for n in range(rows)
        ),
        judged=tuple(Judged("成果", "一定程度進んだ", "理由" * 60, "", "案") for _ in range(rows)),
        changed=tuple(Changed("取組", "見直し", "変える" * 40, "", "案") for _ in range(rows)),
    )
    return YearPage("見本県見本市", "令和8年度（2026年度）", "令和8年11月26日", (scene,) * 4, ())


class TestSheet:
    def test_every_scene_stands_from_its_aim_to_its_changes(self, here):
        scene = scene_of(on_a_page.of(here))

        assert scene.goal
        assert [one.name for one in scene.done] == ["退院支援ルールの見直し"]
        assert "実績1件" in scene.done[0].text or scene.done[0].text
        assert [one.name for one in scene.reached] == [
            "退院前カンファレンスへのケアマネジャー参加率"
        ]

    def test_what_stays_in_the_house_is_not_on_it(self, here):
        DesiredState.objects.filter(cycle=here).update(audience="internal")

        assert not any(one.goal for one in on_a_page.of(here).scenes)

    def test_a_small_number_is_hidden(self, here):
        rows = Measurement.objects.filter(own_definition__key="own-1")
        rows.update(numerator=41, denominator=130)
        assert "31.5" in scene_of(on_a_page.of(here)).reached[0].baseline

        rows.update(numerator=3, denominator=7)
        assert "42.9" not in str(scene_of(on_a_page.of(here)).reached)

    def test_who_reads_an_x_is_told_what_it_means(self, here, as_editor):
        rows = Measurement.objects.filter(own_definition__key="own-1")
        rows.update(numerator=41, denominator=130)
        assert not on_a_page.of(here).hides
        assert "「x」" not in as_editor.get(PAGE).content.decode()

        rows.update(numerator=3, denominator=7)
        assert on_a_page.of(here).hides
        assert "（「x」と表示します）" in as_editor.get(PAGE).content.decode()

    def test_a_draft_of_a_fact_is_not_told(self, here):
        rows = Evaluation.objects.filter(cycle=here, activity__isnull=False)
        rows.update(is_drafted=True, text="数字から作った文")

        done = [one.text for scene in on_a_page.of(here).scenes for one in scene.done]
        assert "数字から作った文" not in done

    def test_the_voice_of_residents_comes_first(self):
        shown = year_page.cut(crowded(5), 99, 99).scenes[0].reached
        review_order = sorted(shown, key=lambda one: not one.is_voice)

        assert review_order[0].is_voice

    @pytest.mark.parametrize("rows", [1, 6, 40])
    def test_what_does_not_fit_is_counted(self, rows):
        scene = year_page.cut(crowded(rows), 4, 60).scenes[0]

        assert len(scene.done) + scene.more[0] == rows
        assert all(len(one.reasons) <= 61 for one in scene.judged)


class TestPage:
    def test_it_is_read_by_whoever_may_read_the_year(self, sign_in):
        text = sign_in("viewer").get(PAGE).content.decode()

        assert "年間のまとめ" in text
        assert "退院支援ルールの見直し" in text
        assert world.CANARY not in text

    def test_an_empty_year_says_where_to_begin(self, as_editor):
        with within(Municipality.objects.get(code=world.OURS)):
            opening.open_year(2027, by=None)

        assert "ここから始まります" in as_editor.get("/m/990019/2027/year/").content.decode()

    def test_another_town_is_not_there(self, as_editor):
        assert as_editor.get("/m/990027/2026/year/").status_code == 404


def test_it_is_one_sheet_of_a3_however_much_there_is():
    many = crowded(30)
    pdf = year_page.make_year_page(replace(many, numbers=(("取組", "120件"),)))

    pages = PdfReader(BytesIO(pdf.content)).pages
    assert len(pages) == 1
    assert tuple(map(float, pages[0].mediabox[2:])) == pytest.approx(A3, abs=0.1)
    assert "ほか" in pages[0].extract_text()
