"""Answers in a table, one response a row: which column is which question, and what each cell means; pure.

Columns are recognised by their headings: ours (「問2-1 広報」), the number alone, or the words of the question as
other forms write them. Cells hold numbers or words of options, several in one cell or 0/1 in columns of their own.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from surveys.answer_files.cells import CellError, plain, profession_of
from surveys.answers import filling, personal
from surveys.choices import QuestionType
from surveys.questionnaires.shape import furigana
from surveys.questionnaires.shape.form_shape import WITH_OPTIONS
from surveys.sheets import sheet_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from surveys.answers.filling import Filled
    from surveys.questionnaires.shape.form_shape import Asked, Choice, Form

    # Field, question and option; the number of a sheet belongs to no question.
    Target = tuple[str, Asked | None, str]

SHEET = "紙の番号"
MOST_ROWS, MOST_REFUSED = 2_000, 1_000
YES = frozenset(["1", "○", "〇", "◯", "✓", "✔", "レ", "はい", "true", "yes", "x"])
NO = frozenset(["0", "×", "いいえ", "false", "no", "-", "－"])
APART = re.compile(r"[\s、,，;；/／・|]+")
# A code that somebody chose is no writing.
NO_WRITING = frozenset([QuestionType.OWN_CODE])
NO_OPTION = "「{}」は選択肢にありません。番号か、選択肢の文を書いてください（いくつもあるときは「、」で区切ります）。"
NO_TICK = "1（選んだ）か0（選んでいない）を書いてください。"
NO_COLUMN = (
    "設問の列が見つかりません。ひな形の見出しか、「問1」のような番号を見出しにしてください。"
)
NO_ROWS = "見出しの下に、回答の行がありません。1行を1人の回答として書いてください。"
TWICE = "「{}」の列が2つあります。どちらかを削除してください。"
TOO_LONG = f"行が多すぎます。1つのファイルを{MOST_ROWS:,}行までに分けてください。"
SAME_SHEET = "紙の番号「{}」が、{}行目にもあります。"


@dataclass(frozen=True)
class Column:
    """A column of a table: the field it fills; `tick` is the option that a 1 stands for."""

    place: int
    heading: str
    name: str
    asked: Asked | None = None
    tick: str = ""


@dataclass(frozen=True)
class Refused:
    """A cell with what to do about it; column 0: the whole row or file."""

    row: int
    column: int
    text: str
    message: str


@dataclass(frozen=True)
class Taken:
    """One response of the table."""

    row: int
    filled: Filled
    sheet_number: str


@dataclass(frozen=True)
class Checked:
    """All that a table gives, or what keeps it from being taken."""

    taken: tuple[Taken, ...]
    refused: tuple[Refused, ...]
    unread: tuple[str, ...]
    # (row, column, what looks like personal data): to be looked at, nothing of it is refused.
    noticed: tuple[tuple[int, int, str], ...] = ()

    @property
    def overmarked(self) -> int:
        """How many answers bear more marks than their question asks for."""
        return sum(len(one.filled.overmarked) for one in self.taken)

    @property
    def has_no_column(self) -> bool:
        """Say whether all that is wrong is that no column names a question: that can be said on the screen."""
        return [one.message for one in self.refused] == [NO_COLUMN]

    @property
    def left_out(self) -> tuple[tuple[int, str], ...]:
        """Return in which rows which questions are filled in although a skip leads past them."""
        return tuple(
            (one.row, "、".join(one.filled.left_out)) for one in self.taken if one.filled.left_out
        )


def headings(form: Form) -> Iterator[tuple[str, str, Asked, str]]:
    """Yield heading, field, question and option of every column of the table to fill in."""
    for asked in form.questions:
        name = f"q{asked.number}"
        if asked.kind == QuestionType.MATRIX:
            yield from _of_table(asked, name)
            continue
        yield f"{asked.label} {furigana.plain(asked.text)}", name, asked, ""
        if asked.kind == QuestionType.PROFESSION:
            yield f"{asked.label} 「その他」の内容", f"{name}t1", asked, ""
        for number, option in enumerate(asked.options, 1):
            if option.takes_text:
                label = f"{asked.label} 「{furigana.plain(option.label)}」の内容"
                yield label, f"{name}t{number}", asked, ""


def _of_table(asked: Asked, name: str) -> Iterator[tuple[str, str, Asked, str]]:
    for number, row in enumerate(asked.rows, 1):
        label = f"{asked.label}-{number} {furigana.plain(row.label)}"
        if asked.choices:
            yield label, f"{name}r{number}", asked, ""
        if asked.ticks:
            yield f"{label} ✓", f"{name}x{number}", asked, ""


def known(form: Form) -> dict[str, tuple[str, Asked, str]]:
    """Return every spelling of a heading; what two questions share names neither."""
    found: dict[str, tuple[str, Asked, str]] = {}
    shared: set[str] = set()
    for spelling, target in _spellings(form):
        key = plain(spelling)
        if key in found and found[key] != target:
            shared.add(key)
        found[key] = target
    return {key: target for key, target in found.items() if key and key not in shared}


def _spellings(form: Form) -> Iterator[tuple[str, tuple[str, Asked, str]]]:
    for heading, name, asked, tick in headings(form):
        target = (name, asked, tick)
        yield heading, target
        if "t" in name:
            continue
        yield heading.partition(" ")[0] + ("✓" if heading.endswith("✓") else ""), target
        if asked.kind != QuestionType.MATRIX:
            yield asked.text, target
    for asked in form.questions:
        yield from _of_options(asked)


def _of_options(asked: Asked) -> Iterator[tuple[str, tuple[str, Asked, str]]]:
    """The columns of 0 and 1, one for each option; a table's rows as other forms head them."""
    if asked.kind == QuestionType.MULTIPLE:
        for number, option in enumerate(asked.options, 1):
            target = (f"q{asked.number}", asked, str(number))
            yield f"{asked.label}-{number}", target
            yield f"{asked.label}-{number} {option.label}", target
            yield f"{asked.text} [{option.label}]", target
    for number, row in enumerate(asked.rows, 1):
        yield f"{asked.text} [{row.label}]", (f"q{asked.number}r{number}", asked, "")


