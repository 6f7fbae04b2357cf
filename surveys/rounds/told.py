"""What respondents are told of a round, on a phone and on paper: until when, whom to ask, how long it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from municipalities.japanese import dates
from surveys.models import SurveyRound

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True, slots=True)
class Told:
    """The facts of a round in words; empty where they are not registered yet."""

    title: str
    contact: str = ""
    closes: str = ""
    keeps: str = ""
    return_to: str = ""

    @property
    def missing(self) -> list[str]:
        """What no respondent may miss, by the names that the round's own form has."""
        facts = (
            (self.closes, "closes_on"),
            (self.contact, "contact"),
            (self.keeps, "keep_until"),
        )
        return [name_of(field) for value, field in facts if not value]


def name_of(field: str) -> str:
    """Return what the form of a round calls a field."""
    names = {one.name: str(one.verbose_name) for one in SurveyRound._meta.fields}
    return names[field]


def of(row: SurveyRound) -> Told:
    """Return what is told of a round as it is registered now."""
    return Told(row.title, row.contact, _day(row.closes_on), _day(row.keep_until), row.return_to)


def so_far(row: SurveyRound) -> Told:
    """Return what is told of a round, and for each gap where it is filled in."""
    known, gaps = of(row), to_come(row.title)
    return Told(
        known.title,
        known.contact or gaps.contact,
        known.closes or gaps.closes,
        known.keeps or gaps.keeps,
        known.return_to,
    )


def to_come(title: str) -> Told:
    """Return what will be told once there is a round, each gap with where it is filled in."""
    registered = "（調査の実施で登録する{}）"
    return Told(
        title,
        registered.format("部署・電話"),
        registered.format("締切日"),
        registered.format("日"),
    )


def _day(day: dt.date | None) -> str:
    return dates.in_both(day) if day else ""
