"""The workbook of a comparison: what goes in comes out, in the same order, numbers as numbers, texts as texts."""

import datetime as dt
import io
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from indicators.comparison.asking import cell_words, workbook
from indicators.comparison.asking.printed_sheet import COLOURS
from indicators.comparison.asking.selection_words import selection_in_words
from indicators.comparison.asking.workbook import About, Facts, make_workbook
from indicators.comparison.selection import Selection
from indicators.comparison.shape import ABSENT, Cell, Chance, Quarter
from tests.indicators.comparison import comparisons

AT = dt.datetime(2026, 11, 26, 9, 30)  # noqa: DTZ001 -- printed as it is
HEAD = 5


def about(of, **told):
    chosen = tuple(selection_in_words(Selection(), of, group="見本県の市町村", count=3))
    made = {"owner": "見本県", "chosen": chosen, "at": AT, "prefecture_code": "99"}
    return About(**made | told)


def opened(of, **told):
    return load_workbook(io.BytesIO(make_workbook(of, about(of, **told))))


def rows_of(sheet):
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_the_first_sheet_is_the_screen():
    of = comparisons.three_towns()
    sheet = opened(of)["比較"]

    rows = list(sheet.iter_rows(values_only=True))

    assert rows[0][0] == "見本県　市町村の比較"
    assert "比べた地域：見本県の市町村（3）" in rows[1][0]
    assert rows[3] == ("自治体コード", "市町村", "自宅死の割合", "訪問診療の回数")
    assert rows[4] == (
        None,
        "単位・年度",
        "％、令和5年度（2023年度）",
        "回、75歳以上人口千人あたり、令和3年度（2021年度）～令和5年度（2023年度）",
    )
    assert rows[HEAD:] == [
        ("990035", "=見本村", 10, "秘匿"),
        ("990019", "見本市", 25.04, 1234),
        ("990027", "見本町", 12.3, 0),
        (None, "見本県", 18.2, "値なし"),
        (None, "全国", 17.4, "値なし"),
        (None, "表の市町村をまとめた平均", 18.2, "－"),
        (None, "値のある市町村の数", 3, 3),
        (None, "最小", 1, 1),
        (None, "第1四分位", 1.5, 1.5),
        (None, "中央値", 2, 2),
        (None, "第3四分位", 2.5, 2.5),
        (None, "最大", 3, 3),
    ]


def test_signs_and_colours_stand_beside_numbers_that_stay_numbers():
    sheet = opened(comparisons.three_towns())["比較"]
    few, high, low = (sheet.cell(HEAD + row, 3) for row in (1, 2, 3))

    assert [one.data_type for one in (few, high, low)] == ["n", "n", "n"]
    assert few.number_format == '#,##0.0" 参"'
    assert high.number_format == '#,##0.0" ▲▲**"'
    assert low.number_format == '#,##0.0" ▼▼*"'
    assert high.fill.fgColor.rgb == "00" + COLOURS[Quarter.HIGHEST][0]
    assert (few.fill.fill_type, high.font.color.rgb) == (None, "00FFFFFF")
    # Nothing is better there: height alone, no colour.
    neutral = sheet.cell(HEAD + 2, 4)
    assert (neutral.number_format, neutral.fill.fill_type) == ('#,##0" ▅"', None)
    assert sheet.cell(HEAD + 3, 4).number_format == '#,##0"（提供する所なし）"'


def test_what_chance_explains_has_its_sign_and_no_colour():
    few = comparisons.number(3, quarter=Quarter.LOWEST, chance=Chance.WITHIN)
    place, column = comparisons.place("990019"), comparisons.column("a")
    of = comparisons.comparison([place], [column], {("990019", "a"): few})

    cell = opened(of)["比較"].cell(HEAD + 1, 3)

    assert (cell.number_format, cell.fill.fill_type) == ('#,##0.0" ▼▼"', None)


def test_what_the_average_contradicts_has_no_colour_and_says_so():
    split = comparisons.number(3, quarter=Quarter.LOW, chance=Chance.FAR_ABOVE)
    worse = comparisons.number(2, quarter=Quarter.LOW, chance=Chance.FAR_BELOW)
    places = [comparisons.place("990019"), comparisons.place("990027")]
    cells = {("990019", "a"): split, ("990027", "a"): worse}
    book = opened(comparisons.comparison(places, [comparisons.column("a")], cells))

    cell, below = (book["比較"].cell(HEAD + at, 3) for at in (1, 2))
    assert (cell.number_format, cell.fill.fill_type) == ('#,##0.0" ▼"', None)
    assert (below.number_format, below.fill.fill_type) == ('#,##0.0" ▼**"', "solid")
    said = "中央値と平均で向きが逆"
    assert book["区分"].cell(2, 3).value == f"{said}　99.8％の範囲の外（平均より高い）"
    head, *rows = book["データ"].iter_rows(values_only=True)
    assert rows[0][head.index("位置")] == said


