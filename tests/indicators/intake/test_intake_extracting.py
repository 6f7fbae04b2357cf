"""From rows to values: signs, numbers, places, years, parts and doubles; and whose rows they are."""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.choices import CodeForm, PlaceKind, SignMeaning, TableForm, ValueState
from indicators.intake.extracting import extracting
from indicators.intake.layouts.layout import Column, Layout, Signs
from indicators.long_format import FORMULA
from tests.indicators.intake.statistics_samples import TOWNS, definitions, extract, places, table

BIRTHS = Column(2, "出生数", "value", "births", 2023)
WIDE = Layout(columns=(BIRTHS,))
BY_NAME = replace(WIDE, code_form=CodeForm.NAME)
LONG = Layout(
    form=TableForm.LONG,
    columns=(
        Column(2, "指標", "indicator"),
        Column(3, "年度", "year"),
        Column(4, "値", "value"),
        Column(5, "分子", "numerator"),
        Column(6, "分母", "denominator"),
        Column(7, "状態", "state"),
    ),
)


def cells(*lines, layout=WIDE, prefecture="", head="地域,値"):
    return extract(table(head, *lines), layout, prefecture)


def only(found):
    assert found.refused == []
    (cell,) = found.values
    return cell


def refusal(found):
    assert found.values == []
    (refused,) = found.refused
    return refused


class TestNumbers:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("1234", "1234"),
            ("１，２３４", "1234"),
            ("1,234.5", "1234.5"),
            ("▲5", "-5"),
            ("△ 1,000", "-1000"),
            ("-12", "-12"),
            ("－12", "-12"),
            ("１２．５", "12.5"),
            ("1234人", "1234"),
            ("0", "0"),
            ("0.00005", "0.0001"),
            ("2.00004999", "2"),
            ("  7　", "7"),
        ],
    )
    def test_numbers_are_read_as_offices_write_them(self, text, value):
        assert only(cells(f'082015,"{text}"')).value == Decimal(value)

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("八十", "算用数字"),
            ("3万", "「万」"),
            ("10～20", "1つだけ"),
            ("12か所", "単位が「人」と合いません"),
            ("123456789012", "桁が多すぎます"),
            ("1,23", "カンマ"),
            ("①", "算用数字"),
            (FORMULA, "値として貼り付け"),
        ],
    )
    def test_what_is_no_number_is_refused_with_what_to_do(self, text, words):
        refused = refusal(cells(f'082015,"{text}"'))

        assert (refused.row, refused.column) == (2, 2)
        assert words in refused.message
        assert refused.message.endswith("。")
        assert "\x00" not in refused.text

    def test_a_unit_of_thousands_is_multiplied(self):
        thousands = replace(WIDE, columns=(replace(BIRTHS, factor=Decimal(1000)),))

        assert only(cells("082015,12.3456", layout=thousands)).value == Decimal("12345.6")

    @settings(max_examples=200, deadline=None)
    @given(st.decimals(-(10**10), 10**10, allow_nan=False, places=9), st.booleans())
    def test_every_number_is_kept_to_four_digits_half_up(self, number, is_grouped):
        text = f"{number:,f}" if is_grouped else f"{number:f}"

        expected = number.quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)
        assert only(cells(f'082015,"{text}"')).value == expected


