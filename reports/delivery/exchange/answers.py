"""An answer file, from bytes to what an adviser has said; whether it may be taken in is said elsewhere.

Every file is treated as written by a stranger: each part is named, bounded and of one kind.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import ValidationError

from municipalities.fields import JaLongTextField
from reports.choices import CommentKind, DecisionKind
from reports.document import assembly, parsing
from reports.models.reviews import COMMENT_LENGTH
from reports.numbers import ReportNumber

FORMAT = "hccp-answer-1"
LARGEST_FILE = 1024 * 1024
MOST_COMMENTS = 200
QUOTE_LENGTH, SHORT, TICKET_LENGTH = 500, 80, 2000
HEAD: dict[str, type] = {
    "format": str,
    "number": str,
    "version": int,
    "sha256": str,
    "ticket": str,
    "is_draft": bool,
    "comments": list,
}
COMMENT: dict[str, type] = {"section": str, "kind": str, "text": str, "quote": str}
DECISION: dict[str, type] = {"kind": str, "text": str, "opens_all": bool}

TOO_LARGE = "ファイルが大きすぎます。回答ファイルは1MBまでです。アドバイザーから受け取ったファイルを選んでください。"
EMPTY = "ファイルが空です。アドバイザーから受け取った回答ファイルを選んでください。"
NO_ANSWER = (
    "回答ファイルとして読めません。アドバイザーから受け取った、"
    "名前の末尾が「-answer.json」のファイルを、そのまま選んでください。"
)
DRAFT = (
    "途中まで保存したファイルです。アドバイザーに、"
    "「回答ファイルを保存する」で保存したファイルを渡してもらってください。"
)
NOTHING = "コメントも判断も書かれていないファイルです。アドバイザーに確かめてください。"
TOO_MANY = (
    f"コメントが{MOST_COMMENTS}件を超えています。アドバイザーに、分けて回答してもらってください。"
)


@dataclass(frozen=True, slots=True)
class Said:
    """One comment of an answer."""

    section: str
    kind: str
    text: str
    quote: str

    @property
    def kind_label(self) -> str:
        return str(CommentKind(self.kind).label)


@dataclass(frozen=True, slots=True)
class Decided:
    """How the adviser ends the reading."""

    kind: str
    text: str
    wanted_on: dt.date | None
    opens_all: bool

    @property
    def kind_label(self) -> str:
        return str(DecisionKind(self.kind).label)


@dataclass(frozen=True, slots=True)
class Answer:
    number: str
    version: int
    sha256: str
    ticket: str
    comments: tuple[Said, ...]
    decision: Decided | None

    @property
    def digest(self) -> str:
        """Names what is said and by whose ticket, however the file is spelt."""
        return hashlib.sha256(assembly.canonical(self.as_told())).hexdigest()

    def as_told(self) -> dict[str, Any]:
        """Return the answer as its file tells it."""
        told = asdict(self) | {"format": FORMAT, "is_draft": False}
        told["comments"] = [asdict(one) for one in self.comments]
        if self.decision and self.decision.wanted_on:
            told["decision"]["wanted_on"] = self.decision.wanted_on.isoformat()
        return told


def read(content: bytes) -> Answer:
    """Read an answer file. Raises ValidationError with a sentence for each thing that is wrong."""
    if len(content) > LARGEST_FILE:
        raise ValidationError(TOO_LARGE)
    if not content.strip():
        raise ValidationError(EMPTY)
    try:
        told = parsing.parse(content)
    except parsing.Unreadable as error:
        # It may be JSON with a text that no database keeps: the sentence says so.
        found = {one.message for one in error.problems} - {parsing.NOT_JSON}
        raise ValidationError(sorted(found) or NO_ANSWER) from error
    return _answer(told)


def _answer(told: Any) -> Answer:
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise ValidationError(NO_ANSWER)
    _require(told, HEAD, beside={"decision"})
    if told["is_draft"]:
        raise ValidationError(DRAFT)
    _require_bounded(told)
    comments = tuple(_comments(told["comments"]))
    decision = _decision(told["decision"])
    if not comments and decision is None:
        raise ValidationError(NOTHING)
    bound = {name: told[name] for name in ("number", "version", "sha256", "ticket")}
    return Answer(**bound, comments=comments, decision=decision)


def _require(told: Any, shape: dict[str, type], *, beside: set[str]) -> None:
    """Refuse an object that does not have exactly these parts, each of its kind."""
    if not isinstance(told, dict) or set(told) != {*shape, *beside}:
        raise ValidationError(NO_ANSWER)
    if any(type(told[name]) is not kind for name, kind in shape.items()):
        raise ValidationError(NO_ANSWER)


def _require_bounded(told: dict[str, Any]) -> None:
    try:
        ReportNumber.parse(told["number"])
    except ValueError as error:
        raise ValidationError(NO_ANSWER) from error
    if len(told["number"]) > SHORT or len(told["ticket"]) > TICKET_LENGTH:
        raise ValidationError(NO_ANSWER)
    if len(told["comments"]) > MOST_COMMENTS:
        raise ValidationError(TOO_MANY)


def _comments(told: list[Any]) -> list[Said]:
    found, wrong = [], []
    for number, one in enumerate(told, 1):
        _require(one, COMMENT, beside=set())
        try:
            found.append(_said(one, f"{number}件目のコメント"))
        except ValidationError as error:
            wrong += error.messages
    if wrong:
        raise ValidationError(wrong[:10])
    return found


def _said(told: dict[str, Any], place: str) -> Said:
    if told["kind"] not in CommentKind.values:
        raise ValidationError(
            f"{place}の種類「{told['kind'][:SHORT]}」は、選べる種類ではありません。"
        )
    text = _text(told["text"], place, longest=COMMENT_LENGTH, is_required=True)
    quote = _text(told["quote"], f"{place}の対象の文", longest=QUOTE_LENGTH)
    return Said(told["section"][:SHORT], told["kind"], text, quote)


def _text(text: str, label: str, *, longest: int, is_required: bool = False) -> str:
    """Return a text as our own forms keep it."""
    field = JaLongTextField(label=label, max_length=longest, required=is_required)
    field.error_messages["required"] = f"{label}が空です。アドバイザーに確かめてください。"
    return field.clean(text)


def _decision(told: Any) -> Decided | None:
    if told is None:
        return None
    _require(told, DECISION, beside={"wanted_on"})
    if told["kind"] not in DecisionKind.values:
        raise ValidationError(f"判断「{told['kind'][:SHORT]}」は、選べる判断ではありません。")
    text = _text(told["text"], "総評", longest=COMMENT_LENGTH)
    return Decided(told["kind"], text, _day(told["wanted_on"]), told["opens_all"])


def _day(told: Any) -> dt.date | None:
    if told is None:
        return None
    try:
        return dt.date.fromisoformat(told)
    except (TypeError, ValueError) as error:
        raise ValidationError(
            "見たい日を日付として読めません。アドバイザーに確かめてください。"
        ) from error
