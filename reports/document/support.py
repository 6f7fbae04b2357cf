"""This app's part of the municipality-year document: the support of a year and what it changed."""

from typing import Any

from pydantic import Field

from logicmodels.models import Activity, Issue, Outcome
from municipalities.choices import CARE_SCENES, Audience, Scene
from municipalities.models import Organization
from municipalities.rows.rows import Day, Key, Plan, Position, RowSchema, RowsPart, written
from reports.choices import (
    AdviceOrigin,
    AdviceResponse,
    HelpRating,
    MeetingStyle,
    MemberPart,
    StepKind,
    TaskState,
    TextSection,
)
from reports.models import (
    AdviceItem,
    CouncilQuestion,
    InquiryAnswer,
    ReportText,
    SupportEffect,
    SupportFeedback,
    SupportIssue,
    SupportMember,
    SupportOutlook,
    SupportRound,
    SupportStep,
    SupportTask,
)

# Below what the column holds: further meetings are put behind the last one by counting on.
LAST_POSITION = 30_000


class SupportRoundRow(RowSchema):
    """連携支援のテーマ・目標と、選んだ場面。場面を選ばなければ、すべての場面が対象"""

    theme: str = written(SupportRound, "theme")
    goal: str = written(SupportRound, "goal")
    scenes: list[Scene] = Field(default_factory=list, max_length=len(CARE_SCENES), title="場面")
    audience: Audience = Audience.ADVISER


class SupportMemberRow(RowSchema):
    """支援の参加者。団体・部署と立場。個人の氏名は書かない"""

    part: MemberPart
    organization: Key | None = Field(default=None, title="団体・部署")
    title: str = written(SupportMember, "title")
    position: Position = 0


class AdviceRow(RowSchema):
    """アドバイス一件と、それへの対応"""

    text: str = written(AdviceItem, "text")
    scene: Scene = Scene.ALL
    issue: Key | None = Field(default=None, title="課題")
    activity: Key | None = Field(default=None, title="取組")
    outcome: Key | None = Field(default=None, title="成果")
    response: AdviceResponse = AdviceResponse.NONE
    responded_on: Day | None = Field(default=None, title="対応を決めた日")
    response_note: str = written(AdviceItem, "response_note")
    origin: AdviceOrigin = AdviceOrigin.MEETING
    confirmed_on: Day | None = Field(default=None, title="確認日")
    position: Position = 0
    audience: Audience = Audience.ADVISER


class SupportStepRow(RowSchema):
    """連携支援の一段階。situation は一行に一件。position の小さい順に並ぶ"""

    kind: StepKind
    title: str = written(SupportStep, "title")
    position: int = Field(ge=0, le=LAST_POSITION, title="並び順")
    held_on: Day | None = Field(default=None, title="実施日")
    style: MeetingStyle = MeetingStyle.UNSTATED
    participants: str = written(SupportStep, "participants")
    situation: str = written(SupportStep, "situation")
    keywords: str = written(SupportStep, "keywords")
    audience: Audience = Audience.ADVISER
    advice: list[AdviceRow] = Field(default_factory=list, title="アドバイス等")


class SupportTaskRow(RowSchema):
    """実施計画の項目。期限は「令和6年度末」のように書いてよい"""

    text: str = written(SupportTask, "text")
    who: str = written(SupportTask, "who")
    due: str = written(SupportTask, "due")
    state: TaskState = TaskState.AHEAD
    step: Key | None = Field(default=None, title="段階")
    position: Position = 0
    audience: Audience = Audience.ADVISER


class ReportTextRow(RowSchema):
    """概要の欄と、指標の説明。一つの節に一行"""

    section: TextSection
    text: str = written(ReportText, "text")
    is_left_empty: bool = Field(default=False, title="記載しない")
    audience: Audience = Audience.ADVISER


class SupportIssueRow(RowSchema):
    """支援前の課題。issue は課題整理表の課題のキー"""

    text: str = written(SupportIssue, "text")
    issue: Key | None = Field(default=None, title="課題整理表の課題")
    position: Position = 0
    audience: Audience = Audience.ADVISER


class SupportEffectRow(RowSchema):
    """支援前後の変化。answers は support_issues のキー"""

    text: str = written(SupportEffect, "text")
    conclusion: str = written(SupportEffect, "conclusion")
    answers: Key | None = Field(default=None, title="こたえる課題")
    position: Position = 0
    audience: Audience = Audience.ADVISER


class SupportOutlookRow(RowSchema):
    """今後について。時期は「令和6年度末」のように書いてよい"""

    text: str = written(SupportOutlook, "text")
    due: str = written(SupportOutlook, "due")
    position: Position = 0
    audience: Audience = Audience.ADVISER


class SupportFeedbackRow(RowSchema):
    """連携支援の振り返り。評価は 1（そう思わない）から 4（そう思う）、0 は未回答"""

    moved_on: HelpRating = HelpRating.UNANSWERED
    moved_on_note: str = written(SupportFeedback, "moved_on_note")
    in_time: HelpRating = HelpRating.UNANSWERED
    in_time_note: str = written(SupportFeedback, "in_time_note")
    goes_on: HelpRating = HelpRating.UNANSWERED
    goes_on_note: str = written(SupportFeedback, "goes_on_note")
    audience: Audience = Audience.ADVISER


class CouncilQuestionRow(RowSchema):
    """協議体に諮りたいこと。一つの場面に一行、本文は一行に一件"""

    scene: Scene
    text: str = written(CouncilQuestion, "text")
    audience: Audience = Audience.ADVISER


class InquiryAnswerRow(RowSchema):
    """県の照会への回答の下書き。key は質問の、inquiry は照会のキー。県へは、画面で回答したときに伝わる"""

    inquiry: Key = Field(title="照会")
    text: str = written(InquiryAnswer, "text")