class TestSigns:
    SIGNS = Signs(
        dash=SignMeaning.ZERO,
        dots=SignMeaning.UNKNOWN,
        middle_dot=SignMeaning.NOT_APPLICABLE,
        star=SignMeaning.SUPPRESSED,
    )
    FAMILIES = (
        ("dash", ["-", "－", "‐", "ー", "―", "—", "–", "−", "‑", "--", "---"]),
        ("dots", ["…", "‥", "...", "..", "・・・", "N/A", "n/a", "NA"]),
        ("middle_dot", ["・", "･"]),
        ("star", ["x", "X", "ｘ", "Ｘ", "χ", "*", "**", "***", "＊"]),
    )

    @pytest.mark.parametrize("meaning", SignMeaning)
    @pytest.mark.parametrize(
        ("family", "text"), [(name, text) for name, texts in FAMILIES for text in texts]
    )
    def test_a_sign_means_what_its_source_says(self, family, text, meaning):
        layout = replace(WIDE, signs=replace(self.SIGNS, **{family: meaning}))

        found = cells(f"082015, {text} ", layout=layout)

        if meaning == SignMeaning.REFUSED:
            assert "様式の設定" in refusal(found).message
        elif meaning == SignMeaning.ZERO:
            assert (only(found).value, only(found).state) == (0, ValueState.VALUE)
        else:
            assert (only(found).value, only(found).state) == (None, meaning)

    def test_an_empty_cell_says_nothing_at_all(self):
        found = cells("082015,", "082023,　")

        assert (found.values, found.refused, found.rows) == ([], [], 0)

    @pytest.mark.parametrize(
        ("word", "state"),
        [("秘匿", ValueState.SUPPRESSED), ("不詳", ValueState.UNKNOWN)],
    )
    def test_words_say_what_is_missing(self, word, state):
        assert only(cells(f"082015,{word}")).state == state


class TestPlaces:
    @pytest.mark.parametrize(
        ("form", "text", "kind", "code"),
        [
            (CodeForm.SIX, "082015", PlaceKind.MUNICIPALITY, "082015"),
            (CodeForm.SIX, "０８２０１５", PlaceKind.MUNICIPALITY, "082015"),
            (CodeForm.SIX, "122033.0", PlaceKind.MUNICIPALITY, "122033"),
            (CodeForm.SIX, "011011", PlaceKind.WARD, "011011"),
            (CodeForm.SIX, "080004", PlaceKind.PREFECTURE, "08"),
            (CodeForm.SIX, "000000", PlaceKind.NATION, "JP"),
            (CodeForm.FIVE, "08201", PlaceKind.MUNICIPALITY, "082015"),
            (CodeForm.FIVE, "12203", PlaceKind.MUNICIPALITY, "122033"),
            (CodeForm.FIVE, "08000", PlaceKind.PREFECTURE, "08"),
            (CodeForm.FIVE, "00000", PlaceKind.NATION, "JP"),
            (CodeForm.PREFIXED, "R08201", PlaceKind.MUNICIPALITY, "082015"),
            (CodeForm.NAME, "水　戸　市", PlaceKind.MUNICIPALITY, "082015"),
            (CodeForm.NAME, "茨城県水戸市", PlaceKind.MUNICIPALITY, "082015"),
            (CodeForm.NAME, "茨　　　城", PlaceKind.PREFECTURE, "08"),
            (CodeForm.NAME, "京　　　都", PlaceKind.PREFECTURE, "26"),
            (CodeForm.NAME, "京都府", PlaceKind.PREFECTURE, "26"),
            (CodeForm.NAME, "北　海　道", PlaceKind.PREFECTURE, "01"),
            (CodeForm.NAME, "全　　　　　国", PlaceKind.NATION, "JP"),
        ],
    )
    def test_a_place_is_found_in_every_way_to_write_it(self, form, text, kind, code):
        cell = only(cells(f"{text},5", layout=replace(WIDE, code_form=form)))

        assert (cell.kind, cell.code) == (kind, code)

    @pytest.mark.parametrize(
        ("form", "text", "words"),
        [
            (CodeForm.SIX, "12203", "士別市（012203）"),
            (CodeForm.SIX, "82015", "水戸市（082015）"),
            (CodeForm.SIX, "8201", "水戸市（082015）"),
            (CodeForm.FIVE, "8201", "水戸市（082015）"),
            (CodeForm.SIX, "082031", "日立市（082023）"),
            (CodeForm.FIVE, "08203", "日立市（082023）"),
            (CodeForm.SIX, "082016", "検査数字"),
            (CodeForm.NAME, "府中市", "広島県の府中市（342084）"),
            (CodeForm.NAME, "常陸野市", "見つかりません"),
            (CodeForm.SIX, "", "どの地域の値か"),
        ],
    )
    def test_a_doubtful_place_is_asked_about_and_never_repaired(self, form, text, words):
        refused = refusal(cells(f"{text},5", layout=replace(WIDE, code_form=form)))

        assert (refused.row, refused.column, refused.text) == (2, 0, text)
        assert words in refused.message

    def test_a_column_whose_codes_have_lost_their_zeros_is_not_read_as_five_digits(self):
        five = replace(WIDE, code_form=CodeForm.FIVE)

        lost = cells("12203,5", "11002,9", layout=five)
        assert lost.values == []
        assert ["士別市" in one.message for one in lost.refused] == [True, False]
        assert "札幌市（011002）" in lost.refused[1].message
        whole = cells("12203,5", "08201,9", layout=five)
        assert [cell.code for cell in whole.values] == ["122033", "082015"]

    def test_rows_of_other_prefectures_are_counted_and_not_refused(self):
        lines = [
            "000000,1",
            "080004,2",
            "120006,3",
            "082015,4",
            "122033,5",
            "131008,6",
            "12203,7",
            "122034,8",
        ]

        found = cells(*lines, prefecture="08")

        assert [(cell.kind, cell.code) for cell in found.values] == [
            (PlaceKind.PREFECTURE, "08"),
            (PlaceKind.MUNICIPALITY, "082015"),
        ]
        assert (found.refused, found.elsewhere, found.rows) == ([], 6, 8)

    def test_a_name_that_is_only_elsewhere_is_not_asked_about(self):
        found = cells("府中市,1", "東京都の区部,2", "日立市,3", layout=BY_NAME, prefecture="08")

        assert [cell.code for cell in found.values] == ["082023"]
        assert (found.refused, found.elsewhere) == ([], 2)

    def test_the_prefecture_beside_a_name_tells_which_one_is_meant(self):
        beside = replace(
            BY_NAME, place_column=2, prefecture_column=1, columns=(replace(BIRTHS, number=3),)
        )
        lines = ["東京都,府中市,1", "広島,府中市,2", "広島県,計,3", "合計,,4", "長崎県,府中市,5"]

        found = cells(*lines, layout=beside, head="県,市,値")

        assert [(cell.code, cell.value) for cell in found.values] == [
            ("132063", 1),
            ("342084", 2),
            ("34", 3),
            ("JP", 4),
        ]
        assert [one.row for one in found.refused] == [6]


