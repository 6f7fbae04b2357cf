"""What is proposed for a file: known layouts found again, and tables nobody has seen before."""

import io
from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import Workbook

from indicators.choices import CodeForm, ColumnRole, SignMeaning, TableForm
from indicators.intake.detecting import detecting, headings, remembering
from indicators.intake.layouts.layout import Column, Layout, Signs
from indicators.intake.sheets import book
from tests.indicators.intake import statistics_samples as files
from tests.indicators.intake.statistics_samples import definitions, layouts, proposed


def csv_book(*lines, name="表.csv"):
    return book.read("\n".join(lines).encode(), file_name=name)


def workbook(sheets):
    file, made = io.BytesIO(), Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(file)
    return book.read(file.getvalue())


def guess(*lines, name="表.csv", known=()):
    return detecting.propose(csv_book(*lines, name=name), name, known, definitions())


def taken(layout):
    return [
        (one.number, one.role, one.indicator, one.fiscal_year)
        for one in layout.columns
        if one.role != ColumnRole.SKIPPED
    ]


class TestYears:
    @pytest.mark.parametrize(
        ("text", "year"),
        [
            ("令和5年度", 2023),
            ("令和元年度", 2019),
            ("R5", 2023),
            ("Ｒ５年", 2023),
            ("H30年度", 2018),
            ("2023", 2023),
            ("2023年", 2023),
            ("令和５（２０２３）年１０月１日", 2023),
            ("令和7年1月1日", 2024),
            ("令和5年3月末", 2022),
            ("R5/3末", 2022),
            ("2023年度（令和5年度）", 2023),
            ("令和5年度（令和7年12月公表）", 2023),
            ("2019～2023", None),
            ("2019-2023", None),
            ("2023-03-31", 2022),
            ("2023-10-01", 2023),
            ("R01100", None),
            ("H5507", None),
            ("12023", None),
            ("K3-c", None),
        ],
    )
    def test_a_heading_tells_one_fiscal_year_or_none(self, text, year):
        assert headings.year_in([text]) == year

    def test_merged_headings_reach_to_the_right_under_their_own_heading_only(self):
        rows = [
            ("", "総数", "医療保険", "", "介護保険", ""),
            ("", "", "往診", "", "総数", "訪問看護"),
            ("", "", "施設数", "件数", "施設数", ""),
        ]

        found = [head.text for head in headings.headings(rows, 1)]

        assert found == [
            "",
            "総数",
            "医療保険 往診 施設数",
            "医療保険 往診 件数",
            "介護保険 総数 施設数",
            "介護保険 訪問看護",
        ]

    @pytest.mark.parametrize(
        ("text", "factor"), [("人口（千人）", 1000), ("単位：万人", 10_000), ("千人計画", 1)]
    )
    def test_a_unit_of_thousands_is_seen(self, text, factor):
        assert headings.factor_in([text]) == factor


