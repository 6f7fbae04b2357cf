"""段階の一覧 as a workbook: the rows of the screen in their order, every step and every phase, one fact a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from municipalities.choices import CARE_SCENES
from reports.prefecture.standing import book
from reports.prefecture.standing.matrix import PHASE_NAMES, STEP_NAMES, VIEWS

if TYPE_CHECKING:
    import datetime as dt

    from municipalities.models import Prefecture
    from reports.prefecture.standing.matrix import Matrix, Row, StepCell

WIDTH = 14
WIDE = {"備考": 30}
OF_STEP = ("状態", "日付", "実施した回数", "回数")
OF_REPORT = ("期限", "状態", "提出日", "期限後", "超過日数", "入力元")
COLUMNS = (
    *book.PLACE,
    *(f"{name}の{part}" for name in STEP_NAMES.values() for part in OF_STEP),
    *book.heads(OF_REPORT),
    *(
        f"{name}：{scene.label}{part}"
        for name in PHASE_NAMES.values()
        for scene in CARE_SCENES
        for part in ("", "（済んだ数）", "（全体の数）")
    ),
    "県の支援の回数",
    "うち伴走支援の回数",
    "備考",
)
NOTES = (
    ("県の支援の回数", "「県の支援の記録」のうち、その市町村を対象とするものの回数の合計"),
    (
        "出典",
        "市町村がこのシステムに入力した打合せの日付と、計画・実施の状態と件数。文章は含みません",
    ),
    book.ENTERED,
    book.DAYS_PAST,
    ("済んだ数・全体の数", "その場面と段階で必要なものの数と、そのうち入力が済んだものの数です"),
    book.BLANK,
)


def make_workbook(
    matrix: Matrix, prefecture: Prefecture, fiscal_year: int, *, at: dt.datetime
) -> bytes:
    """Return the workbook of what is shown."""
    rows = (row_of(row, fiscal_year) for row in matrix.rows)
    sheet = book.Sheet("段階の一覧", COLUMNS, rows, WIDE, WIDTH, NOTES)
    chosen = book.Chosen(
        title=f"段階の一覧（{VIEWS[matrix.view]}）",
        prefecture=prefecture,
        fiscal_year=fiscal_year,
        areas=matrix.areas,
        only=matrix.only.label if matrix.only else "",
        order=matrix.order.label,
        rows=len(matrix.rows),
        total=matrix.total,
    )
    return book.make_book(sheet, chosen, at=at)


def row_of(row: Row, fiscal_year: int) -> tuple:
    return (
        row.place.code,
        row.place.name,
        row.line.area_names or None,
        fiscal_year,
        *(part for _, cell in row.step_cells for part in _step(cell)),
        *book.facts(row.line.kinds, OF_REPORT),
        *(
            part
            for cell in row.phase_cells
            for part in ((cell.word, cell.done, cell.wanted) if cell.state else (None, None, None))
        ),
        row.support.times,
        row.support.hands_on,
        row.remark,
    )


def _step(cell: StepCell | None) -> tuple:
    if cell is None:
        return (None, None, None, None)
    return cell.word, cell.day, cell.held_now, cell.meetings
