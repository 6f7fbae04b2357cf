"""評価 and 改善の決定 on paper: facts and judgements of each thing, and what is to become of it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from councils.choices import ImprovementKind, JudgementVerdict
from municipalities.choices import CARE_SCENES, Scene
from municipalities.japanese import fiscal
from reports.document.reading.sharing import with_leads
from reports.document.reading.words import day
from reports.document.year_bodies import EvaluationLine, ImprovementLine, JudgementLine

Row = dict[str, Any]
# Column and key of what a row is about; ("", key of the row) where a copy does not name it.
Place = tuple[str, str]
# A meeting by lead, key and year; the year is 0 for that of the document.
Meetings = dict[tuple[str, str, int], str]
LABELS = {"outcome": "成果", "indicator": "指標", "activity": "取組", "council": "協議体・WG"}
SCENES = [scene.value for scene in (*CARE_SCENES, Scene.ALL)]
DRAFT = "案"


def evaluations(document: Row) -> tuple[EvaluationLine, ...]:
    """Return everything that is evaluated or to be changed, by scene; papers of before hold none."""
    things, meetings = _things(document), _meetings(document)
    facts = {_place(row): row for row in document.get("evaluations", ())}
    changes = _improvements(document, meetings)
    places = sorted({*facts, *changes}, key=lambda place: _order(place, things))
    return tuple(
        _line(place, things, facts.get(place), changes.get(place, ()), meetings) for place in places
    )


def _things(document: Row) -> dict[Place, Row]:
    """Return what may be evaluated, in the order of the document."""
    outcomes = [one for model in document.get("logic_models", ()) for one in model["outcomes"]]
    return (
        {("outcome", one["key"]): one for one in outcomes}
        | _indicators(document, {one["key"]: one["scene"] for one in outcomes})
        | {("activity", one["key"]): one for one in document.get("activities", ())}
        | {("council", one["key"]): one for one in document.get("councils", ())}
    )


def _indicators(document: Row, scenes: dict[str, str]) -> dict[Place, Row]:
    """Return the year's indicators by name, each in the scene of its outcomes; in all where they are of several."""
    names = {row["code"]: row["name"] for row in document.get("definitions", ())}
    at: dict[str, set[str]] = defaultdict(set)
    for use in document.get("indicator_uses", ()):
        at[use["indicator"]].add(scenes.get(use["outcome"], Scene.ALL.value))
    return {
        ("indicator", row["key"]): {
            "name": names.get(row["indicator"], ""),
            "scene": next(iter(at[row["key"]])) if len(at[row["key"]]) == 1 else Scene.ALL.value,
        }
        for row in document.get("indicators", ())
    }


def _order(place: Place, things: dict[Place, Row]) -> tuple[int, int, int, str]:
    scene = things[place]["scene"] if place in things else Scene.ALL.value
    kind = list(LABELS).index(place[0]) if place[0] in LABELS else len(LABELS)
    at = list(things).index(place) if place in things else len(things)
    return SCENES.index(scene), kind, at, place[1]


def _place(row: Row) -> Place:
    # An evaluation names no indicator, nor does a paper of before one could be changed.
    return next(((name, row[name]) for name in LABELS if row.get(name)), ("", row["key"]))


def _line(
    place: Place,
    things: dict[Place, Row],
    fact: Row | None,
    changes: tuple[ImprovementLine, ...],
    meetings: Meetings,
) -> EvaluationLine:
    thing = things.get(place, {})
    scene = thing.get("scene", Scene.ALL.value)
    return EvaluationLine(
        name=thing.get("text") or thing.get("name", ""),
        kind=LABELS.get(place[0], ""),
        scene=str(Scene(scene).label),
        text=fact["text"] if fact else "",
        is_drafted=bool(fact and fact["is_drafted"]),
        helped=fact["helped"] if fact else "",
        hindered=fact["hindered"] if fact else "",
        judgements=tuple(_judgement(one, meetings) for one in (fact["judgements"] if fact else ())),
        improvements=changes,
    )


def _judgement(row: Row, meetings: Meetings) -> JudgementLine:
    return JudgementLine(
        verdict=str(JudgementVerdict(row["verdict"]).label),
        meeting=_judged_at(row, meetings) or DRAFT,
        reasons=row["reasons"],
        dissent=row["dissent"],
    )


def _judged_at(row: Row, meetings: Meetings) -> str:
    # Papers of before a meeting of the next year could judge do not name its year.
    place = (row["meeting_lead"], row["meeting"] or "", row.get("meeting_year") or 0)
    return meetings.get(place, "")


def _improvements(document: Row, meetings: Meetings) -> dict[Place, tuple[ImprovementLine, ...]]:
    names = {row["key"]: row["name"] for row in document.get("activities", ())}
    settled = _settled(document, meetings)
    found: dict[Place, list[ImprovementLine]] = defaultdict(list)
    for row in document.get("improvements", ()):
        at = settled.get(("decision", row["decision"] or "")) or settled.get(
            ("judgement", row["judgement"] or "")
        )
        found[_place(row)].append(
            ImprovementLine(
                kind=str(ImprovementKind(row["kind"]).label),
                what=row["what"],
                why=row["why"],
                since=row["since"],
                merged_into=names.get(row["merged_into"] or "", ""),
                meeting=at or DRAFT,
            )
        )
    return {place: tuple(rows) for place, rows in found.items()}


def _settled(document: Row, meetings: Meetings) -> dict[Place, str]:
    """Return the meetings that decided or judged, by decision and judgement."""
    decided = {
        ("decision", row["key"]): meetings.get((row["meeting_lead"], row["meeting"], 0), "")
        for row in document.get("decisions", ())
    }
    judged = {
        ("judgement", one["key"]): _judged_at(one, meetings)
        for row in document.get("evaluations", ())
        for one in row["judgements"]
    }
    return decided | judged


def _meetings(document: Row) -> Meetings:
    """Return 「全体会 第1回（令和8年7月10日）」 by lead and key; of what was not held nothing."""
    councils = {
        (row.get("lead_code", ""), row["key"]): row["name"]
        for row, _ in with_leads(document, "councils")
    }
    found = {}
    for row, _ in with_leads(document, "meetings"):
        if not row["is_cancelled"] and (row["held_on"] or row["minutes"]):
            lead = row.get("lead_code", "")
            found[lead, row["key"], 0] = _in_words(row, councils.get((lead, row["council"]), ""))
    for row in (document.get("context") or {}).get("later_meetings", ()):
        words = _in_words(row, councils.get((row["lead_code"], row["council"]), ""))
        place = (row["lead_code"], row["key"], row["fiscal_year"])
        found[place] = f"{fiscal.label(row['fiscal_year'])} {words}"
    return found


def _in_words(row: Row, council: str) -> str:
    number = "" if row["number"] is None else f"第{row['number']}回"
    held = f"（{day(row['held_on'])}）" if row["held_on"] else ""
    return " ".join(filter(None, (row["title"] or council, number))) + held
