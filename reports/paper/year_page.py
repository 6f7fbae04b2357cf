"""年間のまとめ: a year on one sheet of A3 for a council — what was aimed at, done, reached, judged and changed.

Read from a year as a report shows it, and from nothing else. Indicators that bring the voice of residents come first.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from indicators.choices import Verdict
from indicators.verdicts.evaluation import SMALL
from municipalities.choices import CARE_SCENES, Scene
from reports.paper.client import draw
from reports.paper.sheet import BETWEEN_TAGS, Pdf
from reports.paper.wording import shortened

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from reports.document.year_bodies import EvaluationLine
    from reports.document.year_review import IndicatorLine, YearReview

# Letters from large to small; with the smallest the lists are cut until the sheet holds them.
SIZES = ("size-95", "size-85", "size-75")
CUTS = ((10, 160), (8, 120), (6, 80), (5, 60), (4, 50), (4, 36), (3, 60), (3, 40), (2, 30))
REACHED = frozenset(map(str, (Verdict.ACHIEVED.label, Verdict.LIKELY.label)))
DONE_SIGNS = 400
# What stands in place of a number that is too small to be told.
HIDDEN = "x"


@dataclass(frozen=True, slots=True)
class Done:
    """An activity: what has come of it, or how far it is."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Reached:
    """An indicator from 現状値 over this year's value to its target. `is_voice`: residents said it."""

    name: str
    baseline: str
    this: str
    target: str
    verdict: str
    is_voice: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """What a council made of something; `meeting` is 案 until one was held over it."""

    name: str
    verdict: str
    reasons: str
    dissent: str
    meeting: str


@dataclass(frozen=True, slots=True)
class Changed:
    """What becomes of something in the next year."""

    name: str
    kind: str
    what: str
    since: str
    meeting: str


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
    def hides(self) -> bool:
        """Say whether a number on the sheet is hidden: a council that reads 「x」 has to be told what it means."""
        told = [one for scene in self.scenes for one in scene.reached]
        return any(text.startswith(HIDDEN) for one in told for text in (one.baseline, one.this))


def year_page(review: YearReview, *, voices: Collection[str], made_on: str) -> YearPage:
    """Return the sheet of a year. `voices` are the codes of the indicators that bring residents' voice."""
    scenes = [_scene(review, scene, voices) for scene in CARE_SCENES]
    common = _scene(review, Scene.ALL, voices)
    return YearPage(
        municipality=f"{review.prefecture_name}{review.municipality_name}",
        year=review.fiscal_year_label,
        made_on=made_on,
        scenes=tuple(scenes if common.is_empty else [*scenes, common]),
        numbers=tuple(_numbers(review)),
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
        reached=tuple(sorted(reached, key=lambda one: not one.is_voice)),
        judged=tuple(_judged(about)),
        changed=tuple(_changed(about)),
    )


def _is_of(line: IndicatorLine, scene: Scene) -> bool:
    """Say whether an indicator stands in this scene: in its one scene, else with those of all."""
    own = [name for name in line.scenes if name != str(Scene.ALL.label)]
    return own == [str(scene.label)] if len(own) == 1 else scene is Scene.ALL


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


def _numbers(review: YearReview) -> Iterator[tuple[str, str]]:
    """Yield how many councils met, what was done, and how many indicators reached their target."""
    yield "会議", f"{len(review.bodies.meetings)}回"
    yield "取組", f"{len(review.activities)}件"
    told = [one.verdict.removesuffix(SMALL) for one in review.indicators]
    judged = [one for one in told if one in map(str, Verdict.labels)]
    reached = sum(one in REACHED for one in judged)
    yield "目標に届いた・届きそうな指標", f"{len(judged)}件中{reached}件"
    lines_of = review.bodies.evaluations
    settled = sum(any(one.meeting != "案" for one in line.judgements) for line in lines_of)
    yield "協議体が判断したもの", f"{settled}件"


def cut(page: YearPage, most: int, signs: int) -> YearPage:
    """Return the sheet with at most so many rows in each list and signs in each text."""
    return replace(page, scenes=tuple(_cut(one, most, signs) for one in page.scenes))


def _cut(scene: SceneOfYear, most: int, signs: int) -> SceneOfYear:
    lists = (scene.done, scene.reached, scene.judged, scene.changed)
    return replace(
        scene,
        goal=shortened(scene.goal, 2 * signs),
        done=tuple(replace(one, text=shortened(one.text, signs)) for one in scene.done[:most]),
        reached=scene.reached[:most],
        judged=tuple(
            replace(
                one,
                reasons=shortened(one.reasons, signs),
                dissent=shortened(one.dissent, signs),
            )
            for one in scene.judged[:most]
        ),
        changed=tuple(
            replace(one, what=shortened(one.what, signs)) for one in scene.changed[:most]
        ),
        more=tuple(max(0, len(rows) - most) for rows in lists),  # type: ignore[arg-type]
    )


def make_year_page(page: YearPage, *, seconds: float = 40) -> Pdf:
    """Draw the sheet with the largest letters that one page holds. Raises RenderFailed."""
    for letters, shown in _tries(page):
        drawing = draw(year_page_html(shown, letters=letters), seconds=seconds)
        if drawing.pages == 1:
            break
    return Pdf(drawing.pdf, drawing.pages, hashlib.sha256(drawing.pdf).hexdigest())


def _tries(page: YearPage) -> Iterator[tuple[str, YearPage]]:
    for letters in SIZES:
        yield letters, cut(page, len(SIZES) * 10, DONE_SIGNS)
    for most, signs in CUTS:
        yield SIZES[-1], cut(page, most, signs)


def year_page_html(page: YearPage, *, letters: str) -> str:
    """The sheet as HTML that needs nothing but our own paper styles."""
    context = {"page": page, "letters": letters}
    return BETWEEN_TAGS.sub("><", render_to_string("reports/paper/year_page.html", context))