class SupportRoundPart(RowsPart):
    """The scenes chosen are four columns in the table and one list in the document."""

    name = "support_round"
    model = SupportRound
    schema = SupportRoundRow
    fields = ("theme", "goal", *(scene.value for scene in CARE_SCENES), "audience")
    single = True

    def dump_row(self, row: Any) -> dict[str, Any]:
        values = {name: self.dump_value(row, name) for name in ("theme", "goal", "audience")}
        return {"key": row.key} | values | {"scenes": [scene.value for scene in row.scenes]}

    def assign(self, row: Any, values: dict[str, Any], lookups: Any) -> None:
        chosen = {scene.value: scene.value in values["scenes"] for scene in CARE_SCENES}
        super().assign(row, values | chosen, lookups)


class SupportMembersPart(RowsPart):
    name = "support_members"
    model = SupportMember
    schema = SupportMemberRow
    fields = ("part", "organization", "title", "position")
    references = {"organization": Organization}
    order = ("position", "key")


class SupportStepsPart(RowsPart):
    name = "support_steps"
    model = SupportStep
    schema = SupportStepRow
    fields = (
        "kind",
        "title",
        "position",
        "held_on",
        "style",
        "participants",
        "situation",
        "keywords",
        "audience",
    )
    order = ("position", "key")


STEPS = SupportStepsPart()


class AdvicePart(RowsPart):
    name = "advice"
    model = AdviceItem
    schema = AdviceRow
    inside, owner = STEPS, "step"
    fields = (
        "step",
        "text",
        "scene",
        "issue",
        "activity",
        "outcome",
        "response",
        "responded_on",
        "response_note",
        "origin",
        "confirmed_on",
        "position",
        "audience",
    )
    references = {"step": SupportStep, "issue": Issue, "activity": Activity, "outcome": Outcome}
    order = ("position", "key")

    def assign(self, row: Any, values: dict[str, Any], lookups: Any) -> None:
        """An adviser wrote or confirmed the words that stood there: other words are neither.

        Nor does a file make a stored row theirs: the same file sent twice would, after its own change.
        """
        words, origin, confirmed_on = row.text, row.origin, row.confirmed_on
        super().assign(row, values, lookups)
        if row.pk is None:
            return
        if words != row.text or origin != AdviceOrigin.ADVISER:
            row.origin = AdviceOrigin.MEETING
        if words != row.text or confirmed_on is None:
            row.confirmed_on = None

    def disclaim(self, plan: Plan) -> None:
        """A new row was written down by whoever sends the file: no adviser has said or confirmed it here."""
        for entry in plan.new:
            row: Any = entry.row
            row.origin, row.confirmed_on = AdviceOrigin.MEETING, None


class SupportTasksPart(RowsPart):
    name = "support_tasks"
    model = SupportTask
    schema = SupportTaskRow
    fields = ("text", "who", "due", "state", "step", "position", "audience")
    references = {"step": SupportStep}
    order = ("position", "key")


class ReportTextsPart(RowsPart):
    name = "report_texts"
    model = ReportText
    schema = ReportTextRow
    fields = ("section", "text", "is_left_empty", "audience")
    order = ("section", "key")


class SupportIssuesPart(RowsPart):
    name = "support_issues"
    model = SupportIssue
    schema = SupportIssueRow
    fields = ("text", "issue", "position", "audience")
    references = {"issue": Issue}
    order = ("position", "key")


class SupportEffectsPart(RowsPart):
    name = "support_effects"
    model = SupportEffect
    schema = SupportEffectRow
    fields = ("text", "conclusion", "answers", "position", "audience")
    references = {"answers": SupportIssue}
    order = ("position", "key")


class SupportOutlooksPart(RowsPart):
    name = "support_outlooks"
    model = SupportOutlook
    schema = SupportOutlookRow
    fields = ("text", "due", "position", "audience")
    order = ("position", "key")


class SupportFeedbackPart(RowsPart):
    """Given when the report is out: no report tells it."""

    name = "support_feedback"
    model = SupportFeedback
    schema = SupportFeedbackRow
    fields = (
        "moved_on",
        "moved_on_note",
        "in_time",
        "in_time_note",
        "goes_on",
        "goes_on_note",
        "audience",
    )
    single = True
    in_report = False


class CouncilQuestionsPart(RowsPart):
    """On the hand-out of its scene, on no report."""

    name = "council_questions"
    model = CouncilQuestion
    schema = CouncilQuestionRow
    fields = ("scene", "text", "audience")
    order = ("scene", "key")
    in_report = False


class InquiryAnswersPart(RowsPart):
    """What was written to a question of the prefecture: it goes its own way, on no report."""

    name = "inquiry_answers"
    model = InquiryAnswer
    schema = InquiryAnswerRow
    fields = ("inquiry", "text")
    order = ("inquiry", "key")
    in_report = False


ROUND = SupportRoundPart()
MEMBERS = SupportMembersPart()
ADVICE = AdvicePart()
TASKS = SupportTasksPart()
TEXTS = ReportTextsPart()
SUPPORT_ISSUES = SupportIssuesPart()
EFFECTS = SupportEffectsPart()
OUTLOOKS = SupportOutlooksPart()
FEEDBACK = SupportFeedbackPart()
QUESTIONS = CouncilQuestionsPart()
INQUIRY_ANSWERS = InquiryAnswersPart()
PARTS = (
    ROUND,
    MEMBERS,
    STEPS,
    ADVICE,
    TASKS,
    TEXTS,
    SUPPORT_ISSUES,
    EFFECTS,
    OUTLOOKS,
    FEEDBACK,
    QUESTIONS,
    INQUIRY_ANSWERS,
)