class TestTables:
    def test_notes_units_and_names_of_parts_are_no_rows(self):
        found = cells("（再掲）中核市, ", "082015,5", "注：9月中の数である。,", "", "出典：総務省,")

        assert only(found).row == 3
        assert found.rows == 1

    def test_a_part_below_that_counts_otherwise_is_left_out(self):
        lines = ["総数,", "全国,9", "茨城,5", "（再掲）市,", "水戸市,3", "（再掲）区,", "水戸市,3"]
        below = ["有床,", "全国,4", "茨城,2", "（再掲）市,", "水戸市,1"]

        found = cells(*lines, *below, layout=BY_NAME)

        assert {cell.code: cell.value for cell in found.values} == {"JP": 9, "08": 5, "082015": 3}
        assert found.refused == []

    def test_men_and_women_are_parts_of_a_row(self):
        layout = replace(WIDE, columns=(replace(BIRTHS, number=3),))

        found = cells("082015,計,5", "082015,男,3", "082015,女,2", layout=layout, head="a,b,c")

        assert only(found).value == 5

    def test_a_place_told_twice_has_to_agree(self):
        assert only(cells("082015,5", "082015,5.0")).value == 5
        found = cells("082015,5", "082023,1", "082015,6")
        assert [cell.code for cell in found.values] == ["082023"]
        assert [(one.row, one.column, one.text) for one in found.refused] == [
            (2, 2, "5"),
            (4, 2, "6"),
        ]
        assert "水戸市の「出生数」（令和5年度）が、2行目の2列目にもあり" in found.refused[1].message

    def test_years_come_from_the_column_the_row_or_the_whole_table(self):
        columns = (replace(BIRTHS, fiscal_year=None), Column(3, "死亡数", "value", "deaths", 2020))
        of_table = Layout(columns=columns, fiscal_year=2024)
        found = cells("082015,1,2", layout=of_table, head="a,b,c")
        assert [cell.fiscal_year for cell in found.values] == [2024, 2020]

        by_row = Layout(columns=(*columns, Column(4, "年度", "year")), fiscal_year=2024)
        found = cells(
            "082015,1,2,令和元年度",
            "082023,1,,H30",
            "082015,1,,来年",
            layout=by_row,
            head="a,b,c,d",
        )
        assert [cell.fiscal_year for cell in found.values] == [2019, 2020, 2018]
        assert [(one.row, one.column) for one in found.refused] == [(4, 4)]

    @pytest.mark.parametrize(
        ("column", "words"),
        [
            (replace(BIRTHS, fiscal_year=None), "何年度の値か"),
            (replace(BIRTHS, indicator=""), "どの指標の値か"),
            (replace(BIRTHS, indicator="gone"), "登録されていません"),
        ],
    )
    def test_what_a_layout_does_not_say_is_told_once_at_its_column(self, column, words):
        found = cells("082015,1", "082023,2", layout=Layout(columns=(column,)))

        assert (refusal(found).row, refusal(found).column) == (1, 2)
        assert words in refusal(found).message

    def test_too_many_refused_cells_end_with_one_sentence(self, monkeypatch):
        monkeypatch.setattr(extracting, "MOST_REFUSED", 3)

        found = cells(*["082015,八"] * 9)

        assert len(found.refused) == 4
        assert found.refused[-1].message == extracting.LEFT_OUT


