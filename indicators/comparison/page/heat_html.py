"""The parts of the heat table as HTML, written by hand for speed (docs/adr/0027); every text is escaped.

Ten thousand cells through a template cost ten times the query. Equal cells are written once.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import mark_safe

from indicators.choices import Direction
from indicators.comparison.judging import chance as limits
from indicators.comparison.judging import telling
from indicators.comparison.page import heat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.utils.safestring import SafeString

    from indicators.comparison.judging.judging import Judged
    from indicators.comparison.page.heat import FootRow, Head
    from indicators.comparison.shape import Chance, Column, Comparison, Place, Quarter

# A cell as it looks: its number, quarter, chance, and whether it is a 参考値.
Look = tuple["int | None", "Quarter | None", "Chance | None", bool]
HIDDEN = '<span class="hidden-text">（{}）</span>'
# Cells look alike from column to column and from one opening to the next: so many are remembered.
KNOWN = 50_000
OWN = ' class="own"'
SIGN = '<i aria-hidden="true">{}</i>'
END = "</td>"


def rows(comparison: Comparison, *, page: str = "", sort: str = "") -> SafeString:
    """Return a row for each place. `page`: the address under which places have theirs; empty: none."""
    heads = [_head(place, page, comparison) for place in comparison.places]
    order = heat.order_of(comparison)
    columns = []
    for one in comparison.columns:
        cells = _cells(heat.judged_of(comparison, one), one, is_sorted=one.code == sort)
        columns.append([cells[at] for at in order])
    lines = zip(heads, *columns, strict=True)
    return mark_safe("</tr>\n".join(map("".join, lines)) + "</tr>\n")  # noqa: S308 -- put together of escaped texts


def foot(lines: Iterable[FootRow]) -> SafeString:
    """Return the larger places, the average and the distribution below the rows."""
    return mark_safe("".join(map(_foot_row, lines)))  # noqa: S308 -- put together of escaped texts


def _foot_row(line: FootRow) -> str:
    cells = "</td><td>".join(map(escape, line.texts))
    return f'<tr><th scope="row">{escape(line.label)}</th><td>{cells}</td></tr>\n'


def heads(found: Iterable[Head]) -> SafeString:
    """Return the heads of the columns, each with the link that sorts by it."""
    return mark_safe("".join(map(_column_head, found)))  # noqa: S308 -- put together of escaped texts


def _column_head(head: Head) -> str:
    return (
        f'<th scope="col" aria-sort="{head.sorted}"><a href="{escape(head.query)}">'
        f"{escape(head.name)}</a><small>{escape(head.said)}</small></th>"
    )


def _head(place: Place, page: str, comparison: Comparison) -> str:
    code, name = escape(place.code), escape(place.name)
    shown = f'<a href="{escape(page)}{code}/">{name}</a>' if page else name
    reason = comparison.reasons.get(place.code)
    said = f"<small>{escape(reason)}</small>" if reason else ""
    own = OWN if place.code == comparison.own else ""
    return f'<tr id="place-{code}"{own}><th scope="row">{shown}{said}</th>'


def _cells(found: Judged, column: Column, *, is_sorted: bool) -> Sequence[str]:
    """Return the cells of a column in the order of its places: drawn once, and anew with ranks where it is sorted by."""
    if is_sorted:
        return _drawn(found, column, _ranks(found))
    if not found.markup:
        found.markup = _drawn(found, column, ())
    return found.markup


def _drawn(found: Judged, column: Column, ranks: Iterable[tuple[int, str]]) -> Sequence[str]:
    parts = (found.values, found.quarters, found.chances, found.references)
    looks = zip(*parts, strict=True)
    cells = [_cell(look, column.direction, column.decimals) for look in looks]
    for at, code in enumerate(found.codes) if found.figures.states else ():
        if found.values[at] is None and code in found.figures.states:
            cells[at] = _missing(found.figures.states[code])
    return _with(_with(cells, ranks), _asides(found))


def _with(cells: list[str], asides: Iterable[tuple[int, str]]) -> list[str]:
    """Put below some of the numbers what is said of them."""
    for at, said in asides:
        cells[at] = cells[at].removesuffix(END) + said + END
    return cells


def _ranks(found: Judged) -> Iterator[tuple[int, str]]:
    is_ranked = found.figures.definition.direction != Direction.NEUTRAL
    for at, rank in enumerate(found.ranks):
        if rank:
            words = telling.rank(rank, is_ranked=is_ranked)
            yield at, f'<span class="rank">{words}</span>'


def _asides(found: Judged) -> Iterator[tuple[int, str]]:
    """Yield what is said of the numbers of some places, by where they stand."""
    figures = found.figures
    if not (figures.zeros or figures.words or figures.replies or figures.states or found.level):
        return
    for at, code in enumerate(found.codes):
        if code in found.level:
            yield at, HIDDEN.format(telling.MEDIAN)
        texts = [
            telling.STRUCTURAL_ZERO if code in figures.zeros else "",
            figures.words.get(code, ""),
            figures.replies.get(code, ""),
        ]
        said = "".join(f"<small>{escape(text)}</small>" for text in texts if text)
        if said:
            yield at, said


@lru_cache(maxsize=KNOWN)
def _cell(look: Look, direction: str, decimals: int) -> str:
    value, quarter, chance, is_reference = look
    if value is None:
        return _missing("not_entered")
    shown = telling.number(value, decimals)
    if is_reference:
        return f'<td class="{limits.REFERENCE.code}">{shown}{SIGN.format("参")}{HIDDEN.format(telling.REFERENCE)}{END}'
    mark = telling.CHANCE_MARKS[chance] if chance else ""
    if quarter is None:
        beyond = HIDDEN.format(telling.BEYOND) if mark else ""
        return f"<td>{shown}{SIGN.format(mark)}{beyond}{END}"
    return _placed(shown, quarter, chance, direction)


def _placed(shown: str, quarter: Quarter, chance: Chance | None, direction: str) -> str:
    is_ranked = direction != Direction.NEUTRAL
    sign = telling.glyph(quarter, is_ranked=is_ranked)
    is_split = limits.is_split(quarter, chance, direction)
    words = telling.words(quarter, is_ranked=is_ranked, is_split=is_split)
    if chance and not is_split and telling.CHANCE_MARKS[chance]:
        sign, words = sign + telling.CHANCE_MARKS[chance], f"{words}、{telling.BEYOND}"
    code, is_pale = limits.class_of(quarter, chance, direction, is_reference=False)
    pale = " w" if is_pale else ""
    return f'<td class="{code}{pale}">{shown}{SIGN.format(sign)}{HIDDEN.format(words)}{END}'


def _missing(state: str) -> str:
    """Say why there is no number; what is missing is never zero, and has no colour."""
    return f'<td class="m">{telling.STATES[state]}{SIGN.format("")}{HIDDEN.format(telling.MISSING[state])}{END}'
