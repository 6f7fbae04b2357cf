"""県の指標 by file: what a prefecture has defined itself comes into its towns as every statistic does (docs/adr/0065)."""

from decimal import Decimal

import pytest

from indicators.definitions import definition_copies
from indicators.models import (
    Dataset,
    Definition,
    Measurement,
    OwnDefinition,
    PrefectureDefinition,
    PrefectureDefinitionVersion,
    PublishedValue,
)
from municipalities.models import Prefecture
from municipalities.prefecture_tenancy import within_prefecture
from municipalities.tenancy import within
from tests import world
from tests.indicators.intake.test_statistics_files import LIST, TITLE, corrected, send, take, work
from tests.indicators.rows import BASE, stored

pytestmark = pytest.mark.django_db
SAMPLE, NAME = "pref-99-sample", "共通様式を使っている病院の割合"
WIDE = f"コード,市町村,{NAME}\n990019,見本市,62.5\n990027,見本町,40.0\n"
LONG = (
    "コード,市町村,指標,年度,値,分子,分母,確定の別\n"
    f"990019,見本市,{SAMPLE},令和6年度,62.5,5,8,速報\n"
    "990019,見本市,home_visit_clinics,令和6年度,12,,,確定\n"
)
# The columns of the long file as they are proposed.
OF_ROWS = {"role-3": "indicator", "indicator-3": "", "year-3": "", "role-4": "year"}
OF_ROWS |= {"indicator-4": "", "year-4": ""}
TOLD = [(2024, Decimal("62.5"), "value")]


@pytest.fixture
def officer(sign_in):
    return sign_in("officer")


@pytest.fixture
def neighbours(db):
    return world.cycle_of(world.THEIRS)


def take_over(client, base=BASE):
    assert client.post(f"{base}catalogue/add/", {"code": [SAMPLE]}).status_code == 302


def bring_in(officer, content=WIDE, **typed):
    upload = send(officer, content)
    as_proposed = {"indicator-3": f"{NAME}（県の指標）", "year-3": "令和6年度"}
    assert corrected(officer, upload, **(as_proposed | typed)).status_code == 302
    take(officer, upload)
    assert upload.state == "done", upload.message
    return upload


def dataset():
    return Dataset.objects.get(title=TITLE)


class TestOneFile:
    def test_fills_the_towns_that_have_taken_the_definition_over(
        self, officer, as_editor, cycle, neighbours
    ):
        take_over(as_editor)

        upload = bring_in(officer)

        assert (upload.new, upload.refused_cells) == (2, 0)
        assert stored(cycle, SAMPLE) == TOLD
        assert stored(neighbours, SAMPLE) == []
        with within(cycle.municipality):
            row = Measurement.objects.get(code=SAMPLE)
            assert row.own_definition == OwnDefinition.objects.get(key=SAMPLE)
            assert (row.definition, row.source) == (None, TITLE)

    def test_reaches_a_town_that_takes_the_definition_over_afterwards(
        self, officer, as_editor, cycle
    ):
        bring_in(officer)
        assert TITLE in as_editor.get(f"{BASE}catalogue/?q={NAME}").content.decode()

        take_over(as_editor)

        assert stored(cycle, SAMPLE) == TOLD

    def test_leaves_a_year_with_a_value_of_the_towns_own_alone(self, officer, as_editor, cycle):
        take_over(as_editor)
        with within(cycle.municipality):
            own = OwnDefinition.objects.get(key=SAMPLE)
            Measurement.objects.create(
                key="typed",
                code=SAMPLE,
                own_definition=own,
                fiscal_year=2024,
                state="value",
                value=50,
                source="市の調べ",
            )

        bring_in(officer)

        assert stored(cycle, SAMPLE) == [(2024, Decimal(50), "value")]
        page = as_editor.get(f"{BASE}published/").content.decode()
        assert NAME in page
        assert "62.5" in page

    def test_of_rows_carries_parts_and_finality_beside_national_ones(
        self, officer, as_editor, cycle
    ):
        take_over(as_editor)

        bring_in(officer, LONG, **OF_ROWS)

        with within(cycle.municipality):
            row = Measurement.objects.get(code=SAMPLE)
        assert (row.numerator, row.denominator, row.finality) == (5, 8, "preliminary")
        assert PublishedValue.objects.filter(definition__code="home_visit_clinics").exists()

    def test_that_is_taken_out_takes_the_untouched_values_along(self, officer, as_editor, cycle):
        take_over(as_editor)
        bring_in(officer)

        officer.post(f"{LIST}{dataset().pk}/delete/", {"filled": "on"})
        work()

        assert stored(cycle, SAMPLE) == []
        assert not PublishedValue.objects.filter(definition__code=SAMPLE).exists()

    def test_is_corrected_by_the_next(self, officer, as_editor, cycle):
        take_over(as_editor)
        bring_in(officer)

        bring_in(officer, WIDE.replace("62.5", "75.0"))

        assert stored(cycle, SAMPLE) == [(2024, Decimal(75), "value")]

    def test_that_contradicts_its_own_parts_is_asked_about(self, officer):
        upload = send(officer, LONG.replace("62.5,5,8", "50.0,1,3"))

        asked = {one.code: one.count for one in upload.doubts.all()}
        assert asked["not_of_its_parts"] == 1
        page = officer.get(f"{LIST}files/{upload.pk}/").content.decode()
        assert "分子÷分母から計算すると33.3です" in page

    def test_of_rows_may_call_it_as_the_list_of_indicators_does(self, officer):
        upload = send(officer, LONG.replace(SAMPLE, f"{NAME}（県の指標）"))
        assert (upload.refused_cells, upload.new) == (0, 2)


