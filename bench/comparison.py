"""Comparing municipalities, from the address to the page, beside a page written the usual way; then with the whole country."""

import itertools
from collections.abc import Callable, Iterator
from functools import partial
from http import HTTPStatus

from django.core.cache import cache

from bench.clock import interleaved, spent, statements
from bench.reference import naive_comparison
from bench.table import Line
from bench.towns import hire
from bench.visitor import Visitor
from indicators.comparison.places import places_of_prefecture
from indicators.comparison.reading import shelf
from indicators.comparison.reading.reading import Reader, comparison
from indicators.comparison.selection import Selection
from indicators.models import Dataset, Definition, PublishedValue, TableMark
from municipalities.choices import Role, ScopeKind
from municipalities.models import Municipality, Prefecture

# A prefecture of the size of 北海道, one of the size of 茨城県, and the rest of the country.
LARGE, MIDDLE, REST = ("95", 179), ("94", 44), ("93", 1741 - 179 - 44)
INDICATORS, SHOWN, YEARS, SOME = 80, 60, range(2016, 2026), 20
REACH, MOST_SQL, MOST_GROWTH = 1 / 50, 10, 1.5
ROUNDS, TIMES = 5, 5
BATCH = 5000
DIRECTIONS = ("higher", "lower", "neutral")


def lines() -> list[Line]:
    """One prefecture alone, then the same pages among everybody's values."""
    codes = _indicators()
    for prefecture in (LARGE, MIDDLE):
        _settle(prefecture, codes)
    officer = hire("officer-95", Role.OFFICER, kind=ScopeKind.PREFECTURE, code="95")
    visitor = Visitor(officer.username)
    shown = codes[:SHOWN]
    _check_cells(shown)
    if visitor.get(_address()).status != HTTPStatus.OK:
        raise RuntimeError(_address())
    again, anew = partial(visitor.get, _address()), partial(_anew, visitor)
    another = partial(_another, visitor, itertools.cycle(_addresses(shown)))
    naive = partial(naive_comparison.html_of, LARGE[0], shown, YEARS[-1])
    told = [
        _against_the_usual_way(name, page, naive)
        for name, page in (
            ("opened again", again),
            ("at another address, its columns remembered", another),
            ("with nothing kept or remembered", anew),
        )
    ]
    told.append(_of_five_years(_read(MIDDLE, Selection(indicators=tuple(codes[:SOME]), pool=5))))
    alone = spent(anew, times=TIMES * 2)
    _settle(REST, codes)
    return [*told, _whole_country(alone, spent(anew, times=TIMES * 2))]


def _anew(visitor: Visitor) -> None:
    """Open the page as the first one does after a statistic was taken in: nothing of it is kept."""
    cache.clear()
    shelf.forget()
    visitor.get(_address())


def _another(visitor: Visitor, addresses: Iterator[str]) -> None:
    """Open the same table in another order: no page of this address is kept, but its columns are remembered."""
    cache.clear()
    visitor.get(next(addresses))


def _addresses(codes: list[str]) -> list[str]:
    """Return the table in the order of each column, both ways; each holds every place and column."""
    return [f"{_address()}&sort={way}{code}" for code in codes for way in ("", "-")]


def _indicators() -> list[str]:
    Definition.objects.update(scenes="")
    made = [
        Definition(
            code=f"bench-compared-{at}",
            name=f"比べる指標{at}",
            unit="％",
            decimals=1,
            value_kind="ratio",
            direction=DIRECTIONS[at % len(DIRECTIONS)],
            scenes="daily_care" if at < SHOWN else "discharge",
            position=at,
        )
        for at in range(INDICATORS)
    ]
    Definition.objects.bulk_create(made)
    return [one.code for one in made]


