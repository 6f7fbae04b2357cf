"""This app's part of the municipality-year document: goals, issues, activities and logic models."""

from django.core.exceptions import ValidationError
from pydantic import Field

from logicmodels.choices import (
    ActivityStatus,
    Execution,
    Funding,
    OutcomeLevel,
    Priority,
    WorkItem,
)
from logicmodels.models import (
    Activity,
    ActivityPartner,
    ActivityResult,
    DesiredState,
    Issue,
    LogicModel,
    Milestone,
    Outcome,
    OutcomeLink,
    Placement,
)
from municipalities.choices import Audience, Scene, Theme
from municipalities.models import Area, Organization
from municipalities.rows.rows import Count, Day, Key, Position, RowSchema, RowsPart, written

MOST_TIMES = 32_767
ELSEWHERE = (
    "成果「{key}」は、別のロジックモデルにあります。同じロジックモデルの成果をつないでください。"
)


class DesiredStateRow(RowSchema):
    """目指す姿。一つの場面に一行。all はすべての場面を通した姿"""

    scene: Scene
    text: str = written(DesiredState, "text")
    audience: Audience = Audience.ADVISER


class IssueRow(RowSchema):
    """課題。position の小さい順に並ぶ"""

    scene: Scene = Scene.ALL
    text: str = written(Issue, "text")
    current_state: str = written(Issue, "current_state")
    gap: str = written(Issue, "gap")
    cause: str = written(Issue, "cause")
    priority: Priority = Priority.UNDECIDED
    position: Position = 0
    audience: Audience = Audience.ADVISER


class PartnerRow(RowSchema):
    """協力団体"""

    organization: Key
    role: str = written(ActivityPartner, "role")
    position: Position = 0


class MilestoneRow(RowSchema):
    """節目。期日が決まっていなければ、due に「令和6年度末」のように書く"""

    text: str = written(Milestone, "text")
    due: str = written(Milestone, "due")
    due_on: Day | None = Field(default=None, title="期日")
    is_reached: bool = False


class ResultRow(RowSchema):
    """取組の実績"""

    held_on: Day | None = Field(default=None, title="実施日")
    when: str = written(ActivityResult, "when")
    text: str = written(ActivityResult, "text")
    participants: Count | None = None


class ActivityRow(RowSchema):
    """取組。ロジックモデルの何か所に置いても、行は一つ"""

    name: str = written(Activity, "name")
    scene: Scene = Scene.ALL
    description: str = written(Activity, "description")
    target_group: str = written(Activity, "target_group")
    status: ActivityStatus = ActivityStatus.PLANNED
    work_item: WorkItem = WorkItem.NONE
    execution: Execution = Execution.UNSTATED
    executor: Key | None = Field(default=None, title="実施主体")
    area: Key | None = Field(default=None, title="対象の地域")
    period: str = written(Activity, "period")
    frequency: str = written(Activity, "frequency")
    times_min: int | None = Field(default=None, ge=0, le=MOST_TIMES, title="年間の回数（最少）")
    times_max: int | None = Field(default=None, ge=0, le=MOST_TIMES, title="年間の回数（最多）")
    budget: Count | None = Field(default=None, title="予算額（円）")
    settled: Count | None = Field(default=None, title="決算額（円）")
    funding: Funding = Funding.UNSTATED
    position: Position = 0
    audience: Audience = Audience.ADVISER
    partners: list[PartnerRow] = Field(default_factory=list)
    milestones: list[MilestoneRow] = Field(default_factory=list)
    results: list[ResultRow] = Field(default_factory=list)


class PlacementRow(RowSchema):
    """取組の配置。番号と（再）は並び順から計算する"""

    activity: Key
    note: str = written(Placement, "note")
    assumption: str = written(Placement, "assumption")
    position: Position = 0


class OutcomeRow(RowSchema):
    """成果。取組は placements に並べる"""

    level: OutcomeLevel = OutcomeLevel.INTERMEDIATE
    scene: Scene = Scene.ALL
    theme: Theme = Theme.NONE
    free_theme: str = written(Outcome, "free_theme")
    text: str = written(Outcome, "text")
    position: Position = 0
    placements: list[PlacementRow] = Field(default_factory=list)


class LinkRow(RowSchema):
    """成果のつながり"""

    cause: Key
    effect: Key
    assumption: str = written(OutcomeLink, "assumption")


