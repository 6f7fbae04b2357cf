"""Entering one value: the POST of one figure, from the session to the redirect."""

from dataclasses import dataclass
from http import HTTPStatus

from bench.clock import statements
from bench.reference.peers import RSR_VALUE_SQL
from bench.table import Line
from bench.towns import FEW, MANY, MITO, Town
from bench.visitor import Visitor
from indicators.grid import grid
from municipalities.models import Change
from municipalities.tenancy import within

REACH = 10


@dataclass(frozen=True, slots=True)
class Deed:
    """One value sent from one page of a town."""

    what: str
    town: Town
    page: str
    fields: dict[str, str]


def lines() -> list[Line]:
    """The same deed in three towns, then by the other ways; each must have been saved, or nothing was measured."""
    towns = ((MITO, "水戸市"), (FEW, "1 row"), (MANY, "100 rows"))
    deeds = [
        *((_figure, town) for town in towns),
        *((_value, town) for town in towns[1:]),
        *((_cell, town) for town in towns[1:]),
    ]
    # Each form is filled in when the deeds before it are done: what they saved is what it shows.
    return [_line(prepare(*town)) for prepare, town in deeds]


def _figure(town: Town, title: str) -> Deed:
    """Return the form of one figure as an officer sends it who has changed the number alone."""
    year = 2020 if town is MITO else town.fiscal_year
    day = "2020-10-01" if town is MITO else ""
    fields = {
        "value": "270,700",
        "fiscal_year": str(year),
        "as_of": day,
        "source": "令和2年国勢調査",
    }
    page = "figures/population_total/edit/"
    return Deed(f"entering one value, {title}", town, page, _form(fields))


def _value(town: Town, title: str) -> Deed:
    """Return the form of one value of an indicator of the town's own."""
    fields = _form({"value": "45.6", "as_of": "", "source": "市内病院への調査1"})
    page = "indicators/indicator-1/values/value-1/edit/"
    return Deed(f"the same by the general form, {title}", town, page, fields)


def _form(fields: dict[str, str]) -> dict[str, str]:
    return {"base_version": "1", "state": "value", "finality": "final", "note": ""} | fields


def _cell(town: Town, title: str) -> Deed:
    """Return the whole grid as the browser sends it, with one number changed."""
    with within(town.cycle().municipality):
        stored = grid.of(town.cycle())
    fields = {f"{name}-{line.key}": text for line in stored for name, text in line.texts.items()}
    fields |= {f"base-{line.key}": line.base for line in stored}
    fields[f"value-{stored[-1].key}"] = "67.8"
    what = f"the same by one cell of the grid, {title}"
    return Deed(what, town, "indicators/entry/", fields)


def _line(deed: Deed) -> Line:
    town = deed.town
    visitor = Visitor(town.editor)
    address = f"/m/{town.code}/{town.fiscal_year}/{deed.page}"
    letting_in = _letting_in(visitor, town)
    before = _last_change(town)
    with statements() as sent:
        answer = visitor.post(address, deed.fields)
    if answer.status != HTTPStatus.FOUND or _last_change(town) == before:
        raise RuntimeError(f"{deed.what}: not saved, {answer.status}")
    rows = len(sent.of_rows)
    return Line(
        deed.what,
        f"<= {REACH} SQL",
        f"Akvo RSR {RSR_VALUE_SQL} (quoted)",
        f"{rows} SQL, {letting_in} of them for the letting-in; {len(sent)} with BEGIN and COMMIT",
        rows <= REACH,
    )


def _last_change(town: Town) -> int | None:
    with within(town.cycle().municipality):
        return Change.objects.order_by("pk").values_list("pk", flat=True).last()


def _letting_in(visitor: Visitor, town: Town) -> int:
    with statements() as sent:
        visitor.get(f"/m/{town.code}/{town.fiscal_year}/empty/")
    return len(sent)
