"""What is published about places, read in a few queries and judged: the one way from a selection to numbers.

Columns are judged in the order of the places' codes and once for all orders and rows that are asked for
(`shelf`); a comparison is composed of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from indicators.choices import PlaceKind
from indicators.comparison.judging import judging, telling
from indicators.comparison.judging.cells import Cells
from indicators.comparison.judging.dispersion import LEAST_PLACES
from indicators.comparison.judging.quarters import LEAST_COMPARED
from indicators.comparison.reading import shelf
from indicators.comparison.reading.gathering import Gathering
from indicators.comparison.reading.prefecture_columns import defined_by
from indicators.comparison.reading.published import asked_for, known_to
from indicators.comparison.shape import Comparison, Origin, Summary

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from indicators.comparison.judging.judging import Judged
    from indicators.comparison.reading.published import Known
    from indicators.comparison.reading.shelf import Board
    from indicators.comparison.selection import Selection
    from indicators.comparison.shape import Column, Place
    from indicators.publishing.marking import Marks

    Found = tuple[Column, Judged]


@dataclass(frozen=True, slots=True)
class Reader:
    """Through whose eyes: the code of the prefecture shown beside, of the place itself, and a heading.

    `towns`: the codes of the municipalities that are shown by name, None for all of them.
    """

    prefecture: str = ""
    own: str = ""
    title: str = ""
    towns: frozenset[str] | None = None
    # The codes of all municipalities of the prefecture: of too few places they tell how much places differ.
    around: tuple[str, ...] = ()

    def of_too_few(self, places: Sequence[Place]) -> tuple[str, ...]:
        """Return the municipalities around, where these are too few."""
        is_of_towns = all(one.kind == PlaceKind.MUNICIPALITY for one in places)
        return self.around if is_of_towns and len(places) < LEAST_PLACES else ()

    def shows(self, place: Place) -> bool:
        is_town = place.kind == PlaceKind.MUNICIPALITY
        return self.towns is None or not is_town or place.code in self.towns


def comparison(
    selection: Selection,
    places: Sequence[Place],
    *,
    reader: Reader,
    definitions: Known | None = None,
    marks: Marks = (),
) -> Comparison:
    """Return what the selection asks about these places, in at most ten queries however many they are.

    Every place counts for the distribution, also those that the reader is not shown. `definitions` are
    those of the kinds of the places, where the caller has read them already. With the marks of what is
    published, read before anything else, columns are remembered under them; without, nothing is.
    """
    definitions = definitions or known_to(
        reader.prefecture, selection, {place.kind for place in places}
    )
    ordered = sorted(places, key=lambda one: one.code)
    asked = wanted(selection, reader, definitions, marks)
    board = shelf.board(selection, ordered, reader, [one.code for one in asked], marks)
    missing = [one for one in asked if one.code not in board.columns]
    if missing:
        around = reader.of_too_few(ordered)
        gathering = Gathering(
            selection, ordered, reader.prefecture, definitions.pks, around, definitions.names
        )
        _fill(board, missing, gathering)
    found = answer(selection, _columns(board, asked), ordered, reader)
    return replace(found, is_read=bool(missing), hidden=hidden_names(board, asked, ordered, reader))


def wanted(selection: Selection, reader: Reader, definitions: Known, marks: Marks) -> list[Any]:
    """Return the definitions asked for; of what was submitted also what the reader's prefecture has defined."""
    asked = asked_for(selection, definitions.rows)
    if selection.origin is not Origin.SUBMITTED:
        return asked
    return asked + shelf.remembered(
        marks,
        shelf.DEFINED,
        (selection.scene, selection.indicators, reader.prefecture),
        lambda: asked_for(selection, defined_by(reader.prefecture)),
    )


def answer(
    selection: Selection, found: Sequence[Found], ordered: Sequence[Place], reader: Reader
) -> Comparison:
    """Return what the reader is shown of columns of these places: rows in their order, and nothing that tells of others."""
    hidden = [at for at, place in enumerate(ordered) if not reader.shows(place)]
    shown = rows_of(selection, found, ordered, left_out={*hidden})
    named = [ordered[at] for at in shown]
    seen = [place for place in ordered if reader.shows(place)]
    everybody = replace(selection, only_behind=False)
    return Comparison(
        title=reader.title,
        origin=selection.origin,
        places=tuple(named),
        columns=tuple(
            named_zeros(told(selection, column, judged, hidden), judged, seen)
            for column, judged in found
        ),
        cells=Cells(named, {column.code: judged for column, judged in found}, shown),
        own=reader.own,
        until=selection.until,
        unfiltered=answer(everybody, found, ordered, reader) if selection.only_behind else None,
    )


