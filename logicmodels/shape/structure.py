"""The shape of a logic model, computed: numbers, 「(再)」, where a row moves to, and what to look at again.

Plain frozen rows in, plain frozen rows out. Nothing of this is stored: the order of outcomes and
placements is all there is (ux.md 2.7, rows as in the logic model of 福知山市).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from logicmodels.choices import OutcomeLevel

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

RANK = {level.value: rank for rank, level in enumerate(OutcomeLevel)}


@dataclass(frozen=True, slots=True)
class Effect:
    """An outcome."""

    key: str
    text: str
    level: str = OutcomeLevel.INTERMEDIATE.value
    subject: str = ""

    @property
    def level_in_words(self) -> str:
        return str(OutcomeLevel(self.level).label)


@dataclass(frozen=True, slots=True)
class Place:
    """An activity under an outcome, both by key."""

    key: str
    outcome: str
    activity: str
    text: str
    note: str = ""
    assumption: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """One outcome leads to another, both by key."""

    key: str
    cause: str
    effect: str
    assumption: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A placement with what is computed for it. `uses` counts the places of its activity."""

    number: int
    place: Place
    is_again: bool
    uses: int


@dataclass(frozen=True, slots=True)
class Group:
    effect: Effect
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Structure:
    groups: tuple[Group, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def effects(self) -> tuple[Effect, ...]:
        return tuple(group.effect for group in self.groups)

    @property
    def reached(self) -> frozenset[str]:
        """Return the keys of the outcomes to which others lead: their activities may stand further ahead."""
        return frozenset(link.effect for link in self.links)

    def links_in_words(self) -> tuple[tuple[Link, Effect, Effect], ...]:
        """Return every link with the outcomes that it joins."""
        at = {effect.key: effect for effect in self.effects}
        return tuple((link, at[link.cause], at[link.effect]) for link in self.links)

    def number_of(self, key: str) -> int:
        """Return the number of a placement; 0 for one that is not there."""
        return next((row.number for row in self.rows if row.place.key == key), 0)


@dataclass(frozen=True, slots=True)
class Remark:
    """気づき: something to look at again; nothing is refused because of it."""

    message: str
    outcome: str = ""


def build(
    effects: Sequence[Effect], places: Iterable[Place], links: Iterable[Link] = ()
) -> Structure:
    """Number the placements 1…n through the whole model. All come in their order."""
    at: dict[str, list[Place]] = {effect.key: [] for effect in effects}
    for place in places:
        at[place.outcome].append(place)
    order = [place for effect in effects for place in at[effect.key]]
    marks = again(place.activity for place in order)
    uses = counted(place.activity for place in order)
    rows = {
        place.key: Row(number, place, is_again, uses[place.activity])
        for number, (place, is_again) in enumerate(zip(order, marks, strict=True), 1)
    }
    groups = (Group(one, tuple(rows[place.key] for place in at[one.key])) for one in effects)
    return Structure(tuple(groups), tuple(links))


def again(keys: Iterable[str]) -> list[bool]:
    """Say of each key whether it stood before: the first is plain, later ones are 「(再)」."""
    seen: set[str] = set()
    marks = []
    for key in keys:
        marks.append(key in seen)
        seen.add(key)
    return marks


def counted(keys: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for key in keys:
        counts[key] = counts.get(key, 0) + 1
    return counts


def moved(structure: Structure, key: str, step: int) -> dict[str, list[str]]:
    """Return the placements' keys by outcome, in order, after one has moved one place (step −1 or 1).

    Over the end of a group it goes into the next outcome that does not have the activity yet;
    where there is none, nothing moves.
    """
    order = {group.effect.key: [row.place.key for row in group.rows] for group in structure.groups}
    here = next(name for name, keys in order.items() if key in keys)
    index = order[here].index(key)
    if 0 <= index + step < len(order[here]):
        order[here].insert(index + step, order[here].pop(index))
    elif target := next_outcome(structure, key, step):
        order[here].remove(key)
        order[target].insert(0 if step > 0 else len(order[target]), key)
    return order


def next_outcome(structure: Structure, key: str, step: int) -> str:
    """Return the nearest outcome in this direction that lacks the activity of a placement; else ""."""
    groups = structure.groups if step > 0 else structure.groups[::-1]
    held = {
        group.effect.key: {row.place.key: row.place.activity for row in group.rows}
        for group in groups
    }
    names = list(held)
    here = next(index for index, name in enumerate(names) if key in held[name])
    activity = held[names[here]][key]
    return next((name for name in names[here + 1 :] if activity not in held[name].values()), "")


def slots(current: Sequence[int | None]) -> list[int]:
    """Return increasing positions for rows in a new order, changing few. None is a row that came.

    The positions that are there are handed out again in their order, so that rows which only trade
    places are the only ones written.
    """
    known = sorted({position for position in current if position is not None})
    while len(known) < len(current):
        if current[0] is None and known and known[0] > 0:
            known.insert(0, known[0] - 1)
        else:
            known.append(known[-1] + 1 if known else 1)
    return known


def leads_to(links: Iterable[Link], start: str) -> set[str]:
    """Return every outcome that follows from one, however far; itself only where links run in a circle."""
    onward: dict[str, list[str]] = {}
    for link in links:
        onward.setdefault(link.cause, []).append(link.effect)
    found: set[str] = set()
    waiting = list(onward.get(start, ()))
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting.extend(onward.get(key, ()))
    return found


def refusal(structure: Structure, cause: str, effect: str, *, but: str = "") -> str:
    """Return why a link may not be made, as a sentence; "" where it may. `but` is the link that is edited."""
    links = [link for link in structure.links if link.key != but]
    rank = {one.key: RANK[one.level] for one in structure.effects}
    if cause == effect:
        return "同じ成果どうしはつなげません。別の成果を選んでください。"
    if rank[cause] > rank[effect]:
        return "成果は、初期 → 中間 → 最終の向きにつなぎます。原因と結果を入れ替えてください。"
    if any((link.cause, link.effect) == (cause, effect) for link in links):
        return "この二つの成果は、すでにつながっています。"
    if cause in leads_to(links, effect):
        return "つなぐと一回りして元の成果に戻ります。どちらが先に起こるかを決めて、つなぎ直してください。"
    return ""


def remarks(structure: Structure) -> tuple[Remark, ...]:
    """Return what to look at again, outcome by outcome in their order."""
    return tuple(remark for group in structure.groups for remark in _remarks_of(structure, group))


def _remarks_of(structure: Structure, group: Group) -> Iterator[Remark]:
    effect = group.effect
    onward = leads_to(structure.links, effect.key)
    levels = {one.key: one.level for one in structure.effects}
    is_final = effect.level == OutcomeLevel.FINAL
    if not group.rows and not is_final:
        yield Remark(f"「{effect.text}」に、取組がまだありません。", effect.key)
    has_final = OutcomeLevel.FINAL in levels.values()
    if has_final and not is_final and not any(levels[key] == OutcomeLevel.FINAL for key in onward):
        yield Remark(f"「{effect.text}」が、最終アウトカムにつながっていません。", effect.key)
    if effect.key in onward:
        yield Remark(f"「{effect.text}」のつながりが、一回りして元に戻っています。", effect.key)
    rank = RANK[effect.level]
    for link in structure.links:
        if link.cause == effect.key and RANK[levels[link.effect]] < rank:
            yield Remark(f"「{effect.text}」から、前の段階の成果へつながっています。", effect.key)


def unmeasured(structure: Structure, measured: Collection[str]) -> tuple[Remark, ...]:
    """Return the outcomes at which no indicator stands."""
    return tuple(
        Remark(f"「{effect.text}」に、指標がまだありません。", effect.key)
        for effect in structure.effects
        if effect.key not in measured
    )