def columns_of(
    form: Form, line: Sequence[str], said: Mapping[str, Target | None] | None = None
) -> tuple[list[Column], list[str]]:
    """Return the columns of a heading line, and the headings that name no question of ours.

    What has been said of a heading goes before what it says itself; None: it is not read.
    """
    targets, columns, unread = known(form), [], []
    said = said or {}
    for place, heading in enumerate(line):
        if not heading.strip():
            continue
        if heading in said:
            target = said[heading]
            columns += [] if target is None else [Column(place, heading, *target)]
        elif plain(heading) == plain(SHEET):
            columns.append(Column(place, heading, "sheet"))
        elif target := targets.get(plain(heading)):
            columns.append(Column(place, heading, *target))
        else:
            unread.append(heading)
    return columns, unread


def check(
    form: Form,
    rows: Sequence[Sequence[str]],
    said: Mapping[str, Target | None] | None = None,
) -> Checked:
    """Read a table, its first line the headings. Nothing of it is taken while a cell is refused."""
    columns, unread = columns_of(form, rows[0] if rows else (), said)
    if trouble := _trouble_with(columns, rows):
        return Checked((), (trouble,), tuple(unread))
    taken, refused = [], []
    for number, line in enumerate(rows[1:], 2):
        if any(cell.strip() for cell in line):
            one, wrong = _row(form, columns, line, number)
            taken.append(one)
            refused += wrong
    refused += _same_sheets(taken)
    if not taken:
        refused.append(Refused(2, 0, "", NO_ROWS))
    noticed = () if refused else tuple(_noticed(columns, taken))
    return Checked(tuple(taken), tuple(refused[:MOST_REFUSED]), tuple(unread), noticed)


def _noticed(columns: Sequence[Column], taken: Sequence[Taken]) -> Iterator[tuple[int, int, str]]:
    """Yield the answers whose text looks like a phone number, an address or a name."""
    for one in taken:
        for asked in one.filled.path:
            given = one.filled.given[asked.key]
            texts = (given.text, *given.beside.values())
            signs = [sign for text in texts for sign in personal.signs_of(text)]
            if signs and asked.kind not in NO_WRITING:
                column = next(
                    each for each in columns if each.asked and each.asked.key == asked.key
                )
                yield one.row, column.place + 1, "、".join(dict.fromkeys(signs))


