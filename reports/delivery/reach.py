"""Which municipalities the mails of their prefecture reach today, and which have to be told in another way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.delivery import writers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from municipalities.models import Municipality

MOST_NAMED = 10
MAILED = "{}市町村の担当者に、メールで知らせます。"
BY_HAND = "メールが届く職員がいない{number}市町村（{names}）には、{deed}。"


@dataclass(frozen=True, slots=True)
class Reach:
    """Municipalities by code: those with somebody who gets the mail, how many each has, and those with nobody."""

    mailed: tuple[Municipality, ...]
    by_hand: tuple[Municipality, ...]
    people: dict[str, int]

    def told(self, deed: str) -> str:
        """Say how many a mail tells, and name those for whom the officer does `deed`."""
        mailed = MAILED.format(len(self.mailed)) if self.mailed else ""
        return mailed + self.rest(deed)

    def rest(self, deed: str) -> str:
        """Name those whom no mail reaches, with what is to be done; nothing where there are none."""
        names, number = named(self.by_hand), len(self.by_hand)
        return BY_HAND.format(number=number, names=names, deed=deed) if number else ""


def of(places: Iterable[Municipality]) -> Reach:
    """Return whom a mail reaches today of these municipalities, in one query."""
    towns = tuple(places)
    found = writers.of({one.code for one in towns})
    # An account without an address gets no mail, whatever it may write.
    numbers = {code: sum(bool(one.email) for one in people) for code, people in found.items()}
    people = {code: number for code, number in numbers.items() if number}
    return Reach(
        tuple(one for one in towns if one.code in people),
        tuple(one for one in towns if one.code not in people),
        people,
    )


def named(places: tuple[Municipality, ...]) -> str:
    """Return the names of the first ten, and how many more there are."""
    more = len(places) - MOST_NAMED
    told = "、".join(one.name for one in places[:MOST_NAMED])
    return f"{told}、ほか{more}市町村" if more > 0 else told
