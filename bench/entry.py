"""Entering one value: the POST of one figure, from the session to the redirect."""

from bench.clock import statements
from bench.reference.peers import RSR_VALUE_SQL
from bench.table import Line
from bench.visitor import Visitor
from bench.world import FEW, MANY, MITO, Town

REACH = 10


def lines() -> list[Line]:
    """The same deed in three towns; each must have been saved, or nothing was measured."""
    return [_line(MITO, "水戸市"), _line(FEW, "1 row"), _line(MANY, "100 rows")]


def _line(town: Town, title: str) -> Line:
    visitor = Visitor(town.editor)
    address = f"/m/{town.code}/{town.fiscal_year}/figures/population_total/edit/"
    letting_in = _letting_in(visitor, town)
    with statements() as sent:
        answer = visitor.post(address, _fields(town))
    if answer.status != 302:  # noqa: PLR2004 -- HTTP
        raise RuntimeError(f"the value was not saved: {answer.status}")
    rows = len(sent.of_rows)
    return Line(
        f"entering one value, {title}",
        f"<= {REACH} SQL",
        f"Akvo RSR {RSR_VALUE_SQL} (quoted)",
        f"{rows} SQL, {letting_in} of them for the letting-in; {len(sent)} with BEGIN and COMMIT",
        rows <= REACH,
    )


def _letting_in(visitor: Visitor, town: Town) -> int:
    with statements() as sent:
        visitor.get(f"/m/{town.code}/{town.fiscal_year}/empty/")
    return len(sent)


def _fields(town: Town) -> dict[str, str]:
    """Return the form as an officer sends it who has changed the number alone."""
    year = 2020 if town is MITO else town.fiscal_year
    return {
        "base_version": "1",
        "value": "270,700",
        "state": "value",
        "fiscal_year": str(year),
        "as_of": "2020-10-01" if town is MITO else "",
        "finality": "final",
        "source": "令和2年国勢調査",
        "note": "",
    }
