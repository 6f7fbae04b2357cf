"""気づき: what a rule finds in a year. Rules live in the app that knows their matter; this module knows none of them.

Pure: a rule reads a `Year`, which is made once, and never asks a database.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from municipalities.choices import CARE_SCENES, Scene

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping, Sequence

Row = dict[str, Any]


class Severity(StrEnum):
    """How much a finding weighs; none of them refuses anything."""

    ERROR = "E"
    WARNING = "W"
    HINT = "I"


class Theme(StrEnum):
    """What of the year's work a rule looks at; shares of passed rules are told by it."""

    GOALS = "goals"
    ISSUES = "issues"
    LINKS = "links"
    INDICATORS = "indicators"
    VALUES = "values"
    EVALUATION = "evaluation"
    BODIES = "bodies"


@dataclass(frozen=True, slots=True)
class Year:
    """What rules read: a municipality-year document with what lies beside it.

    `definitions` holds the columns of every definition that the year names, national and own, by code; `before`
    is the document of the year before, None where there is none. `today` is the day in Japan on which the
    year is looked at.
    """

    document: Mapping[str, Any]
    today: dt.date
    definitions: Mapping[str, Row] = field(default_factory=dict)
    before: Mapping[str, Any] | None = None

    @property
    def fiscal_year(self) -> int:
        return self.document["fiscal_year"]

    @property
    def scenes(self) -> tuple[Scene, ...]:
        """Return the scenes that the support has chosen; none chosen means all."""
        chosen = (self.document.get("support_round") or {}).get("scenes", ())
        return tuple(scene for scene in CARE_SCENES if scene.value in chosen) or CARE_SCENES

    def rows(self, part: str) -> Sequence[Row]:
        """Return the rows of a part; none where the document has no such part."""
        return self.document.get(part) or ()

    def by_key(self, part: str) -> dict[str, Row]:
        return {row["key"]: row for row in self.rows(part)}

    def outcomes(self) -> list[Row]:
        """Return the outcomes of all logic models, in their order."""
        return [one for model in self.rows("logic_models") for one in model["outcomes"]]


@dataclass(frozen=True, slots=True)
class Found:
    """One place where a rule is broken.

    `key` is that of the row, empty where the year as a whole is meant; `label` names the place for a person;
    `words` fill the gaps of the rule's message; `args` belong to the address of its page.
    """

    label: str
    key: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    args: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """Where a finding is mended: the name of an address below the year, and a place on that page."""

    page: str
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One check of the year, with its words.

    `message` may hold `{gaps}`; `why` explains it, `example` shows how it is written well and `source` says who
    asks for it. `find` yields every place that breaks the rule. `counts` tells how many places it looked at, so
    that nothing is called passed where nothing was looked at.
    """

    id: str
    severity: Severity
    theme: Theme
    message: str
    why: str
    example: str
    source: str
    way: Way
    find: Callable[[Year], Iterable[Found]]
    counts: Callable[[Year], int]
    # 言い回しの気づき: false alarms are certain, and the page says so.
    is_of_wording: bool = False
    # What it says of no particular place; empty where `message` has no gaps.
    general: str = ""

    @property
    def title(self) -> str:
        return self.general or self.message


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that a place breaks, with its sentence."""

    rule: Rule
    place: Found

    @property
    def message(self) -> str:
        return self.rule.message.format(**self.place.words)

    @property
    def identity(self) -> tuple[str, str]:
        """Return by what a finding is known again: its rule and its place."""
        return self.rule.id, self.place.key or self.place.label


def look(rules: Iterable[Rule], year: Year) -> list[Finding]:
    """Return what these rules find, in the order of rules and of the year."""
    return [Finding(rule, place) for rule in rules for place in rule.find(year)]