class TestUnknownFiles:
    @pytest.mark.parametrize(
        ("name", "rows", "form", "columns", "year"),
        [
            (files.T107, (4, 6, 9), CodeForm.NAME, (1, 0), 2023),
            (files.T108, (3, 4, 6), CodeForm.NAME, (1, 0), 2023),
            (files.SSDSE, (1, 3, 4), CodeForm.PREFIXED, (1, 2), 2026),
            (files.REGISTER, (2, 3, 4), CodeForm.SIX, (1, 2), 2024),
        ],
    )
    def test_the_real_files_are_seen_through_without_a_layout(
        self, name, rows, form, columns, year
    ):
        _, found = proposed(name, known=[])

        assert (found.heading_from, found.heading_to, found.first_row) == rows
        assert (found.code_form, found.place_column, found.prefecture_column) == (form, *columns)
        assert found.fiscal_year == year
        assert found.code == ""

    def test_columns_are_named_by_code_name_and_code_of_another_system(self):
        found = guess(
            "団体コード,団体名,令和5年度 出生数,deaths 2022,Ｋ３－ｃ,高齢化率（65歳以上）,謎の数,2023",
            "082015,水戸市,1,2,3,4,5,6",
            "082023,日立市,1,2,3,4,5,6",
        )

        assert taken(found) == [
            (3, "value", "births", 2023),
            (4, "value", "deaths", 2022),
            (5, "value", "home_visit_nursing_stations", None),
            (6, "value", "aging_rate_65", None),
        ]
        assert [one.heading for one in found.columns][1] == "団体名"

    def test_a_code_may_stand_in_a_row_of_its_own(self):
        found = guess(
            "一覧表",
            "コード,deaths,K3-c,出生数,",
            ",令和4年度,2023,令和5年度（千人）,令和6年度",
            "08201,1,2,3,4",
            "08202,1,2,3,4",
        )

        assert taken(found) == [
            (2, "value", "deaths", 2022),
            (3, "value", "home_visit_nursing_stations", 2023),
            (4, "value", "births", 2023),
            (5, "value", "births", 2024),
        ]
        assert found.code_form == CodeForm.FIVE
        assert [one.factor for one in found.columns][3] == Decimal(1000)

    def test_two_columns_of_the_same_indicator_and_year_are_left_to_people(self):
        found = guess(
            "コード,出生数,deaths,出生数,2023年度 出生数", "082015,1,2,3,4", "082023,1,2,3,4"
        )

        assert taken(found) == [(3, "value", "deaths", None), (5, "value", "births", 2023)]

    def test_parts_of_a_rate_are_seen_below_its_name(self):
        found = guess("コード,高齢化率（65歳以上）,", ",分子,分母", "082015,1,2", "082023,1,2")

        assert [role for _, role, _, _ in taken(found)] == ["numerator", "denominator"]

    def test_under_the_name_of_its_kind_a_heading_is_what_it_says_itself(self):
        found = guess(
            "コード,人口,,死亡",
            ",65歳以上人口（令和6年度）,75歳以上人口（令和6年度）,死亡数（令和6年度）",
            "082015,1,2,3",
            "082023,1,2,3",
        )

        assert [code for _, _, code, _ in taken(found)] == [
            "population_65plus",
            "population_75plus",
            "deaths",
        ]

    def test_parts_without_a_name_belong_to_the_only_value(self):
        rows = ("082015,50,1,2", "082023,25,1,4")
        found = guess("コード,高齢化率（65歳以上）（令和6年度）,分子,分母", *rows)

        assert taken(found) == [
            (2, "value", "aging_rate_65", 2024),
            (3, "numerator", "aging_rate_65", 2024),
            (4, "denominator", "aging_rate_65", 2024),
        ]
        # Of two values nobody knows which is meant.
        two = guess(
            "コード,高齢化率（65歳以上）,出生数,分子,分母", "082015,50,9,1,2", "082023,25,9,1,4"
        )
        assert {role for _, role, _, _ in taken(two)} == {"value"}

    @pytest.mark.parametrize(
        ("above", "below"),
        [
            ("自宅死の割合（分子）", "自宅死の割合（分母）"),
            ("自宅死の割合の分子", "自宅死の割合の分母"),
            ("自宅死の割合（分子：自宅での死亡数）", "自宅死の割合（分母：全死亡数）"),
            ("自宅死の割合　分子", "自宅死の割合　分母"),
            ("自宅死の割合：分子（人）", "自宅死の割合：分母（人）"),
            ("自宅死の割合［分子］（令和6年度）", "自宅死の割合［分母］（令和6年度）"),
            ("home_death_rate分子", "home_death_rate分母"),
        ],
    )
    def test_parts_that_name_their_rate_belong_to_it_among_several(self, above, below):
        found = guess(
            f"コード,自宅死の割合（令和6年度）,{above},{below},高齢化率（65歳以上）（令和6年度）,出生数（令和6年度）",
            "082015,50,1,2,30,9",
            "082023,25,1,4,31,8",
        )

        assert taken(found) == [
            (2, "value", "home_death_rate", 2024),
            (3, "numerator", "home_death_rate", 2024),
            (4, "denominator", "home_death_rate", 2024),
            (5, "value", "aging_rate_65", 2024),
            (6, "value", "births", 2024),
        ]
        assert found.columns[2].heading == above.replace("　", " ")

    def test_parts_that_name_a_rate_are_enough_without_it(self):
        found = guess(
            "コード,高齢化率（65歳以上）（分子）,高齢化率（65歳以上）（分母）,出生数",
            "082015,1,2,9",
            "082023,1,4,8",
        )

        assert [(role, code) for _, role, code, _ in taken(found)] == [
            ("numerator", "aging_rate_65"),
            ("denominator", "aging_rate_65"),
            ("value", "births"),
        ]

    def test_parts_without_a_year_belong_to_no_year_where_there_are_several(self):
        found = guess(
            "コード,自宅死の割合（令和5年度）,自宅死の割合（令和6年度）,自宅死の割合（分子）",
            "082015,50,51,2",
            "082023,25,26,4",
        )

        assert taken(found)[-1] == (4, "numerator", "home_death_rate", None)

    def test_a_count_has_no_parts(self):
        found = guess("コード,出生数,出生数（分子）,死亡数の分母", "082015,9,1,2", "082023,8,1,4")

        assert [code for _, _, code, _ in taken(found)] == ["births"]

    def test_the_long_format_is_seen_in_either_language(self):
        for head in (
            "municipality_code,indicator,fiscal_year,value,numerator,denominator,state",
            "自治体コード,指標,年度,値,分子,分母,値の状態",
        ):
            found = guess(head, "082015,births,2023,5,,,", "082015,deaths,2023,5,,,")
            assert found.form == TableForm.LONG
            assert [role for _, role, _, _ in taken(found)] == [
                "indicator",
                "year",
                "value",
                "numerator",
                "denominator",
                "state",
            ]

    @pytest.mark.parametrize(
        ("words", "role"),
        [
            (("確定", "速報"), "finality"),
            (("秘匿", ""), "state"),
            (("不詳", "秘匿"), "state"),
            (("確定", "秘匿"), ""),
            (("確定", "済み"), ""),
        ],
    )
    def test_what_is_called_state_is_what_its_words_say(self, words, role):
        found = guess(
            "自治体コード,指標,年度,値,状態", *(f"082015,births,2023,,{word}" for word in words)
        )

        assert found.columns[4].role == (role or "skipped")

    def test_a_column_of_years_is_one_only_where_years_stand_in_it(self):
        rows = ["082015,2023,5", "082023,令和5年度,6"]
        assert taken(guess("コード,年度,出生数", *rows))[0] == (2, "year", "", None)
        assert taken(guess("コード,年度,出生数", "082015,総数,5", "082023,総数,6")) == [
            (3, "value", "births", None)
        ]

    def test_codes_that_all_have_lost_their_zero_are_not_taken_for_codes_of_five(self):
        found = guess("コード,出生数", "12203,5", "11002,6", "82015,7")

        assert found.code_form == CodeForm.SIX

    def test_five_digit_numbers_are_no_codes(self):
        found = guess("市,人口", "水戸市,27068", "日立市,17450", "土浦市,14207")

        assert (found.place_column, found.code_form) == (1, CodeForm.NAME)

    def test_a_file_without_places_is_shown_with_its_columns(self):
        found = guess("氏名,電話", "あ,い")

        assert taken(found) == []
        assert [one.heading for one in found.columns] == ["氏名", "電話"]

    def test_empty_and_narrow_files_do_no_harm(self):
        for lines in (["1"], ["", "", "水戸市"], ["082015,1"]):
            assert isinstance(guess(*lines), Layout)


