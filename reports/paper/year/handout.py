"""協議体資料: one scene on one sheet of A4 to put before the council. Nothing is left to a second page."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from django.template.loader import render_to_string

from indicators.choices import Verdict
from indicators.verdicts.evaluation import bare
from logicmodels.choices import Priority
from municipalities.choices import Scene
from reports.paper.parts.measures import Told, told
from reports.paper.rendering.client import draw
from reports.paper.report.sheet import BETWEEN_TAGS, Pdf
from reports.paper.wording.notes import Footnotes
from reports.paper.wording.wording import items, lines, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reports.document.year_review import ActivityLine, IndicatorLine, IssueLine, YearReview
    from reports.paper.rendering.client import Drawing

WESTERN = re.compile(r"（\d{4}年度）")
BRACKETED = re.compile(r"（[^（）]*）")
WRAPPED = re.compile(r"（([^（）]*（\d{4}年度）)）")
VERDICTS = frozenset(map(str, Verdict.labels)) - {str(Verdict.UNCOLLECTED.label)}
Line = TypeVar("Line", "IssueLine", "ActivityLine")
PRIORITIES = {str(one.label): place for place, one in enumerate(Priority)}
# Letters from large to small; with the smallest the lists are cut until the sheet holds them.
SIZES = ("size-105", "size-95", "size-85", "size-75")
CUTS = ((12, 300), (8, 160), (6, 140), (5, 120), (4, 80), (3, 50), (2, 30))
# Of what happened at most so many, each in so many signs.
FACTS = ((8, 120), (5, 80), (3, 50))
WITHOUT_QUESTIONS = ("",) * 3
HIDDEN = "x"
NO_GOAL: tuple[tuple[str, ...], str] = ((), "")
# More of them no A4 holds in letters of 7.5 points without any margin.
MOST_SIGNS = 5000


@dataclass(frozen=True, slots=True)
class Number:
    """One indicator in a line: what it was, is, and shall be."""

    name: str
    unit: str
    mark: int | None
    values: tuple[Told, ...]
    distance: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Fact:
    """What happened to one outcome, activity or working group, for the council to judge."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Cut:
    """Rows that are shown, and how many are not."""

    rows: tuple
    more: int = 0


@dataclass(frozen=True, slots=True)
class Handout:
    """What the sheet shows of one scene. Texts of several lines are tuples of their lines."""

    municipality: str
    year: str
    scene: str
    made_on: str
    goal: tuple[str, ...]
    # 「協議体で合意　全体会 第1回」; empty while the goal is a 案.
    agreed: str
    common_goal: tuple[str, ...]
    common_agreed: str
    numbers: Cut
    notes: tuple[tuple[int, str], ...]
    issues: Cut
    activities: Cut
    facts: Cut
    questions: tuple[dict[str, str], ...]

    @property
    def facts_number(self) -> int:
        """The number of the part on facts: the one on activities before it may be absent."""
        return 4 + bool(self.activities.rows)

    @property
    def questions_number(self) -> int:
        return self.facts_number + bool(self.facts.rows)

    @property
    def is_agreed(self) -> bool:
        """A meeting has agreed to every goal of the sheet; until then they are 案, as in the report."""
        pairs = ((self.goal, self.agreed), (self.common_goal, self.common_agreed))
        written = [agreed for goal, agreed in pairs if goal]
        return bool(written) and all(written)

    @property
    def hidden(self) -> int:
        """How many of the shown numbers are x: too small to be told."""
        return sum(value.number == HIDDEN for row in self.numbers.rows for value in row.values)

    @property
    def has_current(self) -> bool:
        """Some issue tells its 現状: without any the column is left out, and so for the next."""
        return any(one.current_state or one.figures for one in self.issues.rows)

    @property
    def has_gap(self) -> bool:
        return any(one.gap for one in self.issues.rows)

    @property
    def is_empty(self) -> bool:
        """Nothing of this scene is written yet."""
        lists = (self.numbers, self.issues, self.activities, self.facts)
        return not (self.goal or any(one.rows for one in lists))


