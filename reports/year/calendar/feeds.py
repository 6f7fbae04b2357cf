"""A person's dates for their own calendar: the address that a calendar program reads, and what it finds there.

The address holds a secret instead of a session. Whose it is may read what they may read on the pages, asked again at
every reading; making a new address ends the old one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from municipalities.access import Permission, codes_with
from municipalities.choices import CycleState
from municipalities.kernel import tokens
from municipalities.kernel.tokens import Token, TokenKind
from municipalities.models import Cycle, Municipality
from municipalities.tenancy import within
from reports.year.calendar import ics, reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from municipalities.models import User
    from reports.year.calendar.entries import Entry

LABEL = "予定の購読"
NAME = "在宅医療・介護連携の予定"
NOBODYS_HOST = "hccp-pdca.invalid"


def live(user: User) -> Token | None:
    """Return the token of a person's address, or None where they have none."""
    rows = Token.objects.usable().filter(kind=TokenKind.CALENDAR, user=user)
    return rows.order_by("-pk").first()


def make(user: User) -> str:
    """Make a new address and end the old one. Returns the secret, which nobody can read again."""
    with transaction.atomic():
        revoke(user)
        return tokens.issue(TokenKind.CALENDAR, user=user, label=LABEL)[0]


def revoke(user: User) -> None:
    rows = Token.objects.filter(kind=TokenKind.CALENDAR, user=user, revoked_at=None)
    rows.update(revoked_at=timezone.now())


def file_of(user: User) -> str:
    """Return the iCalendar file of all that a person may read today, of every year that is not closed."""
    return ics.calendar(NAME, _of_person(user), at=timezone.now())


def file_of_year(cycle: Cycle, entries: Iterable[Entry]) -> str:
    """Return the iCalendar file of one year."""
    name = f"{cycle.municipality.name} {cycle.label} {NAME}"
    return ics.calendar(name, _events(cycle, entries), at=timezone.now())


def _of_person(user: User) -> Iterator[ics.Event]:
    codes = codes_with(user, Permission.VIEW_PLAN)
    for place in Municipality.objects.filter(code__in=codes).select_related("prefecture"):
        with within(place):
            for cycle in Cycle.objects.exclude(state=CycleState.CLOSED).order_by("fiscal_year"):
                cycle.municipality = place
                yield from _events(cycle, reading.of(cycle))


def _events(cycle: Cycle, entries: Iterable[Entry]) -> Iterator[ics.Event]:
    host = urlsplit(settings.BASE_URL).hostname or NOBODYS_HOST
    place = cycle.municipality
    for entry in sorted(entries, key=lambda one: (one.day, one.uid)):
        when = f"（{entry.when}）" if entry.when else ""
        yield ics.Event(
            uid=f"{place.code}-{cycle.fiscal_year}-{entry.uid}@{host}",
            day=entry.day,
            summary=f"{'済：' if entry.is_done else ''}{entry.text}{when}【{place.name}】",
            description=entry.note,
            url=f"{settings.BASE_URL}{entry.url}" if settings.BASE_URL and entry.url else "",
            category=str(entry.kind.label),
        )