def test_what_counts_as_a_reference_value_is_explained_with_what_does_not():
    told = dict(opened(comparisons.three_towns())["説明"].iter_rows(values_only=True))

    assert "10に満たない値" in told["参考値"]
    assert "事業所・施設・医師などの従事者・会議の数は、少なくても参考値にせず" in told["参考値"]


def test_prefectures_are_not_called_towns():
    towns = comparisons.three_towns()
    places = tuple(replace(one, kind="prefecture") for one in towns.places)
    book = opened(replace(towns, title="見本県　都道府県の比較", places=places))

    rows = list(book["比較"].iter_rows(min_row=3, values_only=True))
    assert rows[1][1] == "都道府県"
    assert {"表の都道府県をまとめた平均", "値のある都道府県の数"} <= {row[1] for row in rows}
    assert book["区分"]["B1"].value == "都道府県"
    explained = dict(book["説明"].iter_rows(values_only=True))
    assert explained["この表の読み方"].startswith("値のある都道府県を")
    assert not any("市町村" in str(cell) for row in rows for cell in row)


def test_what_is_more_than_nothing_is_not_printed_as_nothing_and_stays_a_number():
    place, column = comparisons.place("990019"), comparisons.column("a")
    little = comparisons.number("0.0096", quarter=Quarter.LOWEST)
    book = opened(comparisons.comparison([place], [column], {("990019", "a"): little}))

    cell = book["比較"].cell(HEAD + 1, 3)
    assert (cell.value, cell.number_format) == (0.0096, '#,##0.00" ▼▼"')
    assert rows_of(book["データ"])[0]["値"] == 0.0096


def test_it_prints_on_a3_with_its_head_on_every_page():
    sheet = opened(comparisons.three_towns())["比較"]

    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$4:$5"
    assert sheet.freeze_panes == "C6"


def test_a_name_that_looks_like_a_formula_is_a_text_in_every_sheet():
    book = opened(comparisons.three_towns())

    found = [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=")
    ]
    assert len(found) == 4
    assert {cell.data_type for cell in found} == {"s"}
    assert not any(sheet.merged_cells.ranges for sheet in book)


def test_the_words_of_every_cell_stand_in_the_same_place():
    rows = list(opened(comparisons.three_towns())["区分"].iter_rows(values_only=True))

    assert rows == [
        ("自治体コード", "市町村", "自宅死の割合", "訪問診療の回数"),
        ("990035", "=見本村", "参考値", "秘匿"),
        (
            "990019",
            "見本市",
            "上位25％　99.8％の範囲の外（平均より高い）",
            "中央値より高い　偶然の範囲内",
        ),
        (
            "990027",
            "見本町",
            "下位25％　95％の範囲の外（平均より低い）　速報",
            "提供する所なし",
        ),
    ]


def test_the_explanation_tells_selection_definition_and_licence():
    facts = Facts("自宅で死亡した人", "死亡した人", "年による動きが大きい。", ("CC BY 4.0",))
    book = opened(comparisons.three_towns(), facts={"home_death_rate": facts})

    told = {row["項目"]: row["内容"] for row in rows_of(book["説明"])}

    assert told["比べた数字"] == "国や県などの統計"
    assert told["並び順"] == "自治体コードの順"
    assert told["保存した日時"] == "2026-11-26 09:30"
    assert told["指標：自宅死の割合"] == (
        "単位：％。望ましい方向：高いほど良い。年度：令和5年度（2023年度）。数えるもの：自宅で死亡した人。分母：死亡した人。"
        "出典：見本の統計　令和5年度（2023年度）。利用の条件：CC BY 4.0。"
        "自宅には、グループホームを含みません。年による動きが大きい"
    )
    assert set(dict(workbook.READING)) <= set(told)
    (row, _) = rows_of(book["指標"])
    assert (row["場面"], row["利用の条件"], row["平均"]) == ("看取り", "CC BY 4.0", 18.2)


