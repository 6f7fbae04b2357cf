"""年間のまとめ: the year on one sheet for a council, on the screen and on A3."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from councils.models import Evaluation, Meeting
from indicators.models import Indicator, IndicatorUse, Measurement
from logicmodels.models import DesiredState, Outcome
from municipalities.models import Municipality
from municipalities.tenancy import within
from reports.paper.year import year_page
from reports.paper.year.year_page import Changed, Done, Judged, Reached, SceneOfYear, YearPage
from reports.year import opening
from reports.year.papers import on_a_page
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

    def test_what_got_worse_comes_first_and_of_equals_what_residents_said(self):
        told = [
            Reached(name, "", "", "", verdict, is_voice)
            for name, verdict, is_voice in (
                ("届いた", "達成", False),
                ("声", "達成見込み", True),
                ("未達", "未達（参考値）", False),
                ("悪化", "現状値より悪化", False),
                ("悪化した声", "現状値より悪化", True),
            )
        ]
        ordered = sorted(told, key=year_page._urgency)

        assert [one.name for one in ordered] == ["悪化した声", "悪化", "未達", "声", "届いた"]

    @pytest.mark.parametrize("rows", [1, 6, 40])
    def test_what_does_not_fit_is_counted(self, rows):
        scene = year_page.cut(crowded(rows), 4, 60).scenes[0]

        assert len(scene.done) + scene.more[0] == rows
        assert all(len(one.reasons) <= 61 for one in scene.judged)

    def test_an_indicator_of_two_scenes_stands_in_both_and_is_counted_once(self, here):
        def told():
            page = on_a_page.of(here)
            names = [(s.label, one.name) for s in page.scenes for one in s.reached]
            return names, dict(page.numbers)["目標に届いた・届きそうな指標"]

        name = "退院前カンファレンスへのケアマネジャー参加率"
        before, count = told()
        assert [label for label, one in before if one == name] == ["入退院支援"]

        use = IndicatorUse.objects.filter(indicator__own_definition__key="own-1").first()
        goal = Outcome.objects.create(
            cycle=here,
            key="of-another-scene",
            logic_model=use.outcome.logic_model,
            scene="end_of_life",
            text="望む場所で最期まで暮らせる。",
        )
        IndicatorUse.objects.create(cycle=here, key="again", indicator=use.indicator, outcome=goal)
        after, again = told()
        assert [label for label, one in after if one == name] == ["入退院支援", "看取り"]
        assert again == count

    def test_only_meetings_that_took_place_are_counted_the_planned_ones_apart(
        self, here, as_editor
    ):
        rows = Meeting.objects.led().filter(fiscal_year=here.fiscal_year)
        council = rows.first().council
        rows.update(held_on=None, planned="令和8年10月頃", minutes="")
        for n, day in enumerate(("2026-05-01", "2026-06-01", "2026-07-01")):
            Meeting.objects.create(
                key=f"m{n}", council=council, fiscal_year=here.fiscal_year, held_on=day
            )
        Meeting.objects.create(
            key="off",
            council=council,
            fiscal_year=here.fiscal_year,
            held_on="2026-05-02",
            is_cancelled=True,
        )
        planned = Meeting.objects.led().filter(fiscal_year=2026, held_on=None).count()
        shared = on_a_page.of(here)

        assert dict(shared.numbers)["会議"] == f"3回（ほかに予定{planned}回）"
        assert f"3回（ほかに予定{planned}回）" in as_editor.get(PAGE).content.decode()
        survey = as_editor.get("/m/990019/2026/survey-evidence/").content.decode()
        assert "開いた会議が3回あります" in survey

    def test_the_count_says_what_it_leaves_out(self, here):
        def told():
            return dict(on_a_page.of(here).numbers)["目標に届いた・届きそうな指標"]

        whole = Indicator.objects.filter(cycle=here).count()
        Measurement.objects.update(value=None, state="not_entered")
        assert told() == (
            "値のある0件中0件（今年の値や目標値がない、年度の途中など、"
            f"評価区分のない{whole}件を除く）"
        )


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
    assert "画面の「年間のまとめ」" in "".join(pages[0].extract_text().split())


def test_a_crowded_cell_takes_the_room_that_the_others_leave():
    full = crowded(6).scenes[0]
    empty = replace(full, done=(), reached=(), judged=(), changed=())
    page = replace(crowded(6), scenes=(full, empty, empty, empty))
    text = "".join(
        PdfReader(BytesIO(year_page.make_year_page(page).content)).pages[0].extract_text().split()
    )

    assert "指標5" in text
    assert "取組5" in text
    assert "ほか" not in text
