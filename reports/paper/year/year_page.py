"""年間のまとめ: a year on one sheet of A3 for a council — what was aimed at, done, reached, judged and changed.

Read from a year as a report shows it, and from nothing else. Indicators that bring the voice of residents come first.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from indicators.choices import Verdict
from indicators.verdicts.evaluation import bare
from municipalities.choices import CARE_SCENES, Scene
from reports.paper.rendering.client import draw
from reports.paper.report.sheet import BETWEEN_TAGS, Pdf
from reports.paper.wording.wording import shortened
from reports.paper.year.year_rows import SIGNS_OF, Changed, Done, Judged, Reached, kept_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from reports.document.year_bodies import EvaluationLine
    from reports.document.year_review import IndicatorLine, YearReview
    from reports.paper.rendering.client import Drawing

DONE_SIGNS = 400
# Letters from large to small; with the smallest each cell is cut to so many lines, and its texts to so many signs.
SIZES = ("size-95", "size-85", "size-75")
CUTS = tuple((lines, min(DONE_SIGNS, max(30, 8 * lines))) for lines in range(80, 0, -1))
ALL_LINES = 10_000
# What is cut last: the worst comes first.
WORST = (Verdict.WORSENED, Verdict.MISSED, Verdict.UNLIKELY)
# The verdicts that need a value and a target.
VALUED = frozenset(str(one.label) for one in Verdict if one is not Verdict.UNCOLLECTED)
REACHED = frozenset(map(str, (Verdict.ACHIEVED.label, Verdict.LIKELY.label)))
# What stands in place of a number that is too small to be told.
HIDDEN = "x"


@dataclass(frozen=True, slots=True)
class SceneOfYear:
    """One scene from its aim to its changes; `more` says how many rows of each list are not shown."""

    label: str
    goal: str
    agreed: str
    done: tuple[Done, ...]
    reached: tuple[Reached, ...]
    judged: tuple[Judged, ...]
    changed: tuple[Changed, ...]
    more: tuple[int, int, int, int] = (0, 0, 0, 0)

    @property
    def is_empty(self) -> bool:
        return not (self.goal or self.done or self.reached or self.judged or self.changed)


@dataclass(frozen=True, slots=True)
class YearPage:
    """The sheet. `numbers` are a few counts of the whole year: (label, text)."""

    municipality: str
    year: str
    made_on: str
    scenes: tuple[SceneOfYear, ...]
    numbers: tuple[tuple[str, str], ...]

    @property
    def is_empty(self) -> bool:
        return all(one.is_empty for one in self.scenes)

    @property
    def is_cut(self) -> bool:
        return any(any(scene.more) for scene in self.scenes)

    @property
    def hides(self) -> bool:
        """Say whether a number on the sheet is hidden: a council that reads 「x」 has to be told what it means."""
        told = [one for scene in self.scenes for one in scene.reached]
        return any(text.startswith(HIDDEN) for one in told for text in (one.baseline, one.this))


def year_page(
    review: YearReview, *, voices: Collection[str], meetings: tuple[int, int], made_on: str
) -> YearPage:
    """Return the sheet of a year.

    `voices` are the codes of the indicators that bring residents' voice; `meetings` how many took place and how
    many are planned still.
    """
    scenes = [_scene(review, scene, voices) for scene in CARE_SCENES]
    common = _scene(review, Scene.ALL, voices)
    return YearPage(
        municipality=f"{review.prefecture_name}{review.municipality_name}",
        year=review.fiscal_year_label,
        made_on=made_on,
        scenes=tuple(scenes if common.is_empty else [*scenes, common]),
        numbers=tuple(_numbers(review, meetings)),
    )


def _scene(review: YearReview, scene: Scene, voices: Collection[str]) -> SceneOfYear:
    label = str(scene.label)
    goal = next((one for one in review.goals if one.scene == scene.value), None)
    about = [one for one in review.bodies.evaluations if one.scene == label]
    told = {one.name: one.text for one in about if not one.is_drafted}
    reached = [_reached(one, voices) for one in review.indicators if _is_of(one, scene)]
    return SceneOfYear(
        label=label,
        goal=goal.text if goal else "",
        agreed=goal.agreed if goal else "",
        done=tuple(
            Done(one.name, told.get(one.name) or _how_far(one.results, one.status))
            for one in review.activities
            if one.scene == label
        ),
        reached=tuple(sorted(reached, key=_urgency)),
        judged=tuple(_judged(about)),
        changed=tuple(_changed(about)),
    )


def _is_of(line: IndicatorLine, scene: Scene) -> bool:
    """Say whether an indicator stands in this scene: in each that it is placed in, else with those of all."""
    own = [name for name in line.scenes if name != str(Scene.ALL.label)]
    return str(scene.label) in own if own else scene is Scene.ALL


def _urgency(one: Reached) -> tuple[int, bool]:
    """Put the worst first, so that what is cut is what went well; among equals what residents said."""
    kinds = [str(kind.label) for kind in WORST]
    kind = bare(one.verdict)
    return kinds.index(kind) if kind in kinds else len(kinds), not one.is_voice


def _how_far(results: tuple[str, ...], status: str) -> str:
    if not results:
        return status
    return f"{status}。実績{len(results)}件（{results[-1]}）"


def _reached(line: IndicatorLine, voices: Collection[str]) -> Reached:
    return Reached(
        line.name, line.baseline, line.this, line.target, line.verdict, line.code in voices
    )


def _judged(about: list[EvaluationLine]) -> Iterator[Judged]:
    for line in about:
        for one in line.judgements:
            yield Judged(line.name, one.verdict, one.reasons, one.dissent, one.meeting)


def _changed(about: list[EvaluationLine]) -> Iterator[Changed]:
    for line in about:
        for one in line.improvements:
            what = f"{one.what}（{one.merged_into}へ）" if one.merged_into else one.what
            yield Changed(line.name, one.kind, what, one.since, one.meeting)


def _numbers(review: YearReview, meetings: tuple[int, int]) -> Iterator[tuple[str, str]]:
    """Yield how many councils met, what was done, and how many indicators reached their target."""
    held, planned = meetings
    yield "会議", f"{held}回" + (f"（ほかに予定{planned}回）" if planned else "")
    yield "取組", f"{len(review.activities)}件"
    told = [bare(one.verdict) for one in review.indicators]
    valued = [one for one in told if one in VALUED]
    reached = sum(one in REACHED for one in valued)
    rest = len(told) - len(valued)
    left_out = (
        f"（今年の値や目標値がない、年度の途中など、評価区分のない{rest}件を除く）" if rest else ""
    )
    yield "目標に届いた・届きそうな指標", f"値のある{len(valued)}件中{reached}件{left_out}"
    lines_of = review.bodies.evaluations
    settled = sum(any(one.meeting != "案" for one in line.judgements) for line in lines_of)
    yield "協議体が判断したもの", f"{settled}件"


def cut(page: YearPage, lines: int, signs: int) -> YearPage:
    """Return the sheet with about so many lines in each cell and at most so many signs in each text."""
    return replace(page, scenes=tuple(_cut(one, lines, signs) for one in page.scenes))


def _cut(scene: SceneOfYear, lines: int, signs: int) -> SceneOfYear:
    shorter = _shortened(scene, signs)
    done = kept_rows(shorter.done, SIGNS_OF["done"], lines)
    reached = kept_rows(shorter.reached, SIGNS_OF["reached"], lines)
    judged = kept_rows(shorter.judged, SIGNS_OF["judged"], lines)
    changed = kept_rows(shorter.changed, SIGNS_OF["changed"], lines)
    more = (
        len(scene.done) - len(done),
        len(scene.reached) - len(reached),
        len(scene.judged) - len(judged),
        len(scene.changed) - len(changed),
    )
    return replace(shorter, done=done, reached=reached, judged=judged, changed=changed, more=more)


def _shortened(scene: SceneOfYear, signs: int) -> SceneOfYear:
    return replace(
        scene,
        goal=shortened(scene.goal, 2 * signs),
        done=tuple(replace(one, text=shortened(one.text, signs)) for one in scene.done),
        judged=tuple(
            replace(
                one,
                reasons=shortened(one.reasons, signs),
                dissent=shortened(one.dissent, signs),
            )
            for one in scene.judged
        ),
        changed=tuple(replace(one, what=shortened(one.what, signs)) for one in scene.changed),
    )


def make_year_page(page: YearPage, *, seconds: float = 40) -> Pdf:
    """Draw the sheet with the largest letters, then the most lines, that one page holds. Raises RenderFailed."""
    tries = list(_tries(page))
    drawn: dict[int, Drawing] = {}
    # Each try holds less than the one before it: the first that fits is found by halving; the last one must do.
    first, last = 0, len(tries) - 1
    while first < last:
        middle = (first + last) // 2
        drawn[middle] = _drawing(tries[middle], seconds)
        first, last = (first, middle) if drawn[middle].pages == 1 else (middle + 1, last)
    best = drawn.get(first) or _drawing(tries[first], seconds)
    return Pdf(best.pdf, best.pages, hashlib.sha256(best.pdf).hexdigest())


def _drawing(tried: tuple[str, YearPage], seconds: float) -> Drawing:
    letters, shown = tried
    return draw(year_page_html(shown, letters=letters), seconds=seconds)


def _tries(page: YearPage) -> Iterator[tuple[str, YearPage]]:
    for letters in SIZES:
        yield letters, cut(page, ALL_LINES, DONE_SIGNS)
    for lines, signs in CUTS:
        yield SIZES[-1], cut(page, lines, signs)


def year_page_html(page: YearPage, *, letters: str) -> str:
    """The sheet as HTML that needs nothing but our own paper styles."""
    context = {"page": page, "letters": letters}
    return BETWEEN_TAGS.sub("><", render_to_string("reports/paper/year_page.html", context))
