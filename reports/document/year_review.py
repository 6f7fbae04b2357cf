"""The year on paper: frozen dataclasses that PDF, slides, tables, review page and preview read, and nothing else.

Dates and numbers are already printed Japanese text; a text's lines are separated by newlines, and
empty means not written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.document.year_bodies import Bodies

if TYPE_CHECKING:
    from decimal import Decimal

    from indicators.charts.structure import Chart
    from logicmodels.shape.structure import Structure

NO_BODIES = Bodies()


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the profile, as it is printed: 「270,685人」 with year and source.

    The rest is the same for programs: the bare number, its fiscal year and its day in ISO form.
    """

    label: str
    value: str
    period: str
    source: str
    note: str = ""
    number: Decimal | None = None
    unit: str = ""
    fiscal_year: int | None = None
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class TextBox:
    """A headed text of a form. `code` names it where pages point at it."""

    label: str
    text: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class SceneGoal:
    """The desired state of one scene. `text` is empty while nobody has written it.

    `agreed` says which meeting agreed to it (「協議体で合意　全体会 第1回」); empty while it is a 案.
    """

    scene: str
    label: str
    text: str
    agreed: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """One piece of advice: what it is about (scene, issue, activity, outcome) and what became of it.

    `response` is 採用, 検討中, 見送り or 未回答; `is_confirmed` says that the adviser wrote or confirmed it.
    """

    text: str
    scene: str = ""
    about: str = ""
    response: str = ""
    responded_on: str = ""
    response_note: str = ""
    is_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class SupportStep:
    """One step: 【状況】, a newline-separated list, beside 【アドバイス等】 with its keywords 『…』."""

    title: str
    held_on: str
    situation_label: str
    situation: str
    advice: tuple[Advice, ...] = ()
    keywords: tuple[str, ...] = ()
    style: str = ""
    participants: str = ""


@dataclass(frozen=True, slots=True)
class SupportTask:
    """One line of the 実施計画."""

    text: str
    who: str
    due: str
    state: str
    step: str


@dataclass(frozen=True, slots=True)
class Support:
    """連携支援 as a whole: theme, scenes, goal, who takes part (part, name), what is planned."""

    theme: str = ""
    goal: str = ""
    scenes: tuple[str, ...] = ()
    members: tuple[tuple[str, str], ...] = ()
    tasks: tuple[SupportTask, ...] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """支援前後の変化: `conclusion` is what stands behind ⇒, `answers` the 支援前の課題 it answers."""

    text: str
    conclusion: str = ""
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Outlook:
    """今後について: `due` is a date as people speak of it (令和6年度末)."""

    text: str
    due: str = ""


@dataclass(frozen=True, slots=True)
class IssueLine:
    """One line of 課題整理表. `figures` are what shows it: numbers, each with its year, and evidence."""

    scene: str
    text: str
    current_state: str
    gap: str
    cause: str
    priority: str
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One line of 取組整理表."""

    scene: str
    name: str
    description: str
    executor: str
    partners: tuple[str, ...]
    period: str
    status: str
    results: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LogicModelSheet:
    """One logic model with the goal it leads to; `indicators` by key of the outcome."""

    title: str
    scene: str
    goal: str
    note: str
    structure: Structure
    indicators: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """One number of an indicator for programs: `series` is 実績, 目標 or the place of a published value.

    `state` and `finality` are their words, `as_of` is an ISO day.
    """

    series: str
    fiscal_year: int
    value: Decimal | None
    state: str
    finality: str = ""
    as_of: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One indicator of the year in words; `chart` is None while no number is known.

    `values` are all its numbers, those too that are too old for the chart. `verdict` is the 評価区分 or the word
    for why there is none, `how` the sentence on how it was come to, `ratio` 目標比, `progress` 進捗率, `forecast`
    最終年度見込, `reference` what is to be known of a 参考値.
    """

    name: str
    unit: str
    direction: str
    scenes: tuple[str, ...]
    baseline: str
    last: str
    this: str
    target: str
    distance: str
    source: str
    note: str
    chart: Chart | None
    code: str = ""
    values: tuple[IndicatorValue, ...] = ()
    verdict: str = ""
    how: str = ""
    ratio: str = ""
    progress: str = ""
    forecast: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class ApprovalMark:
    """One superior in the 決裁欄: who, and on which day they approved."""

    who: str
    approved_on: str


@dataclass(frozen=True, slots=True)
class ReportHead:
    """What identifies the paper: kind, step, number, who submitted it when, to whom.

    `kind_label` tells the second report of a kind from the first; `step_label` may be empty.
    `version_label` is empty for the first version. `copy_label` names a copy that shows less.
    """

    number: str
    kind_label: str
    step_label: str
    status_label: str
    submitted_on: str
    recipients: tuple[str, ...]
    sha256: str
    version_label: str = ""
    copy_label: str = ""
    is_final: bool = False


@dataclass(frozen=True, slots=True)
class YearReview:
    """Everything one report shows."""

    municipality_code: str
    municipality_name: str
    prefecture_name: str
    fiscal_year: int
    fiscal_year_label: str
    head: ReportHead
    figures: tuple[Figure, ...]
    profile: tuple[TextBox, ...]
    features: tuple[TextBox, ...]
    goals: tuple[SceneGoal, ...]
    steps: tuple[SupportStep, ...]
    sheet: tuple[TextBox, ...] = ()
    support: Support = Support()
    indicator_comment: str = ""
    issues_before: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = ()
    outlooks: tuple[Outlook, ...] = ()
    issues: tuple[IssueLine, ...] = ()
    activities: tuple[ActivityLine, ...] = ()
    logic_models: tuple[LogicModelSheet, ...] = ()
    indicators: tuple[IndicatorLine, ...] = ()
    bodies: Bodies = NO_BODIES
    to_come: tuple[str, ...] = ()
    # Findings that were waived, each with its reason.
    waived: tuple[tuple[str, str], ...] = ()
    approvals: tuple[ApprovalMark, ...] = ()
