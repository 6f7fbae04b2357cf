"""A submitted report as HTML: how many statements the adviser's page sends."""

from bench.clock import statements
from bench.reference.peers import RSR_REPORT_SQL
from bench.table import Line
from bench.towns import FEW, MANY, MITO, Town
from bench.visitor import Visitor

REACH = 5


def lines() -> list[Line]:
    """The page of 水戸市's report, and of one with a hundred rows of each kind."""
    return [_line(MITO, "水戸市"), _line(FEW, "1 row"), _line(MANY, "100 rows")]


def _line(town: Town, title: str) -> Line:
    visitor = Visitor(town.adviser)
    address = f"/review/{town.report('interim').number}/"
    in_all, letting_in = _sql(visitor, address), _sql(visitor, f"{address}empty/")
    own = in_all - letting_in
    return Line(
        f"submitted report as HTML, {title}",
        f"<= {REACH} SQL",
        f"Akvo RSR {RSR_REPORT_SQL} (quoted)",
        f"{own} SQL; {in_all} with {letting_in} for the letting-in",
        own <= REACH,
    )


def _sql(visitor: Visitor, address: str) -> int:
    visitor.get(address)
    with statements() as sent:
        visitor.get(address)
    return len(sent)