class TestParts:
    PARTS = Layout(
        columns=(
            Column(2, "65歳以上", "numerator", "aging_rate_65", 2020),
            Column(3, "総人口", "denominator", "aging_rate_65", 2020),
        )
    )

    @pytest.mark.parametrize(
        ("above", "below", "value", "state"),
        [
            ("14", "224", "6.25", ValueState.VALUE),
            ("1", "3", "33.3333", ValueState.VALUE),
            ("０", "1,000", "0", ValueState.VALUE),
            ("0", "0", None, ValueState.NOT_APPLICABLE),
            ("x", "224", None, ValueState.SUPPRESSED),
            ("14", "…", None, ValueState.UNKNOWN),
        ],
    )
    def test_a_rate_is_made_of_its_parts(self, above, below, value, state):
        cell = only(cells(f'082015,{above},"{below}"', layout=self.PARTS, head="a,b,c"))

        assert cell.state == state
        assert cell.value == (None if value is None else Decimal(value))

    def test_one_part_alone_is_refused(self):
        assert "両方" in refusal(cells("082015,14,", layout=self.PARTS, head="a,b,c")).message

    @settings(max_examples=200, deadline=None)
    @given(st.integers(0, 10**9), st.integers(1, 10**9))
    def test_a_rate_rounds_to_the_digits_that_are_printed_as_the_exact_one_does(self, above, below):
        (cell,) = cells(f"082015,{above},{below}", layout=self.PARTS, head="a,b,c").values

        exact = (above * 1000 * 2 // below + 1) // 2  # tenths of a percent, half-up
        assert cell.value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP) == Decimal(exact) / 10


