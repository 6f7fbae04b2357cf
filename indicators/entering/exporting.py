"""Values as files for other programs: the long format as CSV and xlsx, one datum a cell, and the sheet to fill in.

What is written here is read back by `indicators/entering/importing.py` as the same.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from indicators.choices import Finality, ValueState
from indicators.long_format import COLUMNS, LABELS, NUMBERS
from indicators.models import Indicator, Measurement
from municipalities.japanese import fiscal
from municipalities.rows.workbooks import as_text, saved

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from municipalities.models import Cycle

# A text that begins so would be a formula, or be taken for one, in a program that opens the CSV.
LOOKS_LIKE_FORMULA = re.compile("'*[=+\\-@\t\r＝＋－＠]")
WIDTHS = {"municipality_code": 18, "indicator": 34, "source": 40, "note": 40}
WIDTH = 14
HOW_TO = (
    ("列", "書き方"),
    ("自治体コード", "全国地方公共団体コード（6桁）。書き換えずに残してください"),
    ("指標", "指標の名称か、下の表のコード"),
    ("年度", "年度（例：2025、R7、令和7年度）"),
    ("値", "値。数字だけでも、カンマや単位が付いていても読み取ります"),
    ("分子", "分子。分母とともに書くと、値を空けても割合を計算します"),
    ("分母", "分母"),
    ("値の状態", "値がないときの理由：" + "・".join(ValueState.labels[2:])),
    (
        "確定の別",
        "確定の別：" + "・".join(Finality.labels) + "（空欄は、いまの内容。新しい値は確定）",
    ),
    ("時点", "いつ現在の値か（例：2025-10-01、令和7年10月1日）"),
    ("出典", "統計や資料の名前（例：令和7年国勢調査）。どの値かを見分けるために使います"),
    ("注記", "注記。空欄は、いまの内容を残します"),
)


def rows_of(cycle: Cycle) -> Iterable[dict[str, Any]]:
    """Yield the values up to a year as rows of the long format, ordered by indicator, year and source."""
    stored = Measurement.objects.filter(fiscal_year__lte=cycle.fiscal_year).order_by()
    for row in sorted(stored, key=lambda one: (one.code, one.fiscal_year, one.source, one.key)):
        yield {
            "municipality_code": cycle.municipality.code,
            "indicator": row.code,
            **{name: getattr(row, name) for name in COLUMNS[2:]},
        }


def plain_row(row: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    """Yield the columns of a row with decimals and days as texts; what is absent is None."""
    for name, value in row.items():
        if isinstance(value, Decimal):
            yield name, f"{value.normalize():f}"
        elif isinstance(value, dt.date):
            yield name, value.isoformat()
        else:
            yield name, value


def as_csv(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return UTF-8 with a byte order mark, so that Excel opens it; texts that look like formulas begin with 「'」."""
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: guarded(name, value) for name, value in plain_row(row)})
    return file.getvalue().encode("utf-8-sig")


def guarded(name: str, value: Any) -> Any:
    """Keep a text from being a formula; a negative number stays a number."""
    if value is None:
        return ""
    is_formula = name not in NUMBERS and LOOKS_LIKE_FORMULA.match(str(value))
    return f"'{value}" if is_formula else value


def unguarded(text: str) -> str:
    """Take the guard away again."""
    return text[1:] if text.startswith("'") and LOOKS_LIKE_FORMULA.match(text) else text


def as_xlsx(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return a workbook with one sheet: numbers and days as such, every text as a text, never a formula."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    fill(book.create_sheet("実績値"), rows)
    return saved(book)


def sheet_to_fill_in(cycle: Cycle) -> bytes:
    """Return a workbook with a row for each indicator of the year, its value open, and a sheet that explains."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    followed = list(
        Indicator.objects.filter(cycle=cycle).select_related("definition", "own_definition")
    )
    sources = last_sources({one.code for one in followed})
    names = Counter([one.defined_by.name for one in followed])
    rows = (
        open_row(cycle, one, sources, by_code=names[one.defined_by.name] > 1) for one in followed
    )
    fill(book.create_sheet("実績値"), rows, headings=LABELS)
    guide = book.create_sheet("書き方")
    for line in HOW_TO:
        guide.append([as_text(guide, text) for text in line])
    guide.append([])
    guide.append([as_text(guide, text) for text in ("コード", "指標", "単位")])
    for one in followed:
        named = (one.code, one.defined_by.name, one.defined_by.unit)
        guide.append([as_text(guide, text) for text in named])
    return saved(book)


def last_sources(codes: set[str]) -> dict[str, str]:
    """Return the source of the latest value of each indicator."""
    known = Measurement.objects.filter(code__in=codes).order_by("fiscal_year", "updated_at", "pk")
    return dict(known.values_list("code", "source"))


def open_row(
    cycle: Cycle, followed: Indicator, sources: Mapping[str, str], *, by_code: bool
) -> dict[str, Any]:
    """Return a row whose value is open; people know an indicator by its name, where that is one."""
    told = {
        "municipality_code": cycle.municipality.code,
        "indicator": followed.code if by_code else followed.defined_by.name,
        "fiscal_year": cycle.fiscal_year,
        "source": sources.get(followed.code),
    }
    return {name: told.get(name) for name in COLUMNS}


def fill(
    sheet: Any, rows: Iterable[Mapping[str, Any]], headings: Mapping[str, str] | None = None
) -> None:
    """Write the header, in the words of `headings` where given, and the rows."""
    for number, name in enumerate(COLUMNS):
        sheet.column_dimensions[chr(ord("A") + number)].width = WIDTHS.get(name, WIDTH)
    sheet.freeze_panes = "A2"
    sheet.append([as_text(sheet, (headings or {}).get(name, name)) for name in COLUMNS])
    for row in rows:
        sheet.append([cell(sheet, row[name]) for name in COLUMNS])


def cell(sheet: Any, value: Any) -> Any:
    return as_text(sheet, value) if isinstance(value, str) else value


def name_of(cycle: Cycle, ending: str) -> str:
    """Return 「実績値_見本市_令和8年度.csv」."""
    year = fiscal.era_year(cycle.fiscal_year)
    return f"実績値_{cycle.municipality.name}_{year}.{ending}"
