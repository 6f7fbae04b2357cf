"""Councils and meetings on paper."""

from __future__ import annotations

import datetime as dt
from typing import Any

from councils.choices import (
    Consent,
    CouncilKind,
    CouncilStatus,
    DecisionKind,
    MeetingStyle,
    Profession,
    Programme,
    SeatRole,
)
from councils.meetings.agreement import in_words
from councils.meetings.meeting_days import last_day
from municipalities.japanese import times_a_year
from reports.document.reading.sharing import (
    body,
    depths,
    in_tree_order,
    towns,
    with_leads,
)
from reports.document.reading.support import names
from reports.document.reading.words import day, lines
from reports.document.year_bodies import CouncilLine, DecisionLine, MeetingLine, SeatLine

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
ABOUT = {
    "desired_state": ("desired_states", "text", "目指す姿"),
    "issue": ("issues", "text", "課題"),
    "logic_model": ("logic_models", "title", "ロジックモデル"),
    "activity": ("activities", "name", "取組"),
}

Row = dict[str, Any]


def councils(document: Row) -> tuple[CouncilLine, ...]:
    """Return the councils as they stand below one another, our own first."""
    found = list(with_leads(document, "councils"))
    bodies, places = names(document, "organizations"), towns(document)
    made: list[CouncilLine] = []
    for lead in dict.fromkeys(lead for _, lead in found):
        rows = [row for row, of in found if of == lead]
        deep = depths(rows, "parent")
        made += [
            _council(row, bodies if not lead else {}, places, depth=deep[row["key"]], lead=lead)
            for row in in_tree_order(rows, "parent")
        ]
    return tuple(made)


def _council(
    row: Row, bodies: dict[str, str], places: dict[str, str], *, depth: int, lead: str
) -> CouncilLine:
    programme = "" if row["programme"] == Programme.OURS else Programme(row["programme"]).label
    return CouncilLine(
        name=row["name"],
        kind=str(CouncilKind(row["kind"]).label),
        status=_status(row),
        is_preparing=row["status"] == CouncilStatus.PREPARING,
        is_ended=row["status"] == CouncilStatus.ENDED,
        depth=depth,
        programme=str(programme),
        held=_held(row),
        secretariat=row["secretariat"],
        purpose=row["purpose"],
        functions=numbered(row["functions"]),
        seats=tuple(_seat(one, bodies) for one in sorted(row["seats"], key=_role_order)),
        outreach=tuple(_outreach(one, bodies) for one in row["outreach"]),
        theme=row["theme"],
        goals=tuple(
            f"{label}：{row[name]}"
            for name, label in (("goal_long", "長期"), ("goal_short", "短期"))
            if row[name]
        ),
        bodies_wanted=row["bodies_wanted"],
        partners=tuple(places.get(one["partner"], "") for one in row["council_partners"]),
        lead=lead,
        note=row["note"],
    )


def _status(row: Row) -> str:
    label = str(CouncilStatus(row["status"]).label)
    when = {
        CouncilStatus.PREPARING: f"{row['planned']}に設置の予定" if row["planned"] else "",
        CouncilStatus.ACTIVE: row["established"],
        CouncilStatus.ENDED: row["ended"],
    }[CouncilStatus(row["status"])]
    return f"{label}（{when}）" if when else label


def _held(row: Row) -> str:
    """Return how often it meets, and how many of its kind there are."""
    times = times_a_year.in_words(row["times_min"], row["times_max"])
    many = f"{row['number_of_bodies']}つ" if row["number_of_bodies"] else ""
    return "　".join(filter(None, (row["frequency"] or times, many)))


def numbered(rows: list[Row]) -> tuple[str, ...]:
    """Return functions with their numbers: (1), (2), and below one of them ①, ②."""
    found, number, detail = [], 0, 0
    for row in rows:
        if row["is_detail"]:
            detail += 1
            mark = CIRCLED[detail - 1] if detail <= len(CIRCLED) else f"{detail}."
            found.append(f"　{mark}{row['text']}")
        else:
            number, detail = number + 1, 0
            found.append(f"({number}) {row['text']}")
    return tuple(found)


def _role_order(row: Row) -> int:
    """Put the seats by role, as the screen does; within a role they keep their order."""
    return list(SeatRole).index(SeatRole(row["role"]))


def _seat(row: Row, bodies: dict[str, str]) -> SeatLine:
    is_open = row["profession"] == Profession.UNSTATED
    return SeatLine(
        role=str(SeatRole(row["role"]).label),
        name=body(row, bodies),
        profession="" if is_open else str(Profession(row["profession"]).label),
        people="" if row["people"] is None else f"{row['people']}人",
        consent="" if row["consent"] == Consent.UNSTATED else str(Consent(row["consent"]).label),
        note="　".join(filter(None, ("団体は後で決める" * row["is_named_later"], row["note"]))),
    )


