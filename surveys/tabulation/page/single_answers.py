"""The single answers of a round as a workbook, for the owner's own counting; in the columns that are taken in again.

Rows stand in no order of time, and nothing says who answered: neither invitee nor receipt nor respondent's code.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from councils.choices import Profession
from municipalities.rows.workbooks import saved, table
from surveys.answer_files import answer_file
from surveys.choices import QuestionType
from surveys.models import Answer
from surveys.questionnaires.shape import form_shape, furigana

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    from surveys.models import SurveyRound
    from surveys.questionnaires.shape.form_shape import Asked, Choice, Form

    Heading = tuple[str, str, Asked, str]

SKIPPED = "（対象外）"
UNANSWERED = "（無回答）"
LINE = ("response_id", "question__key", "row__key", "option__key", "number", "text")
WIDTH = 14
WIDE = {"項目": 20, "内容": 100}
ABOUT = (
    (
        "回答（番号）",
        "選択肢は番号です。いくつも選べる設問は「1、3」のように1つの欄に並びます。この形のまま「回答の取込み」で取り込めます。",
    ),
    (
        "回答（文）",
        "選択肢は文です。答えていない設問は「（無回答）」、前の設問の答えによって聞いていない設問は「（対象外）」です。",
    ),
    (
        "行の順",
        "届いた順ではありません。行の番号から、だれの回答か、いつの回答かは分かりません。",
    ),
    ("含まないもの", "集計から除いた回答、依頼先の名前、受付番号、本人が決めた番号"),
    (
        "扱い",
        "自由記述に、個人が分かることが書かれている場合があります。庁内の規程に従って保管し、外に出すときは集計表を使ってください。",
    ),
)


class Mark(NamedTuple):
    """One line of an answer, by keys; what is not said is None or empty."""

    question: str
    row: str | None
    option: str | None
    number: Decimal | None
    text: str


class Cell(NamedTuple):
    """What stands under a heading: as it is taken in again, and as it is read."""

    told: str | int | Decimal
    read: str | int | Decimal


def as_xlsx(row: SurveyRound) -> bytes:
    """Return the workbook of what is counted of a round: numbers, words, and how to read them."""
    from openpyxl import Workbook

    form = form_shape.read(row.questionnaire)
    shown = [one for one in answer_file.headings(form) if one[2].kind != QuestionType.OWN_CODE]
    found = list(answers_of(row, form, shown))
    names = tuple(heading for heading, *_ in shown)
    book = Workbook(write_only=True)
    book.properties.creator = row.cycle.municipality.name
    told = (tuple(cell.told for cell in cells) for cells in found)
    table(book.create_sheet("回答（番号）"), names, told, widths={}, width=WIDTH)
    read = ((at, *(cell.read for cell in cells)) for at, cells in enumerate(found, 1))
    table(book.create_sheet("回答（文）"), ("行", *names), read, widths={"行": 6}, width=WIDTH)
    facts = (("調査の名称", row.title), ("有効回答数", len(found)), *ABOUT)
    table(book.create_sheet("説明"), ("項目", "内容"), facts, widths=WIDE, width=WIDTH)
    return saved(book)


def answers_of(row: SurveyRound, form: Form, shown: list[Heading]) -> Iterator[list[Cell]]:
    """Yield the cells of each response, in the order of their random keys."""
    marks: dict[int, list[Mark]] = defaultdict(list)
    lines = Answer.objects.of(row).counted()
    for number, *rest in lines.order_by("pk").values_list(*LINE):
        marks[number].append(Mark(*rest))
    responses = row.responses.counted().order_by("key").values_list("pk", "profession")
    for number, profession in responses:
        yield cells_of(form, shown, marks[number], profession)


def cells_of(
    form: Form, shown: Iterable[Heading], marks: Iterable[Mark], profession: str
) -> list[Cell]:
    """Return the cells of one response; pure."""
    by_question: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        by_question[mark.question].append(mark)
    ticked = {key: [one.option or "" for one in found] for key, found in by_question.items()}
    asked_of = {asked.key for asked in form_shape.path(form, ticked)}
    cells = []
    for _, name, asked, _ in shown:
        if asked.kind == QuestionType.PROFESSION and "t" not in name:
            cell = _of_profession(profession)
        else:
            cell = _cell(name, asked, by_question.get(asked.key, []))
        cells.append(cell or Cell("", _absent(name, asked, asked_of)))
    return cells


def _absent(name: str, asked: Asked, asked_of: set[str]) -> str:
    if asked.key not in asked_of:
        return SKIPPED
    return "" if "t" in name else UNANSWERED


def _of_profession(value: str) -> Cell | None:
    label = str(Profession(value).label)
    return None if value == Profession.UNSTATED else Cell(label, label)


def _cell(name: str, asked: Asked, marks: list[Mark]) -> Cell | None:
    if asked.kind not in form_shape.WITH_OPTIONS:
        written = [one.text if one.number is None else one.number for one in marks]
        return Cell(written[0], written[0]) if written else None
    if "t" in name:
        option = asked.options[int(name.partition("t")[2]) - 1]
        texts = [one.text for one in marks if one.option == option.key and one.text]
        return Cell(texts[0], texts[0]) if texts else None
    return _chosen(answer_file.options_of(asked, name), _keys(name, asked, marks))


def _keys(name: str, asked: Asked, marks: list[Mark]) -> set[str]:
    """Return the options that were ticked in the question, or in the row of a table that a field stands for."""
    if asked.kind != QuestionType.MATRIX:
        return {one.option or "" for one in marks}
    _, _, number = name.partition("x" if "x" in name else "r")
    row = asked.rows[int(number) - 1].key
    return {one.option or "" for one in marks if one.row == row}


def _chosen(options: Iterable[Choice], keys: set[str]) -> Cell | None:
    found: Mapping[int, str] = {
        number: furigana.plain(option.label)
        for number, option in enumerate(options, 1)
        if option.key in keys
    }
    if not found:
        return None
    words = "、".join(found.values())
    return Cell(next(iter(found)) if len(found) == 1 else "、".join(map(str, found)), words)
