"""A comparison as a workbook: the screen's rows, order and columns to print, its words, and the data for programs.

「データ」 and 「指標」 follow 行政データにおける機械可読性に関するルール: one datum a cell, numbers as numbers, nothing joined,
the unit and the western year in columns of their own, the code of the place in every row.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from indicators.arithmetic.intervals import LEAST
from indicators.choices import ValueState
from indicators.comparison.asking import cell_words
from indicators.comparison.asking.printed_sheet import print_sheet
from indicators.comparison.asking.selection_words import labels_in_words
from indicators.comparison.judging import telling
from indicators.comparison.judging.chance import SENTENCES
from indicators.definitions.catalogue import SCENE_NAMES
from municipalities.rows.workbooks import saved, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from indicators.comparison.shape import Cell, Column, Comparison, Place

Datum = str | int | Decimal | dt.date | None
DATA = (
    "地域の種類",
    "自治体コード",
    "地域",
    "指標コード",
    "指標",
    "最初の年度",
    "最後の年度",
    "値",
    "単位",
    "換算",
    "分子",
    "分母",
    "値の状態",
    "参考値",
    "提供する所がない",
    "位置",
    "偶然の範囲",
    "順位",
    "補足",
)
INDICATORS = (
    "指標コード",
    "指標",
    "単位",
    "小数の桁数",
    "望ましい方向",
    "場面",
    "最初の年度",
    "最後の年度",
    "値のある地域",
    "最小",
    "第1四分位",
    "中央値",
    "第3四分位",
    "最大",
    "平均",
    "換算",
    "出典",
    "利用の条件",
    "分子の説明",
    "分母の説明",
    "注意",
)
WIDE = {"指標": 34, "補足": 30, "内容": 100, "項目": 28, "出典": 40, "利用の条件": 40, "注意": 60}
WIDE |= {"分子の説明": 40, "分母の説明": 40, "偶然の範囲": 32, "位置": 18}
WIDTH, WORDS_WIDTH = 13, 30
YES = "はい"
# Why a place is in the group, in the workbook of a town as well.
REASON, REASON_WIDTH = "選んだ理由", 48
LARGER = (("prefecture", "都道府県"), ("nation", "全国"))
PLACE_KINDS = {"municipality": "市区町村", "prefecture": "都道府県", "medical_area": "二次医療圏"}
READING = (
    ("この表の読み方", telling.READ_AS),
    (
        "記号と色",
        (
            "▲▲（濃い青）は上位25％、▲は中央値より良い、▼は中央値より良くない、▼▼（濃い橙）は下位25％です。"
            "境目の値は、良い方に入れています"
        ),
    ),
    ("良し悪しのない指標", "高さだけを▇▅▃▁で示し、色は付けていません"),
    ("位置を付けないとき", "値のある市町村が8に満たない指標には、位置も順位も付けていません"),
    (
        "偶然の範囲",
        (
            "割合の差は二項分布、人口あたりの数の差はポアソン分布により、表の市町村をまとめた平均との差が偶然で起こるかを"
            "確かめています。*は95％の範囲の外、**は99.8％の範囲の外です。地域どうしの差が偶然だけで起こるよりも大きい指標では、その分だけ範囲を広げています。位置は中央値から、偶然の範囲は平均から見るため、向きが逆になる値があります。"
            "その値には色も*も付けず、「中央値と平均で向きが逆」と示しています"
        ),
    ),
    *((cell_words.CHANCES[one], text) for one, text in SENTENCES.items()),
    (
        telling.REFERENCE,
        (
            f"数えた人数や件数が{LEAST.cases}に満たない値と、分母が{LEAST.base}（アンケートは{LEAST.answers}、人口あたりの率は"
            f"{LEAST.population:,}）に満たない値です。偶然で大きく動くため、位置も順位も付けていません（四分位・中央値と、ほかの値の順位には数えています）。事業所・施設・医師などの従事者・会議の数は、"
            "少なくても参考値にせず、人口で割れるものは差が偶然の範囲内かどうかを示しています"
        ),
    ),
    (
        telling.STRUCTURAL_ZERO,
        "提供する所がないことによる0です。表示だけとし、位置と順位に入れていません",
    ),
    ("値なし", "統計に値がありません。0ではありません"),
    (
        "秘匿",
        (
            "示されていない値です。0ではありません。「出典による秘匿」は出典の表で、「人数が少ないための秘匿」は、"
            "公表されていない表の少ない人数とそこから計算できる値を、このシステムで秘匿したものです"
        ),
    ),
    ("シート「データ」", "1行に1つの値を入れた、プログラムで読むための表です。年度は西暦です"),
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the catalogue says of an indicator beyond what a column holds."""

    numerator: str = ""
    denominator: str = ""
    caution: str = ""
    licences: tuple[str, ...] = ()


NO_FACTS = Facts()


@dataclass(frozen=True, slots=True)
class About:
    """Whose workbook it is, what was chosen in words, and what is known of the indicators by code."""

    owner: str
    chosen: tuple[tuple[str, str], ...]
    at: dt.datetime
    facts: Mapping[str, Facts] = field(default_factory=dict)
    # Codes of the larger places beside the rows.
    prefecture_code: str = ""


