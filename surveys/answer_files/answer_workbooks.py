"""The workbook of answers to fill in, and the one that says what of a filled one cannot be taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from councils.choices import Profession
from municipalities.rows.workbooks import saved, table
from surveys.answer_files import answer_file, cells
from surveys.choices import QuestionType
from surveys.questionnaires.shape.form_shape import WITH_OPTIONS
from surveys.sheets import sheet_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from surveys.answer_files.answer_file import Refused
    from surveys.questionnaires.shape.form_shape import Asked, Form

WAYS = ("列", "書き方")
REFUSED = ("行", "セル", "書かれていた内容", "理由と直し方")
WIDTHS = {"書き方": 90, "列": 40, "書かれていた内容": 30, "理由と直し方": 80}
WIDTH = 12


def to_fill_in(form: Form) -> bytes:
    """Return a workbook with one column for each thing that is answered, and how each is written."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    headings = list(answer_file.headings(form))
    names = (answer_file.SHEET, *(heading for heading, _, _, _ in headings))
    table(book.create_sheet("回答"), names, (), widths={}, width=WIDTH)
    table(book.create_sheet("書き方"), WAYS, ways(headings), widths=WIDTHS, width=WIDTH)
    return saved(book)


def ways(headings: Sequence[tuple[str, str, Asked, str]]) -> Iterator[tuple[str, str]]:
    yield answer_file.SHEET, "紙の調査票に書いた番号です。なくてもかまいません。"
    for heading, name, asked, _ in headings:
        yield heading, way_of(asked, name)


def way_of(asked: Asked, name: str) -> str:
    """Return how a cell of this column is written."""
    if asked.kind == QuestionType.PROFESSION and "t" not in name:
        return "、".join(label for value, label in Profession.choices if value != "unstated")
    if asked.kind not in WITH_OPTIONS or "t" in name:
        return f"数字（単位：{asked.unit}）" if asked.unit else "そのまま書きます。"
    several = asked.kind == QuestionType.MULTIPLE or "x" in name
    ending = (
        "。いくつもあるときは「1、3」。「問2-1」のように選択肢ごとの列を作り、1と0を書くこともできます。"
        if several
        else "。番号か、選択肢の文を書きます。"
    )
    return sheet_form.numbered(answer_file.options_of(asked, name)) + ending


def of_refused(refused: Sequence[Refused]) -> bytes:
    """Return an xlsx with one line for each cell that cannot be taken, in the order of the file."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    rows = ((one.row, cell_name(one), one.text, one.message) for one in refused)
    table(book.create_sheet("取り込めない欄"), REFUSED, rows, widths=WIDTHS, width=WIDTH)
    return saved(book)


def cell_name(one: Refused) -> str:
    """Return 「C12」 as Excel names it, or 「12行目」."""
    return cells.cell_name(one.row, one.column)
