"""One question as a page draws it: names and values of its inputs, what was typed, what is wrong; pure.

Fields are named by the number of the question and hold numbers of options: `q3` (chosen or written), `q3t2`
(the text beside option 2, or beside 「その他」 of professions), `q3r1` (row 1 of a table), `q3x1` (the ticks beside row 1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from councils.choices import Profession
from municipalities.japanese import numerals
from surveys.choices import QuestionType
from surveys.questionnaires.shape import furigana
from surveys.questionnaires.shape.form_shape import END, Form

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from surveys.questionnaires.shape.form_shape import Asked, Choice

    Typed = Mapping[str, Sequence[str]]

WRITTEN = (QuestionType.SHORT_TEXT, QuestionType.LONG_TEXT)
SHORT, LONG, BESIDE = 200, 2000, 200
CHOOSE = "選《えら》んでください。"
TICK_BESIDE = "あてはまる行《ぎょう》に別《べつ》に✓をつけてください。"
CODE_HINT = (
    "前と後の回答を結ぶための番号です。数字か英字で4文字以上を自分で決めて書いてください。前にも書いたことがあるときは、同じ番号にしてください"
    "（例：0415ab）。氏名や電話番号は使わないでください。"
)


@dataclass(frozen=True)
class Line:
    """A line to write on."""

    name: str
    value: str
    longest: int


@dataclass(frozen=True)
class Box:
    """Something to tick. `leads_to` is 「問5へ」 where an answer leads past the next question."""

    id: str
    name: str
    value: str
    label: str
    is_ticked: bool
    line: Line | None = None
    leads_to: str = ""


@dataclass(frozen=True)
class TableRow:
    """A row of a table: one of the scale, and whatever is ticked beside it."""

    id: str
    label: str
    scale: tuple[Box, ...]
    extra: tuple[Box, ...]


@dataclass(frozen=True)
class Inputs:
    """A question with all its inputs. `shape` says how it is drawn: radio, checkbox, table, choice, line, lines."""

    asked: Asked
    shape: str
    boxes: tuple[Box, ...] = ()
    rows: tuple[TableRow, ...] = ()
    line: Line | None = None
    professions: tuple[tuple[str, str], ...] = ()
    # Beside a list of professions: which one 「その他」 is.
    beside: Line | None = None
    errors: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return f"q{self.asked.number}"

    @property
    def hint(self) -> str:
        """How many may be ticked, which numbers may be written; in words with their readings."""
        if self.shape == "radio":
            return f"一《ひと》つだけ{CHOOSE}"
        if self.shape == "checkbox":
            most = self.asked.most
            many = f"{most}つまで{CHOOSE}" if most else f"あてはまるものをすべて{CHOOSE}"
            return many + alone_hint(self.asked)
        if self.shape == "table":
            extra = "、".join(f"「{one.label}」" for one in self.asked.ticks)
            one = f"行《ぎょう》ごとに一《ひと》つ{CHOOSE}" if self.asked.choices else ""
            return one + (f"{extra}は、{TICK_BESIDE}" if extra else "")
        if self.asked.kind == QuestionType.NUMBER and (within := range_of(self.asked)):
            return f"{within}の数字《すうじ》を書《か》いてください。"
        return CODE_HINT if self.asked.kind == QuestionType.OWN_CODE else ""

    @property
    def told_errors(self) -> list[tuple[str, str]]:
        """Each sentence with the id of what it is about: a row where it names one, else the question."""
        named = [(f"「{furigana.plain(row.label)}」の行", row.id) for row in self.rows]
        return [
            (next((id_ for words, id_ in named if one.startswith(words)), self.id), one)
            for one in self.errors
        ]

    @property
    def takes_words(self) -> bool:
        """Say whether anything may be written that could name somebody."""
        return self.asked.kind in WRITTEN or bool(
            self.beside or any(box.line for box in self.boxes)
        )

    @property
    def described_by(self) -> str:
        """The ids of what is said about the question, for its inputs."""
        parts = ((self.asked.help or self.hint, "h"), (self.errors, "e"))
        return " ".join(f"{self.id}{part}" for is_there, part in parts if is_there)


def alone_hint(asked: Asked) -> str:
    """Say which option is chosen without others: who reads it before does not have to choose again."""
    alone = "".join(f"「{one.label}」" for one in asked.options if one.is_exclusive)
    return f"{alone}は、ほかと一緒《いっしょ》に選《えら》べません。" if alone else ""


def range_of(asked: Asked) -> str:
    """Return 「0年から60年まで」, 「1人以上」 or 「100%以下」; empty where every number will do."""
    least, most = (
        None if one is None else f"{numerals.grouped(one.normalize())}{asked.unit}"
        for one in (asked.smallest, asked.largest)
    )
    if least and most:
        return f"{least}から{most}まで"
    if least:
        return f"{least}｜以上《いじょう》"
    return f"{most}｜以下《いか》" if most else ""


SHAPES = {
    QuestionType.SINGLE: "radio",
    QuestionType.SCALE: "radio",
    QuestionType.MULTIPLE: "checkbox",
    QuestionType.MATRIX: "table",
    QuestionType.PROFESSION: "choice",
    QuestionType.NUMBER: "line",
    QuestionType.SHORT_TEXT: "line",
    QuestionType.OWN_CODE: "line",
    QuestionType.LONG_TEXT: "lines",
}


def drawn(
    form: Form, asked: Asked, typed: Typed | None = None, *, errors: Sequence[str] = ()
) -> Inputs:
    """Return the inputs of a question, filled with what was typed."""
    typed = typed or {}
    shape = SHAPES[QuestionType(asked.kind)]
    boxes: tuple[Box, ...] = ()
    rows: tuple[TableRow, ...] = ()
    line = None
    if shape in {"radio", "checkbox"}:
        boxes = tuple(_options(form, asked, typed))
    elif shape == "table":
        rows = tuple(_row(asked, number, typed) for number in range(1, len(asked.rows) + 1))
    else:
        line = _line(f"q{asked.number}", typed, LONG if shape == "lines" else SHORT)
    professions = tuple(Profession.choices[1:]) if shape == "choice" else ()
    beside = _line(f"q{asked.number}t1", typed, BESIDE) if shape == "choice" else None
    return Inputs(asked, shape, boxes, rows, line, professions, beside, tuple(errors))


def _options(form: Form, asked: Asked, typed: Typed) -> list[Box]:
    name = f"q{asked.number}"
    boxes = _boxes(name, asked.options, typed)
    return [
        Box(
            box.id,
            name,
            box.value,
            box.label,
            box.is_ticked,
            _line(f"{name}t{box.value}", typed, BESIDE) if option.takes_text else None,
            leads_to(form, option),
        )
        for box, option in zip(boxes, asked.options, strict=True)
    ]


def _boxes(name: str, options: Sequence[Choice], typed: Typed) -> tuple[Box, ...]:
    ticked = set(typed.get(name, ()))
    return tuple(
        Box(f"{name}-{number}", name, str(number), option.label, str(number) in ticked)
        for number, option in enumerate(options, 1)
    )


def _row(asked: Asked, number: int, typed: Typed) -> TableRow:
    name = f"q{asked.number}"
    return TableRow(
        f"{name}r{number}",
        asked.rows[number - 1].label,
        _boxes(f"{name}r{number}", asked.choices, typed),
        _boxes(f"{name}x{number}", asked.ticks, typed),
    )


def _line(name: str, typed: Typed, longest: int) -> Line:
    return Line(name, next(iter(typed.get(name, ())), ""), longest)


def leads_to(form: Form, option: Choice) -> str:
    """Return 「問5へ」, 「「見出し」へ」 or 「終わりへ」; empty where the next question follows."""
    name = names(form).get(option.skip_to, "")
    return f"{name}へ" if name else ""


def names(form: Form) -> dict[str, str]:
    """Return what people call every place of a questionnaire: 「問5」, 「「見出し」」, 「終わり」."""
    found = {page.key: f"「{furigana.plain(page.heading)}」" for page in form.pages if page.key}
    return found | {asked.key: asked.label for asked in form.questions} | {END: "終わり"}
