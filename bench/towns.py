"""The bench's towns and their people: who lives where, under which name each role signs in."""

from dataclasses import dataclass, replace

from django.utils import timezone

from municipalities.choices import Role, ScopeKind
from municipalities.models import Cycle, Membership, Municipality, User
from municipalities.tenancy import within
from reports.models import ProgressReport


@dataclass(frozen=True, slots=True)
class Town:
    """One municipality's year. Its people are `editor-<code>`, `adviser-<code>` and so on."""

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
    def manager(self) -> str:
        return f"manager-{self.code}"

    @property
    def contractor(self) -> str:
        return f"contractor-{self.code}"

    @property
    def officer(self) -> str:
        return f"officer-{self.prefecture}"

    @property
    def neighbour(self) -> "Town":
        """The town of the same prefecture and year that shares what it leads."""
        return NEIGHBOURS.get(self.code) or replace(
            self, code=neighbours(self, 1)[0], name="となりの村"
        )

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
            reports = ProgressReport.objects.select_related("step")
            report = reports.get(cycle=cycle, kind=kind, serial=1)
        report.cycle = cycle
        return report


# Each in a prefecture of its own, whose number its code begins with.
MITO = Town("082015", "水戸市", "08", 2023)
MIHON = Town("990019", "見本市", "99", 2026)
FEW = Town("980021", "見本町", "98", 2026)
MANY = Town("970034", "見本村", "97", 2026)
TOWNS = (MITO, MIHON, FEW, MANY)
# The one that the demo's document of 見本市 names as its partner.
NEIGHBOURS = {MIHON.code: Town("990027", "見本町", "99", 2026)}
# Codes of the other towns of a prefecture, behind its own.
FIRST_SERIAL = 1001


def neighbours(town: Town, rows: int) -> list[str]:
    """Return the codes of so many other towns of a town's prefecture."""
    return [f"{town.prefecture}{FIRST_SERIAL + n}" for n in range(rows)]


def hire(username: str, role: Role, *, kind: ScopeKind, code: str, body: str = "") -> User:
    """Make an account with one membership, of a contractor for a body. Nobody signs in with a password here."""
    user = User.objects.create(
        username=username, display_name=username, email=f"{username}@example.jp", password="!"
    )
    Membership.objects.create(
        user=user,
        role=role,
        scope_kind=kind,
        scope_code=code,
        organization_key=body,
        valid_from=timezone.localdate().replace(year=2020, day=1),
    )
    return user
