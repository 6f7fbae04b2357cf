"""The year on paper: frozen dataclasses that PDF, review page and preview read, and nothing else."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the profile, as it is printed: 「270,685人」 with year and source."""

    label: str
    value: str
    period: str
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class TextBox:
    """A headed text of a form. Lines are separated by newlines; empty means not written."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class SceneGoal:
    """The desired state of one scene. `text` is empty while nobody has written it."""

    scene: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class SupportStep:
    """One of the five steps: 【状況】 beside 【アドバイス等】, each a newline-separated list."""

    title: str
    held_on: str
    situation_label: str
    situation: str
    advice: str


@dataclass(frozen=True, slots=True)
class ReportHead:
    """What identifies the paper: kind, step, number, who submitted it when, to whom.

    `kind_label` tells the second report of a kind from the first; `step_label` may be empty.
    """

    number: str
    kind_label: str
    step_label: str
    status_label: str
    submitted_on: str
    recipients: tuple[str, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class YearReview:
    """Everything one report shows. Dates and numbers are already printed Japanese text."""

    municipality_code: str
    municipality_name: str
    prefecture_name: str
    fiscal_year: int
    fiscal_year_label: str
    head: ReportHead
    figures: tuple[Figure, ...]
    profile: tuple[TextBox, ...]
    features: tuple[TextBox, ...]
    issues: tuple[str, ...]
    goals: tuple[SceneGoal, ...]
    steps: tuple[SupportStep, ...]
