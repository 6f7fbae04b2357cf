"""Evaluations with their judgements, and what is decided from them, in the municipality-year document."""

from pydantic import Field

from councils.choices import ImprovementKind, JudgementVerdict
from councils.models import Council, Decision, Evaluation, Improvement, Judgement, Meeting
from logicmodels.models import Activity, Outcome
from municipalities.choices import Audience
from municipalities.rows import Key, Position, RowSchema, RowsPart, written
from municipalities.shared_rows import CODE, AcrossPart

ABOUT = {"outcome": Outcome, "activity": Activity, "council": Council}


class AboutOneRow(RowSchema):
    """成果・取組・協議体のどれか一つについての行"""

    outcome: Key | None = Field(default=None, title="成果")
    activity: Key | None = Field(default=None, title="取組")
    council: Key | None = Field(default=None, title="協議体")
    audience: Audience = Audience.ADVISER


class JudgementRow(RowSchema):
    """協議体の判断。meeting_lead は、ほかの市区町村の会議のときだけ、そのコード"""

    meeting: Key | None = Field(default=None, title="会議")
    meeting_lead: str = Field(default="", pattern=rf"^$|{CODE}", title="会議を開いた市区町村")
    verdict: JudgementVerdict
    reasons: str = written(Judgement, "reasons")
    dissent: str = written(Judgement, "dissent")
    position: Position = 0
    audience: Audience = Audience.ADVISER


class EvaluationRow(AboutOneRow):
    """評価（事実）。outcome・activity・council のどれか一つについて、一つだけ"""

    text: str = written(Evaluation, "text")
    helped: str = written(Evaluation, "helped")
    hindered: str = written(Evaluation, "hindered")
    is_drafted: bool = False
    drafted_from: str = written(Evaluation, "drafted_from")
    judgements: list[JudgementRow] = Field(default_factory=list)


class ImprovementRow(AboutOneRow):
    """改善の決定。merged_into は kind が merge のときだけ"""

    kind: ImprovementKind
    what: str = written(Improvement, "what")
    why: str = written(Improvement, "why")
    since: str = written(Improvement, "since")
    merged_into: Key | None = Field(default=None, title="統合先の取組")
    judgement: Key | None = Field(default=None, title="協議体の判断")
    decision: Key | None = Field(default=None, title="会議の決定事項")
    position: Position = 0


class EvaluationsPart(RowsPart):
    name = "evaluations"
    model = Evaluation
    schema = EvaluationRow
    fields = (*ABOUT, "text", "helped", "hindered", "is_drafted", "drafted_from", "audience")
    references = ABOUT
    working = ("drafted_from",)


EVALUATIONS = EvaluationsPart()


class JudgementsPart(AcrossPart):
    name = "judgements"
    model = Judgement
    schema = JudgementRow
    inside, owner = EVALUATIONS, "evaluation"
    foreign = ("meeting",)
    fields = ("evaluation", "meeting", "verdict", "reasons", "dissent", "position", "audience")
    references = {"evaluation": Evaluation, "meeting": Meeting}
    named_with = ("meeting__council",)
    order = ("position", "key")


class ImprovementsPart(RowsPart):
    name = "improvements"
    model = Improvement
    schema = ImprovementRow
    fields = (
        *ABOUT,
        "kind",
        "what",
        "why",
        "since",
        "merged_into",
        "judgement",
        "decision",
        "position",
        "audience",
    )
    references = {
        **ABOUT,
        "merged_into": Activity,
        "judgement": Judgement,
        "decision": Decision,
    }
    order = ("position", "key")


JUDGEMENTS = JudgementsPart()
IMPROVEMENTS = ImprovementsPart()
EVALUATION_PARTS = (EVALUATIONS, JUDGEMENTS, IMPROVEMENTS)