def told(selection: Selection, column: Column, judged: Judged, hidden: Sequence[int]) -> Column:
    """Return the column with what may be told below its rows.

    Statistics keep no secret; but among few places the median, or an end, is the number of one that is not shown.
    """
    if is_telling(selection, column, judged, hidden):
        return withheld(column)
    is_few = column.summary.count < LEAST_COMPARED
    if is_few and any(judged.values[at] is not None for at in hidden):
        return replace(column, summary=Summary(column.summary.count))
    return column


def named_zeros(column: Column, judged: Judged, seen: Sequence[Place]) -> Column:
    """Return the column with a sentence that names those without a provider, of the places that the reader is shown."""
    zeros = judged.figures.zeros
    named = [place for place in seen if place.code in zeros] if zeros else []
    if not named:
        return column
    said = telling.without_provider(named)
    return replace(column, unprovided=said, notes=(said, *column.notes))


def _columns(board: Board, asked: Iterable[Any]) -> list[Found]:
    """Return the columns that have any value, those that half of the places have first."""
    kept = (board.columns[one.code] for one in asked)
    found = [one for one in kept if one is not None]
    return sorted(found, key=lambda one: not one[1].figures.is_common)


def _fill(board: Board, definitions: Sequence[Any], gathering: Gathering) -> None:
    """Put columns on the board; None for those without any value."""
    read = gathering.figures(definitions)
    columns: dict[str, Found | None] = dict.fromkeys(one.code for one in definitions)
    columns |= {one.definition.code: judging.judged(one, gathering.places) for one in read}
    board.hidden.update(gathering.hidden(definitions))
    board.columns.update(columns)


def hidden_names(
    board: Board, asked: Iterable[Any], places: Sequence[Place], reader: Reader
) -> tuple[str, ...]:
    """Return what is 秘匿 at every place with a state, of those that are shown to the reader."""
    seen = {place.code for place in places if reader.shows(place)}
    return tuple(one.name for one in asked if board.hidden.get(one.code, frozenset()) & seen)


def rows_of(
    selection: Selection,
    found: Iterable[Found],
    places: Sequence[Place],
    *,
    left_out: Collection[int],
) -> list[int]:
    """Return which places are shown and in which order, by where they stand."""
    columns = {column.code: judged for column, judged in found}
    order = in_order(places, columns.get(selection.sort), falling=selection.falling)
    if selection.only_behind:
        chosen = behind(columns, selection.sort)
        order = [at for at in order if at in chosen]
    return [at for at in order if at not in left_out]


def is_telling(selection: Selection, column: Column, judged: Judged, hidden: Sequence[int]) -> bool:
    """Say whether the distribution of what was submitted would give a town away that the reader is not shown."""
    if selection.origin is not Origin.SUBMITTED:
        return False
    unseen = sum(judged.values[at] is not None for at in hidden)
    return unseen > 0 and (column.summary.count < LEAST_COMPARED or unseen == 1)


def withheld(column: Column) -> Column:
    """Return the column without distribution and average, and why."""
    notes = (*column.notes, telling.WITHHELD)
    return replace(column, summary=Summary(column.summary.count), average=None, notes=notes)


def behind(columns: dict[str, Judged], sort: str) -> set[int]:
    """Return where the places stand that chance alone does not put into the worse, or lower, quarter.

    In the column sorted by where there is one, else in any of which one way is better (`Comparison.lagging`).
    """
    ranked = [one for one in columns.values() if one.is_ranked]
    asked = [columns[sort]] if sort in columns else ranked or columns.values()
    return {at for judged in asked for at in judged.behind}


def in_order(places: Sequence[Place], judged: Judged | None, *, falling: bool) -> list[int]:
    """Sort the places by the column asked for, those without a value last; else as they are, by their codes."""
    everybody = range(len(places))
    if judged is None:
        return [*everybody]
    values = judged.values
    having = [at for at in everybody if values[at] is not None]
    having.sort(key=lambda at: values[at] or 0, reverse=falling)
    return having + [at for at in everybody if values[at] is None]