class TestMieruka:
    """No real workbook is at hand: these are made by the notes on it."""

    ROWS = (
        ["出力日:2025/11/01"],
        [],
        ["（％）", "令和3年度", "令和4年度", "令和5年度"],
        ["全国", 18.9, 19.0, 19.4],
        ["茨城県", 15.4, "-", 15.9],
        ["水戸市", 17.0, 17.3, "***"],
    )

    def read(self, name):
        made = workbook({"グラフ": [["図"]], "表形式１": self.ROWS})
        layout = detecting.propose(made, name, layouts(), definitions())
        return files.extract(detecting.sheet_of(made, layout).rows, layout), layout

    @pytest.mark.parametrize("again", ["", "(1)", " (2)", "（1）"])
    def test_the_name_of_the_file_tells_the_indicator(self, again):
        found, layout = self.read(f"B4-a_要介護認定率_時系列{again}.xlsx")

        assert layout.code == "mieruka-years"
        assert layout.signs.dash == SignMeaning.UNKNOWN
        assert found.refused == []
        assert {cell.indicator for cell in found.values} == {"ltc_certification_rate_no1"}
        assert [
            (cell.fiscal_year, cell.state) for cell in found.values if cell.code == "082015"
        ] == [
            (2021, "value"),
            (2022, "value"),
            (2023, "unknown"),
        ]

    def test_a_code_of_several_indicators_is_left_to_people(self):
        found, layout = self.read("δ1-c_加算算定率_2023_地域別.xlsx")

        assert layout.code == "mieruka-areas"
        assert found.values == []