def handout(
    review: YearReview, *, scene: Scene, facts: tuple[Fact, ...], questions: str, made_on: str
) -> Handout:
    """Return the sheet of a scene. What belongs to every scene stands on each."""
    notes = Footnotes()
    goals = {one.scene: (lines(one.text), one.agreed) for one in review.goals}
    goal, agreed = goals.get(scene.value, NO_GOAL)
    common_goal, common_agreed = goals.get(Scene.ALL.value, NO_GOAL)
    activities = tuple(_beside(review.activities, scene))
    return Handout(
        municipality=f"{review.prefecture_name}{review.municipality_name}",
        year=review.fiscal_year_label,
        scene=str(scene.label),
        made_on=made_on,
        goal=goal,
        agreed=agreed,
        common_goal=common_goal,
        common_agreed=common_agreed,
        numbers=Cut(tuple(_number(one, notes) for one in _of(review.indicators, scene))),
        notes=notes.lines,
        issues=Cut(tuple(sorted(_beside(review.issues, scene), key=_rank))),
        activities=Cut(activities),
        facts=Cut((*facts, *_results(activities, told_of={one.name for one in facts}))),
        questions=items(questions),
    )


def _of(indicators: Iterable[IndicatorLine], scene: Scene) -> Iterator[IndicatorLine]:
    """Yield the indicators of a scene; one that names no scene belongs to all."""
    names = {str(scene.label), str(Scene.ALL.label)}
    return (one for one in indicators if not one.scenes or names.intersection(one.scenes))


def _beside(rows: Iterable[Line], scene: Scene) -> Iterator[Line]:
    names = {str(scene.label), str(Scene.ALL.label)}
    return (one for one in rows if one.scene in names)


def _results(activities: Iterable[ActivityLine], *, told_of: set[str]) -> Iterator[Fact]:
    """Yield what was done of the activities of which nobody has told more."""
    for one in activities:
        if one.results and one.name not in told_of:
            yield Fact(one.name, "、".join(one.results))


def _rank(issue: IssueLine) -> int:
    return PRIORITIES.get(issue.priority, len(PRIORITIES))


def _number(line: IndicatorLine, notes: Footnotes) -> Number:
    values = (line.baseline, line.last, line.this, line.target)
    return Number(
        name=line.name,
        unit=line.unit,
        mark=notes.mark(line.source),
        values=tuple(_unwrapped(told(one)) for one in values),
        distance=line.distance,
        # Why there is none, no council needs to read.
        verdict=line.verdict if bare(line.verdict) in VERDICTS else "",
    )


def _unwrapped(value: Told) -> Told:
    """Return a value beside which its year stands without brackets around those of the western one."""
    alone = WRAPPED.fullmatch(value.more)
    return replace(value, more=alone[1]) if alone else value


def _briefly(value: Told) -> Told:
    """Return a value that names its year once: 「令和5年度」 is what the members say."""
    more = WESTERN.sub("", value.more)
    return replace(value, more=more[1:-1] if BRACKETED.fullmatch(more) else more)


def cut(sheet: Handout, most: int, signs: int) -> Handout:
    """Return the sheet with at most so many rows in each list and signs in each text."""
    issues = _first(sheet.issues, most)
    return replace(
        sheet,
        goal=_shortened(sheet.goal, 2 * signs),
        common_goal=_shortened(sheet.common_goal, signs),
        numbers=_first(sheet.numbers, most),
        issues=replace(issues, rows=tuple(_brief(one, signs) for one in issues.rows)),
        activities=_first(sheet.activities, most),
        facts=_facts(sheet.facts, most, signs),
        questions=tuple(
            one | {"text": shortened(one["text"], signs)} for one in sheet.questions[:most]
        ),
    )


