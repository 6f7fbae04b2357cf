"""What somebody filled in, read question by question; pure, without a database.

Fields are named by the number of the question and hold numbers of options, so that a page stays small, a
sheet is keyed in with digits, and nobody meets a key: `q3` (chosen or written), `q3t2` (the text beside
option 2; `q3t1` beside 「その他」 of professions), `q3r1` (row 1 of a table), `q3x1` (the ticks beside row 1).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from councils.choices import Profession
from municipalities.fields import is_blank, normalise
from municipalities.japanese import numerals
from municipalities.text import SURROGATE
from surveys.answers import personal
from surveys.choices import QuestionType
from surveys.questionnaires.shape import form_shape
from surveys.questionnaires.shape.furigana import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from surveys.questionnaires.shape.form_shape import Asked, Choice, Form

    Typed = Mapping[str, Sequence[str]]

NAME = re.compile(r"q(?P<number>[0-9]{1,4})(?:(?P<part>[trx])(?P<at>[0-9]{1,4}))?", re.ASCII)
SHORT, LONG, BESIDE = 200, 2000, 200
# What is carried from page to page although it is too long to be taken.
LONGEST_CARRIED = 20_000
CODE = re.compile(r"[0-9A-Z]{4,20}", re.ASCII)
MOST_WHOLE, MOST_PLACES = 11, 4

PICK_ONE = "一つだけ選んでください。"
NOT_OFFERED = "選択肢の中から選んでください。"
ANSWER_THIS = "この設問は、必ず答えてください。"
WRITE_IT = "「{}」を選んだときは、内容も書いてください。"
TICK_IT = "「{}」の内容が書かれています。「{}」を選ぶか、内容を消してください。"
ROW_MISSING = "「{}」の行を選んでください。"
ROW_ONE = "「{}」の行は、一つだけ選んでください。"
ALONE = "「{}」は、ほかの選択肢と一緒に選べません。どちらか一方にしてください。"
TOO_MANY = "{}つまで選べます（いま{}つ選んでいます）。"
TOO_LONG = "{:,}字以内で書いてください（いま{:,}字です）。"
ODD_SIGN = "保存できない文字が入っています。その文字を消してください。"
MY_NUMBER = "マイナンバー（個人番号）と思われる12桁の数字が書かれています。保存できないため、消してください。"
CODE_FORM = "番号は、数字か英字で4文字から20文字にしてください（例：0415ab）。"


@dataclass(frozen=True)
class Given:
    """One question's answer, by keys. Nothing given leaves everything empty."""

    ticked: tuple[str, ...] = ()
    # Option → what was written beside it; 「その他」 of professions by its code.
    beside: Mapping[str, str] = field(default_factory=dict)
    # (row, column) of a table.
    cells: tuple[tuple[str, str], ...] = ()
    number: Decimal | None = None
    text: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.ticked or self.cells or self.text) and self.number is None