class TestKnownFiles:
    def test_each_real_file_has_its_layout_whatever_it_is_called(self):
        for name, code in (
            (files.T107, "medical-facilities-home-care"),
            (files.T108, "medical-facilities-support-clinics"),
            (files.SSDSE, "ssdse-a"),
            (files.REGISTER, "resident-register-by-age"),
        ):
            _, found = proposed(name, file_name="データ (3).csv")
            assert found.code == code

    def test_a_file_of_another_kind_has_none(self):
        assert guess("コード,出生数", "082015,1", known=layouts()).code == ""

    def test_our_own_export_is_known(self):
        head = "municipality_code,indicator,fiscal_year,value,numerator,denominator,state"
        found = guess(
            f"{head},finality,as_of,source,note", "082015,births,2023,5,,,,,,,", known=layouts()
        )

        assert (found.code, found.form) == ("long-format", TableForm.LONG)

    LAST_YEAR = Layout(
        code="kept",
        name="県の調査",
        title="県の調査（令和5年度）",
        marks="訪問診療所",
        heading_from=2,
        heading_to=2,
        first_row=3,
        code_form=CodeForm.SIX,
        place_column=1,
        fiscal_year=2023,
        signs=Signs(dash=SignMeaning.ZERO),
        columns=(
            Column(1, "団体コード"),
            Column(2, "訪問診療所", "value", "home_visit_clinics"),
            Column(3, "令和5年度出生", "value", "births", 2023),
            Column(4, "看取り", "value", "home_end_of_life_clinics", 2023),
        ),
    )

    def test_moved_columns_rows_and_years_are_found_again(self):
        found = guess(
            "県の調査（令和6年度）",
            "注：暫定値",
            "看取り,市町村,団体コード,令和6年度出生,新しい列,訪問診療所",
            "1,水戸市,082015,2,9,3",
            "4,日立市,082023,5,9,6",
            known=[self.LAST_YEAR],
        )

        assert (found.code, found.place_column) == ("kept", 3)
        assert (found.heading_from, found.heading_to, found.first_row) == (3, 3, 4)
        assert (found.fiscal_year, found.signs.dash) == (2024, SignMeaning.ZERO)
        assert taken(found) == [
            (1, "value", "home_end_of_life_clinics", None),
            (4, "value", "births", 2024),
            (6, "value", "home_visit_clinics", None),
        ]
        assert [one.heading for one in found.columns][4] == "新しい列"

    def test_a_year_set_by_hand_is_kept_for_the_same_year_alone(self):
        head, row = "団体コード,訪問診療所,{}出生,看取り", "082015,1,2,3"
        same = guess("令和5年度", head.format("令和5年度"), row, known=[self.LAST_YEAR])
        other = guess("令和6年度", head.format("令和6年度"), row, known=[self.LAST_YEAR])
        silent = guess("調査", head.format(""), row, known=[self.LAST_YEAR])

        assert [taken(one)[-1][-1] for one in (same, other, silent)] == [2023, None, None]
        assert [one.fiscal_year for one in (same, other, silent)] == [2023, 2024, None]

    def test_a_year_that_was_corrected_by_hand_stays_corrected(self):
        columns = (Column(1, "団体コード"), Column(2, "2023年 出生数", "value", "births", 2022))
        corrected = replace(self.LAST_YEAR, marks="出生数", columns=columns)

        same = guess("令和5年度", "団体コード,2023年 出生数", "082015,1", known=[corrected])
        next_year = guess("令和6年度", "団体コード,2024年 出生数", "082015,1", known=[corrected])

        assert [taken(one)[0][-1] for one in (same, next_year)] == [2022, 2024]

    def test_a_column_that_is_gone_is_not_replaced_by_its_neighbour(self):
        found = guess(
            "調査", "団体コード,訪問診療所,別の数,看取り", "082015,1,2,3", known=[self.LAST_YEAR]
        )

        assert [number for number, *_ in taken(found)] == [2, 4]

    def test_columns_without_headings_are_known_by_their_number(self):
        bare = replace(
            self.LAST_YEAR,
            heading_from=1,
            heading_to=1,
            first_row=2,
            columns=(Column(2, "", "value", "births", None),),
        )

        found = guess("訪問診療所", "082015,5", "082023,6", known=[bare])

        assert taken(found) == [(2, "value", "births", None)]

    def test_the_layout_that_says_most_is_taken(self):
        vague = replace(self.LAST_YEAR, code="vague", marks="コード")
        head = ["令和5年度", "団体コード,訪問診療所,看取り", "082015,1,2"]

        assert guess(*head, known=[vague, self.LAST_YEAR]).code == "kept"
        assert guess(*head, known=[replace(vague, marks="団体コード、ない言葉")]).code == ""

    @pytest.mark.parametrize("pattern", ["(a+)+$", "(", "a*a*a*a*b", "(?=x)"])
    def test_a_pattern_that_could_hang_or_is_none_knows_no_file(self, pattern):
        layout = Layout(code="kept", file_pattern=pattern)

        assert guess("コード", "082015", name=f"{'a' * 200}x.csv", known=[layout]).code == ""

    def test_a_sheet_is_found_by_the_beginning_of_its_name(self):
        rows = [["団体コード", "出生数"], ["082015", 5], ["082023", 6]]
        made = workbook({"説明": [["読んでください"]], "R5年": rows, "R6年": rows})

        assert detecting.sheet_of(made, Layout(sheet="Ｒ６")).name == "R6年"
        found = detecting.propose(made, "x.xlsx", [], definitions())
        assert detecting.sheet_of(made, found).name == "R5年"
        assert found.fiscal_year == 2023


