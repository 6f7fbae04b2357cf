"""Evaluations with their judgements, and what is decided from them, in the municipality-year document."""

from django.core.exceptions import ValidationError
from pydantic import Field

from councils.choices import ImprovementKind, JudgementVerdict
from councils.evaluating import settling
from councils.meetings.meeting_calendar import judging_years
from councils.models import Council, Decision, Evaluation, Improvement, Judgement, Meeting
from indicators.models import Indicator
from logicmodels.models import Activity, Outcome
from municipalities.choices import Audience
from municipalities.japanese.dates import FIRST_YEAR, LAST_YEAR
from municipalities.kernel.changes import plain
from municipalities.rows.rows import Key, Position, RowSchema, RowsPart, audience_lets_out, written
from municipalities.rows.shared_rows import CODE, AcrossPart

OF_A_LATER_MEETING = ("title", "number", "held_on", "audience")
NO_LATER_MEETING = (
    "この年度に、この会議がありません。会議の年度とキーを確かめてください"
    "（会議の年度を書くのは、次の年度の会議のときだけです。その年度の会議を、先に登録してください）。"
)
ABOUT = {"outcome": Outcome, "activity": Activity, "council": Council}


class AboutOneRow(RowSchema):
    """どれか一つについての行"""

    outcome: Key | None = Field(default=None, title="成果")
    activity: Key | None = Field(default=None, title="取組")
    council: Key | None = Field(default=None, title="協議体")
    audience: Audience = Audience.ADVISER


class JudgementRow(RowSchema):
    """協議体の判断。meeting_lead は、ほかの市区町村の会議のときだけ、そのコード。meeting_year は、次の年度の会議のときだけ、その年度"""

    meeting: Key | None = Field(default=None, title="会議")
    meeting_lead: str = Field(default="", pattern=rf"^$|{CODE}", title="会議を開いた市区町村")
    meeting_year: int | None = Field(
        default=None, ge=FIRST_YEAR, le=LAST_YEAR, title="会議の年度（次の年度の会議のときだけ）"
    )
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
    """改善の決定。成果・指標・取組・協議体のどれか一つについて。merged_into は kind が merge のときだけ"""

    indicator: Key | None = Field(default=None, title="指標")
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

    def stored(self, cycle):
        rows = super().stored(cycle)
        for row in rows:
            row.cycle = cycle
        return rows

    def is_told(self, row):
        """A meeting of the next year is not in the document: whether it stays 庁内 is looked at here."""
        if not is_of_later_year(row) or self.lead_of(row, "meeting"):
            return True
        return may_leave_the_house(row.meeting)

    def dump_row(self, row):
        later = row.meeting.fiscal_year if is_of_later_year(row) else None
        return super().dump_row(row) | {"meeting_year": later}

    def lookups(self, cycle):
        """Return the meetings that the document does not hold: a neighbour's, and those of the next year."""
        rows = Meeting.objects.filter(fiscal_year__in=judging_years(cycle))
        found = {}
        for row in rows.select_related("municipality").order_by("pk"):
            lead = "" if row.is_led_here else row.municipality.code
            year = 0 if row.fiscal_year == cycle.fiscal_year else row.fiscal_year
            if lead or year:
                found[lead, row.key, year] = row
        return {"meeting": found}

    def elsewhere(self, values, name):
        lead, year = values["meeting_lead"], values["meeting_year"] or 0
        return (lead, values["meeting"] or "", year) if lead or year else ()

    def row_elsewhere(self, found, place, name):
        if place[-1] and place not in found:
            raise ValidationError({name: NO_LATER_MEETING})
        return super().row_elsewhere(found, place, name)


def is_of_later_year(row):
    return row.meeting is not None and row.meeting.fiscal_year != row.cycle.fiscal_year


def may_leave_the_house(meeting):
    return audience_lets_out(meeting) and audience_lets_out(meeting.council)


def later_meetings(rows, *, today):
    """Return the meetings of the next year that judged this one, as a paper of this year tells of them.

    What was not held yet has settled nothing, and is not among them.
    """
    found = {row.meeting_id: row for row in rows if is_of_later_year(row)}
    return [
        {
            "key": row.meeting.key,
            "lead_code": JUDGEMENTS.lead_of(row, "meeting"),
            "fiscal_year": row.meeting.fiscal_year,
            "council": row.meeting.council.key,
            **{name: plain(getattr(row.meeting, name)) for name in OF_A_LATER_MEETING},
        }
        for _, row in sorted(found.items())
        if settling.is_held(row.meeting, today=today) and may_leave_the_house(row.meeting)
    ]


class ImprovementsPart(RowsPart):
    name = "improvements"
    model = Improvement
    schema = ImprovementRow
    fields = (
        *ABOUT,
        "indicator",
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
        "indicator": Indicator,
        "merged_into": Activity,
        "judgement": Judgement,
        "decision": Decision,
    }
    order = ("position", "key")


JUDGEMENTS = JudgementsPart()
IMPROVEMENTS = ImprovementsPart()
EVALUATION_PARTS = (EVALUATIONS, JUDGEMENTS, IMPROVEMENTS)