def _trouble_with(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> Refused | None:
    if not any(column.asked for column in columns):
        return Refused(1, 0, "", NO_COLUMN)
    if len(rows) - 1 > MOST_ROWS:
        return Refused(MOST_ROWS + 2, 0, "", TOO_LONG)
    seen: set[tuple[str, str]] = set()
    for column in columns:
        mark = (column.name, column.tick)
        if mark in seen:
            return Refused(1, column.place + 1, column.heading, TWICE.format(column.heading))
        seen.add(mark)
    return None


def _row(
    form: Form, columns: Sequence[Column], line: Sequence[str], number: int
) -> tuple[Taken, list[Refused]]:
    typed: dict[str, list[str]] = {}
    refused: list[Refused] = []
    unread: set[str] = set()
    sheet_number = ""
    for column in columns:
        text = line[column.place].strip() if column.place < len(line) else ""
        if column.asked is None:
            sheet_number = sheet_form.number_of(text)
            continue
        try:
            typed.setdefault(column.name, []).extend(values_of(column.asked, column, text))
        except CellError as error:
            refused.append(Refused(number, column.place + 1, text, str(error)))
            unread.add(column.asked.key)
    filled = filling.fill(form, typed, is_paper=True)
    refused += _wrong(columns, filled, line, number, unread)
    refused.sort(key=lambda one: one.column)
    return Taken(number, filled, sheet_number), refused


def _wrong(
    columns: Sequence[Column], filled: Filled, line: Sequence[str], number: int, unread: set[str]
) -> list[Refused]:
    """Name the first column of each question whose answer does not fit; of those not `unread` already."""
    found = []
    for key, sentences in filled.errors.items():
        if key in unread:
            continue
        column = next(one for one in columns if one.asked and one.asked.key == key)
        text = line[column.place] if column.place < len(line) else ""
        found.append(Refused(number, column.place + 1, text, " ".join(sentences)))
    return found


def _same_sheets(taken: Sequence[Taken]) -> Iterator[Refused]:
    rows: dict[str, int] = {}
    for one in taken:
        if one.sheet_number and one.sheet_number in rows:
            told = SAME_SHEET.format(one.sheet_number, rows[one.sheet_number])
            yield Refused(one.row, 0, one.sheet_number, told)
        rows.setdefault(one.sheet_number, one.row)


def values_of(asked: Asked, column: Column, text: str) -> list[str]:
    """Return what a cell gives to its field. Raises CellError."""
    if not text:
        return []
    if column.tick:
        return [column.tick] if _is_ticked(text) else []
    if "t" in column.name:
        return [text]
    if asked.kind == QuestionType.PROFESSION:
        return [profession_of(text)]
    if asked.kind not in WITH_OPTIONS:
        return [text]
    return [str(number) for number in _numbers(options_of(asked, column.name), text)]


def options_of(asked: Asked, name: str) -> tuple[Choice, ...]:
    """Return the options that a field of a question offers."""
    if asked.kind != QuestionType.MATRIX:
        return asked.options
    return asked.ticks if "x" in name else asked.choices


def _is_ticked(text: str) -> bool:
    folded = unicodedata.normalize("NFKC", text).lower()
    if text in YES or folded in YES:
        return True
    if text in NO or folded in NO:
        return False
    raise CellError(NO_TICK)


def _numbers(options: Sequence[Choice], text: str) -> list[int]:
    """Return the options that a cell names, by number or by words, one or several."""
    labels = {plain(option.label): number for number, option in enumerate(options, 1)}
    if plain(text) in labels:
        return [labels[plain(text)]]
    parts = [unicodedata.normalize("NFKC", one) for one in APART.split(text) if one]
    numbers = [int(re.sub(r"\.0$", "", one)) if is_number(one) else 0 for one in parts]
    if parts and all(1 <= number <= len(options) for number in numbers):
        return numbers
    return _by_words(labels, text)


def is_number(text: str) -> bool:
    return re.fullmatch(r"[0-9]{1,4}(\.0)?", text, re.ASCII) is not None


def _by_words(labels: dict[str, int], text: str) -> list[int]:
    """Find the labels in a cell, the longest first: a label may hold the sign that parts them."""
    rest, found = plain(text), []
    for label in sorted(labels, key=len, reverse=True):
        if label and label in rest:
            rest = rest.replace(label, "、", 1)
            found.append(labels[label])
    if left := APART.sub("", rest):
        raise CellError(NO_OPTION.format(left[:30]))
    return sorted(found)