class TestALayoutKnownByItsPlaces:
    """Its marks are headings of places alone, as those of many statistics: its values have to be there too."""

    KEPT = Layout(
        code="file-1",
        name="在宅療養",
        title="令和7年度 在宅療養の状況（見本県調べ）",
        publisher="見本県",
        marks="団体コード、市町村名",
        heading_from=2,
        heading_to=2,
        first_row=3,
        code_form=CodeForm.SIX,
        fiscal_year=2025,
        signs=Signs(dash=SignMeaning.ZERO),
        columns=(
            Column(1, "団体コード"),
            Column(2, "市町村名"),
            Column(3, "在宅患者数（65歳以上）"),
            Column(4, "診療所数（R7）", "value", "home_visit_clinics", 2025),
            Column(5, "病院数（R7）", "value", "home_visit_hospitals", 2025),
            Column(6, "ステーション数（R7）", "value", "home_visit_nursing_stations", 2025),
        ),
    )
    VALUES = "診療所数（R8）,病院数（R8）,ステーション数（R8）"
    # The title of the year before, with the year of this file.
    RENEWED = KEPT.title.replace("令和7", "令和8")

    def found(self, title, headings, known=KEPT):
        row = ",".join(["990019", "見本市", *["1"] * headings.count(","), "1"])
        return guess(
            title, f"団体コード,市町村名,{headings}", row, row.replace("19", "27"), known=[known]
        )

    def test_another_statistic_of_the_same_places_is_none_of_it(self):
        found = self.found("見本県 看取りの集計 令和3年度", "在宅看取り数,施設看取り数")

        assert (found.code, found.publisher, found.signs) == ("", "", Signs())
        assert (found.title, found.fiscal_year) == ("見本県 看取りの集計 令和3年度", 2021)
        assert taken(found) == taken(
            guess(
                "見本県 看取りの集計 令和3年度",
                "団体コード,市町村名,在宅看取り数,施設看取り数",
                "990019,見本市,1,1",
                "990027,見本町,1,1",
            )
        )
        assert [one.role for one in found.columns] == ["skipped", "skipped", "value", "value"]

    def test_the_same_statistic_of_the_next_year_is(self):
        found = self.found(
            "令和8年度 在宅療養の状況（見本県調べ）", f"在宅患者数（65歳以上）,{self.VALUES}"
        )

        assert (found.code, found.title) == ("file-1", self.RENEWED)
        assert (found.publisher, found.signs.dash) == ("見本県", SignMeaning.ZERO)
        assert found.fiscal_year == 2026
        assert taken(found) == [
            (4, "value", "home_visit_clinics", 2026),
            (5, "value", "home_visit_hospitals", 2026),
            (6, "value", "home_visit_nursing_stations", 2026),
        ]

    @pytest.mark.parametrize(
        ("headings", "code"),
        [
            ("診療所数（R8）,病院数（R8）,別の数", "file-1"),
            ("診療所数（R8）,別の数,また別の数", ""),
            ("在宅患者数（65歳以上）,別の数", ""),
        ],
    )
    def test_half_of_its_values_have_to_be_there(self, headings, code):
        assert self.found("在宅療養の状況", headings).code == code

    def test_without_values_under_headings_places_alone_are_not_enough(self):
        bare = replace(
            self.KEPT, columns=(*self.KEPT.columns[:2], Column(3, "", "value", "births"))
        )

        assert self.found("在宅療養の状況", "別の数", known=bare).code == ""

    def test_of_two_layouts_with_the_same_marks_that_of_more_values_is_taken(self):
        other = replace(self.KEPT, code="file-0", columns=self.KEPT.columns[:5])
        head = f"団体コード,市町村名,{self.VALUES}"

        found = guess("調査", head, "990019,見本市,1,2,3", known=[other, self.KEPT])

        assert found.code == "file-1"

    @pytest.mark.parametrize(
        ("line", "title"),
        [
            ("令和8年度 施設療養の集計", "令和8年度 施設療養の集計"),
            ("見本県", RENEWED),
            ("在宅療養の状況", RENEWED),
            ("第2表 令和8年度 在宅療養の状況（見本県調べ）", RENEWED),
            ("（単位：人）", RENEWED),
            ("注1）暫定値です。", RENEWED),
            ("※ 出典：見本県", RENEWED),
            ("令和8年10月1日現在", RENEWED),
            ("", RENEWED),
        ],
    )
    def test_another_title_above_the_table_is_the_title_of_the_file(self, line, title):
        found = self.found(line, self.VALUES)

        assert (found.code, found.title) == ("file-1", title)

    TYPED = replace(
        KEPT, title="県の在宅医療調べ（令和７年度）", title_above="在宅療養の状況 令和7年度"
    )

    @pytest.mark.parametrize(
        ("line", "title"),
        [
            ("在宅療養の状況 令和8年度", "県の在宅医療調べ（令和８年度）"),
            ("施設療養の集計 令和8年度", "施設療養の集計 令和8年度"),
            ("", "県の在宅医療調べ（令和８年度）"),
        ],
    )
    def test_a_title_that_people_have_typed_stays_above_the_same_statistic(self, line, title):
        found = self.found(line, self.VALUES, known=self.TYPED)

        assert (found.code, found.title, found.title_above) == ("file-1", title, line)

    @pytest.mark.parametrize(
        ("title", "before", "now", "renewed"),
        [
            ("調査（令和元年度）", 2019, 2020, "調査（令和2年度）"),
            ("調査R6（2024年度）", 2024, 2026, "調査R8（2026年度）"),
            ("人口（令和7年1月1日）", 2024, 2025, "人口（令和8年1月1日）"),
            ("調査", 2024, 2025, "調査"),
            (
                "第5次計画の調査（令和4年度に改正）",
                2024,
                2025,
                "第5次計画の調査（令和4年度に改正）",
            ),
            ("調査（令和6年度）", None, 2025, "調査（令和6年度）"),
            ("調査（令和6年度）", 2024, None, "調査（令和6年度）"),
            ("2023・2024年度の調査", 2024, 2025, "2024・2025年度の調査"),
        ],
    )
    def test_a_year_in_a_title_is_renewed_where_it_was_the_one_of_the_file(
        self, title, before, now, renewed
    ):
        assert remembering.renewed(title, before, now) == renewed

    def test_columns_it_does_not_know_are_guessed_and_those_it_leaves_out_stay_out(self):
        left_out = replace(
            self.KEPT,
            columns=(*self.KEPT.columns, Column(7, "死亡数"), Column(8, "令和7年度 出生数")),
        )
        new = "人口（令和8年度）,home_visit_clinics"

        found = self.found(
            "在宅療養の状況 令和8年度", f"{self.VALUES},{new},死亡数", known=left_out
        )

        assert taken(found)[3:] == [(6, "value", "population_total", 2026)]


