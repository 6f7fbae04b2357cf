"""事業項目 × 場面: who carries out what this year, and by which contract."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordinators.models import Contract, WorkItemExecution
from logicmodels.choices import SCENES_OF_A_PLAN, WorkItem, work_item_with_letter

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from municipalities.choices import Scene
    from municipalities.models import Cycle


@dataclass(frozen=True, slots=True)
class Line:
    """Who carries out one work item in one scene. `who` may come from the contract."""

    execution: WorkItemExecution
    contract: Contract | None
    is_first: bool = True
    is_last: bool = True

    @property
    def who(self) -> str:
        return self.execution.name or (self.contract.name if self.contract else "")

    @property
    def item(self) -> str:
        return work_item_with_letter(self.execution.work_item)


@dataclass(frozen=True, slots=True)
class Cell:
    scene: Scene
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One work item with its scenes."""

    item: WorkItem
    cells: tuple[Cell, ...]

    @property
    def label(self) -> str:
        return work_item_with_letter(self.item)

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for cell in self.cells for line in cell.lines)


def scenes() -> tuple[Scene, ...]:
    return SCENES_OF_A_PLAN


def lines_of(cycle: Cycle, contracts: Iterable[Contract], **found_by: object) -> list[Line]:
    """Return the year's executions in their order; a contract that may not be read here is left out."""
    known: dict[int | None, Contract] = {one.pk: one for one in contracts}
    rows = WorkItemExecution.objects.filter(cycle=cycle, **found_by)
    return [Line(row, known.get(row.contract_id)) for row in rows]


def table(lines: Sequence[Line]) -> tuple[ItemRow, ...]:
    """Return a row for each work item, also for those that nobody carries out yet."""
    used = {line.execution.work_item for line in lines}
    items = [one for one in WorkItem if one is not WorkItem.NONE or one in used]
    return tuple(
        ItemRow(item, tuple(Cell(scene, lines_in(lines, item, scene)) for scene in scenes()))
        for item in items
    )


def lines_in(lines: Sequence[Line], item: WorkItem, scene: Scene) -> tuple[Line, ...]:
    """Return the lines of one cell, which know whether they are its first or last."""
    rows = [
        line for line in lines if line.execution.work_item == item and line.execution.scene == scene
    ]
    return tuple(
        Line(line.execution, line.contract, at == 0, at == len(rows) - 1)
        for at, line in enumerate(rows)
    )
