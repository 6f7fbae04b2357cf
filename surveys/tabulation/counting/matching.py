"""Which table of an earlier round asks the same as one of a later round; pure.

By the line of versions first, else by the very same words. What is left and offers the same options stands side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from surveys.choices import QuestionType
from surveys.questionnaires.shape.furigana import plain
from surveys.results.beside import Pair
from surveys.results.over_years import same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from surveys.tabulation.counting.counting import Counted
    from surveys.tabulation.counting.tables import Table

    # question → the one that it asks again, and what was changed.
    Lineage = Mapping[str, tuple[str, str]]
    Rule = Callable[[Counted], Iterator[tuple[Counted, str]]]

# Fewer options in common (はい, いいえ) are those of questions that have nothing to do with each other.
LEAST_OPTIONS = 3


@dataclass(frozen=True, slots=True)
class SetBeside:
    """Two different questions with the same options, never tested."""

    before: Table
    after: Table
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """`same`: (earlier, later, what was changed). The rest was asked once alone."""

    same: tuple[tuple[Counted, Counted, str], ...]
    before_alone: tuple[Counted, ...]
    after_alone: tuple[Counted, ...]


def matched(before: Sequence[Counted], after: Sequence[Counted], lineage: Lineage) -> Matched:
    """Find for each later table its earlier one; none is taken twice."""
    free = {id(one): one for one in before}
    found: dict[int, tuple[Counted, str]] = {}
    for candidates in (_by_lineage(before, lineage), _by_words(before)):
        for one in after:
            earlier = next((each for each in candidates(one) if id(each[0]) in free), None)
            if earlier and id(one) not in found:
                found[id(one)] = earlier
                del free[id(earlier[0])]
    same_question = tuple(
        (found[id(one)][0], one, found[id(one)][1]) for one in after if id(one) in found
    )
    alone = tuple(one for one in after if id(one) not in found)
    return Matched(same_question, tuple(free.values()), alone)


def _by_lineage(before: Sequence[Counted], lineage: Lineage) -> Rule:
    known = {_name(one.table, one.table.question.key): one for one in reversed(before)}

    def candidates(one: Counted) -> Iterator[tuple[Counted, str]]:
        for key, change in line_of(one.table.question.key, lineage):
            if earlier := known.get(_name(one.table, key)):
                yield earlier, change

    return candidates


def _by_words(before: Sequence[Counted]) -> Rule:
    known = {_words(one.table): one for one in reversed(before)}

    def candidates(one: Counted) -> Iterator[tuple[Counted, str]]:
        if earlier := known.get(_words(one.table)):
            yield earlier, ""

    return candidates


def line_of(key: str, lineage: Lineage) -> Iterator[tuple[str, str]]:
    """Yield a question and those that it asks again, each with all that was changed since."""
    seen: set[str] = set()
    changes: list[str] = []
    while key and key not in seen:
        yield key, "／".join(changes)
        seen.add(key)
        key, change = lineage.get(key, ("", ""))
        changes += [change] if change else []


def _name(table: Table, key: str) -> tuple[str, str, bool]:
    return key, same(table.part), table.is_single


def _words(table: Table) -> tuple[str, str, bool]:
    return table.question.kind, same(table.title), table.is_single


def set_beside(found: Matched) -> tuple[tuple[SetBeside, ...], Matched]:
    """Lay different questions of several answers side by side where their options are the same; return what is left, too."""
    pairs: list[SetBeside] = []
    free = list(found.before_alone)
    left = []
    for one in found.after_alone:
        earlier = next((each for each in free if _offers_the_same(each.table, one.table)), None)
        if earlier is None:
            left.append(one)
        else:
            free.remove(earlier)
            pairs.append(_beside(earlier.table, one.table))
    return tuple(pairs), Matched(found.same, tuple(free), tuple(left))


def partners(counted: Sequence[Counted]) -> dict[str, str]:
    """Return of the tables of one round which other one each stands beside: the first with the very same options."""
    found: dict[str, str] = {}
    for place, one in enumerate(counted):
        for other in counted[:place]:
            if _offers_the_same(other.table, one.table):
                found[one.table.number] = other.table.number
                break
    return found


def _offers_the_same(before: Table, after: Table) -> bool:
    kinds = {before.question.kind, after.question.kind}
    options = [_options(before), _options(after)]
    return (
        kinds == {QuestionType.MULTIPLE}
        and options[0] == options[1]
        and len(options[0]) >= LEAST_OPTIONS
    )


def _options(table: Table) -> set[str]:
    return {same(plain(option.label)) for option in table.question.options}


def _beside(before: Table, after: Table) -> SetBeside:
    lines = {same(line.label): line for line in before.lines}
    pairs = (
        Pair(line.label, lines[same(line.label)], line)
        for line in after.lines
        if same(line.label) in lines
    )
    return SetBeside(before, after, tuple(pairs))
