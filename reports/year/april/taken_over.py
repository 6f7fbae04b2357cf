"""What became of last year's goals, issues, activities and indicators in the new year: same, changed, left.

A few queries for two years together, however many rows. A row is the successor of the one whose key it has.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from indicators.copying import lies_ahead
from indicators.models import IndicatorUse, Target
from logicmodels.models import ActivityPartner, DesiredState
from municipalities.japanese import fiscal
from municipalities.kernel import changes
from municipalities.templatetags.dads import number
from reports.choices import CarriedPart
from reports.models import Carried
from reports.year.april.copying import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable

    from municipalities.models import Cycle

# Not what a row says: where it stands, who may read it, and what each year begins anew.
SILENT = frozenset(
    {
        *("position", "audience", "status", "budget", "settled", "is_to_check", "takes_statistics"),
        *("code", "definition", "own_definition"),
    }
)
NAMED_WITH = {CarriedPart.INDICATORS: ("definition", "own_definition")}
PAGES = {
    CarriedPart.GOALS: ("logicmodels:goal_edit", "scene"),
    CarriedPart.ISSUES: ("logicmodels:issue_edit", "key"),
    CarriedPart.ACTIVITIES: ("logicmodels:activity", "key"),
    CarriedPart.INDICATORS: ("indicators:indicator", "key"),
}


class Standing(StrEnum):
    """Where a row stands against the year before."""

    SAME = "same"
    CONFIRMED = "confirmed"
    CHANGED = "changed"
    EXPLAINED = "explained"
    NEW = "new"
    LEFT = "left"
    ABSENT = "absent"


LOOKS = {
    Standing.SAME: ("warning", "前年度と同じ（未確認）"),
    Standing.CONFIRMED: ("done", "変更なしと確認済み"),
    Standing.CHANGED: ("doing", "変更あり（理由は未記入）"),
    Standing.EXPLAINED: ("done", "変更あり"),
    Standing.NEW: ("todo", "新しい行"),
    Standing.LEFT: ("done", "引き継がない"),
    Standing.ABSENT: ("todo", "新しい年度にない"),
}
TO_LOOK_AT = (Standing.SAME, Standing.CONFIRMED, Standing.CHANGED, Standing.EXPLAINED)
LOOKED_AT = (Standing.CONFIRMED, Standing.EXPLAINED)


@dataclass(frozen=True, slots=True)
class Difference:
    """One column in words, before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of either year. `note` is what was said of it, None where nothing was."""

    part: CarriedPart
    key: str
    name: str
    standing: Standing
    differences: tuple[Difference, ...]
    note: Carried | None
    url: str

    @property
    def look(self) -> str:
        return LOOKS[self.standing][0]

    @property
    def word(self) -> str:
        return LOOKS[self.standing][1]

    @property
    def is_same(self) -> bool:
        return self.standing == Standing.SAME

    @property
    def is_unchanged(self) -> bool:
        return self.standing in {Standing.SAME, Standing.CONFIRMED}

    @property
    def is_confirmed(self) -> bool:
        return self.standing == Standing.CONFIRMED

    @property
    def asks_reason(self) -> bool:
        return not self.is_unchanged

    @property
    def is_gone(self) -> bool:
        return self.standing in {Standing.LEFT, Standing.ABSENT}

    @property
    def place(self) -> str:
        return f"{self.part.value.replace('_', '-')}-{self.key}"


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one kind."""

    part: CarriedPart
    lines: tuple[Line, ...]

    @property
    def label(self) -> str:
        return str(self.part.label)

    @property
    def place(self) -> str:
        return self.part.value.replace("_", "-")

    @property
    def whole(self) -> int:
        return sum(line.standing in TO_LOOK_AT for line in self.lines)

    @property
    def done(self) -> int:
        return sum(line.standing in LOOKED_AT for line in self.lines)

    @property
    def same(self) -> int:
        return sum(line.is_same for line in self.lines)


def of(old: Cycle, target: Cycle) -> tuple[Group, ...]:
    """Return the rows of both years by kind, in the order of the new year, then what it has not."""
    notes = {
        (row.part, row.row_key): row
        for row in Carried.objects.filter(cycle=target).select_related("updated_by")
    }
    return tuple(_group(part, old, target, notes) for part in CarriedPart)


def is_row(part: CarriedPart, key: str, *, years: Iterable[Cycle]) -> bool:
    """Say whether one of these years has a row of this key."""
    rows = BY_NAME[part.value].part.model.objects.filter(cycle__in=[one.pk for one in years])
    return rows.filter(key=key).exists()


