"""Where each scene of a year stands in Plan, Do, Check and Act: pure arithmetic, from counts to cells and sentences.

What concerns every scene (課題, 取組 or 指標 of 「すべての場面」) carries a scene that has none of its own,
as これから整えること reads it on paper. An addition never makes a state worse.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from municipalities.choices import CARE_SCENES, Scene
from reports.choices import Phase, PhaseState

if TYPE_CHECKING:
    from collections.abc import Iterator

# The rows of the board in its order.
SCENES = (*CARE_SCENES, Scene.ALL)
COMMON = "共通（すべての場面）"
# What a plan needs: 目指す姿, 課題, 取組, 成果指標 with a target.
PIECES = 4


@dataclass(frozen=True, slots=True)
class SceneFacts:
    """What a year holds for one scene, in counts.

    `wanted` are the activities to be carried out this year, `done` those of them with a result,
    `next_key` is the first one without. `aimed` are the indicators at the scene's outcomes that have a
    target, `aimless` those that have none though they want one, `watched` those that want none (監視).
    `told` are the outcomes whose evaluation somebody has written or confirmed, `judged` those on which a
    council has judged; improvements are `decided` in a meeting or `proposed`.
    """

    has_goal: bool = False
    issues: int = 0
    activities: int = 0
    wanted: int = 0
    done: int = 0
    next_key: str = ""
    aimed: int = 0
    aimless: int = 0
    watched: int = 0
    outcomes: int = 0
    told: int = 0
    judged: int = 0
    decided: int = 0
    proposed: int = 0

    @property
    def indicators(self) -> int:
        return self.aimed + self.aimless + self.watched


@dataclass(frozen=True, slots=True)
class YearFacts:
    """What a year holds, in counts: by scene and as a whole."""

    scenes: dict[Scene, SceneFacts]
    issues: int = 0
    activities: int = 0
    indicators: int = 0
    values_known: int = 0
    steps: int = 0
    steps_held: int = 0

    @property
    def is_empty(self) -> bool:
        """Nothing of the plan is there yet."""
        return not (
            self.issues
            or self.activities
            or self.indicators
            or any(one.has_goal for one in self.scenes.values())
        )


@dataclass(frozen=True, slots=True)
class Way:
    """Where to go next, in words and as the name of a page."""

    words: str
    page: str
    args: tuple[str, ...] = ()
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One scene in one phase: `done` of `wanted`, why it is so, where to go next (None: nowhere yet)."""

    phase: Phase
    state: PhaseState
    done: int
    wanted: int
    reasons: tuple[str, ...]
    way: Way | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One scene with its four cells in the order of the phases."""

    scene: Scene
    cells: tuple[Cell, ...]

    @property
    def label(self) -> str:
        return COMMON if self.scene is Scene.ALL else str(self.scene.label)


def rows(facts: YearFacts) -> tuple[Row, ...]:
    """Return the board: four scenes and what is common to them."""
    return tuple(_row(scene, facts) for scene in SCENES)


def _row(scene: Scene, facts: YearFacts) -> Row:
    own, common = facts.scenes.get(scene, NONE), facts.scenes.get(Scene.ALL, NONE)
    return Row(scene, (_plan(scene, own, common), _do(scene, own), _check(scene, own), _act(own)))


@dataclass(frozen=True, slots=True)
class _Piece:
    """One thing that a plan needs."""

    is_there: bool
    sentences: tuple[str, ...]
    way: Way


def _plan(scene: Scene, own: SceneFacts, common: SceneFacts) -> Cell:
    pieces = (
        _goal(scene, own),
        _listed(scene, "課題", "logicmodels:issue_add", (own.issues, common.issues)),
        _listed(scene, "取組", "logicmodels:activity_add", (own.activities, common.activities)),
        _aims(own, common if scene is not Scene.ALL else NONE),
    )
    there = [piece.is_there for piece in pieces]
    way = next((piece.way for piece in pieces if not piece.is_there), _look_at(scene))
    reasons = tuple(sentence for piece in pieces for sentence in piece.sentences)
    # Of an open year what is common to all is not the scene's own work: alone it starts nothing.
    is_begun = own != NONE
    return Cell(Phase.PLAN, _plan_state(there, is_begun=is_begun), sum(there), PIECES, reasons, way)


def _plan_state(there: list[bool], *, is_begun: bool) -> PhaseState:
    if all(there):
        return PhaseState.DONE
    if all(there[:-1]):
        return PhaseState.UNSURE
    return PhaseState.DOING if is_begun else PhaseState.NOT_STARTED


def _goal(scene: Scene, own: SceneFacts) -> _Piece:
    sentence = (
        "目指す姿が書かれています。" if own.has_goal else "目指す姿が、まだ書かれていません。"
    )
    way = Way("目指す姿を書く", "logicmodels:goal_edit", (scene.value,))
    return _Piece(own.has_goal, (sentence,), way)


def _listed(scene: Scene, what: str, page: str, counts: tuple[int, int]) -> _Piece:
    own, common = counts
    if own:
        sentence = f"{what}が{own}件あります。"
    elif common:
        sentence = (
            f"この場面だけの{what}はなく、すべての場面に共通の{what}{common}件を数えています。"
        )
    else:
        sentence = f"{what}が、まだありません。"
    way = Way(f"{what}を追加する", page, (), f"?scene={scene.value}")
    return _Piece(bool(own or common), (sentence,), way)


def _aims(own: SceneFacts, common: SceneFacts) -> _Piece:
    """Whether there is a number with a target by which the outcome is seen."""
    is_there = bool(own.aimed or common.aimed)
    sentences = [*_own_aims(own)]
    if not own.aimed and common.aimed:
        sentences.append(
            f"すべての場面に共通の、目標値のある成果指標{common.aimed}件を数えています。"
        )
    if not sentences:
        sentences.append("成果を確かめる指標が、まだ置かれていません。")
    way = Way("成果に指標を置く", "logicmodels:logic_models")
    if own.indicators or common.indicators:
        way = Way("目標値を入れる", "indicators:indicator_list")
    return _Piece(is_there, tuple(sentences), way)


def _own_aims(own: SceneFacts) -> Iterator[str]:
    if own.aimed:
        yield f"目標値のある成果指標が{own.aimed}件あります。"
    if own.aimless:
        yield f"目標値のない成果指標が{own.aimless}件あります。"
    if own.watched and not (own.aimed or own.aimless):
        yield "この場面の指標は、良し悪しを付けない「監視」だけです。目標値を持つ指標が要ります。"


def _look_at(scene: Scene) -> Way:
    return Way("この場面を見る", "logicmodels:scene", (scene.value,))


def _do(scene: Scene, own: SceneFacts) -> Cell:
    if not own.wanted:
        return _nothing_to_do(scene, own)
    left = own.wanted - own.done
    reasons = [f"今年度に行う取組{own.wanted}件のうち、{own.done}件に実績があります。"]
    if left:
        reasons.append(f"実績の記録がない取組が{left}件あります。")
    if resting := own.activities - own.wanted:
        reasons.append(f"検討中・終了・中止の取組{resting}件は数えていません。")
    state = _do_state(own)
    way = Way("実績を入れる", "logicmodels:activity", (own.next_key,), "#results")
    if not (left and own.next_key):
        way = Way("取組を見る", "logicmodels:scene", (scene.value,), "#activities")
    return Cell(Phase.DO, state, own.done, own.wanted, tuple(reasons), way)


def _do_state(own: SceneFacts) -> PhaseState:
    if own.done >= own.wanted:
        return PhaseState.DONE
    return PhaseState.DOING if own.done else PhaseState.NOT_STARTED


def _nothing_to_do(scene: Scene, own: SceneFacts) -> Cell:
    reason = "取組を登録すると、実績を記録できるようになります。"
    if own.activities:
        reason = "今年度に行う取組がありません（検討中・終了・中止は数えません）。"
    way = Way("取組を追加する", "logicmodels:activity_add", (), f"?scene={scene.value}")
    return Cell(Phase.DO, PhaseState.BLOCKED, 0, 0, (reason,), way)


def _check(scene: Scene, own: SceneFacts) -> Cell:
    """An outcome is evaluated when a council has judged on it: the fact alone is half of it."""
    if not own.outcomes:
        reason = "ロジックモデルにこの場面の成果を登録すると、評価を始められます。"
        way = Way("ロジックモデルを見る", "logicmodels:logic_models")
        return Cell(Phase.CHECK, PhaseState.BLOCKED, 0, 0, (reason,), way)
    reasons = (
        f"成果{own.outcomes}件のうち、{own.told}件に評価（事実）が書かれています。",
        f"協議体の判断があるのは{own.judged}件です。",
    )
    tail = "" if scene is Scene.ALL else f"?scene={scene.value}"
    way = Way("評価を見る", "councils:evaluation_list", (), tail)
    state = _far(own.judged, own.outcomes, is_begun=own.told + own.judged > 0)
    return Cell(Phase.CHECK, state, own.judged, own.outcomes, reasons, way)


def _act(own: SceneFacts) -> Cell:
    """What is to change is decided in a meeting; until then it is a proposal."""
    every = own.decided + own.proposed
    way = Way("改善の決定を見る", "councils:improvement_list")
    if not every:
        state = PhaseState.NOT_STARTED if own.judged else PhaseState.BLOCKED
        reason = "評価に協議体の判断を記録すると、改善の決定を始められます。"
        if own.judged:
            reason = "協議体の判断を受けた改善の決定が、まだありません。"
        return Cell(Phase.ACT, state, 0, 0, (reason,), way)
    reasons = [f"会議で決まった改善が{own.decided}件あります。"]
    if own.proposed:
        reasons.append(f"まだ案のままの改善が{own.proposed}件あります。")
    state = _far(own.decided, every, is_begun=True)
    return Cell(Phase.ACT, state, own.decided, every, tuple(reasons), way)


def _far(done: int, wanted: int, *, is_begun: bool) -> PhaseState:
    if done >= wanted:
        return PhaseState.DONE
    return PhaseState.DOING if is_begun else PhaseState.NOT_STARTED


NONE = SceneFacts()


def published(facts: YearFacts) -> Iterator[tuple[Scene, Cell]]:
    """Yield every cell with its scene: what is published of it is state, done and wanted."""
    for row in rows(facts):
        for cell in row.cells:
            yield row.scene, cell


COUNTS = tuple(one.name for one in fields(YearFacts) if one.name != "scenes")