def _first(part: Cut, most: int) -> Cut:
    return Cut(part.rows[:most], part.more + max(0, len(part.rows) - most))


def _brief(issue: IssueLine, signs: int) -> IssueLine:
    return replace(
        issue,
        text=shortened(issue.text, signs),
        current_state=shortened(issue.current_state, signs),
        gap=shortened(issue.gap, signs),
        figures=issue.figures[:2],
    )


def _shortened(texts: tuple[str, ...], signs: int) -> tuple[str, ...]:
    return lines(shortened("\n".join(texts), signs))


def make_handout(sheet: Handout, *, seconds: float = 20) -> Pdf:
    """Draw the sheet with the largest letters and the fewest cuts that one page holds. Raises RenderFailed."""
    drawing = _first_that_fits(list(_ways(sheet)), seconds=seconds)
    return Pdf(drawing.pdf, drawing.pages, hashlib.sha256(drawing.pdf).hexdigest())


def _first_that_fits(ways: list[tuple[str, Handout]], *, seconds: float) -> Drawing:
    """Return the first way on one page, else the last one.

    Most sheets fit at once. Each other way takes less room than the one before it, so that it is found by
    halves: drawing is dear.
    """
    found = _drawn(*ways[0], seconds=seconds)
    if found.pages == 1:
        return found
    best, low, high = None, 1, len(ways) - 1
    while low <= high:
        middle = (low + high) // 2
        found = _drawn(*ways[middle], seconds=seconds)
        if found.pages == 1:
            best, high = found, middle - 1
        else:
            low = middle + 1
    return best or found


def _drawn(letters: str, shown: Handout, *, seconds: float) -> Drawing:
    return draw(handout_html(shown, letters=letters), seconds=seconds)


def _ways(sheet: Handout) -> Iterator[tuple[str, Handout]]:
    """Yield what to draw, from the largest letters on; what no page can hold is not tried whole.

    What happened is told in more words than the rest: it is cut before letters grow small.
    """
    if _signs_of(sheet) <= MOST_SIGNS:
        yield SIZES[0], sheet
        yield SIZES[1], sheet
        for letters in SIZES[1:]:
            for most, signs in FACTS if sheet.facts.rows else FACTS[:1]:
                yield letters, _with_fewer_facts(sheet, most, signs)
    least = _with_fewer_facts(sheet, *FACTS[-1])
    for most, signs in CUTS:
        yield SIZES[-1], cut(least, most, signs)


def _with_fewer_facts(sheet: Handout, most: int, signs: int) -> Handout:
    return replace(sheet, facts=_facts(sheet.facts, most, signs))


def _facts(facts: Cut, most: int, signs: int) -> Cut:
    found = _first(facts, most)
    rows = tuple(Fact(shortened(one.name, signs), shortened(one.text, signs)) for one in found.rows)
    return replace(found, rows=rows)


def _signs_of(sheet: Handout) -> int:
    texts = [*sheet.goal, *sheet.common_goal, *(one["text"] for one in sheet.questions)]
    for one in sheet.issues.rows:
        texts += [one.text, one.current_state, one.gap, *one.figures]
    texts += [one.name + one.text for one in sheet.facts.rows]
    texts += [one.name for one in (*sheet.activities.rows, *sheet.numbers.rows)]
    return sum(map(len, texts))


def handout_html(sheet: Handout, *, letters: str) -> str:
    """The sheet as HTML that needs nothing but our own paper styles."""
    rows = tuple(
        replace(one, values=tuple(map(_briefly, one.values))) for one in sheet.numbers.rows
    )
    printed = replace(sheet, numbers=replace(sheet.numbers, rows=rows))
    context = {"sheet": printed, "letters": letters, "blank": WITHOUT_QUESTIONS}
    return BETWEEN_TAGS.sub("><", render_to_string("reports/paper/handout.html", context))
