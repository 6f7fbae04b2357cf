"""This app's part of the municipality-year document: questionnaires, rounds of asking, hearings, results."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from councils.choices import Profession
from logicmodels.models import Issue
from municipalities.choices import Audience, Scene
from municipalities.models import Organization
from municipalities.rows.rows import (
    MOST_SMALL,
    Count,
    Day,
    Key,
    KeyOrNone,
    Position,
    RowSchema,
    RowsPart,
    written,
)
from municipalities.rows.shared_rows import NamedPart, NamedRow
from surveys.choices import QuestionKind, Scale, SurveyTarget
from surveys.models import (
    Hearing,
    HearingTopic,
    HearingVoice,
    IssueEvidence,
    PublishedAnswer,
    PublishedQuestion,
    PublishedSurvey,
)
from surveys.questionnaires.making import questionnaire_document
from surveys.tabulation.reading.kept_part import KEPT_TABLES

PERCENT = r"^(100(\.0{1,2})?|[0-9]{1,2}(\.[0-9]{1,2})?)$"
MEAN = r"^-?[0-9]{1,13}(\.[0-9]{1,2})?$"


def hundredths(number: str | None) -> Decimal | None:
    """Return a number as its column stores it."""
    return None if number is None else Decimal(number).quantize(Decimal("0.01"))


Year = Annotated[int, Field(ge=1950, le=2099)]


class HearingRow(NamedRow):
    """ヒアリング"""

    profession: Profession = Profession.UNSTATED
    people: int | None = Field(default=None, ge=0, le=MOST_SMALL, title="人数")
    held_on: Day | None = Field(default=None, title="実施日")
    when: str = written(Hearing, "when")
    way: str = written(Hearing, "way")
    items: str = written(Hearing, "items")
    gist: str = written(Hearing, "gist")
    position: Position = 0
    audience: Audience = Audience.ADVISER


class VoiceRow(RowSchema):
    """立場ごとの意見"""

    hearing: Key | None = Field(default=None, title="ヒアリング")
    side: str = written(HearingVoice, "side")
    text: str = written(HearingVoice, "text")
    position: Position = 0


class TopicRow(RowSchema):
    """ヒアリングの話題"""

    title: str = written(HearingTopic, "title")
    scene: Scene = Scene.ALL
    conclusion: str = written(HearingTopic, "conclusion")
    position: Position = 0
    audience: Audience = Audience.ADVISER
    voices: list[VoiceRow] = Field(default_factory=list)


class AnswerRow(RowSchema):
    """選択肢ごとの結果。件数がわかるときは、割合は計算する"""

    label: str = written(PublishedAnswer, "label")
    count: Count | None = Field(default=None, title="回答数")
    percent: str | None = Field(default=None, pattern=PERCENT, title="割合（%）")
    rank: int | None = Field(default=None, ge=1, le=MOST_SMALL, title="順位")
    position: Position = 0


class QuestionRow(RowSchema):
    """設問"""

    number: str = written(PublishedQuestion, "number")
    text: str = written(PublishedQuestion, "text")
    kind: QuestionKind = QuestionKind.SINGLE
    scene: Scene = Scene.ALL
    respondents: Count | None = Field(default=None, title="この問の回答数")
    numbers: Count | None = Field(default=None, title="数値の回答数")
    mean: str | None = Field(default=None, pattern=MEAN, title="平均")
    median: str | None = Field(default=None, pattern=MEAN, title="中央値")
    unit: str = written(PublishedQuestion, "unit")
    note: str = written(PublishedQuestion, "note")
    scale: Scale = Scale.NONE
    earlier_year: Year | None = Field(default=None, title="前回の年度")
    earlier_key: KeyOrNone = Field(default="", title="前回の設問")
    earlier_change: str = written(PublishedQuestion, "earlier_change")
    beside_key: KeyOrNone = Field(default="", title="並べて見せる設問")
    position: Position = 0
    answers: list[AnswerRow] = Field(default_factory=list)


class SurveyRow(RowSchema):
    """調査の結果（公表された表だけ）"""

    title: str = written(PublishedSurvey, "title")
    target: SurveyTarget = SurveyTarget.RESIDENTS
    target_text: str = written(PublishedSurvey, "target_text")
    when: str = written(PublishedSurvey, "when")
    way: str = written(PublishedSurvey, "way")
    distributed: Count | None = Field(default=None, title="配布数")
    respondents: Count | None = Field(default=None, title="有効回答数")
    source: str = written(PublishedSurvey, "source")
    note: str = written(PublishedSurvey, "note")
    position: Position = 0
    audience: Audience = Audience.ADVISER
    questions: list[QuestionRow] = Field(default_factory=list)


class EvidenceRow(RowSchema):
    """課題の根拠。question か topic か、どちらか一つ"""

    issue: Key
    question: Key | None = Field(default=None, title="調査の設問")
    topic: Key | None = Field(default=None, title="ヒアリングの話題")
    position: Position = 0


class HearingsPart(NamedPart):
    name = "hearings"
    model = Hearing
    schema = HearingRow
    fields = (
        "organization",
        "name",
        "profession",
        "people",
        "held_on",
        "when",
        "way",
        "items",
        "gist",
        "position",
        "audience",
    )
    references = {"organization": Organization}
    order = ("position", "key")


class HearingTopicsPart(RowsPart):
    name = "hearing_topics"
    model = HearingTopic
    schema = TopicRow
    fields = ("title", "scene", "conclusion", "position", "audience")
    order = ("position", "key")


HEARING_TOPICS = HearingTopicsPart()


class VoicesPart(RowsPart):
    name = "voices"
    model = HearingVoice
    schema = VoiceRow
    inside, owner = HEARING_TOPICS, "topic"
    fields = ("topic", "hearing", "side", "text", "position")
    references = {"topic": HearingTopic, "hearing": Hearing}
    order = ("position", "key")


class PublishedSurveysPart(RowsPart):
    name = "published_surveys"
    model = PublishedSurvey
    schema = SurveyRow
    fields = (
        "title",
        "target",
        "target_text",
        "when",
        "way",
        "distributed",
        "respondents",
        "source",
        "note",
        "position",
        "audience",
    )
    order = ("position", "key")


PUBLISHED_SURVEYS = PublishedSurveysPart()


class QuestionsPart(RowsPart):
    name = "questions"
    model = PublishedQuestion
    schema = QuestionRow
    inside, owner = PUBLISHED_SURVEYS, "survey"
    fields = (
        "survey",
        "number",
        "text",
        "kind",
        "scene",
        "respondents",
        "numbers",
        "mean",
        "median",
        "unit",
        "note",
        "scale",
        "earlier_year",
        "earlier_key",
        "earlier_change",
        "beside_key",
        "position",
    )
    references = {"survey": PublishedSurvey}
    order = ("position", "key")

    def assign(self, row, values, lookups):
        stored = {name: hundredths(values[name]) for name in ("mean", "median")}
        super().assign(row, values | stored, lookups)


QUESTIONS = QuestionsPart()


class AnswersPart(RowsPart):
    name = "answers"
    model = PublishedAnswer
    schema = AnswerRow
    inside, owner = QUESTIONS, "question"
    fields = ("question", "label", "count", "percent", "rank", "position")
    references = {"question": PublishedQuestion}
    order = ("position", "key")

    def assign(self, row, values, lookups):
        super().assign(row, values | {"percent": hundredths(values["percent"])}, lookups)


class EvidencePart(RowsPart):
    name = "issue_evidence"
    model = IssueEvidence
    schema = EvidenceRow
    fields = ("issue", "question", "topic", "position")
    references = {"issue": Issue, "question": PublishedQuestion, "topic": HearingTopic}
    named_with = ("question__survey",)
    order = ("position", "key")


HEARINGS = HearingsPart()
VOICES = VoicesPart()
ANSWERS = AnswersPart()
EVIDENCE = EvidencePart()
PARTS = (
    *questionnaire_document.PARTS,
    KEPT_TABLES,
    HEARINGS,
    HEARING_TOPICS,
    VOICES,
    PUBLISHED_SURVEYS,
    QUESTIONS,
    ANSWERS,
    EVIDENCE,
)
