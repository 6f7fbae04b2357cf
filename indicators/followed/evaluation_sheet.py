"""評価シート of a year: every indicator at its outcomes, by scene, with its verdict (domain.md 3.6)."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.choices import ValueState
from indicators.followed import following
from indicators.models import IndicatorUse
from indicators.verdicts.evaluation import WORDS
from logicmodels.shape import structure
from municipalities.choices import CARE_SCENES, Scene

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from indicators.followed.following import Line
    from indicators.models import Measurement
    from municipalities.models import Cycle

COMMON, UNPLACED = "複数の場面・共通", "成果に結び付いていない指標"


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator at one outcome; 「(再)」 where it has stood above."""

    line: Line
    is_again: bool


@dataclass(frozen=True, slots=True)
class Block:
    """An outcome with its indicators; without an outcome those that stand at none."""

    outcome: str
    rows: tuple[Row, ...]
    outcome_pk: int = 0

    @property
    def label(self) -> str:
        return self.outcome or UNPLACED


@dataclass(frozen=True, slots=True)
class Part:
    """A scene with its outcomes; without a scene what belongs to several or to all."""

    scene: Scene | None
    blocks: tuple[Block, ...]

    @property
    def label(self) -> str:
        return str(self.scene.label) if self.scene else COMMON


def of(
    cycle: Cycle, *, scene: Scene | None = None, is_for_outside: bool = False
) -> tuple[Part, ...]:
    """Return the sheet of a year, or one scene's with what belongs to all, in four queries.

    For people outside the house numbers are hidden by the disclosure rules, in one query more.
    """
    uses = uses_of(cycle)
    used = defaultdict(set)
    for use in uses:
        used[use.indicator_id].add(use.outcome.scene)
    found = following.lines_of(
        following.followed(cycle), cycle, used=used, is_for_outside=is_for_outside
    )
    parts = arranged(found, uses)
    return tuple(one for one in parts if scene is None or one.scene in {scene, None})


def uses_of(cycle: Cycle) -> list[IndicatorUse]:
    """Return the places of the year's indicators, model by model in the order of its table: one query."""
    rows = IndicatorUse.objects.filter(cycle=cycle).select_related("outcome__logic_model")
    return list(
        rows.order_by(
            "outcome__logic_model__position",
            "outcome__logic_model__key",
            "outcome__position",
            "outcome__key",
            "position",
            "key",
        )
    )


def arranged(lines: Sequence[Line], uses: Iterable[IndicatorUse]) -> tuple[Part, ...]:
    """Put lines under scenes and outcomes, those without an outcome at the end of their scene."""
    by_pk = {line.indicator.pk: line for line in lines}
    places: dict[Scene | None, dict[tuple[int, str], list[Line]]] = defaultdict(dict)
    for use in uses:
        outcome = use.outcome
        at = places[scene_of(outcome.scene)].setdefault((outcome.pk, outcome.text), [])
        at.append(by_pk[use.indicator_id])
    placed = {use.indicator_id for use in uses}
    for line in lines:
        if line.indicator.pk not in placed:
            scene = following.place_of(line.scenes)
            places[scene].setdefault((0, ""), []).append(line)
    return marked([(scene, places[scene]) for scene in (*CARE_SCENES, None) if scene in places])


def scene_of(code: str) -> Scene | None:
    """Return one of the four scenes; None for what belongs to all."""
    return None if code == Scene.ALL else Scene(code)


def marked(
    parts: Sequence[tuple[Scene | None, dict[tuple[int, str], list[Line]]]],
) -> tuple[Part, ...]:
    """Mark what stands in the sheet for another time."""
    keys = [
        line.indicator.key for _, blocks in parts for lines in blocks.values() for line in lines
    ]
    marks = iter(structure.again(keys))
    return tuple(
        Part(
            scene,
            tuple(
                Block(text, tuple(Row(line, is_again=next(marks)) for line in lines), pk)
                for (pk, text), lines in blocks.items()
            ),
        )
        for scene, blocks in parts
    )


def rows_of(parts: Iterable[Part]) -> Iterable[tuple[Part, Block, Row]]:
    """Yield every row with where it stands."""
    for part in parts:
        for block in part.blocks:
            for row in block.rows:
                yield part, block, row


def lines_of(parts: Iterable[Part]) -> list[Line]:
    return [row.line for _, _, row in rows_of(parts)]


def lacks_parts(lines: Iterable[Line]) -> bool:
    """Say whether a number of a sheet is hidden because nobody has said of how many it is the share."""
    return any(one.lacks_parts for one in hidden_of(lines))


def hides_small(lines: Iterable[Line]) -> bool:
    """Say whether a number of a sheet is hidden for another reason than that."""
    return any(not one.lacks_parts for one in hidden_of(lines))


def hidden_of(lines: Iterable[Line]) -> Iterator[Measurement]:
    """Yield the values of a sheet that are 秘匿."""
    for line in lines:
        for told in (line.this, line.baseline):
            row = told.measurement if told else None
            if row is not None and row.state == ValueState.SUPPRESSED:
                yield row


def counts(parts: Iterable[Part]) -> list[tuple[str, int]]:
    """Return how many indicators have each verdict, or none; one that stands at several outcomes is one."""
    kinds = {row.line.indicator.pk: row.line.evaluation.kind for _, _, row in rows_of(parts)}
    found = Counter(kinds.values())
    return [(word, found[word]) for word in WORDS if found[word]]
