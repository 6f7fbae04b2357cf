"""The tables of a round as a workbook; every text is a text, in each row stands of how many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from municipalities.japanese.dates import in_wareki
from municipalities.rows.workbooks import saved, table
from surveys.tabulation.counting.tables import KEPT, KEPT_RULE, RULE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from surveys.models import SurveyRound
    from surveys.tabulation.reading.tabulating import Tabulated

NARROW = 13
WIDE = {"設問": 48, "選択肢": 36, "区分": 30, "項目": 20, "内容": 60}
LINES = ("問の番号", "設問", "回答対象者数（n）", "選択肢", "回答数", "割合（%）")
PARTED = ("問の番号", "設問", "分けた設問", "区分", "n", "選択肢", "回答数", "割合（%）")
NUMBERS = (
    "問の番号",
    "設問",
    "回答対象者数（n）",
    "回答数",
    "平均",
    "中央値",
    "最小",
    "最大",
    "合計",
)


def as_xlsx(row: SurveyRound, found: Tabulated, *, by: str) -> bytes:
    """Return the workbook; parted tables where a question is chosen that parts them."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = row.cycle.municipality.name
    sheets = [("集計表", LINES, lines_of(found)), ("数値", NUMBERS, numbers_of(found))]
    if by in found.parting:
        sheets.append(("クロス集計", PARTED, parted_of(found, by)))
    facts = [("調査の名称", row.title), ("有効回答数（回収）", found.n), ("割合の計算", RULE)]
    if found.kept_on:
        facts.append((KEPT, f"{in_wareki(found.kept_on)}に保存しました。{KEPT_RULE}"))
    for name, header, rows in (*sheets, ("説明", ("項目", "内容"), facts)):
        table(book.create_sheet(name), header, rows, widths=WIDE, width=NARROW)
    return saved(book)


def lines_of(found: Tabulated) -> Iterator[tuple[Any, ...]]:
    for one in found.counted:
        head = (one.table.number, one.table.title, one.table.asked)
        for line in one.table.lines:
            yield *head, line.label, line.count, line.percent


def numbers_of(found: Tabulated) -> Iterator[tuple[Any, ...]]:
    for one in found.counted:
        if told := one.table.numbers:
            head = (one.table.number, one.table.title, one.table.asked, told.n)
            yield *head, told.mean, told.median, told.smallest, told.largest, told.total


def parted_of(found: Tabulated, by: str) -> Iterator[tuple[Any, ...]]:
    for number, cross in found.crosses(by).items():
        for group in cross.groups:
            for line in group.lines:
                head = (number, cross.table.title, cross.by, group.label, group.n)
                yield *head, line.label, line.count, line.percent