class TestLong:
    HEAD = "code,indicator,fiscal_year,value,numerator,denominator,state"

    def rows(self, *lines, prefecture=""):
        return cells(*lines, layout=LONG, head=self.HEAD, prefecture=prefecture)

    def test_the_row_tells_indicator_and_year(self):
        found = self.rows(
            "082015,births,2023,5,,,value",
            "082015,死亡数,令和5年度,6,,,",
            "082015,K3-c,R5,7,,,値",
            "082015,aging_rate_65,2020,,14,224,",
            "082023,births,2023,,,,秘匿",
            "082023,deaths,2023,,,,not_entered",
            "082023,deaths,2022,,,,",
            "082023,deaths,2021,－,,,不詳",
        )

        assert [
            (cell.code, cell.indicator, cell.fiscal_year, cell.value, cell.state, cell.row)
            for cell in found.values
        ] == [
            ("082015", "births", 2023, 5, "value", 2),
            ("082015", "deaths", 2023, 6, "value", 3),
            ("082015", "home_visit_nursing_stations", 2023, 7, "value", 4),
            ("082015", "aging_rate_65", 2020, Decimal("6.25"), "value", 5),
            ("082023", "births", 2023, None, "suppressed", 6),
            ("082023", "deaths", 2021, None, "unknown", 9),
        ]
        assert found.refused == []

    @pytest.mark.parametrize(
        ("line", "column", "words"),
        [
            ("082015,人工,2023,5,,,", 2, "登録されていません"),
            ("082015,δ1-c,2023,5,,,", 2, "コードで書いてください"),
            ("082015,births,5年,5,,,", 3, "元号か西暦4桁"),
            ("082015,births,2023,5,,,秘匿", 7, "合っていません"),
            ("082015,births,2023,,,,value", 4, "値を書いてください"),
            ("082015,births,2023,5,,,たぶん", 7, "値の状態はありません"),
        ],
    )
    def test_a_wrong_cell_is_told_at_its_place(self, line, column, words):
        refused = refusal(self.rows(line))

        assert (refused.row, refused.column) == (2, column)
        assert words in refused.message

    @pytest.mark.parametrize("rest", [",5,0,", "50,5,0,", ",5,0,該当なし"])
    def test_nobody_is_counted_among_nobody(self, rest):
        refused = refusal(self.rows(f"082015,aging_rate_65,2020,{rest}"))

        assert (refused.row, refused.column, refused.text) == (2, 6, "0")
        assert refused.message.startswith("分母が0なのに、分子が0ではありません。")

    def test_nobody_of_nobody_has_no_rate(self):
        cell = only(self.rows("082015,aging_rate_65,2020,,0,0,"))
        assert (cell.value, cell.state) == (None, ValueState.NOT_APPLICABLE)

    TOLD_HEAD = f"{HEAD},finality,as_of"
    TOLD = replace(
        LONG,
        columns=(*LONG.columns, Column(8, "確定の別", "finality"), Column(9, "時点", "as_of")),
    )

    def told(self, *rows, **layout):
        lines = [f"082015,births,2023,5,,,,{row}" for row in rows]
        return cells(*lines, layout=replace(self.TOLD, **layout), head=self.TOLD_HEAD)

    @pytest.mark.parametrize(
        ("first", "second", "words"),
        [
            ("速報,", "確定,", "確定の別が違います"),
            ("確定,", "速報,", "確定の別が違います"),
            ("速報,2023-09-30", "速報,2023-12-31", "時点が違います"),
            ("速報,2023-12-31", "確定,2024-03-31", "確定の別・時点が違います"),
        ],
    )
    def test_the_same_value_told_otherwise_is_believed_of_neither(self, first, second, words):
        found = self.told(first, second)

        assert (found.values, found.beside) == ([], {})
        assert [(one.row, one.column, one.text) for one in found.refused] == [
            (2, 4, "5"),
            (3, 4, "5"),
        ]
        assert f"2行目の4列目にもあり、値は同じでも、{words}。" in found.refused[1].message

    def test_parts_told_otherwise_beside_the_same_rate_are_believed_of_neither(self):
        found = self.rows(
            "082015,aging_rate_65,2020,6.25,14,224,", "082015,aging_rate_65,2020,6.25,28,448,"
        )

        assert found.values == []
        assert "分子・分母が違います" in found.refused[0].message

    @pytest.mark.parametrize("rows", [["確定,", "確定,2024-03-31"], [",2024-03-31", "確定,"]])
    def test_what_one_row_alone_tells_contradicts_nobody(self, rows):
        found = self.told(*rows)

        assert only(found).value == 5
        (told,) = found.beside.values()
        assert (told.finality, str(told.as_of)) == ("final", "2024-03-31")

    def test_a_row_that_tells_nothing_says_what_is_said_of_the_whole_table(self):
        found = self.told(",", "確定,", finality="preliminary")

        assert found.values == []
        assert "確定の別が違います" in found.refused[0].message
        assert only(self.told(",", "確定,", finality="final")).value == 5


