"""The questions of a 照会: their numbers, the field that reads an answer, and how an answer is shown. No database."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from indicators.arithmetic.warnings import is_counted
from municipalities.fields import JaDateField, JaDecimalField, JaLongTextField, JaTextField
from municipalities.japanese import dates, numerals
from reports.choices import QuestionKind
from reports.models.inquiries import LONGEST_ANSWER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.models import InquiryQuestion

YES, NO = "yes", "no"
YES_NO = {YES: "はい", NO: "いいえ"}
UNANSWERED = ("", "未回答")
# Units that prefectures write themselves and that count, besides those of indicators.
COUNTING = (
    "名",
    "施設",
    "箇所",
    "カ所",
    "ヶ所",
    "ヵ所",
    "機関",
    "事業所",
    "団体",
    "台",
    "日",
    "時間",
)
# A question for a change of a number may be answered with less than nothing.
CHANGING = ("増減", "増加", "減少", "増え", "減っ", "差", "変化")
HOW = {
    QuestionKind.SHORT: "200字以内の文",
    QuestionKind.LONG: "2,000字以内の文（セルの中で改行できます）",
    QuestionKind.NUMBER: "数字だけ",
    QuestionKind.DATE: "年月日（例：令和8年10月1日、2026/10/1）",
    QuestionKind.YES_NO: "「はい」か「いいえ」",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and its number, from 1."""

    number: int
    row: InquiryQuestion

    @property
    def key(self) -> str:
        return self.row.key

    @property
    def name(self) -> str:
        """「問3」, as it stands on screen and in the workbook."""
        return f"問{self.number}"

    @property
    def how(self) -> str:
        """How it is to be answered, in one line."""
        row = self.row
        if row.kind == QuestionKind.CHOICE:
            told = f"次から一つ：{'／'.join(row.options)}"
        else:
            told = HOW[QuestionKind(row.kind)]
        unit = f"（単位：{row.unit}）" if row.unit else ""
        return f"{told}{unit}"


def numbered(rows: Iterable[InquiryQuestion]) -> tuple[Asked, ...]:
    return tuple(Asked(number, row) for number, row in enumerate(rows, 1))


def digest(asked: Iterable[Asked]) -> str:
    """Return a mark of the questions as they are asked: another word, another mark."""
    told = [
        (one.key, one.row.text, one.row.kind, one.row.unit, one.row.choices, one.row.is_required)
        for one in asked
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:16]


def field_of(row: InquiryQuestion, **words: Any) -> forms.Field:
    """Return the form field that reads an answer; an empty one is left to the deed of answering."""
    words = {"required": False, **words}
    match row.kind:
        case QuestionKind.LONG:
            return JaLongTextField(max_length=LONGEST_ANSWER, **words)
        case QuestionKind.NUMBER:
            return JaDecimalField(unit=row.unit, min_value=least_of(row), **words)
        case QuestionKind.DATE:
            return JaDateField(**words)
        case QuestionKind.YES_NO:
            return _choice(YES_NO, words)
        case QuestionKind.CHOICE:
            return _choice({one: one for one in row.options}, words)
        case _:
            return JaTextField(**words)


def least_of(row: InquiryQuestion) -> int | None:
    """Return 0 for a question how many there are: −3 people is a slip. None where a number may be negative."""
    is_change = any(word in f"{row.text}{row.unit}" for word in CHANGING)
    counts = is_counted(row.unit) or row.unit.startswith(COUNTING)
    return 0 if counts and not is_change else None


def _choice(options: dict[str, str], words: dict[str, Any]) -> forms.ChoiceField:
    choices = [*options.items(), UNANSWERED]
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **words)


def kept(value: Any) -> str:
    """Return a cleaned value as it is stored: a number and a day in one spelling."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def typed(row: InquiryQuestion, text: str) -> Any:
    """Return what a field shows for a stored text; one that no longer fits is shown as it is."""
    value = value_of(row, text)
    return text if value is None else value


def value_of(row: InquiryQuestion, text: str) -> Any:
    """Return a stored text as a value of its kind: Decimal, date or str; None of nothing."""
    if not text:
        return None
    try:
        if row.kind == QuestionKind.NUMBER:
            return Decimal(text)
        if row.kind == QuestionKind.DATE:
            return dt.date.fromisoformat(text)
    except (ArithmeticError, ValueError):
        return text
    return text


def shown(row: InquiryQuestion, text: str) -> str:
    """Return a stored text as people read it: 「12,500人」, 「令和8年10月1日（2026年10月1日）」, 「はい」."""
    value = value_of(row, text)
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{numerals.grouped(value)}{row.unit}"
    if isinstance(value, dt.date):
        return f"{dates.in_wareki(value)}（{value.year}年{value.month}月{value.day}日）"
    return YES_NO.get(text, text) if row.kind == QuestionKind.YES_NO else text


def read(row: InquiryQuestion, text: str) -> str:
    """Read what somebody wrote into a cell. Returns it as it is stored. Raises ValidationError with a sentence."""
    if row.kind in {QuestionKind.YES_NO, QuestionKind.CHOICE}:
        return _chosen(row, text)
    return kept(field_of(row, label="").clean(text))


def _chosen(row: InquiryQuestion, text: str) -> str:
    options = YES_NO if row.kind == QuestionKind.YES_NO else {one: one for one in row.options}
    wanted = folded(text)
    if not wanted:
        return ""
    for value, label in options.items():
        if folded(label) == wanted:
            return value
    raise ValidationError(
        f"「{text.strip()[:30]}」は選べません。次から一つを書いてください：{'／'.join(options.values())}"
    )


def folded(text: str) -> str:
    """Return a choice as it is compared: width and blanks make no other one."""
    return "".join(unicodedata.normalize("NFKC", text).split())