class LogicModelRow(RowSchema):
    """ロジックモデル。目指す姿は、同じ場面の desired_states"""

    title: str = written(LogicModel, "title")
    scene: Scene = Scene.ALL
    note: str = written(LogicModel, "note")
    position: Position = 0
    audience: Audience = Audience.ADVISER
    outcomes: list[OutcomeRow] = Field(default_factory=list)
    links: list[LinkRow] = Field(default_factory=list)


class DesiredStatesPart(RowsPart):
    name = "desired_states"
    model = DesiredState
    schema = DesiredStateRow
    fields = ("scene", "text", "audience")
    order = ("scene", "key")


class IssuesPart(RowsPart):
    name = "issues"
    model = Issue
    schema = IssueRow
    fields = (
        "scene",
        "text",
        "current_state",
        "gap",
        "cause",
        "priority",
        "position",
        "audience",
    )
    order = ("position", "key")


class ActivitiesPart(RowsPart):
    name = "activities"
    model = Activity
    schema = ActivityRow
    fields = (
        "name",
        "scene",
        "description",
        "target_group",
        "status",
        "work_item",
        "execution",
        "executor",
        "area",
        "period",
        "frequency",
        "times_min",
        "times_max",
        "budget",
        "settled",
        "funding",
        "position",
        "audience",
    )
    references = {"executor": Organization, "area": Area}
    order = ("position", "key")


class LogicModelsPart(RowsPart):
    name = "logic_models"
    model = LogicModel
    schema = LogicModelRow
    fields = ("title", "scene", "note", "position", "audience")
    order = ("position", "key")


ACTIVITIES = ActivitiesPart()
LOGIC_MODELS = LogicModelsPart()


class PartnersPart(RowsPart):
    name = "partners"
    model = ActivityPartner
    schema = PartnerRow
    inside, owner = ACTIVITIES, "activity"
    fields = ("activity", "organization", "role", "position")
    references = {"activity": Activity, "organization": Organization}
    order = ("position", "key")


class MilestonesPart(RowsPart):
    name = "milestones"
    model = Milestone
    schema = MilestoneRow
    inside, owner = ACTIVITIES, "activity"
    fields = ("activity", "text", "due", "due_on", "is_reached")
    references = {"activity": Activity}


class ResultsPart(RowsPart):
    name = "results"
    model = ActivityResult
    schema = ResultRow
    inside, owner = ACTIVITIES, "activity"
    fields = ("activity", "held_on", "when", "text", "participants")
    references = {"activity": Activity}


class OutcomesPart(RowsPart):
    name = "outcomes"
    model = Outcome
    schema = OutcomeRow
    inside, owner = LOGIC_MODELS, "logic_model"
    fields = ("logic_model", "level", "scene", "theme", "free_theme", "text", "position")
    references = {"logic_model": LogicModel}
    order = ("position", "key")


OUTCOMES = OutcomesPart()


class PlacementsPart(RowsPart):
    name = "placements"
    model = Placement
    schema = PlacementRow
    inside, owner = OUTCOMES, "outcome"
    fields = ("outcome", "activity", "note", "assumption", "position")
    references = {"outcome": Outcome, "activity": Activity}
    order = ("position", "key")


class LinksPart(RowsPart):
    name = "links"
    model = OutcomeLink
    schema = LinkRow
    inside, owner = LOGIC_MODELS, "logic_model"
    fields = ("logic_model", "cause", "effect", "assumption")
    references = {"logic_model": LogicModel, "cause": Outcome, "effect": Outcome}

    def refer(self, row, values, known):
        """Both ends stand in the link's own model: no page could show the other one."""
        super().refer(row, values, known)
        home = row.logic_model.key
        wrong = {
            name: ELSEWHERE.format(key=values[name])
            for name in ("cause", "effect")
            if getattr(row, name).logic_model.key != home
        }
        if wrong:
            raise ValidationError(wrong)


GOALS = DesiredStatesPart()
ISSUES = IssuesPart()
PARTNERS = PartnersPart()
MILESTONES = MilestonesPart()
RESULTS = ResultsPart()
PLACEMENTS = PlacementsPart()
LINKS = LinksPart()
PARTS = (
    GOALS,
    ISSUES,
    ACTIVITIES,
    PARTNERS,
    MILESTONES,
    RESULTS,
    LOGIC_MODELS,
    OUTCOMES,
    PLACEMENTS,
    LINKS,
)
