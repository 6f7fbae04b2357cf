"""Dates as an iCalendar file (RFC 5545), which Outlook, Thunderbird and Garoon read. Pure.

Written here because all that is needed are whole-day events: escaping (3.3.11), folding by octets (3.1) and five
properties (docs/adr/0036).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST_LINE = 75
ONE_DAY = dt.timedelta(days=1)
HEAD = (
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//HCCP PDCA//Calendar 1.0//JA",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
)


@dataclass(frozen=True, slots=True)
class Event:
    """A whole-day event. `uid` stays the same when its words or its day change."""

    uid: str
    day: dt.date
    summary: str
    description: str = ""
    url: str = ""
    category: str = ""


def calendar(name: str, events: Iterable[Event], *, at: dt.datetime) -> str:
    """Return the file with CRLF lines. `at` is the moment of its making, in any zone."""
    stamp = at.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = [*HEAD, f"X-WR-CALNAME:{escaped(name)}"]
    for event in events:
        lines.extend(_lines(event, stamp))
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _lines(event: Event, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.day + ONE_DAY:%Y%m%d}"
    yield f"SUMMARY:{escaped(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{escaped(event.description)}"
    if event.category:
        yield f"CATEGORIES:{escaped(event.category)}"
    if event.url:
        yield f"URL:{event.url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """Return a text value: backslash, comma, semicolon and line breaks are escaped (3.3.11)."""
    found = text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return "\\n".join(found.splitlines())


def folded(line: str) -> str:
    """Return a content line in pieces of at most 75 octets; no character is cut in two (3.1)."""
    pieces: list[str] = []
    piece = ""
    for sign in line:
        # A piece that goes on begins with the blank of its fold.
        most = LONGEST_LINE - bool(pieces)
        if len((piece + sign).encode()) > most:
            pieces.append(piece)
            piece = sign
        else:
            piece += sign
    return "\r\n ".join([*pieces, piece])
