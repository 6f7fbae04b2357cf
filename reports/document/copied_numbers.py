"""The numbers of a copy: only those of indicators that are shown and of the form, after disclosure. Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from indicators.choices import ValueState
from indicators.disclosure import reasons, values
from indicators.disclosure.values import NOTHING_EARLIER, Earlier, Value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    Row = dict[str, Any]
    # An indicator and a fiscal year.
    Place = tuple[str, int]

LEGEND = "x：数が少ないため表示していません"
NO_PARTS = "x：分子と分母が入力されておらず、何人を数えた割合か分からないため表示していません"
BOTH = (
    "x：数が少ないか、分子と分母が入力されておらず何人を数えた割合か分からないため表示していません"
)
NOT_SHOWN = "ほかの{count}件の指標は、県への写しには載せていません。"


def codes_shown(document: dict[str, Any], indicators: list[Row]) -> set[str]:
    """Return the indicators of which a copy with these rows prints a value."""
    return {row["indicator"] for row in indicators} | {row["code"] for row in document["figures"]}


def hidden(
    document: dict[str, Any],
    *,
    codes: Collection[str],
    population: int | None,
    earlier: Earlier = NOTHING_EARLIER,
) -> frozenset[str]:
    """Return the keys of the measurements that a copy must not tell."""
    rows = _values(document, codes)
    return values.hidden(rows, population=population, earlier=earlier)


def lacking_parts(
    document: dict[str, Any], *, out: Collection[str], population: int | None
) -> frozenset[str]:
    """Return those of the hidden measurements that are hidden as ratios of nobody knows how many.

    That nobody has entered the parts tells of no person; every other reason is told as one and the same.
    """
    rows = _values(document, {row["indicator"] for row in document["measurements"]})
    return frozenset(
        one.key
        for one in rows
        if one.key in out and reasons.why(one, population=population) == reasons.UNKNOWN
    )


def _values(document: dict[str, Any], codes: Collection[str]) -> list[Value]:
    words = {row["code"]: row for row in (*document["figures"], *document["definitions"])}
    own = {row["key"]: row["numerator"] or row["name"] for row in document["own_definitions"]}
    return [
        _value(row, words.get(row["indicator"], {}), counts=own.get(row["indicator"], ""))
        for row in document["measurements"]
        if row["indicator"] in codes
    ]


def earlier(copies: Iterable[dict[str, Any]]) -> Earlier:
    """Return what the documents of earlier copies have told and hidden, by indicator and year."""
    told: set[Place] = set()
    out: set[Place] = set()
    for document in copies:
        for row in document["measurements"]:
            if row["state"] == ValueState.SUPPRESSED:
                out.add(_place(row))
            elif row["state"] == ValueState.VALUE:
                told.add(_place(row))
    return Earlier(frozenset(told), frozenset(out))


def _value(row: Row, definition: Row, *, counts: str) -> Value:
    return Value(
        key=row["key"],
        code=row["indicator"],
        fiscal_year=row["fiscal_year"],
        value=_number(row["value"]),
        numerator=_number(row["numerator"]),
        denominator=_number(row["denominator"]),
        unit=definition.get("unit", ""),
        kind=definition.get("value_kind", "count"),
        counts=counts,
    )


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def parts(
    document: dict[str, Any],
    *,
    indicators: list[Row],
    out: Collection[str],
    lacking: Collection[str] = (),
) -> dict[str, Any]:
    """Return the parts of the copy that hold numbers, or say what they count.

    `lacking`: which of the hidden ones are hidden as ratios without their parts.
    """
    codes = codes_shown(document, indicators)
    measured = [row for row in document["measurements"] if row["indicator"] in codes]
    measurements = [suppressed(row) if row["key"] in out else row for row in measured]
    legends = _legends(measured, out, lacking)
    keys = {row["key"] for row in indicators}
    return {
        "measurements": measurements,
        "figures": [
            suppressed(row) | {"note": legends[place]}
            if (place := (row["code"], row["fiscal_year"])) in legends
            else row
            for row in document["figures"]
        ],
        "indicators": [_with_legend(row, measurements, legends) for row in indicators],
        "indicator_uses": [row for row in document["indicator_uses"] if row["indicator"] in keys],
        "issue_figures": [row for row in document["issue_figures"] if row["indicator"] in keys],
        "definitions": [row for row in document["definitions"] if row["code"] in codes],
        "context": {
            "statistics": [
                row for row in document["context"]["statistics"] if row["indicator"] in codes
            ]
        },
    }


def suppressed(row: Row) -> Row:
    """Return a value without its numbers, and without its note, which might tell them."""
    numbers = {name: None for name in ("value", "numerator", "denominator") if name in row}
    return row | numbers | {"state": ValueState.SUPPRESSED.value, "note": ""}


def _place(row: Row) -> Place:
    return row["indicator"], row["fiscal_year"]


def _legends(
    measured: list[Row], out: Collection[str], lacking: Collection[str]
) -> dict[Place, str]:
    """Return for each place with a hidden number why it is an x."""
    found: dict[Place, set[str]] = {}
    for row in measured:
        if row["key"] in out:
            why = NO_PARTS if row["key"] in lacking else LEGEND
            found.setdefault(_place(row), set()).add(why)
    return {place: _in_one(told) for place, told in found.items()}


def _in_one(told: set[str]) -> str:
    return next(iter(told)) if len(told) == 1 else BOTH


def _with_legend(indicator: Row, measurements: list[Row], legends: dict[Place, str]) -> Row:
    """Return the row, with the legend under its note where one of its values is an x."""
    told = {
        legends.get(_place(row), LEGEND)
        for row in measurements
        if row["state"] == ValueState.SUPPRESSED and row["indicator"] == indicator["indicator"]
    }
    if not told:
        return indicator
    return indicator | {"note": "\n".join(filter(None, (indicator["note"], _in_one(told))))}


def not_shown(document: dict[str, Any], indicators: list[Row]) -> str:
    """Return the sentence on the indicators that the copy leaves out; empty where there are none."""
    count = len(document["indicators"]) - len(indicators)
    return NOT_SHOWN.format(count=count) if count else ""
