"""Who may enter this municipality, and which 担当 is an account that may enter no longer."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from municipalities.choices import ScopeKind
from municipalities.japanese import dates
from municipalities.models import Membership

if TYPE_CHECKING:
    from collections.abc import Iterable

    from municipalities.models import Cycle


@dataclass(frozen=True, slots=True)
class Person:
    """An account that may enter, in its role until its last day."""

    name: str
    role: str
    term: str


@dataclass(frozen=True, slots=True)
class Accounts:
    """By which names accounts of the municipality are known: those in use today, and those whose term is over.

    Compared as one reads them, whatever their width or spaces. A name of one letter would stand in any text.
    """

    active: frozenset[str]
    gone: frozenset[str]

    def has_left(self, owner: str) -> bool:
        """Say whether a 担当 names an account that is no longer in use, and none that is."""
        text = folded(owner)
        names = (self.active, self.gone)
        is_active, is_gone = (any(name in text for name in one if len(name) > 1) for one in names)
        return is_gone and not is_active


def folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def memberships(cycle: Cycle) -> list[Membership]:
    """Return who may or might enter this municipality: accounts are of an office, none is a private person's."""
    rows = Membership.objects.of_scope(ScopeKind.MUNICIPALITY, cycle.municipality.code)
    return list(rows.select_related("user").order_by("role", "user__display_name", "pk"))


def _is_in_use(row: Membership) -> bool:
    today = timezone.localdate()
    is_in_term = row.valid_from <= today and (row.valid_to is None or row.valid_to >= today)
    return is_in_term and row.user.is_active


def in_use(rows: Iterable[Membership]) -> tuple[Person, ...]:
    """Return who may enter today."""
    return tuple(
        Person(str(row.user), row.get_role_display(), _term(row)) for row in rows if _is_in_use(row)
    )


def accounts(rows: Iterable[Membership]) -> Accounts:
    known: dict[bool, set[str]] = {True: set(), False: set()}
    for row in rows:
        known[_is_in_use(row)].add(folded(str(row.user)))
    return Accounts(frozenset(known[True]), frozenset(known[False] - known[True]))


def _term(row: Membership) -> str:
    return f"{dates.in_wareki(row.valid_to)}まで" if row.valid_to else "終わりの日なし"
