"""What the workbooks of a prefecture's table and of its steps have alike: the facts of a report, and what is said of the file."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from municipalities.japanese import fiscal
from municipalities.rows.workbooks import saved
from municipalities.rows.workbooks import table as fill_sheet
from reports.paper.settled import settled
from reports.submission.advising.papers import LATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from municipalities.models import Prefecture
    from reports.prefecture.standing.areas import Areas
    from reports.submission.advising.papers import Papers

Cell = str | int | dt.date | dt.datetime | None
PLACE = ("自治体コード", "市町村", "二次医療圏", "年度")
KINDS = ("中間報告", "最終報告")


def _of_last(name: str) -> Callable[[Papers], Cell]:
    return lambda papers: getattr(papers.last, name, None)


# What a file may tell of the reports of one kind, by the name of its column.
FACTS: Mapping[str, Callable[[Papers], Cell]] = {
    "期限": lambda papers: papers.due_on,
    "状態": lambda papers: papers.word,
    "回": _of_last("serial"),
    "提出日": _of_last("submitted_on"),
    "期限後": lambda papers: LATE if papers.last and papers.last.is_late else None,
    "超過日数": lambda papers: papers.days_past,
    "受理日": _of_last("accepted_on"),
    "入力元": _of_last("origin"),
}
ENTERED = ("県入力", "入力元が「県入力」の報告は、都道府県の担当者が入力した状況です")
DAYS_PAST = (
    "超過日数",
    (
        "提出期限の翌日から、提出した日まで（未提出の報告は今日まで）の日数です。期限までに提出された報告、"
        "最終報告が先に提出された中間報告、期限や日数が分からない報告は空欄です"
    ),
)
BLANK = ("空欄", "空欄は、分からないか、まだないことを表します。0は0件です")


def heads(parts: Iterable[str]) -> Iterator[str]:
    """Yield the heads of the columns of both kinds of report."""
    parts = tuple(parts)
    return (f"{kind}の{part}" for kind in KINDS for part in parts)


def facts(kinds: Iterable[Papers], parts: Iterable[str]) -> Iterator[Cell]:
    """Yield what stands below these heads; of several reports of a kind the last."""
    parts = tuple(parts)
    return (FACTS[part](papers) for papers in kinds for part in parts)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a file was made from and how it was asked for: filter and order in words, how many rows of how many."""

    title: str
    prefecture: Prefecture
    fiscal_year: int
    areas: Areas
    only: str
    order: str
    rows: int
    total: int

    def told(self, notes: Iterable[tuple[str, str]], at: dt.datetime) -> Iterator[tuple[str, Cell]]:
        yield "資料", self.title
        yield "都道府県", self.prefecture.name
        yield "年度", fiscal.label(self.fiscal_year)
        yield "二次医療圏", self.areas.told
        yield "絞り込み", self.only or "なし（すべての市町村）"
        yield "並び順", self.order
        yield "件数", f"{self.rows}／{self.total}市町村"
        yield "保存した日時", f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
        yield from notes


@dataclass(frozen=True, slots=True)
class Sheet:
    """The table of a file, its name and the widths of its columns; and what is said of it."""

    name: str
    columns: tuple[str, ...]
    rows: Iterable[tuple[Cell, ...]]
    widths: Mapping[str, int]
    width: int
    notes: tuple[tuple[str, str], ...]


WIDE = {"項目": 16, "内容": 70}


def make_book(sheet: Sheet, chosen: Chosen, *, at: dt.datetime) -> bytes:
    """Return the workbook: the table, and a sheet that explains it."""
    from openpyxl import Workbook

    book, wide = Workbook(write_only=True), WIDE | dict(sheet.widths)
    book.properties.creator = chosen.prefecture.name
    fill_sheet(
        book.create_sheet(sheet.name), sheet.columns, sheet.rows, widths=wide, width=sheet.width
    )
    told = chosen.told(sheet.notes, at)
    fill_sheet(book.create_sheet("説明"), ("項目", "内容"), told, widths=wide, width=sheet.width)
    return settled(saved(book), timezone.localdate(at))
