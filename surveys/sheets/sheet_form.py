"""One paper sheet as it is keyed in: a narrow field for each question, filled with numbers of options; pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from surveys.choices import QuestionType
from surveys.questionnaires.shape import furigana
from surveys.questionnaires.shape.form_shape import WITH_OPTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from surveys.questionnaires.shape.form_shape import Asked, Choice, Form

# Between the numbers of several options; full-width digits are folded before.
BETWEEN = re.compile(r"[^0-9]+", re.ASCII)
FOLD = str.maketrans("０１２３４５６７８９", "0123456789")


@dataclass(frozen=True)
class Field:
    """One field: `label` is read aloud with it, `hint` says which number stands for what."""

    name: str
    label: str
    hint: str
    value: str
    is_long: bool
    errors: tuple[str, ...] = ()


def fields_of(
    form: Form, entered: Mapping[str, str], errors: Mapping[str, tuple[str, ...]]
) -> list[Field]:
    """Return the fields of a sheet in the order of the questionnaire, with what was typed."""
    found: list[Field] = []
    for asked in form.questions:
        told = errors.get(asked.key, ())
        for name, label, hint, is_long in _parts(asked):
            found.append(Field(name, label, hint, entered.get(name, ""), is_long, told))
            told = ()
    return found


def _parts(asked: Asked) -> Iterator[tuple[str, str, str, bool]]:
    name, text = f"q{asked.number}", f"{asked.label}　{furigana.plain(asked.text)}"
    if asked.kind == QuestionType.MATRIX:
        yield from _rows(asked, name)
        return
    is_long = asked.kind in {QuestionType.SHORT_TEXT, QuestionType.LONG_TEXT}
    yield name, text, _hint(asked), is_long
    if asked.kind == QuestionType.PROFESSION:
        yield f"{name}t1", f"{asked.label}　「その他」の内容", "", True
    for number, option in enumerate(asked.options, 1):
        if option.takes_text:
            label = f"{asked.label}　「{furigana.plain(option.label)}」の内容"
            yield f"{name}t{number}", label, "", True


def _rows(asked: Asked, name: str) -> Iterator[tuple[str, str, str, bool]]:
    for number, row in enumerate(asked.rows, 1):
        label = f"{asked.label}　{furigana.plain(row.label)}"
        if asked.choices:
            yield f"{name}r{number}", label, numbered(asked.choices), False
        if asked.ticks:
            yield f"{name}x{number}", f"{label}（別の✓）", numbered(asked.ticks), False


def _hint(asked: Asked) -> str:
    if asked.kind in WITH_OPTIONS:
        several = "（いくつもあるときは「1 3」）" if asked.kind == QuestionType.MULTIPLE else ""
        return numbered(asked.options) + several
    if asked.kind == QuestionType.PROFESSION:
        return "職種を選びます"
    return asked.unit


def numbered(options: Sequence[Choice]) -> str:
    """Return 「1 はい　2 いいえ」."""
    return "　".join(
        f"{number} {furigana.plain(one.label)}" for number, one in enumerate(options, 1)
    )


def typed_of(form: Form, entered: Mapping[str, str]) -> dict[str, list[str]]:
    """Return what the fields hold as `filling` reads it: numbers apart, texts as they are."""
    found: dict[str, list[str]] = {}
    for asked in form.questions:
        for name, _, _, _ in _parts(asked):
            text = entered.get(name, "").strip()
            is_numbers = asked.kind in WITH_OPTIONS and "t" not in name
            values = _numbers(text) if is_numbers else [text]
            if values and values != [""]:
                found[name] = values
    return found


def _numbers(text: str) -> list[str]:
    """Return the numbers of a field; a sign that is no number stays, so that it is said."""
    folded = text.translate(FOLD)
    if re.search(r"[^\W0-9]", folded):
        return [text]
    return [one for one in BETWEEN.split(folded) if one]


def number_of(text: str) -> str:
    """Return the number of a sheet as it is compared: 「１」 is 「1」."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def next_number(sheet_number: str) -> str:
    """Return the number of the sheet that is likely to follow: 「0041」 after 「0040」."""
    digits = re.search(r"[0-9]+$", sheet_number, re.ASCII)
    if digits is None:
        return ""
    following = str(int(digits[0]) + 1).zfill(len(digits[0]))
    return sheet_number[: digits.start()] + following