def test_a_caution_that_the_column_holds_already_is_told_once():
    said = "自宅には、グループホームを含みません。"
    book = opened(comparisons.three_towns(), facts={"home_death_rate": Facts(caution=said)})

    told = {row["項目"]: row["内容"] for row in rows_of(book["説明"])}
    assert told["指標：自宅死の割合"].count("グループホーム") == 1
    assert rows_of(book["指標"])[0]["注意"] == said


def test_the_data_are_one_datum_a_cell():
    rows = rows_of(opened(comparisons.three_towns())["データ"])

    assert rows[2] == {
        "地域の種類": "市区町村",
        "自治体コード": "990019",
        "地域": "見本市",
        "指標コード": "home_death_rate",
        "指標": "自宅死の割合",
        "最初の年度": 2023,
        "最後の年度": 2023,
        "値": 25.04,
        "単位": "％",
        "換算": None,
        "分子": 250,
        "分母": 1000,
        "値の状態": "値",
        "参考値": None,
        "提供する所がない": None,
        "位置": "上位25％",
        "偶然の範囲": "99.8％の範囲の外（平均より高い）",
        "順位": 1,
        "補足": None,
    }
    assert [(row["値"], row["値の状態"]) for row in rows[1::4]] == [
        (None, "秘匿"),
        (0, "値"),
        (None, "値なし"),
    ]
    assert [row["地域の種類"] for row in rows[-4:]] == ["都道府県", "都道府県", "全国", "全国"]
    assert rows[-4]["自治体コード"] == "99"


NUMBERS = st.decimals(min_value=Decimal(-99999999999), max_value=Decimal(99999999999), places=4)
CELLS = st.one_of(
    st.builds(
        Cell,
        value=NUMBERS,
        state=st.just("value"),
        numerator=st.none() | NUMBERS,
        fiscal_year=st.none() | st.integers(2000, 2030),
        quarter=st.none() | st.sampled_from(Quarter),
        chance=st.none() | st.sampled_from(Chance),
        rank=st.none() | st.integers(1, 1741),
        is_reference=st.booleans(),
    ),
    st.builds(
        Cell, state=st.sampled_from(["not_entered", "unknown", "suppressed", "not_applicable"])
    ),
)
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs"]), min_size=1, max_size=12
)


@st.composite
def made_comparisons(draw):
    places = draw(st.lists(TEXTS, min_size=1, max_size=5))
    columns = draw(st.lists(TEXTS, min_size=1, max_size=4))
    rows = [comparisons.place(f"{number:06}", name) for number, name in enumerate(places)]
    heads = [comparisons.column(f"code-{n}", name) for n, name in enumerate(columns)]
    pairs = [(row.code, head.code) for row in rows for head in heads]
    cells = {pair: draw(CELLS) for pair in pairs if draw(st.booleans())}
    return comparisons.comparison(draw(st.permutations(rows)), heads, cells)


@settings(max_examples=40, deadline=None)
@given(made_comparisons())
def test_what_goes_in_comes_out(of):
    rows = rows_of(opened(of)["データ"])

    assert len(rows) == (len(of.places) + 2) * len(of.columns)
    told = iter(rows)
    for place in of.places:
        for column in of.columns:
            row, cell = next(told), of.cells.get((place.code, column.code), ABSENT)
            assert (row["自治体コード"], row["地域"]) == (place.code, place.name)
            assert (row["指標コード"], row["指標"]) == (column.code, column.name)
            assert number_in(row["値"]) == cell.value
            assert number_in(row["分子"]) == cell.numerator
            assert row["順位"] == cell.rank
            assert (row["位置"] or "") == cell_words.quarter_in_words(cell, column)
            assert (row["偶然の範囲"] or "") == cell_words.chance_in_words(cell)
            assert (row["参考値"] == "はい") is cell.is_reference


def number_in(value):
    return None if value is None else Decimal(str(value))


@settings(max_examples=20, deadline=None)
@given(made_comparisons())
def test_the_screens_rows_are_there_in_their_order(of):
    rows = list(opened(of)["比較"].iter_rows(values_only=True))

    assert [row[0] for row in rows[HEAD : HEAD + len(of.places)]] == [one.code for one in of.places]
    assert list(rows[3][2:]) == [column.name for column in of.columns]


def test_without_indicators_or_places_it_is_still_a_workbook():
    book = opened(comparisons.comparison([], [], {}))

    assert book.sheetnames == ["比較", "区分", "説明", "データ", "指標"]
    assert rows_of(book["データ"]) == []
