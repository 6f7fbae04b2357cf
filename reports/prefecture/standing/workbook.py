"""The table of a prefecture as a workbook: the rows of the screen in their order, one fact a cell.

By the rules of `reports/paper/tables`: one table a sheet, its header in the first row, numbers and days
as such, the code as a text in every row.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from municipalities.choices import CARE_SCENES
from municipalities.japanese import fiscal
from municipalities.rows.workbooks import saved
from municipalities.rows.workbooks import table as fill_sheet
from reports.choices import Phase
from reports.paper.settled import settled
from reports.prefecture.standing import need
from reports.prefecture.standing.standing import LATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from municipalities.models import Prefecture
    from reports.prefecture.standing.arranging import Table
    from reports.prefecture.standing.standing import Line, Papers

Cell = str | int | dt.date | dt.datetime | None
WIDE = {"支援が要る理由": 48, "内容": 70, "項目": 16}
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
    "自治体コード",
    "市町村",
    "二次医療圏",
    "年度",
    "支援が要る理由",
    *(f"{kind}の{part}" for kind in ("中間報告", "最終報告") for part in OF_PAPERS),
    *(f"{word}：{scene.label}" for _, word in PHASES for scene in CARE_SCENES),
    *(label for label, _ in COUNTS),
    "集計日時",
)
NOTES = (
    ("出典", "市町村がこのシステムで提出した報告書の状態と、年度の内容の件数。文章は含みません"),
    ("県入力", "入力元が「県入力」の行は、都道府県の担当者が入力した状況です"),
    ("複数の報告書", "同じ種別の報告書が複数あるときは、最後に提出された回を載せています"),
    (
        "超過日数",
        "提出期限の翌日から、提出した日まで（未提出の報告は今日まで）の日数です。期限までに提出された報告、最終報告が先に提出された中間報告、期限や日数が分からない報告は空欄です",
    ),
    ("空欄", "空欄は、分からないか、まだないことを表します。0は0件です"),
    ("支援が要る順", need.ORDER_IN_WORDS),
)


def make_workbook(
    table: Table, prefecture: Prefecture, fiscal_year: int, *, at: dt.datetime
) -> bytes:
    """Return the workbook of a table as it is shown."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = prefecture.name
    rows = (row_of(line, fiscal_year) for line in table.lines)
    fill_sheet(book.create_sheet("進み具合"), COLUMNS, rows, widths=WIDE, width=WIDTH)
    told = about(table, prefecture, fiscal_year, at=at)
    fill_sheet(book.create_sheet("説明"), ("項目", "内容"), told, widths=WIDE, width=WIDTH)
    return settled(saved(book), timezone.localdate(at))


def row_of(line: Line, fiscal_year: int) -> tuple[Cell, ...]:
    counts = line.counts
    return (
        line.place.code,
        line.place.name,
        line.area_names or None,
        fiscal_year,
        "、".join(reason.text for reason in line.reasons),
        *_papers(line.interim),
        *_papers(line.final),
        *_states(line),
        *(getattr(counts, name) if counts else None for _, name in COUNTS),
        timezone.localtime(counts.counted_at).replace(tzinfo=None) if counts else None,
    )


def _papers(papers: Papers) -> tuple[Cell, ...]:
    last, days = papers.last, papers.days_past
    if last is None:
        return (papers.due_on, "未提出", None, None, None, days, None, None)
    late = LATE if last.is_late else None
    origin = "県入力" if last.is_entry else "システム"
    dates = (last.submitted_on, late, days, last.accepted_on)
    return papers.due_on, last.word, last.serial, *dates, origin


def _states(line: Line) -> Iterator[Cell]:
    for phase, _ in PHASES:
        for scene in CARE_SCENES:
            known = line.phases.get((scene, phase))
            yield known.get_state_display() if known else None


def about(
    table: Table, prefecture: Prefecture, fiscal_year: int, *, at: dt.datetime
) -> Iterator[tuple[str, Cell]]:
    """Yield what the table was made from and how it was asked for."""
    yield "資料", "市町村の進み具合"
    yield "都道府県", prefecture.name
    yield "年度", fiscal.label(fiscal_year)
    yield "二次医療圏", table.areas.told
    yield "絞り込み", table.only.label if table.only else "なし（すべての市町村）"
    yield "並び順", table.order.label
    yield "件数", f"{len(table.lines)}／{table.total}市町村"
    yield "保存した日時", f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
    yield from NOTES