CELLS = st.dictionaries(
    st.tuples(
        st.sampled_from(sorted(TOWNS)),
        st.sampled_from(["births", "deaths", "households"]),
        st.sampled_from([2021, 2022, 2023]),
    ),
    st.one_of(
        st.decimals(-(10**9), 10**9, allow_nan=False, places=4),
        st.sampled_from(["suppressed", "unknown", "not_applicable"]),
    ),
)
SHOWN = {"suppressed": "x", "unknown": "…", "not_applicable": "・"}


@settings(max_examples=100, deadline=None)
@given(CELLS)
def test_wide_to_long_and_back_is_the_identity(values):
    columns = sorted({key[1:] for key in values})
    layout = Layout(
        columns=tuple(
            Column(number, "", "value", indicator, year)
            for number, (indicator, year) in enumerate(columns, start=2)
        )
    )
    wide = [("コード", *("" for _ in columns))] + [
        (town, *(shown(values.get((town, *column))) for column in columns))
        for town in sorted({key[0] for key in values})
    ]

    from_wide = extract(wide, layout)
    long = [tuple(TestLong.HEAD.split(","))] + [
        (cell.code, cell.indicator, str(cell.fiscal_year), *told(cell)) for cell in from_wide.values
    ]
    from_long = extract(long, LONG)

    assert from_wide.refused == from_long.refused == []
    for found in (from_wide, from_long):
        given_back = {
            (cell.code, cell.indicator, cell.fiscal_year): (
                cell.state if cell.value is None else cell.value
            )
            for cell in found.values
        }
        assert given_back == values


def shown(value):
    if value is None:
        return ""
    return SHOWN[value] if isinstance(value, str) else f"{value:,f}"


def told(cell):
    return ("" if cell.value is None else f"{cell.value:f}", "", "", cell.state)


def test_the_definitions_at_hand_are_those_of_the_catalogue():
    assert {"births", "aging_rate_65"} <= set(definitions())
    assert [places("08").is_ours(code) for code in ("08", "12")] == [True, False]


class TestSums:
    """Several columns that make up one value: classes of age."""

    OLD = tuple(Column(n, f"{n}", "addend", "births", 2023) for n in (2, 3, 4))

    def summed(self, line):
        return cells(line, layout=Layout(columns=self.OLD), head="地域,65～,70～,75～")

    def test_are_added_up_exactly(self):
        cell = only(self.summed("082015,1,0,0.1"))

        assert (cell.value, cell.state, cell.column) == (Decimal("1.1"), "value", 2)

    def test_say_what_is_missing_where_one_of_them_is_no_number(self):
        cell = only(self.summed("082015,1,x,3"))

        assert (cell.value, cell.state) == (None, ValueState.SUPPRESSED)

    def test_are_refused_where_one_of_them_is_empty(self):
        refused = refusal(self.summed("082015,1,,3"))

        assert (refused.row, refused.column) == (2, 3)
        assert "足し合わせる列" in refused.message

    def test_say_nothing_where_all_are_empty(self):
        assert self.summed("082015,,,").is_empty

    def test_are_refused_at_the_column_that_cannot_be_read(self):
        refused = refusal(self.summed("082015,1,二つ,3"))

        assert refused.column == 3

    def test_give_way_to_a_value_that_the_file_states(self):
        both = Layout(columns=(Column(2, "合計", "value", "births", 2023), *self.OLD[1:]))

        assert only(cells("082015,9,1,2", layout=both, head="地域,合計,70～,75～")).value == 9
