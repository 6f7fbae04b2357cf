"""研修の手がかり as a workbook: a line for each rule that towns break, counts alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from municipalities.japanese import fiscal
from municipalities.rows.workbooks import saved
from municipalities.rows.workbooks import table as fill_sheet
from reports.paper.settled import settled

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from municipalities.models import Prefecture
    from reports.prefecture.findings.finding_table import Line

COLUMNS = (
    *("番号", "内容", "点検すること", "重さ", "当てはまる市町村", "うち気づきのある市町村"),
    *("気づきの箇所", "理由を付けて見送った箇所", "なぜ大切か", "よい例", "よりどころ"),
)
WIDE = {"点検すること": 60, "なぜ大切か": 70, "よい例": 60, "よりどころ": 40, "項目": 20}
WIDTH = 14
TOO_FEW = "市町村が少ないため示しません"
NOTES = (
    (
        "出典",
        "市町村がこのシステムに入力した計画と評価から数えた件数。作成中のものも数えます。市町村の文章は含みません",
    ),
    (
        "当てはまる市町村",
        "その点検に関係する内容を一つでも入力している市町村です。3に満たない点検は、件数を示しません",
    ),
    (
        "使い方",
        "研修や意見交換会のテーマを選ぶ手がかりです。市町村の順位を付けるものではありません",
    ),
)


def make_workbook(
    lines: Sequence[Line], prefecture: Prefecture, fiscal_year: int, *, at: dt.datetime
) -> bytes:
    """Return the workbook of what is shown."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = prefecture.name
    sheet = book.create_sheet("研修の手がかり")
    fill_sheet(sheet, COLUMNS, map(row_of, lines), widths=WIDE, width=WIDTH)
    told = about(prefecture, fiscal_year, at=at)
    notes = book.create_sheet("説明")
    fill_sheet(notes, ("項目", "内容"), told, widths={"項目": 20, "内容": 80}, width=WIDTH)
    return settled(saved(book), timezone.localdate(at))


def row_of(line: Line) -> tuple[object, ...]:
    rule = line.rule
    counts = (line.asked, line.towns, line.places, line.waived)
    numbers = counts if line.is_told else (TOO_FEW,) * len(counts)
    return (
        rule.id,
        line.theme,
        line.title,
        line.weight,
        *numbers,
        rule.why,
        rule.example,
        rule.source,
    )


def about(
    prefecture: Prefecture, fiscal_year: int, *, at: dt.datetime
) -> Iterator[tuple[str, str]]:
    yield "都道府県", prefecture.name
    yield "年度", fiscal.label(fiscal_year)
    yield "保存した日時", f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
    yield from NOTES
