"""Files that no one had at hand, built as others describe them: rows, axes and item numbers, with figures of our own."""

import io
from decimal import Decimal

import pytest
from openpyxl import Workbook

from indicators.intake.detecting import detecting
from indicators.intake.sheets import book
from tests.indicators.intake import statistics_samples as files

TOWNS = (("北海道", "士別市", 1220), ("茨城県", "水戸市", 8201), ("茨城県", "日立市", 8202))
CERTIFIED = "ltc_certification_rate_no1"


def workbook_of(name, sheets):
    made, file = Workbook(), io.BytesIO()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made.save(file)
    return book.read(file.getvalue(), file_name=name)


def taken(name, **sheets):
    """Return what is taken out of a workbook of these sheets by what is proposed, and its layout."""
    read = workbook_of(name, sheets)
    layout = detecting.propose(read, name, files.layouts(), files.definitions())
    found = files.extract(detecting.sheet_of(read, layout).rows, layout)
    assert found.refused == []
    values = {(c.code, c.indicator, c.fiscal_year): c.value for c in found.values}
    return values, layout, read


def proposed_of(name, **sheets):
    """Return the layout that is proposed for a workbook."""
    return detecting.propose(workbook_of(name, sheets), name, files.layouts(), files.definitions())


class TestHomeCareByArea:
    """在宅医療にかかる地域別データ集: item numbers in the first row, days in the second, towns from the ninth on."""

    NAME = "001681907.xlsx"

    def sheet(self, march, october):
        items = range(1, 61)
        return [
            [None] * 7 + list(items),
            [None] * 4 + ["データ時点", None, None] + [march if n < 13 else october for n in items],
            *([None] * 7 + [f"見出し{n}" for n in items] for _ in range(4)),
            [None] * 4 + ["全国計", None, None] + [9000 + n for n in items],
            [
                None,
                "都道府県",
                "二次医療圏",
                "市区町村コード",
                "県",
                "市区町村",
                "区分",
                *["か所"] * 60,
            ],
            *(
                [None, code // 100, 801, code, pref, town, "市", *items]
                for pref, town, code in TOWNS
            ),
        ]

    def test_is_taken_by_its_item_numbers_though_its_codes_have_lost_their_zeros(self):
        values, layout, _ = taken(
            self.NAME,
            はじめに=[["在宅医療にかかる地域別データ集"]],
            R５年=self.sheet("令和5年3月31日", "令和5年10月1日"),
        )

        assert (layout.code, layout.title) == (
            "home-care-by-area",
            "在宅医療にかかる地域別データ集",
        )
        assert values["012203", "home_visit_clinics", 2023] == 19
        assert values["082015", "home_end_of_life_clinics", 2023] == 43
        # A day in March is of the fiscal year before.
        assert values["082023", "home_care_support_clinics", 2022] == 9
        assert len(values) == 15 * len(TOWNS)

    def test_takes_nothing_where_the_numbers_are_not_there(self):
        rows = self.sheet("令和5年3月31日", "令和5年10月1日")[1:]

        values, layout, _ = taken(self.NAME, R５年=rows)

        assert not values
        assert layout.code == "home-care-by-area"


class TestMieruka:
    """見える化システム: a place and a series in a row, or places side by side; empty axes are called 「行1」「列1」."""

    TIMES = (None, "行1", "行2", "令和5年\n3月末", "令和6年\n3月末")

    def by_years(self, *series):
        rows = [["出力日:2026/09/01"], [None, None, None, "列1", "列2"], list(self.TIMES)]
        rows += [[None, town, name, 1, 2] for _, town, _ in TOWNS for name in series]
        return {"グラフ": [["図"]], "表形式_1": rows}

    def test_of_several_series_the_total_is_taken(self):
        values, layout, _ = taken(
            "B4-a_認定率（要介護度別）_時系列.xlsx",
            **self.by_years("認定率（要支援１）", "合計認定率"),
        )

        assert layout.code == "mieruka-years"
        assert values["082015", CERTIFIED, 2022] == 1
        assert len(values) == 2 * len(TOWNS)

    def test_the_only_series_is_taken_whatever_it_is_called(self):
        values, _, _ = taken("B4-a_認定率_時系列 (1).xlsx", **self.by_years("認定率の値"))

        assert values["082023", CERTIFIED, 2023] == 2

    def test_places_side_by_side_become_rows(self):
        rows = [
            ["出力日:2026/09/01"],
            [None, None, "行2", "水戸市", "日立市", "茨城県", "全国"],
            [None, "合計認定率", None, 18.1, 17.2, 16, 19],
            [None, "認定率（要支援１）", None, 2, 2, 2, 2],
        ]

        values, layout, read = taken("B4-a_認定率（要介護度別）_2026_地域別.xlsx", 表形式_1=rows)

        assert layout.code == "mieruka-areas"
        assert values["082015", CERTIFIED, 2026] == Decimal("18.1")
        assert values["08", CERTIFIED, 2026] == 16
        assert "地域が横に並ぶ表を、縦に直しました" in read.described
        assert {indicator for _, indicator, _ in values} == {CERTIFIED}

    def test_of_two_totals_the_one_that_the_file_is_named_after_is_taken(self):
        """A real 認定率 holds the people too, whose sum is called 合計 as well."""
        values, _, read = taken(
            "B4-a_認定率（要介護度別）_時系列 (4).xlsx",
            **self.by_years(
                "合計認定率", "合計認定者数", *(f"認定率（要介護{n}）" for n in range(1, 18))
            ),
        )

        assert len(values) == 2 * len(TOWNS)
        assert "系列「合計認定率」の行だけを読みました" in read.described

    def test_side_by_side_too(self):
        rows = [
            ["出力日:2026/09/01"],
            [None, "行1", "列1", "水戸市", "日立市"],
            [None, "合計認定率", "（%）", 18.1, 17.2],
            [None, "合計認定者数", "（人）", 14000, 9000],
            [None, "第１号被保険者数", "（人）", 72000, 55000],
        ]

        values, _, _ = taken(
            "B4-a_認定率（要介護度別）_2025_地域別.xlsx", **{"表形式（地域別）": rows}
        )

        assert values == {
            ("082015", CERTIFIED, 2025): Decimal("18.1"),
            ("082023", CERTIFIED, 2025): Decimal("17.2"),
            ("082015", "ltc_insured_no1", 2025): 72000,
            ("082023", "ltc_insured_no1", 2025): 55000,
        }

    def test_a_period_that_is_explained_is_its_year(self):
        rows = [
            ["出力日:2026/08/25"],
            [None, "行1", "行2", "行3", "R元", "R6（R7/2月サービス提供分まで）"],
            [
                None,
                "水戸市",
                "【注目する地域のみ】介護サービス自給率（訪問系）",
                "（%）",
                70.1,
                72.2,
            ],
            [None, "水戸市", "【注目する地域のみ】給付月額（訪問系）", "（円）", 1, 2],
        ]
        name = "δ2-a_介護サービス自給率（訪問系）［時系列］_時系列.xlsx"

        values, _, _ = taken(name, **{"表形式（時系列）": rows})

        indicator = "ltc_service_self_sufficiency_visit"
        assert values == {
            ("082015", indicator, 2019): Decimal("70.1"),
            ("082015", indicator, 2024): Decimal("72.2"),
        }

    @pytest.mark.parametrize(("variant", "count"), [("他地域と比較", 6), ("注目する地域のみ", 0)])
    def test_only_what_is_adjusted_to_the_standard_of_all_is_taken(self, variant, count):
        """The other variant of a 調整済み認定率 is not to be compared with other towns: nothing is chosen, and it is told."""
        series = ("合計調整済み認定率", "調整済み認定率（要支援1）")
        values, _, read = taken(
            "B5-a_調整済み認定率（要介護度別）_時系列 (7).xlsx",
            **self.by_years(*(f"【{variant}】{one}" for one in series)),
        )

        assert len(values) == count
        assert ("どれを読むか決まりません" in read.described) == (count == 0)

    NAME = "B4-a_認定率（要介護度別）_時系列.xlsx"
    DAY = ("出力日:2026/09/01",)

    def shaped(self, *rows):
        values, layout, _ = taken(self.NAME, **{"表形式（時系列）": [list(self.DAY), *rows]})
        return values, layout

    def each_town(self, *values):
        return [[None, town, *values] for _, town, _ in TOWNS]

    @pytest.mark.parametrize("titles", [[], [["認定率"]], [["認定率"], ["（単位：％）"], []]])
    def test_titles_above_may_be_many_or_none(self, titles):
        values, _ = self.shaped(
            *titles, [None, "行1", "行2", "令和5年", "令和6年"], *self.each_town("認定率", 18, 19)
        )

        assert values["082015", CERTIFIED, 2024] == 19
        assert len(values) == 2 * len(TOWNS)

    def test_years_may_stand_a_row_above_the_places_with_units_below(self):
        values, layout = self.shaped(
            [None, None, None, "令和5年", "令和6年"],
            [None, "地域", "系列", "（％）", "(%)"],
            *self.each_town("認定率", 18, 19),
        )

        assert {year for _, _, year in values} == {2023, 2024}
        assert (layout.heading_from, layout.heading_to) == (2, 3)

    @pytest.mark.parametrize("between", [1, 2])
    def test_empty_lines_may_part_the_years_from_the_places(self, between):
        values, layout = self.shaped(
            ["認定率"],
            [],
            [None, None, None, "令和5年", "R6(2024)年度"],
            *[[]] * between,
            [None, "地域", "系列", "（％）", "(%)"],
            [],
            *self.each_town("認定率", 18, 19),
        )

        assert {year for _, _, year in values} == {2023, 2024}
        assert (layout.heading_from, layout.heading_to) == (4, 5 + between)

    @pytest.mark.parametrize(
        "above",
        [
            ["令和7年度の認定率"],
            [None, None, None, "令和7年", "作成"],
            [None, None, "令和7年", "令和8年"],
        ],
    )
    def test_what_stands_above_an_empty_line_is_no_heading_of_headings_with_years(self, above):
        """The negative control."""
        values, layout = self.shaped(
            above,
            [],
            [None, "地域", "系列", "令和5年", "令和6年"],
            *self.each_town("認定率", 18, 19),
        )

        assert {year for _, _, year in values} == {2023, 2024}
        assert layout.heading_from == 4

    def test_a_year_over_several_numbers_gives_the_one_that_the_file_is_about(self):
        rows = [[None, town, 18 + n, n, 28 + n, n] for n, (_, town, _) in enumerate(TOWNS)]
        heads = [
            [None, "地域", "令和5年", None, "令和6年", None],
            [None, None, "認定率（％）", "順位", "認定率（％）", "順位"],
        ]
        values, _, _ = taken(
            "B4-a_認定率_時系列.xlsx", **{"表形式（時系列）": [list(self.DAY), *heads, *rows]}
        )

        assert {*values.values()} == {18, 19, 20, 28, 29, 30}
        assert {year for _, _, year in values} == {2023, 2024}

    def test_a_month_below_its_year_tells_the_fiscal_year_with_it(self):
        values, _ = self.shaped(
            [None, None, None, "令和5年", "令和6年"],
            [None, "行1", "行2", "3月末", "3月末"],
            *self.each_town("認定率", 18, 19),
        )

        assert values["082015", CERTIFIED, 2022] == 18
        assert {year for _, _, year in values} == {2022, 2023}

    def test_two_months_of_one_fiscal_year_are_left_to_people(self):
        """September of one year and March of the next are of the same fiscal year: nobody knows which is meant."""
        values, _ = self.shaped(
            [None, None, None, "令和5年", None, "令和6年", None],
            [None, "行1", "行2", "3月末", "9月末", "3月末", "9月末"],
            *self.each_town("認定率", 18, 18.5, 19, 19.5),
        )

        assert {year for _, _, year in values} == {2022, 2024}

    def test_a_place_merged_over_its_series_is_the_place_of_all_of_them(self):
        rows = [
            row
            for _, town, _ in TOWNS
            for row in (
                [None, town, "認定率（要支援１）", 2, 3],
                [None, None, "合計認定率", 18, 19],
            )
        ]
        values, _ = self.shaped([None, "行1", "行2", "令和5年", "令和6年"], *rows)

        assert set(values.values()) == {18, 19}
        assert len(values) == 2 * len(TOWNS)

    def test_a_note_below_the_table_belongs_to_no_place(self):
        """The negative control of merged places."""
        values, _ = self.shaped(
            [None, "行1", "行2", "令和5年"],
            *self.each_town("認定率", 18),
            [None, None, "（出典）介護保険事業状況報告"],
        )

        assert len(values) == len(TOWNS)

    def test_prefectures_may_stand_before_the_towns(self):
        rows = [[None, prefecture, town, "認定率", 18, 19] for prefecture, town, _ in TOWNS]
        values, layout = self.shaped(
            [None, "都道府県", "市町村", "系列", "令和5年", "令和6年"], *rows
        )

        assert (layout.prefecture_column, layout.place_column) == (2, 3)
        assert len(values) == 2 * len(TOWNS)

    def towns_down(self, *above):
        rows = [*above, [], ["地域", "認定率"], *([town, 18] for _, town, _ in TOWNS)]
        return {"表形式_1": rows}

    @pytest.mark.parametrize(
        ("name", "year"),
        [
            ("B4-a_認定率_令和5年_地域別.xlsx", 2023),
            ("B4-a_認定率_2023_地域別.xlsx", 2023),
            ("B4-a_認定率_地域別.xlsx", None),
        ],
    )
    @pytest.mark.parametrize(
        "made_on", [["出力日:2026/05/01"], ["出力日：２０２６年５月１日"], ["出力日", "2026/05/01"]]
    )
    def test_the_day_of_output_is_never_the_year(self, name, year, made_on):
        """The name of the file tells it; where it does not either, the officer is asked."""
        layout = proposed_of(name, **self.towns_down(made_on))

        assert (layout.code, layout.fiscal_year) == ("mieruka-areas", year)

    def test_a_year_above_the_table_goes_before_the_name_of_the_file(self):
        """The negative control."""
        sheet = self.towns_down(["出力日:2026/05/01"], ["令和4年度の認定率"])

        assert proposed_of("B4-a_認定率_2023_地域別.xlsx", **sheet).fiscal_year == 2022

    @pytest.mark.parametrize("first", ["", "出力", "見出し"])
    def test_another_sheet_of_that_name_stays_as_it_is(self, first):
        rows = [[first], ["団体コード", "出生数（令和6年度）"], ["082015", 5], ["012203", 6]]

        _, _, read = taken("表.xlsx", 表形式=rows)

        assert read.sheets[0].rows[2] == ("082015", "5")
