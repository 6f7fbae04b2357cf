"""回答票: the one workbook that goes out with a 照会, to be printed, filled in by hand and handed back."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from municipalities.japanese import dates, fiscal
from municipalities.rows.workbooks import NOT_IN_XML
from reports.choices import QuestionKind
from reports.inquiry.questions import YES_NO, Asked, digest, shown, value_of
from reports.paper.settled import settled

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from municipalities.models import Municipality
    from reports.models import Inquiry

FORM, KEYS = "回答票", "照会の情報"
HEADER = ("番号", "質問", "書き方", "回答")
# The names of what the sheet of keys tells, one a line, the value beside it.
INQUIRY, TOWN, MARK = "照会の番号", "市区町村コード", "質問の印"
WIDTHS = (8, 42, 30, 46)
ANSWER = 4
LEAD = (
    "「回答」の列に入力し、ブックのまま（.xlsx）保存して返してください。"
    "印が＊の質問は、必ず回答してください。行の追加・削除や、質問の書き換えはしないでください。"
)
# Excel takes a list in a cell's rule only up to so many characters, and with commas between.
LONGEST_LIST = 250
LINE_HEIGHT, SIGNS_A_LINE = 15, 20


def make(
    inquiry: Inquiry,
    asked: tuple[Asked, ...],
    place: Municipality,
    texts: Mapping[str, str],
    *,
    day: dt.date,
) -> bytes:
    """Return the workbook for one municipality, with what is answered already. The same call, the same bytes."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator = str(place.prefecture)
    sheet = book.active
    sheet.title = FORM
    _head(sheet, inquiry, place)
    _table(sheet, asked, texts)
    _page(sheet)
    _keys(book.create_sheet(KEYS), inquiry, asked, place)
    file = io.BytesIO()
    book.save(file)
    return settled(file.getvalue(), day)


def put(sheet: Any, row: int, column: int, text: str) -> Any:
    """Write a text as a text, whatever it begins with."""
    from openpyxl.styles import Alignment

    cell = sheet.cell(row, column)
    cell.value = NOT_IN_XML.sub("", text)
    cell.data_type, cell.number_format = "s", "@"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _head(sheet: Any, inquiry: Inquiry, place: Municipality) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for number, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    due = f"{dates.in_wareki(inquiry.due_on)}（{inquiry.due_on.year}年）まで"
    told = (
        ("件名", inquiry.title),
        ("照会元", str(place.prefecture)),
        ("回答者", place.name),
        ("年度", fiscal.label(inquiry.fiscal_year)),
        ("期限", due),
        ("趣旨", inquiry.purpose),
        ("根拠", inquiry.basis),
        ("問合せ先", inquiry.contact),
        ("お知らせ", inquiry.notice),
        ("書き方", LEAD),
    )
    for row, (label, text) in enumerate(((a, b) for a, b in told if b), 1):
        put(sheet, row, 1, label).font = Font(bold=True)
        put(sheet, row, 2, text)
        sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=ANSWER)
        sheet.row_dimensions[row].height = height(text, signs=sum(WIDTHS[1:]) // 2)
    sheet["B1"].font = Font(bold=True, size=14)


def height(text: str, *, signs: int) -> float:
    """Return how high a line must be in points for a wrapped text."""
    lines = sum(1 + len(line) // signs for line in text.split("\n")) or 1
    return float(LINE_HEIGHT * lines + 4)


def _table(sheet: Any, asked: tuple[Asked, ...], texts: Mapping[str, str]) -> None:
    from openpyxl.styles import Border, Font, PatternFill, Side

    line = Side(style="thin", color="767676")
    border = Border(left=line, right=line, top=line, bottom=line)
    top = sheet.max_row + 2
    for column, name in enumerate(HEADER, 1):
        cell = put(sheet, top, column, name)
        cell.font, cell.border = Font(bold=True), border
        cell.fill = PatternFill("solid", fgColor="E8F1FE")
    for row, one in enumerate(asked, top + 1):
        example = f"\n例：{one.row.example}" if one.row.example else ""
        star = "＊" if one.row.is_required else ""
        told = (one.name, one.row.text, f"{star}{one.how}{example}", written(one, texts))
        for column, text in enumerate(told, 1):
            put(sheet, row, column, text).border = border
        sheet.cell(row, ANSWER).fill = PatternFill("solid", fgColor="FFFBE6")
        _offer(sheet, one, row)
        lines = 4 if one.row.kind == QuestionKind.LONG else 2
        longest = max(height(text, signs=SIGNS_A_LINE) for text in (told[1], told[2]))
        sheet.row_dimensions[row].height = max(longest, LINE_HEIGHT * lines)
    sheet.freeze_panes = sheet.cell(top + 1, 1)
    sheet.print_title_rows = f"{top}:{top}"


def written(one: Asked, texts: Mapping[str, str]) -> str:
    """Return an answer as its cell holds it: a bare number, a day that is read back."""
    text = texts.get(one.key, "")
    if one.row.kind == QuestionKind.DATE:
        value: Any = value_of(one.row, text)
        return dates.in_wareki(value) if hasattr(value, "year") else text
    return text if one.row.kind == QuestionKind.NUMBER else shown(one.row, text)


def _offer(sheet: Any, one: Asked, row: int) -> None:
    """Let the cell offer what may be chosen, where Excel can hold the list."""
    from openpyxl.worksheet.datavalidation import DataValidation

    is_yes_no = one.row.kind == QuestionKind.YES_NO
    options = tuple(YES_NO.values()) if is_yes_no else one.row.options
    if not is_yes_no and one.row.kind != QuestionKind.CHOICE:
        return
    joined = ",".join(options)
    if len(joined) > LONGEST_LIST or any(sign in option for option in options for sign in ',"'):
        return
    rule = DataValidation(type="list", formula1=f'"{joined}"', allow_blank=True)
    sheet.add_data_validation(rule)
    rule.add(sheet.cell(row, ANSWER))


def _page(sheet: Any) -> None:
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "&P／&N"


def _keys(sheet: Any, inquiry: Inquiry, asked: Iterable[Asked], place: Municipality) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 20, 60
    told = (
        (INQUIRY, inquiry.key),
        ("件名", inquiry.title),
        (TOWN, place.code),
        ("市区町村", place.name),
        (MARK, digest(asked)),
        (
            "このシートについて",
            "どの市区町村の、どの照会の回答かを見分けるためのものです。書き換えないでください。",
        ),
    )
    for row, (label, text) in enumerate(told, 1):
        put(sheet, row, 1, label)
        put(sheet, row, 2, text)
