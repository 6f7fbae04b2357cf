"""The bodies of a year on paper: who meets, who is contracted, who coordinates, who was asked.

Frozen dataclasses like those of `year_review`: printed Japanese text, lines separated by newlines,
empty where nothing is written. `lead` names the municipality that keeps a shared row, empty for our own.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal  # noqa: TC003 -- dataclasses are read at run time


@dataclass(frozen=True, slots=True)
class SeatLine:
    """One seat: role (コアメンバー), body, profession, 「3人」, consent; `note` in small letters."""

    role: str
    name: str
    profession: str = ""
    people: str = ""
    consent: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CouncilLine:
    """One council. `depth` is how many stand above it; `functions` carry their numbers (1), ①."""

    name: str
    kind: str
    status: str
    is_preparing: bool = False
    is_ended: bool = False
    depth: int = 0
    programme: str = ""
    held: str = ""
    secretariat: str = ""
    purpose: str = ""
    functions: tuple[str, ...] = ()
    seats: tuple[SeatLine, ...] = ()
    outreach: tuple[str, ...] = ()
    theme: str = ""
    goals: tuple[str, ...] = ()
    bodies_wanted: str = ""
    partners: tuple[str, ...] = ()
    lead: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One decision: 「合意した」, what, about what thing, in which meeting."""

    kind: str
    text: str
    about: str = ""
    meeting: str = ""


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """One meeting with what was said, decided and taken home."""

    title: str
    council: str
    when: str
    place: str = ""
    purpose: str = ""
    agenda: tuple[str, ...] = ()
    attendance: str = ""
    minutes: str = ""
    decisions: tuple[DecisionLine, ...] = ()
    homework: tuple[str, ...] = ()
    next_time: str = ""
    lead: str = ""


@dataclass(frozen=True, slots=True)
class JudgementLine:
    """What a council made of the facts; `meeting` is 案 until one was held over it."""

    verdict: str
    meeting: str
    reasons: str = ""
    dissent: str = ""


@dataclass(frozen=True, slots=True)
class ImprovementLine:
    """What is to be continued, expanded, changed, merged or ended; `meeting` as of a judgement."""

    kind: str
    what: str
    meeting: str
    why: str = ""
    since: str = ""
    merged_into: str = ""


@dataclass(frozen=True, slots=True)
class EvaluationLine:
    """One outcome, activity or working group: the fact, what the council made of it, what is to change.

    `is_drafted` says that the text is still the one made from the numbers.
    """

    name: str
    kind: str
    scene: str
    text: str = ""
    is_drafted: bool = False
    helped: str = ""
    hindered: str = ""
    judgements: tuple[JudgementLine, ...] = ()
    improvements: tuple[ImprovementLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ContractLine:
    """One contract; `depth` counts the contracts it comes from. `compared` are (label, text) pairs."""

    title: str
    party: str
    kind: str
    state: str
    depth: int = 0
    term: str = ""
    purpose: str = ""
    compared: tuple[tuple[str, str], ...] = ()
    merits: str = ""
    deliverables: str = ""
    reporting: str = ""
    end_reason: str = ""
    events: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    lead: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ExecutionLine:
    """Who carries out one work item in one scene."""

    work_item: str
    scene: str
    execution: str
    who: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PostLine:
    """One post: where, of which level, 「43人」, how employed, of which training."""

    place: str
    level: str
    role: str
    people: str
    staffing: str = ""
    qualifications: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class HeadedLines:
    """A heading with its points; details begin with a wide space. `applies_to` may be empty."""

    heading: str
    lines: tuple[str, ...]
    applies_to: str = ""


@dataclass(frozen=True, slots=True)
class StructureLine:
    """One structure of coordinators with everything the form's page carries."""

    name: str
    affiliation: str
    coverage: str
    levels: tuple[str, ...] = ()
    axes_note: str = ""
    responsible: tuple[tuple[str, str], ...] = ()
    posts: tuple[PostLine, ...] = ()
    background: str = ""
    backgrounds: tuple[HeadedLines, ...] = ()
    activities: tuple[HeadedLines, ...] = ()
    effects: tuple[HeadedLines, ...] = ()
    stages: tuple[tuple[str, str], ...] = ()
    partners: tuple[str, ...] = ()
    lead: str = ""
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class BaseLine:
    """One 在宅医療に必要な連携を担う拠点."""

    name: str
    host: str
    state: str
    area: str = ""
    functions: tuple[str, ...] = ()
    funding: str = ""
    facts: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class HearingLine:
    """One hearing: who was asked, when, about what, and the gist."""

    who: str
    when: str = ""
    items: str = ""
    gist: str = ""


@dataclass(frozen=True, slots=True)
class TopicLine:
    """One topic with its sides: (side, what it said)."""

    title: str
    scene: str
    voices: tuple[tuple[str, str], ...] = ()
    conclusion: str = ""


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One option; `share` is its percentage as a number, None where it is unknown or hidden."""

    label: str
    count: str = ""
    percent: str = ""
    share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question's table; `answered` is 「有効回答数 224」 or empty, `numbers` 「平均 12.5年　中央値 10年」."""

    title: str
    answered: str
    answers: tuple[AnswerLine, ...]
    note: str = ""
    numbers: str = ""


@dataclass(frozen=True, slots=True)
class PairLine:
    """Two questions with the same options: their names, and for each option its percentage in both."""

    names: tuple[str, str]
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class SurveyLine:
    """One survey of which only tables are known; `facts` say of whom, when and how."""

    title: str
    facts: str
    questions: tuple[QuestionLine, ...]
    source: str = ""
    note: str = ""
    pairs: tuple[PairLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ResourceLine:
    kind: str
    name: str
    counted: str = ""
    area: str = ""
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bodies:
    """Everything of this kind that a year holds."""

    councils: tuple[CouncilLine, ...] = ()
    meetings: tuple[MeetingLine, ...] = ()
    evaluations: tuple[EvaluationLine, ...] = ()
    contracts: tuple[ContractLine, ...] = ()
    executions: tuple[ExecutionLine, ...] = ()
    structures: tuple[StructureLine, ...] = ()
    bases: tuple[BaseLine, ...] = ()
    hearings: tuple[HearingLine, ...] = ()
    topics: tuple[TopicLine, ...] = ()
    surveys: tuple[SurveyLine, ...] = ()
    resources: tuple[ResourceLine, ...] = ()