class TestTheNameOfTheStatistic:
    """What stands as the source of every value that the file brings."""

    ROW = "municipality_code,indicator,fiscal_year,value,numerator,denominator,state,finality,as_of,source,note"

    def named(self, *lines, name="送付用.csv", known=None):
        return guess(*lines, name=name, known=layouts() if known is None else known).title

    def test_is_that_of_the_layout_whatever_the_file_is_called(self):
        _, found = proposed(files.REGISTER, file_name="新しいファイル(3).xlsx")

        assert found.title.startswith("住民基本台帳に基づく人口")

    def test_is_the_one_source_that_the_rows_name(self):
        lines = [f"990019,births,2024,{n},,,,,,人口動態統計," for n in (5, 6)]

        assert self.named(self.ROW, *lines) == "人口動態統計"

    def test_is_the_name_of_the_file_where_the_rows_name_several(self):
        lines = [f"990019,births,2024,5,,,,,,{source}," for source in ("甲調査", "乙調査")]

        assert self.named(self.ROW, *lines) == "送付用"

    def test_is_the_title_above_the_table(self):
        lines = ("出生数の調査結果", "団体コード,出生数", "082015,5", "012203,6")

        assert self.named(*lines, known=()) == "出生数の調査結果"


def test_a_year_in_brackets_behind_a_name_hides_the_indicator_nowhere():
    found = guess("団体コード,出生数（令和6年度）,死亡数[R5]", "082015,5,7", "012203,6,8")

    assert taken(found) == [(2, "value", "births", 2024), (3, "value", "deaths", 2023)]