def _outreach(row: Row, bodies: dict[str, str]) -> str:
    head = "　".join(filter(None, (row["when"], body(row, bodies), row["way"])))
    result = f"⇒{row['result']}" if row["result"] else ""
    return "：".join(filter(None, (head, row["text"]))) + result


def meetings(document: Row) -> tuple[MeetingLine, ...]:
    """Return the meetings of the year by day, with the decisions of our own municipality."""
    found = list(with_leads(document, "meetings"))
    councils_by_lead = {
        (lead, row["key"]): row["name"] for row, lead in with_leads(document, "councils")
    }
    decided = _decisions_by_meeting(document)
    made = [
        (
            row["held_on"] or "9",
            _meeting(
                row,
                council=councils_by_lead.get((lead, row["council"]), ""),
                decisions=decided.get((row.get("lead_code", ""), row["key"]), ()),
                lead=lead,
            ),
        )
        for row, lead in found
    ]
    return tuple(one for _, one in sorted(made, key=lambda pair: pair[0]))


def agreements(document: Row) -> dict[str, str]:
    """Return in which meeting each desired state was agreed to, by the state's key; the latest one counts.

    A neighbour's meeting that is not among the shared ones proves nothing. A copy tells of no shared
    meetings at all: there the agreement stands without its meeting.
    """
    held = {
        (row.get("lead_code", ""), row["key"]): (row, lead)
        for row, lead in with_leads(document, "meetings")
    }
    are_told = "meetings" in document.get("shared", {})
    agreed = [
        (row["desired_state"], held.get((row["meeting_lead"], row["meeting"])))
        for row in document.get("decisions", ())
        if row["kind"] == DecisionKind.AGREED and row["desired_state"]
    ]
    proven = [(state, at) for state, at in agreed if at or not are_told]
    proven.sort(key=lambda pair: _last_day(pair[1]))
    return {state: _agreed_at(at, document) for state, at in proven}


def _last_day(at: tuple[Row, str] | None) -> dt.date:
    return last_day(at[0]["held_on"], at[0]["planned"]) if at else dt.date.min


def _agreed_at(at: tuple[Row, str] | None, document: Row) -> str:
    """Return the words, with the meeting by its own name or its council's, its number and day."""
    if at is None:
        return in_words()
    row, lead = at
    councils_here = {
        one["key"]: one["name"] for one, of in with_leads(document, "councils") if of == lead
    }
    name = row["title"] or councils_here.get(row["council"], "")
    number = "" if row["number"] is None else f"第{row['number']}回"
    return in_words(" ".join(filter(None, (name, number))), day(row["held_on"]) or row["planned"])


def _decisions_by_meeting(document: Row) -> dict[tuple[str, str], tuple[DecisionLine, ...]]:
    things = {name: names(document, part, column) for name, (part, column, _) in ABOUT.items()}
    found: dict[tuple[str, str], tuple[DecisionLine, ...]] = {}
    for row in document.get("decisions", ()):
        place = (row["meeting_lead"], row["meeting"])
        found[place] = (*found.get(place, ()), _decision(row, things))
    return found


def _decision(row: Row, things: dict[str, dict[str, str]]) -> DecisionLine:
    about = [
        f"{label}「{things[name][row[name]]}」"
        for name, (_, _, label) in ABOUT.items()
        if row[name] and row[name] in things[name]
    ]
    return DecisionLine(
        kind=str(DecisionKind(row["kind"]).label), text=row["text"], about="".join(about)
    )


def _meeting(
    row: Row, *, council: str, decisions: tuple[DecisionLine, ...], lead: str
) -> MeetingLine:
    number = "" if row["number"] is None else f"第{row['number']}回"
    style = MeetingStyle(row["style"])
    when = day(row["held_on"]) or row["planned"]
    return MeetingLine(
        title=" ".join(filter(None, (row["title"] or council, number))),
        council=council,
        when="　".join(filter(None, (when, row["time"], "中止" * row["is_cancelled"]))),
        place="　".join(
            filter(None, (row["place"], "" if style == MeetingStyle.UNSTATED else str(style.label)))
        ),
        purpose=row["purpose"],
        agenda=tuple(
            "：".join(filter(None, (one["text"], "　".join(lines(one["discussion"])))))
            for one in row["agenda"]
        ),
        attendance="、".join(
            f"{Profession(one['profession']).label}{one['people']}人" for one in row["attendance"]
        ),
        minutes=row["minutes"],
        decisions=decisions,
        homework=tuple(
            "　".join(filter(None, (one["who"], one["text"], one["due"], "済み" * one["is_done"])))
            for one in row["homework"]
        ),
        next_time=row["next_time"],
        lead=lead,
    )