def make_workbook(comparison: Comparison, about: About) -> bytes:
    """Return the workbook of a comparison as it is shown."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = about.owner
    chosen = "　".join(f"{name}：{text}" for name, text in about.chosen)
    print_sheet(book.create_sheet("比較"), comparison, chosen, owner=about.owner)
    _words_sheet(book.create_sheet("区分"), comparison)
    explained = _explained(comparison, about)
    table(book.create_sheet("説明"), ("項目", "内容"), explained, widths=WIDE, width=WIDTH)
    data = data_rows(comparison, about)
    table(book.create_sheet("データ"), DATA, data, widths=WIDE, width=WIDTH)
    indicators = (_indicator_row(one, about) for one in comparison.columns)
    table(book.create_sheet("指標"), INDICATORS, indicators, widths=WIDE, width=WIDTH)
    return saved(book)


def _words_sheet(sheet: Any, comparison: Comparison) -> None:
    """The rows and columns of the screen with what each cell says beside its number, and why a place is there."""
    noun, reasons = telling.noun(comparison), comparison.reasons
    told = (REASON,) if reasons else ()
    header = ("自治体コード", noun, *told, *(column.name for column in comparison.columns))
    rows = (
        (
            place.code,
            place.name,
            *(reasons.get(place.code) for _ in told),
            *(cell_words.in_words(comparison.cell(place, one), one) for one in comparison.columns),
        )
        for place in comparison.places
    )
    widths = {"自治体コード": WIDTH, noun: WIDTH, REASON: REASON_WIDTH}
    table(sheet, header, rows, widths=widths, width=WORDS_WIDTH)


def data_rows(comparison: Comparison, about: About) -> Iterator[tuple[Datum, ...]]:
    """Yield one row for each place and indicator, as on the screen; then the larger places beside them."""
    for place in comparison.places:
        for column in comparison.columns:
            yield _datum(_of_place(place), column, comparison.cell(place, column))
    for name, label in LARGER:
        code, called = (about.prefecture_code, about.owner) if name == "prefecture" else ("", label)
        for column in comparison.columns:
            yield _datum((label, code, called), column, getattr(column, name))


def _of_place(place: Place) -> tuple[str, str, str]:
    return PLACE_KINDS.get(place.kind, place.kind), place.code, place.name


def _datum(of: tuple[str, str, str], column: Column, cell: Cell) -> tuple[Datum, ...]:
    return (
        *of,
        column.code,
        column.name,
        *_ends(_years(cell, column)),
        cell.value,
        column.unit,
        column.per,
        cell.numerator,
        cell.denominator,
        cell_words.state_in_words(cell) or str(ValueState.VALUE.label),
        YES if cell.is_reference else "",
        YES if cell.is_structural_zero else "",
        cell_words.quarter_in_words(cell, column),
        cell_words.chance_in_words(cell),
        cell.rank,
        "　".join(filter(None, (cell.word, cell.reply))),
    )


def _years(cell: Cell, column: Column) -> tuple[int, ...]:
    """Return the years that a value tells of: all that are pooled, unless its own parts are not known."""
    is_alone = cell.value is not None and cell.numerator is None and cell.fiscal_year
    return (cell.fiscal_year,) if is_alone and cell.fiscal_year else column.years


def _ends(years: tuple[int, ...]) -> tuple[int | None, int | None]:
    return (years[0], years[-1]) if years else (None, None)


def _indicator_row(column: Column, about: About) -> tuple[Datum, ...]:
    summary, facts = column.summary, about.facts.get(column.code, NO_FACTS)
    return (
        column.code,
        column.name,
        column.unit,
        column.decimals,
        telling.DIRECTIONS[column.direction],
        "、".join(SCENE_NAMES[one] for one in column.scenes if one in SCENE_NAMES),
        *_ends(column.years),
        summary.count,
        summary.minimum,
        summary.first,
        summary.median,
        summary.third,
        summary.maximum,
        column.average,
        column.per,
        "、".join(column.sources),
        "、".join(facts.licences),
        facts.numerator,
        facts.denominator,
        " ".join(_notes(column, facts)),
    )


def _explained(comparison: Comparison, about: About) -> Iterator[tuple[str, str]]:
    yield "資料", comparison.title
    yield "都道府県", about.owner
    yield from about.chosen
    yield "保存した日時", f"{about.at:%Y-%m-%d %H:%M}"
    noun = telling.noun(comparison)
    yield from ((name, telling.of(text, noun)) for name, text in READING)
    for column in comparison.columns:
        yield f"指標：{column.name}", "。".join(_of_indicator(column, about))


def _of_indicator(column: Column, about: About) -> Iterator[str]:
    facts = about.facts.get(column.code, NO_FACTS)
    told = (
        ("単位", column.unit),
        ("換算", column.per),
        ("望ましい方向", telling.DIRECTIONS[column.direction]),
        ("年度", labels_in_words(column.years)),
        ("数えるもの", facts.numerator),
        ("分母", facts.denominator),
        ("出典", "、".join(column.sources)),
        ("利用の条件", "、".join(facts.licences)),
    )
    for name, text in told:
        if text:
            yield f"{name}：{text.rstrip('。')}"
    yield from (note.rstrip("。") for note in _notes(column, facts))


def _notes(column: Column, facts: Facts) -> list[str]:
    """Return what is to be minded, each sentence once: a column may hold the catalogue's already."""
    return list(dict.fromkeys(filter(None, (*column.notes, facts.caution))))
