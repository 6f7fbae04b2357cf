"""Every ordinary page against the empty page behind the same middleware; and what a browser loads with it."""

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from http import HTTPStatus

from django.conf import settings
from django.urls import URLPattern, get_resolver

from bench.clock import interleaved, spent, statements
from bench.table import Line
from bench.visitor import Visitor
from bench.world import FEW, MANY, MIHON, Town

REACH, MOST_SQL = 40, 20
ROUNDS, TIMES, EMPTY_TIMES = 7, 5, 40
PIECE = re.compile(r"<(?:\w+:)?(\w+)>")
LINKED = re.compile(r'{% static "([^"]+\.(css|js))" %}')
WEIGHTS = {"js": 35, "css": 20}
# The reference, and papers that nobody has made yet.
NO_PAGES = ("empty/", "pdf/")
READERS = {"m/": "editor", "review/": "adviser", "p/": "officer"}


@cache
def visitor(username: str) -> Visitor:
    return Visitor(username)


@dataclass(frozen=True, slots=True)
class Page:
    """One address; where it holds a report, `kind` says which one."""

    pattern: str
    kind: str

    @property
    def title(self) -> str:
        short = PIECE.sub("*", self.pattern)
        return f"/{short}" + (f" ({self.kind})" if "<int:pk>" in self.pattern else "")

    def address(self, town: Town) -> str:
        pieces = {
            "municipality": town.code,
            "fiscal_year": town.fiscal_year,
            "year": town.fiscal_year,
            "prefecture": town.prefecture,
            "scene": "daily_care",
            "code": "population_total",
            "key": "pre-meeting-1" if "support/" in self.pattern else "issue-1",
            "form_key": "goal-2026-emergency",
            "organization_key": "ishikai",
            "measurement_key": "value-1",
            "trash_pk": 1,
            "report_number": str(town.report("interim").number),
            "number": str(town.report("interim").number),
            "town": town.code,
            "version": 1,
            "section": "policy",
            "step_key": "interim-1",
            "advice_key": "pre-meeting-1-1",
        }
        if "<int:pk>" in self.pattern:
            pieces["pk"] = town.report(self.kind).pk
        return "/" + PIECE.sub(
            lambda found: str(pieces.get(found[1]) or first_of(found[1])), self.pattern
        )

    def reader(self, town: Town) -> Visitor:
        """Return the person in this town whose page it is."""
        (role,) = [role for prefix, role in READERS.items() if self.pattern.startswith(prefix)]
        return visitor(getattr(town, role))


def lines() -> list[Line]:
    """One line for each page that answers to its reader, the costliest first; then the weights."""
    pages = [page for page in every_page() if is_read(page)]
    measured = sorted(((_ratio(page), page) for page in pages), key=lambda pair: -pair[0][0])
    return [
        *(_line(page, ratio, spread) for (ratio, spread), page in measured),
        *(_weight(kind) for kind in WEIGHTS),
    ]


def first_of(piece: str) -> str:
    """Return the key of the first row of a kind: activity_key → activity-1."""
    if not piece.endswith("_key"):
        raise KeyError(piece)
    return f"{piece.removesuffix('_key')}-1"


def is_read(page: Page) -> bool:
    """Whether this address is a page. One whose row is missing would go unmeasured: it is an error of the bench."""
    answer = page.reader(MIHON).get(page.address(MIHON))
    if answer.status == HTTPStatus.NOT_FOUND:
        raise RuntimeError(f"{page.address(MIHON)} is absent")
    return answer.is_page


def every_page() -> Iterator[Page]:
    """Every address under the prefixes of READERS, read from the product's own map."""
    for pattern in _patterns(get_resolver(settings.ROOT_URLCONF), ""):
        if pattern.startswith(tuple(READERS)) and not pattern.endswith(NO_PAGES):
            kinds = ("interim", "final") if "<int:pk>" in pattern else ("interim",)
            yield from (Page(pattern, kind) for kind in kinds)


def _patterns(resolver, prefix: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield path
        else:
            yield from _patterns(entry, path)


def _ratio(page: Page) -> tuple[float, str]:
    """CPU of 見本市's page beside the empty page that nobody is signed in to."""
    reader, address = page.reader(MIHON), page.address(MIHON)
    nobody = visitor("")
    rounds = interleaved(
        partial(spent, partial(reader.get, address), times=TIMES),
        partial(spent, partial(nobody.get, "/empty/"), times=EMPTY_TIMES),
        rounds=ROUNDS,
    )
    milliseconds = f"{rounds.ours * 1000:.1f} ms"
    return rounds.ratio, f"{milliseconds} / {rounds.reference * 1000:.2f} ms"


def _line(page: Page, ratio: float, times: str) -> Line:
    few, many = _sql(page, FEW), _sql(page, MANY)
    return Line(
        f"page {page.title}",
        f"<= {REACH} x CPU, <= {MOST_SQL} SQL, 1 row = 100 rows",
        "empty page, same middleware",
        f"{ratio:.0f} ({times}), {few} {'=' if few == many else 'and'} {many} SQL",
        ratio <= REACH and few == many <= MOST_SQL,
    )


def _sql(page: Page, town: Town) -> int:
    reader, address = page.reader(town), page.address(town)
    reader.get(address)
    with statements() as sent:
        reader.get(address)
    return len(sent)


def _weight(kind: str) -> Line:
    """What the frame of every page makes a browser load, each file compressed by itself."""
    base = (settings.BASE_DIR / "templates" / "base.html").read_text(encoding="utf-8")
    names = [name for name, ending in LINKED.findall(base) if ending == kind]
    contents = [(settings.BASE_DIR / "static" / name).read_bytes() for name in names]
    kilobytes = sum(len(gzip.compress(content)) for content in contents) / 1024
    return Line(
        f"{kind.upper()} of an ordinary page, {len(names)} files",
        f"<= {WEIGHTS[kind]} KB gz",
        "-",
        f"{kilobytes:.1f} KB",
        kilobytes <= WEIGHTS[kind],
    )