@dataclass(frozen=True)
class Filled:
    """What was given to the questions that were asked; `errors` by question, in sentences."""

    given: Mapping[str, Given]
    errors: Mapping[str, tuple[str, ...]]
    path: tuple[Asked, ...]
    # Questions of a sheet that bear more marks than they ask for: kept as they are, counted as 無回答.
    overmarked: tuple[str, ...] = ()
    # Questions that a skip has left out although something is written there: nothing of it is read.
    left_out: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether nothing at all was answered."""
        return all(one.is_empty for one in self.given.values())


class Trouble:
    """Collects what is wrong with one answer. Paper can bear more marks than were asked for: that is no error there."""

    def __init__(self, *, is_paper: bool = False) -> None:
        self.is_paper, self.is_overmarked = is_paper, False
        self.sentences: list[str] = []

    def say_of_marks(self, sentence: str) -> None:
        """Say that there are too many marks; of a sheet it is noted alone."""
        if self.is_paper:
            self.is_overmarked = True
        else:
            self.say(sentence)

    def say(self, sentence: str) -> None:
        if sentence not in self.sentences:
            self.sentences.append(sentence)


def kept(form: Form, posted: Iterable[tuple[str, Sequence[str]]]) -> dict[str, list[str]]:
    """Keep the fields of this questionnaire, and of those nothing that no hand has typed."""
    numbers = len(form.questions)
    found: dict[str, list[str]] = {}
    for name, values in posted:
        match = NAME.fullmatch(name)
        if match and 1 <= int(match["number"]) <= numbers:
            found[name] = [value[:LONGEST_CARRIED] for value in values if value]
    return {name: values for name, values in found.items() if values}


def number_of(name: str) -> int:
    """Return the number of the question whose field this is; 0 for any other name."""
    match = NAME.fullmatch(name)
    return int(match["number"]) if match else 0


def ticks(form: Form, typed: Typed) -> dict[str, tuple[str, ...]]:
    """Return which options are ticked, by question, as `form_shape.path` asks it."""
    return {
        asked.key: tuple(one.key for one in _chosen(asked.options, typed.get(f"q{asked.number}")))
        for asked in form.questions
        if asked.kind in form_shape.LEADING
    }


def _chosen(options: Sequence[Choice], values: Sequence[str] | None) -> list[Choice]:
    picked = {numerals.whole(value, most_digits=4) for value in values or ()}
    return [option for number, option in enumerate(options, 1) if number in picked]


def fill(form: Form, typed: Typed, *, is_paper: bool = False) -> Filled:
    """Read a whole questionnaire: what a skip has left out counts as not asked.

    On paper nobody could be made to answer, or kept from making too many marks: there nothing is required, and
    the marks are kept as they are.
    """
    path = form_shape.path(form, ticks(form, typed))
    given, errors, overmarked = {}, {}, []
    for asked in path:
        trouble = Trouble(is_paper=is_paper)
        given[asked.key] = read(
            replace(asked, is_required=False) if is_paper else asked, typed, trouble
        )
        if trouble.sentences:
            errors[asked.key] = tuple(trouble.sentences)
        if trouble.is_overmarked:
            overmarked.append(asked.label)
    return Filled(given, errors, path, tuple(overmarked), _left_out(form, path, typed))


def _left_out(form: Form, path: Sequence[Asked], typed: Typed) -> tuple[str, ...]:
    asked = {one.number for one in path}
    written = {
        number_of(name) for name, values in typed.items() if any(value.strip() for value in values)
    }
    return tuple(one.label for one in form.questions if one.number in written - asked)


def read(asked: Asked, typed: Typed, trouble: Trouble) -> Given:
    """Read the answer to one question; `trouble` collects what is wrong with it."""
    given = READERS[QuestionType(asked.kind)](asked, typed, trouble)
    if asked.is_required and given.is_empty and not trouble.sentences:
        trouble.say(ANSWER_THIS)
    return given


def _options(asked: Asked, typed: Typed, trouble: Trouble) -> Given:
    values = typed.get(f"q{asked.number}", ())
    chosen = _chosen(asked.options, values)
    if len(chosen) != len(set(values)):
        trouble.say(NOT_OFFERED)
    if asked.kind == QuestionType.MULTIPLE:
        _check_several(asked, chosen, trouble)
    elif len(chosen) > 1:
        trouble.say_of_marks(PICK_ONE)
    ticked = tuple(option.key for option in chosen)
    return Given(ticked=ticked, beside=_beside(asked, ticked, typed, trouble))


def _check_several(asked: Asked, chosen: Sequence[Choice], trouble: Trouble) -> None:
    alone = next((option for option in chosen if option.is_exclusive), None)
    if alone and len(chosen) > 1:
        trouble.say_of_marks(ALONE.format(plain(alone.label)))
    if asked.most and len(chosen) > asked.most:
        trouble.say_of_marks(TOO_MANY.format(asked.most, len(chosen)))


def _beside(asked: Asked, ticked: Sequence[str], typed: Typed, trouble: Trouble) -> dict[str, str]:
    found = {}
    for number, option in enumerate(asked.options, 1):
        if not option.takes_text:
            continue
        text = _text(typed, f"q{asked.number}t{number}", BESIDE, trouble, lines=False)
        if option.key in ticked:
            found[option.key] = text
            if asked.is_required and not text:
                trouble.say(WRITE_IT.format(plain(option.label)))
        elif text:
            trouble.say(TICK_IT.format(*[plain(option.label)] * 2))
    return {key: text for key, text in found.items() if text}


def _table(asked: Asked, typed: Typed, trouble: Trouble) -> Given:
    cells: list[tuple[str, str]] = []
    for number, row in enumerate(asked.rows, 1):
        scale = _cells(asked.choices, typed.get(f"q{asked.number}r{number}", ()), trouble)
        extra = _cells(asked.ticks, typed.get(f"q{asked.number}x{number}", ()), trouble)
        if len(scale) > 1:
            trouble.say_of_marks(ROW_ONE.format(plain(row.label)))
        if asked.is_required and asked.choices and not scale:
            trouble.say(ROW_MISSING.format(plain(row.label)))
        cells += [(row.key, column.key) for column in (*scale, *extra)]
    return Given(cells=tuple(cells))


def _cells(columns: Sequence[Choice], values: Sequence[str], trouble: Trouble) -> list[Choice]:
    chosen = _chosen(columns, values)
    if len(chosen) != len(set(values)):
        trouble.say(NOT_OFFERED)
    return chosen


def _number(asked: Asked, typed: Typed, trouble: Trouble) -> Given:
    text = _text(typed, f"q{asked.number}", BESIDE, trouble, lines=False)
    try:
        numeral = numerals.read(text, unit=asked.unit)
    except numerals.NumeralError as error:
        trouble.say(f"{error}。")
        return Given()
    if numeral.sign or numeral.state:
        trouble.say("数字で書いてください。分からないときは、空けておいてください。")
    value = numeral.value
    if value is not None:
        _check_number(asked, value, trouble)
    return Given(number=value)


def _check_number(asked: Asked, value: Decimal, trouble: Trouble) -> None:
    exact = value.normalize()
    places = max(0, -int(exact.as_tuple().exponent))
    if places > MOST_PLACES or max(0, exact.adjusted() + 1) > MOST_WHOLE:
        trouble.say("桁が多すぎます。数字を確かめてください。")
    elif asked.smallest is not None and value < asked.smallest:
        trouble.say(
            f"{numerals.grouped(asked.smallest.normalize())}{asked.unit}以上の数字を書いてください。"
        )
    elif asked.largest is not None and value > asked.largest:
        trouble.say(
            f"{numerals.grouped(asked.largest.normalize())}{asked.unit}以下の数字を書いてください。"
        )


def _short(asked: Asked, typed: Typed, trouble: Trouble) -> Given:
    return Given(text=_text(typed, f"q{asked.number}", SHORT, trouble, lines=False))


def _long(asked: Asked, typed: Typed, trouble: Trouble) -> Given:
    return Given(text=_text(typed, f"q{asked.number}", LONG, trouble, lines=True))


def _profession(asked: Asked, typed: Typed, trouble: Trouble) -> Given:
    text = _text(typed, f"q{asked.number}", BESIDE, trouble, lines=False)
    if text and text not in Profession:
        trouble.say(NOT_OFFERED)
        return Given()
    named = _text(typed, f"q{asked.number}t1", BESIDE, trouble, lines=False)
    if text == Profession.OTHER and asked.is_required and not named:
        trouble.say(WRITE_IT.format(Profession.OTHER.label))
    if named and text != Profession.OTHER:
        trouble.say(TICK_IT.format(*[Profession.OTHER.label] * 2))
    beside = {str(Profession.OTHER): named} if named else {}
    return Given(text="" if text == Profession.UNSTATED else text, beside=beside)


def _own_code(asked: Asked, typed: Typed, trouble: Trouble) -> Given:
    text = _text(typed, f"q{asked.number}", BESIDE, trouble, lines=False)
    folded = re.sub(r"[\s\-‐－ー]", "", unicodedata.normalize("NFKC", text)).upper()
    if folded and not CODE.fullmatch(folded):
        trouble.say(CODE_FORM)
    return Given(text=folded)


def _text(typed: Typed, name: str, longest: int, trouble: Trouble, *, lines: bool) -> str:
    text = next(iter(typed.get(name, ())), "")
    if "\x00" in text or SURROGATE.search(text):
        trouble.say(ODD_SIGN)
        return ""
    text = normalise(text, lines=lines)
    if is_blank(text):
        return ""
    if len(text) > longest:
        trouble.say(TOO_LONG.format(longest, len(text)))
    if personal.holds_my_number(text):
        trouble.say(MY_NUMBER)
    return text


READERS = {
    QuestionType.SINGLE: _options,
    QuestionType.SCALE: _options,
    QuestionType.MULTIPLE: _options,
    QuestionType.MATRIX: _table,
    QuestionType.NUMBER: _number,
    QuestionType.SHORT_TEXT: _short,
    QuestionType.LONG_TEXT: _long,
    QuestionType.PROFESSION: _profession,
    QuestionType.OWN_CODE: _own_code,
}
