"""段階の一覧 as a workbook: the rows of the screen in their order, every step and every phase, one fact a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from municipalities.choices import CARE_SCENES
from municipalities.japanese import fiscal
from municipalities.rows.workbooks import saved
from municipalities.rows.workbooks import table as fill_sheet
from reports.paper.settled import settled
from reports.prefecture.standing.matrix import PHASE_NAMES, STEP_NAMES, VIEWS
from reports.prefecture.standing.standing import LATE

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from municipalities.models import Prefecture
    from reports.prefecture.standing.matrix import Matrix, Row, StepCell
    from reports.prefecture.standing.standing import Papers

WIDTH = 14
WIDE = {"内容": 70, "項目": 16, "備考": 30}
OF_STEP = ("状態", "日付", "実施した回数", "回数")
OF_REPORT = ("期限", "状態", "提出日", "期限後", "超過日数", "入力元")
COLUMNS = (
    "自治体コード",
    "市町村",
    "二次医療圏",
    "年度",
    *(f"{name}の{part}" for name in STEP_NAMES.values() for part in OF_STEP),
    *(f"{name}の{part}" for name in ("中間報告", "最終報告") for part in OF_REPORT),
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
    ("県入力", "入力元が「県入力」の報告は、都道府県の担当者が入力した状況です"),
    (
        "超過日数",
        "提出期限の翌日から、提出した日まで（未提出の報告は今日まで）の日数です。期限までに提出された報告、最終報告が先に提出された中間報告、期限や日数が分からない報告は空欄です",
    ),
    ("済んだ数・全体の数", "その場面と段階で必要なものの数と、そのうち入力が済んだものの数です"),
    ("空欄", "空欄は、分からないか、まだないことを表します。0は0件です"),
)


def make_workbook(
    matrix: Matrix, prefecture: Prefecture, fiscal_year: int, *, at: dt.datetime
) -> bytes:
    """Return the workbook of what is shown."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = prefecture.name
    rows = (row_of(row, fiscal_year) for row in matrix.rows)
    fill_sheet(book.create_sheet("段階の一覧"), COLUMNS, rows, widths=WIDE, width=WIDTH)
    told = about(matrix, prefecture, fiscal_year, at=at)
    fill_sheet(book.create_sheet("説明"), ("項目", "内容"), told, widths=WIDE, width=WIDTH)
    return settled(saved(book), timezone.localdate(at))


def row_of(row: Row, fiscal_year: int) -> tuple:
    return (
        row.place.code,
        row.place.name,
        row.line.area_names or None,
        fiscal_year,
        *(part for _, cell in row.step_cells for part in _step(cell)),
        *(part for papers in row.line.kinds for part in _report(papers)),
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


def _report(papers: Papers) -> tuple:
    last, days = papers.last, papers.days_past
    if last is None:
        return papers.due_on, "未提出", None, None, days, None
    late = LATE if last.is_late else None
    origin = "県入力" if last.is_entry else "システム"
    return papers.due_on, last.word, last.submitted_on, late, days, origin


def about(
    matrix: Matrix, prefecture: Prefecture, fiscal_year: int, *, at: dt.datetime
) -> Iterator[tuple]:
    """Yield what the table was made from and how it was asked for."""
    yield "資料", f"段階の一覧（{VIEWS[matrix.view]}）"
    yield "都道府県", prefecture.name
    yield "年度", fiscal.label(fiscal_year)
    yield "二次医療圏", matrix.areas.told
    yield "絞り込み", matrix.only.label if matrix.only else "なし（すべての市町村）"
    yield "並び順", matrix.order.label
    yield "件数", f"{len(matrix.rows)}／{matrix.total}市町村"
    yield "保存した日時", f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
    yield from NOTES