def _group(
    part: CarriedPart, old: Cycle, target: Cycle, notes: dict[tuple[str, str], Carried]
) -> Group:
    rule = BY_NAME[part.value]
    related = (*rule.part.references, *NAMED_WITH.get(part, ()))
    rows = rule.part.model.objects.filter(cycle__in=[old.pk, target.pk])
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for row in rows.select_related(*related).order_by(*rule.part.model._meta.ordering):
        (after if row.cycle_id == target.pk else before)[row.key] = row
    beside = _BESIDE[part](old, target)
    lines = []
    for key in (*after, *(key for key in before if key not in after)):
        pair = before.get(key), after.get(key)
        found = _line(part, key, pair, notes.get((part.value, key)), target)
        if all(pair):
            found = _compared(found, pair, _written(part), beside)
        lines.append(found)
    return Group(part, tuple(lines))


def _line(
    part: CarriedPart, key: str, pair: tuple[Any, Any], note: Carried | None, target: Cycle
) -> Line:
    before, after = pair
    standing = Standing.NEW
    if after is None:
        standing = Standing.LEFT if note and note.is_left_out else Standing.ABSENT
    page, argument = PAGES[part]
    url = target.url(page, getattr(after, argument)) if after else ""
    return Line(part, key, name_of(after or before), standing, (), note, url)


def name_of(row: Any) -> str:
    """Return what a row is called here: its whole text where it is one, a goal behind its scene."""
    text = getattr(row, "text", "") or str(row)
    return f"{row.get_scene_display()}　{text}" if isinstance(row, DesiredState) else text


def _compared(
    line: Line,
    pair: tuple[Any, Any],
    names: Iterable[str],
    beside: dict[str, dict[tuple[int, str], str]],
) -> Line:
    """Return a line with what differs, and with how far somebody has looked at it."""
    before, after = pair
    found = []
    for name in names:
        words = _words(before, name), _words(after, name)
        if words[0] != words[1]:
            found.append(Difference(changes.label_of(after, name), *words))
    for label, texts in beside.items():
        old = texts.get((before.cycle_id, before.key), "")
        new = texts.get((after.cycle_id, after.key), "")
        if old != new:
            found.append(Difference(label, old, new))
    note = line.note
    if found:
        standing = Standing.EXPLAINED if note and note.reason else Standing.CHANGED
    else:
        standing = Standing.CONFIRMED if note and note.is_unchanged else Standing.SAME
    return replace(line, standing=standing, differences=tuple(found))


def _written(part: CarriedPart) -> list[str]:
    fields = BY_NAME[part.value].part.fields
    return [name for name in fields if name not in SILENT]


def _words(row: Any, name: str) -> str:
    column = row._meta.get_field(name)
    value = getattr(row, name)
    if value is None:
        return ""
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    return str(value)


def _nothing(old: Cycle, target: Cycle) -> dict[str, dict[tuple[int, str], str]]:
    return {}


def _partners(old: Cycle, target: Cycle) -> dict[str, dict[tuple[int, str], str]]:
    rows = ActivityPartner.objects.filter(cycle__in=[old.pk, target.pk])
    rows = rows.select_related("activity", "organization").order_by("position", "key")
    told = ((row.activity, _with_role(row)) for row in rows)
    return {"協力団体": _joined(told)}


def _with_role(row: Any) -> str:
    return f"{row.organization}（{row.role}）" if row.role else str(row.organization)


def _numbers(old: Cycle, target: Cycle) -> dict[str, dict[tuple[int, str], str]]:
    """Return the targets that lie ahead of both years, and the outcomes at which indicators stand."""
    cycles = [old.pk, target.pk]
    ahead = Target.objects.filter(cycle__in=cycles).select_related("indicator")
    targets = (
        (row.indicator, f"{fiscal.label(row.fiscal_year)} {number(row.value.normalize())}")
        for row in ahead.order_by("fiscal_year", "key")
        if lies_ahead(row, target.fiscal_year)
    )
    uses = IndicatorUse.objects.filter(cycle__in=cycles).select_related("indicator", "outcome")
    places = ((row.indicator, str(row.outcome)) for row in uses.order_by("outcome__key", "key"))
    return {"目標値": _joined(targets), "成果": _joined(places)}


def _joined(told: Iterable[tuple[Any, str]]) -> dict[tuple[int, str], str]:
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for row, words in told:
        found[row.cycle_id, row.key].append(words)
    return {which: "、".join(words) for which, words in found.items()}


_BESIDE = {
    CarriedPart.GOALS: _nothing,
    CarriedPart.ISSUES: _nothing,
    CarriedPart.ACTIVITIES: _partners,
    CarriedPart.INDICATORS: _numbers,
}