def _settle(prefecture: tuple[str, int], codes: list[str]) -> None:
    """Make the towns of a prefecture with a value of every indicator and year."""
    code, count = prefecture
    place, _ = Prefecture.objects.get_or_create(code=code, defaults={"name": "県", "kana": "けん"})
    towns = [f"{code}{at:04}" for at in range(1, count + 1)]
    Municipality.objects.bulk_create(
        Municipality(code=town, name=f"町{town}", kana="まち", kind="town", prefecture=place)
        for town in towns
    )
    dataset, _ = Dataset.objects.get_or_create(code="bench-compared", defaults={"title": "統計"})
    pks = dict(Definition.objects.filter(code__in=codes).values_list("code", "pk"))
    rows = [
        PublishedValue(
            definition_id=pks[indicator],
            dataset=dataset,
            place_kind="municipality",
            place_code=town,
            fiscal_year=year,
            value=_number(at, town, year),
            state="value",
        )
        for at, indicator in enumerate(codes)
        for year in YEARS
        for town in towns
    ]
    PublishedValue.objects.bulk_create(rows, batch_size=BATCH)


def _number(at: int, town: str, year: int) -> float:
    """Return a share with one decimal: many towns have equal ones."""
    return (int(town) * 7919 + at * 104_729 + year * 611_953) % 1000 / 10


def _address() -> str:
    return f"/p/{LARGE[0]}/{YEARS[-1]}/compare/?scene=daily_care"


def _read(prefecture: tuple[str, int], selection: Selection) -> int:
    """Return how many statements a comparison takes."""
    places = places_of_prefecture(Prefecture.objects.get(code=prefecture[0]))
    with statements() as found:
        comparison(selection, places, reader=Reader(prefecture[0]))
    return len(found.of_rows)


def _check_cells(codes: list[str]) -> None:
    """Both have the same numbers, quartiles, quarters and ranks, or nothing is measured."""
    columns, theirs = naive_comparison.table(LARGE[0], codes, YEARS[-1])
    places = places_of_prefecture(Prefecture.objects.get(code=LARGE[0]))
    ours = comparison(Selection(scene="daily_care"), places, reader=Reader(LARGE[0]))
    for column, other in zip(ours.columns, columns, strict=True):
        summary = column.summary
        mine = (summary.minimum, summary.first, summary.median, summary.third, summary.maximum)
        if mine != (other.minimum, other.first, other.median, other.third, other.maximum):
            raise RuntimeError(f"{column.code}: {mine}")
    for place, line in zip(ours.places, theirs, strict=True):
        for column, other in zip(ours.columns, line.cells, strict=True):
            cell = ours.cell(place, column)
            if other is None or (cell.value, cell.quarter, cell.rank) != (
                other.value,
                other.quarter,
                other.rank,
            ):
                raise RuntimeError(f"{place.code} {column.code}: {cell}")


def _against_the_usual_way(
    name: str, page: Callable[[], object], naive: Callable[[], object]
) -> Line:
    page()
    rounds = interleaved(
        partial(spent, page, times=TIMES), partial(spent, naive, times=1), rounds=ROUNDS
    )
    with statements() as found:
        page()
    letting_in = _letting_in(found.of_rows)
    sql = len(found.of_rows) - letting_in
    return Line(
        f"comparison page {name}, {LARGE[1]} x {SHOWN}, identical cells",
        f"<= 1/{1 / REACH:.0f} x CPU, <= {MOST_SQL} SQL",
        f"instances, statistics, a template: {rounds.reference * 1000:.0f} ms",
        f"1/{1 / rounds.ratio:.0f}: {rounds.ours * 1000:.0f} ms, {sql} SQL and {letting_in} of the letting-in",
        rounds.ratio <= REACH and sql <= MOST_SQL,
    )


def _letting_in(texts: list[str]) -> int:
    """Return how many statements come before the page's own, the first of which reads the marks."""
    return next(at for at, text in enumerate(texts) if TableMark._meta.db_table in text)


def _of_five_years(sql: int) -> Line:
    return Line(
        f"comparing {MIDDLE[1]} x {SOME} x 5 years",
        f"<= {MOST_SQL} SQL",
        "TolaActivity: 89 SQL, 6.7 s",
        f"{sql} SQL",
        sql <= MOST_SQL,
    )


def _whole_country(alone: float, among_all: float) -> Line:
    ratio = among_all / alone
    return Line(
        f"the same page among 1,741 x {INDICATORS} x {len(YEARS)}",
        f"<= {MOST_GROWTH} x CPU",
        f"one prefecture's values alone: {alone * 1000:.0f} ms",
        f"{ratio:.2f} x: {among_all * 1000:.0f} ms",
        ratio <= MOST_GROWTH,
    )
