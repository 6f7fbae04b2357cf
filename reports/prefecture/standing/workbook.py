"""The table of a prefecture as a workbook: the rows of the screen in their order, one fact a cell.

By the rules of `reports/paper/tables`: one table a sheet, its header in the first row, numbers and days
as such, the code as a text in every row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from municipalities.choices import CARE_SCENES
from reports.choices import Phase
from reports.prefecture.standing import book, need

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from municipalities.models import Prefecture
    from reports.prefecture.standing.arranging import Table
    from reports.prefecture.standing.book import Cell
    from reports.prefecture.standing.lines import Line

WIDE = {"支援が要る理由": 48}
WIDTH = 16
OF_PAPERS = ("期限", "状態", "回", "提出日", "期限後", "超過日数", "受理日", "入力元")
PHASES = ((Phase.PLAN, "計画"), (Phase.DO, "実施"))
COUNTS = (
    ("値がある指標", "values_known"),
    ("指標", "indicators"),
    ("実施した打合せ", "steps_held"),
    ("打合せ", "steps"),
    ("課題", "issues"),
    ("取組", "activities"),
)
COLUMNS = (
    *book.PLACE,
    "支援が要る理由",
    *book.heads(OF_PAPERS),
    *(f"{word}：{scene.label}" for _, word in PHASES for scene in CARE_SCENES),
    *(label for label, _ in COUNTS),
    "集計日時",
)
NOTES = (
    ("出典", "市町村がこのシステムで提出した報告書の状態と、年度の内容の件数。文章は含みません"),
    book.ENTERED,
    ("複数の報告書", "同じ種別の報告書が複数あるときは、最後に提出された回を載せています"),
    book.DAYS_PAST,
    book.BLANK,
    ("支援が要る順", need.ORDER_IN_WORDS),
)


def make_workbook(
    table: Table, prefecture: Prefecture, fiscal_year: int, *, at: dt.datetime
) -> bytes:
    """Return the workbook of what is shown."""
    rows = (row_of(line, fiscal_year) for line in table.lines)
    sheet = book.Sheet("進み具合", COLUMNS, rows, WIDE, WIDTH, NOTES)
    chosen = book.Chosen(
        title="市町村の進み具合",
        prefecture=prefecture,
        fiscal_year=fiscal_year,
        areas=table.areas,
        only=table.only.label if table.only else "",
        order=table.order.label,
        rows=len(table.lines),
        total=table.total,
    )
    return book.make_book(sheet, chosen, at=at)


def row_of(line: Line, fiscal_year: int) -> tuple[Cell, ...]:
    counts = line.counts
    return (
        line.place.code,
        line.place.name,
        line.area_names or None,
        fiscal_year,
        "、".join(reason.text for reason in line.reasons),
        *book.facts(line.kinds, OF_PAPERS),
        *_states(line),
        *(getattr(counts, name) if counts else None for _, name in COUNTS),
        timezone.localtime(counts.counted_at).replace(tzinfo=None) if counts else None,
    )


def _states(line: Line) -> Iterator[Cell]:
    for phase, _ in PHASES:
        for scene in CARE_SCENES:
            known = line.phases.get((scene, phase))
            yield known.get_state_display() if known else None
