"""Every ordinary page against the empty page behind the same middleware; and what a browser loads with it."""

import gzip
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from http import HTTPStatus

from django.conf import settings
from django.urls import URLPattern, get_resolver

from bench import asking
from bench.clock import interleaved, spent, statements
from bench.table import Line
from bench.towns import FEW, MANY, MIHON, Town
from bench.visitor import Visitor
from coordinators.models import ContractPartner
from indicators.models import Dataset, StatisticsUpload
from municipalities.choices import Role
from municipalities.models import Invitation, Membership
from municipalities.tenancy import within
from reports.models import Comment

REACH, MOST_SQL = 40, 20
ROUNDS, TIMES, EMPTY_TIMES = 7, 5, 40
PIECE = re.compile(r"<(?:\w+:)?(\w+)>")
LINKED = re.compile(r'{% static "([^"]+\.(css|js))" %}')
DRAFT = "final"
WEIGHTS = {"js": 35, "css": 20}
# The reference, and papers that nobody has made yet.
NO_PAGES = ("empty/", "pdf/")
# The first that fits; the rest of a town's pages is its editor's.
READERS = {
    "m/<code:municipality>/people/": "manager",
    "m/<code:municipality>/contributor/": "contractor",
    "m/<code:municipality>/<fy:fiscal_year>/contributor/": "contractor",
    "m/": "editor",
    "s/": "editor",
    "review/": "adviser",
    "p/": "officer",
}


@cache
def visitor(username: str) -> Visitor:
    return Visitor(username)


# The rows that the benchmark's towns have under these names.
PIECES: dict[str, str | int] = {
    "code": "population_total",
    "form_key": "goal-2026-emergency",
    "organization_key": "ishikai",
    "template_key": "care-managers",
    "measurement_key": "value-1",
    "trash_pk": 1,
    "prepared_pk": 1,
    "published_key": "structure-1",
    "case_key": "practice-1",
    "inquiry_key": "inquiry-1",
    "prefecture_form_key": "prefectureform-1",
    "draft_form_key": "prefectureform-draft-1",
    "draft_key": "draft-1",
    "question_key": "draft-question-1-1",
    "prefecture_post_key": "post-1",
    "joint_meeting_key": "meeting-1",
    "version": 1,
    "section": "policy",
    "part": "issues",
    "row_key": "issue-1",
    "rule": "Q02",
    "place": "dementia",
    "subject": "general",
    "kind": "multiple",
    "item_code": "1-1-a",
    "topic_code": "rhythm",
    "step_key": "pre-meeting-1",
    "advice_key": "pre-meeting-1-1",
    "own_advice_key": "own-advice-1",
}


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
        pieces = PIECES | self.pieces_of(town)
        pieces |= {name: row(town) for name, row in ROWS.items() if f":{name}>" in self.pattern}
        return "/" + PIECE.sub(
            lambda found: str(pieces.get(found[1]) or first_of(found[1])), self.pattern
        )

    def pieces_of(self, town: Town) -> dict[str, str | int]:
        """Return the pieces that are another in each town, or in this page alone."""
        pieces: dict[str, str | int] = {
            "municipality": town.code,
            "fiscal_year": town.fiscal_year,
            "year": town.fiscal_year,
            "prefecture": town.prefecture,
            "scene": "discharge" if "bases/" in self.pattern else "daily_care",
            "key": "pre-meeting-1" if "support/" in self.pattern else "issue-1",
            "report_number": str(town.report("interim").number),
            "number": str(town.report("interim").number),
            "town": town.code,
            "lead": town.neighbour.code,
            "case_town": town.code,
            "case_year": town.fiscal_year,
            "value_year": town.fiscal_year - 1,
            "prefecture_definition_key": f"pref-{town.prefecture}-1",
        }
        if "<int:pk>" in self.pattern:
            pieces["pk"] = town.report(self.kind).pk
        if "contract-partners/" in self.pattern:
            pieces["partner_key"] = a_contract_partner(town)
        return pieces

    def reader(self, town: Town) -> Visitor:
        """Return the person in this town whose page it is."""
        roles = (role for prefix, role in READERS.items() if self.pattern.startswith(prefix))
        return visitor(getattr(town, next(roles)))


