"""Reads what 交付金根拠表 or 実施状況調査 shows of a year: the items, the evidence and the town's own answers, one query a table."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch

from indicators.document import INDICATORS
from municipalities.japanese import fiscal
from reports.choices import EvidenceSheet, GrantAnswerKind
from reports.document import assembly
from reports.models import GrantAnswer
from reports.year.grants import evidence, items

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from municipalities.models import Cycle
    from reports.year.grants.items import Item, Items
    from reports.year.grants.lines import Document, Evidence

# What the evidence is taken from; a page stays within its few queries.
PARTS = {
    EvidenceSheet.GRANT: frozenset(
        {
            "desired_states",
            "issues",
            "activities",
            "own_definitions",
            "indicators",
            "targets",
            "issue_figures",
            "measurements",
            "meetings",
            "decisions",
        }
    ),
    EvidenceSheet.SURVEY: frozenset(
        {
            "organizations",
            "profile",
            "desired_states",
            "issues",
            "activities",
            "own_definitions",
            "indicators",
            "councils",
            "meetings",
            "decisions",
            "contracts",
            "structures",
            "posts",
        }
    ),
}
LOOKS = {
    GrantAnswerKind.UNSURE.value: "todo",
    GrantAnswerKind.APPLIES.value: "done",
    GrantAnswerKind.READY.value: "done",
    GrantAnswerKind.APPLIES_NOT.value: "blocked",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One item with its evidence, where to cite it, and the town's answer. `is_answer`: its note answers a question."""

    item: Item
    evidence: Evidence
    cited: str
    url: str
    answer: str
    answer_label: str
    note: str
    is_answer: bool

    @property
    def look(self) -> str:
        return LOOKS[self.answer]

    @property
    def text(self) -> str:
        """What is copied: the evidence, line by line, the town's own words and the page to cite."""
        lines = [f"・{line}" for line in self.evidence.lines]
        if self.note and self.is_answer:
            lines.insert(0, f"回答：{self.note}")
        elif self.note:
            lines.append(self.note)
        if lines and self.cited:
            lines.append(f"（{self.cited}）")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Block:
    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page, for the paper of a year. `applies` are the items that apply or whose answer is ready."""

    year: int
    items: Items
    blocks: tuple[Block, ...]
    applies: int
    whole: int

    @property
    def is_of_another_year(self) -> bool:
        return self.items.fiscal_year != self.year


def year_of(cycle: Cycle, sheet: EvidenceSheet) -> int:
    """Return the year of the paper: the grant evaluates the work of the year before, the survey asks within it."""
    return cycle.fiscal_year + (sheet == EvidenceSheet.GRANT)


def items_of(cycle: Cycle, sheet: EvidenceSheet) -> Items:
    return items.for_town(cycle.municipality.prefecture, year_of(cycle, sheet), sheet)


def of(cycle: Cycle, sheet: EvidenceSheet = EvidenceSheet.GRANT) -> Sheet:
    found = items_of(cycle, sheet)
    answers = {row.code: row for row in GrantAnswer.objects.filter(cycle=cycle, sheet=sheet)}
    stored = assembly.stored_rows(cycle, only=PARTS[sheet])
    document = assembly.assemble(cycle, stored=stored)
    names = names_of(stored[INDICATORS.name])
    rows = [_row(cycle, item, answers.get(item.code), document, names) for item in found.rows]
    return Sheet(
        year=year_of(cycle, sheet),
        items=found,
        blocks=tuple(_blocks(rows)),
        applies=sum(LOOKS[row.answer] == "done" for row in rows),
        whole=len(rows),
    )


def names_of(indicators: Iterable[Any]) -> dict[str, str]:
    """Return the followed indicators' names with their units by code; their definitions came with them."""
    known = ((row.code, row.defined_by) for row in indicators)
    return {code: f"{one.name}（{one.unit}）" for code, one in known}


def _blocks(rows: list[Row]) -> Iterator[Block]:
    """Yield the items under their headings; a heading that comes twice is one."""
    order = {block: n for n, block in enumerate(dict.fromkeys(row.item.block for row in rows))}
    ordered = sorted(rows, key=lambda row: order[row.item.block])
    for label, found in groupby(ordered, key=lambda row: row.item.block):
        yield Block(label, tuple(found))


def _row(
    cycle: Cycle,
    item: Item,
    answer: GrantAnswer | None,
    document: Document,
    names: dict[str, str],
) -> Row:
    found = evidence.of(item.evidence, document, names=names)
    kind = GrantAnswerKind(answer.answer) if answer else GrantAnswerKind.UNSURE
    page = found.page
    cited = (
        f"{cycle.municipality.name}　{fiscal.label(cycle.fiscal_year)}　{page.title}"
        if page
        else ""
    )
    return Row(
        item=item,
        evidence=found,
        cited=cited,
        url=_address(cycle, page.name) if page else "",
        answer=kind.value,
        answer_label=str(kind.label),
        note=answer.note if answer else "",
        is_answer=answer is not None and answer.sheet == EvidenceSheet.SURVEY,
    )


def _address(cycle: Cycle, name: str) -> str:
    try:
        return cycle.url(name)
    except NoReverseMatch:
        return ""
