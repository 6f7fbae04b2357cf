"""What a file would write, packed: the values of many places in one row of the database. Pure.

A value stands as the text that is stored, a state in its place as its own word.
"""

from __future__ import annotations

import json
import zlib
from decimal import Decimal
from itertools import compress, repeat
from typing import TYPE_CHECKING, Any, NamedTuple

from indicators.choices import ValueState
from indicators.intake.layouts.beside import BETWEEN, read_text, with_beside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

VALUE = ValueState.VALUE.value
STATES = frozenset(one.value for one in ValueState if one != VALUE)
STATES_LISTED = ", ".join(f"'{one}'" for one in sorted(STATES))
# Values of one block: what one short transaction of the reading job writes.
BLOCK = 10_000
# Digits repeat: the quickest level already takes two thirds.
LEVEL = 1

Row = tuple[int, str, str, int, str | None, str]


class Line(NamedTuple):
    """The values of one place, by definition and year, each beside what was found.

    `found` is None where nothing was stored of the place; a new value has found None, one that stays
    has found its own text.
    """

    kind: str
    code: str
    definitions: tuple[int, ...]
    years: tuple[int, ...]
    values: list[str]
    found: list[str | None] | None

    @property
    def writes(self) -> Line:
        """The same without the values that stay."""
        if self.found is None:
            return self
        differs = [old != new for old, new in zip(self.found, self.values, strict=True)]
        return self._replace(
            definitions=tuple(compress(self.definitions, differs)),
            years=tuple(compress(self.years, differs)),
            values=list(compress(self.values, differs)),
            found=list(compress(self.found, differs)),
        )

    @property
    def alone(self) -> Line:
        """The same without the values that something is told beside."""
        if not any(map(is_told_beside, self.values)):
            return self
        kept = [not is_told_beside(text) for text in self.values]
        found = None if self.found is None else list(compress(self.found, kept))
        return self._replace(
            definitions=tuple(compress(self.definitions, kept)),
            years=tuple(compress(self.years, kept)),
            values=list(compress(self.values, kept)),
            found=found,
        )

    def with_beside(self) -> Iterator[tuple[int, int, Any]]:
        """Yield definition, year and what is said of the values that something is told beside."""
        for definition, year, text in zip(self.definitions, self.years, self.values, strict=True):
            if is_told_beside(text):
                yield definition, year, said_of(text)

    @property
    def place(self) -> tuple[str, str]:
        return self.kind, self.code

    def was_found(self) -> Iterator[tuple[tuple[int, int], str | None]]:
        """Yield definition and year of each value, and what was found of it."""
        found = repeat(None, len(self.values)) if self.found is None else self.found
        return zip(zip(self.definitions, self.years, strict=True), found, strict=True)

    def numbers(self) -> Iterator[tuple[int, float]]:
        """Yield definition and number of each value that is one, whatever is told beside it."""
        for definition, text in zip(self.definitions, self.values, strict=True):
            alone = text.partition(BETWEEN)[0]
            if alone not in STATES:
                yield definition, float(alone)

    def rows(self) -> Iterator[Row]:
        """Yield definition, kind, code, year, value and state of each value; of a line that is `alone`."""
        values: list[str | None] = [*self.values]
        states: Iterable[str] = repeat(VALUE)
        if not STATES.isdisjoint(self.values):
            states = [one if one in STATES else VALUE for one in self.values]
            values = [None if one in STATES else one for one in self.values]
        return zip(
            self.definitions, repeat(self.kind), repeat(self.code), self.years, values, states
        )


def is_told_beside(text: str) -> bool:
    return BETWEEN in text


def said_of(text: str) -> Any:
    """Return what a text of a line says."""
    text, *told = text.split(BETWEEN)
    said = (None, text) if text in STATES else (Decimal(text), VALUE)
    return with_beside(said, read_text(told) if told else None)


def packed(lines: Iterable[Line]) -> Iterator[tuple[int, bytes]]:
    """Yield the blocks, each after the number of values in it."""
    for part in parts(lines):
        yield sum(len(line.values) for line in part), pack(part)


def parts(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Yield the lines that hold anything, about as many values at a time."""
    part: list[Line] = []
    size = 0
    for line in lines:
        if line.values:
            part.append(line)
            size += len(line.values)
        if size >= BLOCK:
            yield part
            part, size = [], 0
    if part:
        yield part


def pack(lines: Iterable[Line]) -> bytes:
    shapes, told = as_json(lines)
    return zlib.compress(f'{{"shapes":{shapes},"lines":{told}}}'.encode(), LEVEL)


def as_json(lines: Iterable[Line]) -> tuple[str, str]:
    """Return the shapes, definitions and years, and the lines: kind, code, number of its shape, values, found."""
    shapes: dict[tuple[tuple[int, ...], tuple[int, ...]], int] = {}
    told = [
        (
            line.kind,
            line.code,
            shapes.setdefault((line.definitions, line.years), len(shapes)),
            line.values,
            line.found,
        )
        for line in lines
    ]
    return json.dumps(list(shapes)), json.dumps(told)


def unpack(content: bytes) -> Iterator[Line]:
    block = json.loads(zlib.decompress(content))
    shapes = [(tuple(definitions), tuple(years)) for definitions, years in block["shapes"]]
    for kind, code, shape, values, found in block["lines"]:
        definitions, years = shapes[shape]
        yield Line(kind, code, definitions, years, values, found)
