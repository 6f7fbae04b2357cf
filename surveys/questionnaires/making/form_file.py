"""A questionnaire as a file: to hand on to another town, or to the prefecture, without answers and without notes."""

import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from pydantic import BaseModel, ConfigDict, Field
from pydantic import ValidationError as Misfit

from surveys.choices import QuestionType, SurveyTarget
from surveys.models import Questionnaire
from surveys.questionnaires.making import form_making
from surveys.questionnaires.making.questionnaire_document import AskedRow

FORMAT = "hccp-questionnaire"
LARGEST = 1_000_000
TOO_LARGE = "ファイルが大きすぎます（1MBまで）。「調査票をファイルに保存」で保存したファイルを選んでください。"
NOT_OURS = "調査票のファイルとして読めません。「調査票をファイルに保存」で保存したファイルを、手を加えずに選んでください。"
NO_QUESTIONS = "このファイルには、設問がありません。"


class Head(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid")

    format: str = Field(pattern=f"^{FORMAT}$")
    title: str = Field(min_length=1, max_length=200)
    target: SurveyTarget
    opening: str = Field(default="", max_length=2000)
    closing: str = Field(default="", max_length=1000)
    asked: list[AskedRow] = Field(max_length=form_making.MOST_QUESTIONS)


@dataclass(frozen=True)
class FormFile:
    """What a file holds; `asked` are rows of the document whose keys name one another."""

    title: str
    target: str
    opening: str
    closing: str
    asked: tuple[dict[str, Any], ...]


def write(questionnaire: Questionnaire) -> bytes:
    """Return the file of a questionnaire. The same questionnaire, the same bytes."""
    asking = form_making.dumped(questionnaire.questions.prefetch_related("options", "rows"))
    told = {"format": FORMAT} | {
        name: getattr(questionnaire, name) for name in ("title", "target", "opening", "closing")
    }
    loose = {"earlier_key": "", "earlier_change": ""}
    told["asked"] = [one | loose for one in asking]
    for one in told["asked"]:
        one.pop("questionnaire", None)
        for inner in (*one["options"], *one["matrix_rows"]):
            inner.pop("question", None)
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def read(content: bytes) -> FormFile:
    """Read a file. Raises ValidationError with what is wrong with it."""
    if len(content) > LARGEST:
        raise ValidationError(TOO_LARGE)
    try:
        head = Head.model_validate_json(content)
    except Misfit as error:
        raise ValidationError(NOT_OURS) from error
    asked = tuple(one.model_dump(mode="json") for one in head.asked)
    keys = [one["key"] for one in asked]
    if not any(one["kind"] != QuestionType.SECTION for one in asked):
        raise ValidationError(NO_QUESTIONS)
    if len(set(keys)) != len(keys):
        raise ValidationError(NOT_OURS)
    # Every value as its column would take it.
    try:
        form_making.made(Questionnaire(), asked, range(len(asked)), form_making.kept_keys(asked))
    except ValidationError as error:
        raise ValidationError(error.messages) from error
    return FormFile(head.title, head.target, head.opening, head.closing, asked)