def test_a_town_refuses_and_takes_up_again(officer, as_editor, cycle):
    take_over(as_editor)
    bring_in(officer)
    page = f"{BASE}published/"
    with within(cycle.municipality):
        key = cycle.indicator_set.get(code=SAMPLE).key

    as_editor.post(page, {"stop": key})
    assert stored(cycle, SAMPLE) == []

    as_editor.post(page, {"go_on": key})
    assert stored(cycle, SAMPLE) == TOLD


def test_the_officer_chooses_it_by_its_name_for_a_column(officer):
    upload = send(officer, WIDE.replace(NAME, "使用割合"))
    page = officer.get(f"{LIST}files/{upload.pk}/").content.decode()
    label = f"{NAME}（県の指標）"
    assert f'<option value="{label}">' in page

    sent = {"fiscal_year": "令和6年度", "role-3": "value", "indicator-3": label}
    corrected(officer, upload, **sent)

    assert (upload.new, upload.refused_cells) == (2, 0)
    assert label in officer.get(f"{LIST}files/{upload.pk}/").content.decode()


def test_a_new_wording_reaches_the_copy_with_the_next_file(officer):
    prefecture = Prefecture.objects.get(code="99")
    definition_copies.keep_in_step(prefecture)
    with within_prefecture(prefecture):
        PrefectureDefinition.objects.filter(key=SAMPLE).update(name="共通様式の利用割合")

    send(officer, WIDE)

    assert Definition.every.get(code=SAMPLE).name == "共通様式の利用割合"


class TestNobodyElse:
    @pytest.mark.parametrize(
        ("account", "base", "town"),
        [
            ("other-officer", "/p/98/2026/statistics/", "980005,となり県"),
            ("operator", "/manage/statistics/", "990019,見本市"),
        ],
    )
    def test_names_it_in_a_file(self, sign_in, officer, account, base, town):
        bring_in(officer)
        client = sign_in(account)

        upload = send(client, LONG.replace("990019,見本市", town), base=base)

        (told,) = upload.refused.all()
        assert f"「{SAMPLE}」は登録されていません" in told.message
        page = client.get(f"{base}files/{upload.pk}/").content.decode()
        assert f"{NAME}（県の指標）" not in page

    def test_is_shown_it_as_a_national_definition(self, officer, as_editor):
        bring_in(officer)

        assert not Definition.objects.filter(code=SAMPLE).exists()
        page = as_editor.get(f"{BASE}catalogue/?q={NAME}").content.decode()
        assert page.count(f'name="code" value="{SAMPLE}"') == 1


COMPARE = "/p/99/2026/compare/"


class TestComparing:
    def test_the_officer_reads_it_beside_national_statistics(self, officer):
        bring_in(officer)

        page = officer.get(f"{COMPARE}?indicator={SAMPLE}").content.decode()

        assert NAME in page
        assert "62.5" in page
        assert TITLE in page
        assert f'value="{SAMPLE}"' in officer.get(COMPARE).content.decode()

    def test_its_trend_begins_where_its_counting_changed(self, officer):
        prefecture = Prefecture.objects.get(code="99")
        with within_prefecture(prefecture):
            PrefectureDefinitionVersion.objects.create(
                key="version-1",
                definition=PrefectureDefinition.objects.get(key=SAMPLE),
                fiscal_year=2024,
                what_changed="回答のない病院を除くことにした",
                is_break=True,
            )
        bring_in(officer)
        bring_in(officer, WIDE.replace("62.5", "11.5"), **{"year-3": "令和5年度"})

        page = officer.get(f"{COMPARE}?indicator={SAMPLE}&view=multiples").content.decode()

        assert "回答のない病院を除くことにした" in page
        assert "11.5" not in page

    def test_before_a_change_of_words_alone_the_years_stay(self, officer):
        """The negative control."""
        bring_in(officer)
        bring_in(officer, WIDE.replace("62.5", "11.5"), **{"year-3": "令和5年度"})

        page = officer.get(f"{COMPARE}?indicator={SAMPLE}&view=multiples").content.decode()

        assert "11.5" in page

    def test_what_was_submitted_is_told_once(self, officer):
        bring_in(officer)

        page = officer.get(f"{COMPARE}?origin=submitted").content.decode()

        assert page.count(f'value="{SAMPLE}"') == 1
        assert "62.5" not in page

    @pytest.mark.parametrize("asked", [f"?scene=&indicator={SAMPLE}", "?scene=common"])
    def test_a_town_reads_it_among_the_statistics_beside_its_own(self, officer, as_editor, asked):
        take_over(as_editor)
        bring_in(officer)

        for page in ("compare/", "compare/table.xlsx"):
            response = as_editor.get(f"/m/{world.OURS}/{world.YEAR}/{page}{asked}")
            assert response.status_code == 200
        assert (
            NAME in as_editor.get(f"/m/{world.OURS}/{world.YEAR}/compare/{asked}").content.decode()
        )

    def test_small_numbers_behind_a_rate_make_it_a_reference(self, officer):
        def references(parts):
            bring_in(officer, LONG.replace("62.5,5,8", parts), **OF_ROWS)
            return officer.get(f"{COMPARE}?indicator={SAMPLE}").content.decode().count("参考値")

        many = references("62.5,500,800")

        assert references("100,1,1") > many

    def test_another_prefecture_does_not(self, officer, sign_in):
        bring_in(officer)

        page = sign_in("other-officer").get(f"/p/98/2026/compare/?indicator={SAMPLE}")

        assert NAME not in page.content.decode()