def lines() -> list[Line]:
    """One line for each page that answers to its reader, the costliest first; then the weights."""
    pages = [page for page in every_page() if is_read(page)]
    measured = sorted(((_ratio(page), page) for page in pages), key=lambda pair: -pair[0][0])
    return [
        *(_line(page, ratio, spread) for (ratio, spread), page in measured),
        *(_weight(kind) for kind in WEIGHTS),
    ]


def a_comment(town: Town, *, is_sent: bool) -> int:
    """Return the first comment of the town's adviser on its submitted report."""
    report = town.report("interim")
    with within(report.municipality_id):
        comments = Comment.objects.filter(report=report, sent_at__isnull=not is_sent)
        return comments.earliest("pk").pk


def a_delivery(town: Town) -> int:
    report = town.report("interim")
    with within(report.municipality_id):
        return report.deliveries.earliest("pk").pk


def a_member(town: Town, role: Role) -> int:
    return Membership.objects.filter(role=role, scope_code=town.code).earliest("pk").pk


def an_invitation(town: Town, role: Role) -> int:
    return Invitation.objects.filter(role=role, scope_code=town.code).earliest("pk").pk


def a_contract_partner(town: Town) -> str:
    """Return the key of the first municipality that contracts together with the town."""
    place = town.cycle().municipality
    with within(place):
        return ContractPartner.objects.filter(municipality=place).earliest("pk").key


def a_file(town: Town) -> int:
    return StatisticsUpload.objects.filter(prefecture__code=town.prefecture).earliest("pk").pk


def a_dataset(town: Town) -> int:
    return Dataset.objects.filter(prefecture__code=town.prefecture).earliest("pk").pk


# Pieces of an address that name a row by its number.
ROWS: dict[str, Callable[[Town], int | str]] = {
    "round_key": lambda town: asking.asked(town).key,
    "door_secret": asking.door,
    "file_pk": a_file,
    "dataset_pk": a_dataset,
    "comment_pk": partial(a_comment, is_sent=True),
    "pending_pk": partial(a_comment, is_sent=False),
    "delivery_pk": a_delivery,
    "membership_pk": partial(a_member, role=Role.VIEWER),
    "assignment_pk": partial(a_member, role=Role.ADVISER),
    "invitation_pk": partial(an_invitation, role=Role.VIEWER),
    "offer_pk": partial(an_invitation, role=Role.ADVISER),
}


def first_of(piece: str) -> str:
    """Return the key of the first row of a kind: activity_key → activity-1."""
    if not piece.endswith("_key"):
        raise KeyError(piece)
    return f"{piece.removesuffix('_key')}-1"


def is_read(page: Page) -> bool:
    """Whether this address is a page, and one in every town that is measured; an error of the bench otherwise.

    A draft has no comments and no versions: such addresses are absent and no pages.
    """
    answer, *others = (page.reader(town).get(page.address(town)) for town in (MIHON, FEW, MANY))
    if answer.status == HTTPStatus.NOT_FOUND and page.kind != DRAFT:
        raise RuntimeError(f"{page.address(MIHON)} is absent")
    if answer.is_page and not all(one.is_page for one in others):
        raise RuntimeError(f"{page.pattern} is not measured: its rows are missing")
    return answer.is_page


def every_page() -> Iterator[Page]:
    """Every address under the prefixes of READERS, read from the product's own map."""
    for pattern in _patterns(get_resolver(settings.ROOT_URLCONF), ""):
        if pattern.startswith(tuple(READERS)) and not pattern.endswith(NO_PAGES):
            kinds = ("interim", DRAFT) if "<int:pk>" in pattern else ("interim",)
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
