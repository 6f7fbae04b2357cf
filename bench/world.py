"""The bench's towns: 水戸市 as the demo tells it, 見本市 with one row of each kind, 見本町 with a hundred."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone

import indicators.reference
from municipalities.choices import Role, Scene, ScopeKind
from municipalities.models import Cycle, Membership, Municipality, Prefecture, User
from municipalities.tenancy import within
from reports.document import assembly
from reports.models import Delivery, ProgressReport, Recipient
from reports.submission import drafting
from reports.submission.submit import submit

DEMO = Path(assembly.__file__).parent / "demo"
HUNDRED = 100
MOST_SERIAL = 99
OLDEST_YEAR = 1927


@dataclass(frozen=True, slots=True)
class Town:
    """One municipality's year. Its people are `editor-<code>` and `adviser-<code>`."""

    code: str
    name: str
    prefecture: str
    fiscal_year: int

    @property
    def editor(self) -> str:
        return f"editor-{self.code}"

    @property
    def adviser(self) -> str:
        return f"adviser-{self.code}"

    @property
    def officer(self) -> str:
        return f"officer-{self.prefecture}"

    def cycle(self) -> Cycle:
        place = Municipality.objects.select_related("prefecture").get(code=self.code)
        with within(place):
            cycle = Cycle.objects.get(fiscal_year=self.fiscal_year)
        cycle.municipality = place
        return cycle

    def report(self, kind: str) -> ProgressReport:
        """The first report of this kind: the interim one is submitted, the final one a draft."""
        cycle = self.cycle()
        with within(cycle.municipality):
            reports = ProgressReport.objects.select_related("snapshot", "step")
            report = reports.get(cycle=cycle, kind=kind, serial=1)
        report.cycle = cycle
        return report


MITO = Town("082015", "水戸市", "08", 2023)
FEW = Town("990019", "見本市", "98", 2026)
MANY = Town("990027", "見本町", "99", 2026)
TOWNS = (MITO, FEW, MANY)


def build() -> None:
    """Make places and people, and in each town a submitted interim report and an open final one."""
    indicators.reference.load()
    for town in TOWNS:
        prefecture = Prefecture.objects.create(code=town.prefecture, name="県", kana="けん")
        Municipality.objects.create(
            code=town.code, name=town.name, kana="し", kind="city", prefecture=prefecture
        )
        hire(town.editor, Role.EDITOR, kind=ScopeKind.MUNICIPALITY, code=town.code)
        hire(town.adviser, Role.ADVISER, kind=ScopeKind.MUNICIPALITY, code=town.code)
        hire(town.officer, Role.OFFICER, kind=ScopeKind.PREFECTURE, code=town.prefecture)
    open_year(MITO, demo_of(MITO))
    open_year(FEW, document_of(FEW, rows=1))
    open_year(MANY, document_of(MANY, rows=1))
    crowd()


def hire(username: str, role: Role, *, kind: ScopeKind, code: str) -> User:
    """Make an account with one membership. Nobody signs in with a password here."""
    user = User.objects.create(
        username=username, display_name=username, email=f"{username}@example.jp", password="!"
    )
    Membership.objects.create(
        user=user,
        role=role,
        scope_kind=kind,
        scope_code=code,
        valid_from=timezone.localdate().replace(year=2020, day=1),
    )
    return user


def open_year(town: Town, document: dict[str, Any]) -> None:
    """Open a town's year with this document, one submitted report and one draft."""
    place = Municipality.objects.get(code=town.code)
    with within(place):
        Cycle.objects.create(fiscal_year=town.fiscal_year)
    fill(town, document)
    submit_next(town)
    cycle = town.cycle()
    with within(place):
        drafting.open_draft(cycle, "final", by=User.objects.get(username=town.editor))


def fill(town: Town, document: dict[str, Any]) -> None:
    """Write a document over a town's year. Raises ValueError with its problems."""
    cycle = town.cycle()
    with within(cycle.municipality):
        writer = User.objects.get(username=town.editor)
        if problems := assembly.load(cycle, document, by=writer):
            raise ValueError(problems)


def submit_next(town: Town) -> ProgressReport:
    """Submit the town's next interim report, as its editor does."""
    cycle = town.cycle()
    writer = User.objects.get(username=town.editor)
    with within(cycle.municipality):
        report = drafting.open_draft(cycle, "interim", by=writer)
        report.cycle = cycle
        return submit(report, by=writer)


def demo_of(town: Town) -> dict[str, Any]:
    """Return the demo's document of a town's year."""
    path = DEMO / f"{town.code}-{town.fiscal_year}.json"
    return json.loads(path.read_text(encoding="utf-8"))


def document_of(town: Town, *, rows: int, length: int = 1) -> dict[str, Any]:
    """Return a year with so many rows of each kind, as far as a year holds so many.

    The texts are those of 水戸市's year in turn; `length` of them make one row's text.
    """
    source = demo_of(MITO)
    texts = [row["text"] for row in source["issues"]]
    return source | {
        "municipality": {"code": town.code, "name": town.name, "prefecture": "県"},
        "fiscal_year": town.fiscal_year,
        "issues": [
            {"key": f"issue-{n + 1}", "position": n, "text": texts[n % len(texts)] * length}
            for n in range(rows)
        ],
        "desired_states": [
            {"key": scene.value, "scene": scene.value, "text": texts[0] * length}
            for scene in list(Scene)[:rows]
        ],
        "measurements": [_figure(source["measurements"], n, town.fiscal_year) for n in range(rows)],
        "support_steps": [_step(source["support_steps"], n, length=length) for n in range(rows)],
    }


def _figure(figures: list[dict[str, Any]], n: int, last_year: int) -> dict[str, Any]:
    """Return the n-th measurement: the figures of one year, then those of the year before."""
    year = last_year - n // len(figures)
    return figures[n % len(figures)] | {"key": f"figure-{n}", "fiscal_year": year, "as_of": None}


def _step(steps: list[dict[str, Any]], n: int, *, length: int) -> dict[str, Any]:
    step = steps[n % len(steps)]
    return step | {
        "key": f"{step['key']}-{n}" if n else step["key"],
        "position": n + 1,
        "situation": "\n".join([step["situation"]] * length),
        "advice": "\n".join([step["advice"]] * length),
    }


def crowd() -> None:
    """Bring 見本町 to a hundred rows of each kind, and its prefecture to a hundred towns."""
    for _ in range(MOST_SERIAL - 1):
        submit_next(MANY)
    fill(MANY, document_of(MANY, rows=HUNDRED))
    place = MANY.cycle().municipality
    Municipality.objects.bulk_create(
        Municipality(
            code=str(990100 + n),
            name="見本村",
            kana="むら",
            kind="village",
            prefecture=place.prefecture,
        )
        for n in range(1, HUNDRED)
    )
    with within(place):
        for year in range(OLDEST_YEAR, OLDEST_YEAR + HUNDRED - 1):
            Cycle.objects.create(fiscal_year=year)
        _crowd_recipients()


def _crowd_recipients() -> None:
    """Add advisers: recipients of the draft, and of the submitted report as well."""
    draft, submitted = MANY.report("final"), MANY.report("interim")
    for n in range(1, HUNDRED):
        user = hire(
            f"adviser-{MANY.code}-{n}", Role.ADVISER, kind=ScopeKind.MUNICIPALITY, code=MANY.code
        )
        with within(draft.municipality_id):
            Recipient.objects.create(report=draft, user=user)
            Delivery.objects.create(report=submitted, recipient=user)
