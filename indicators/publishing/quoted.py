"""Values that name a statistic as their source and tell another number than it: a paper would have it say what it does not.

That is what becomes of a value that a statistic has filled in when another number is typed over it. It is said and never
refused: a name may be all that the two have in common.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from indicators.arithmetic import accumulating
from indicators.arithmetic.printing import printed
from indicators.arithmetic.warnings import Doubt
from indicators.publishing import withheld

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from indicators.publishing.withheld import Told
    from municipalities.models import Municipality

    # By indicator, year and name of the statistic.
    Quoted = Mapping[tuple[str, int, str], Told]

TOLD_OTHERWISE = "told_otherwise_by_its_source"
OTHERWISE = (
    "出典にした「{source}」では、{told}です。ほかの資料の値のときは、出典も書き換えてください。"
)
OTHERWISE_BEFORE = (
    "出典にした「{source}」では、{told}です。"
    "ほかの資料の値のときは、指標の画面でその年度の値を開いて、出典も書き換えてください。"
)


def statistics(town: Municipality, codes: Iterable[str], *, since: int, until: int) -> Quoted:
    """Return what statistics tell a municipality of itself from one year to another. Two queries."""
    rows = withheld.told_to(town, definitions=codes, since=since - 1, until=until)
    return {(one.definition.code, one.fiscal_year, one.dataset.title): one for one in rows}


def of_source(
    definition: Any, this: Any, quoted: Quoted, *, words: str = OTHERWISE
) -> Iterator[Doubt]:
    """Ask about a number that is printed otherwise than the statistic tells it which it names as its source."""
    found = quoted.get((definition.code, this.fiscal_year, this.source))
    if found is None or this.value is None or this.value == found.value:
        return
    own, told = (
        printed(
            one.value,
            state=one.state,
            unit=definition.unit,
            decimals=accumulating.digits(definition, one.value),
        )
        for one in (this, found)
    )
    if own != told:
        yield Doubt(TOLD_OTHERWISE, words.format(source=this.source, told=told))
