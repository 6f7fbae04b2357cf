"""The plan on paper: 課題整理表, 取組整理表 and the logic models."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from logicmodels.choices import SCENES_OF_A_PLAN, ActivityStatus, Priority
from logicmodels.shape.structure import Effect, Link, Place, Structure, build
from municipalities.choices import Scene, Theme
from reports.document.reading.asked import evidence_of_issues
from reports.document.reading.numbers import figures_of_issues
from reports.document.reading.support import names
from reports.document.reading.words import day
from reports.document.year_review import ActivityLine, IssueLine, LogicModelSheet

ORDER = {scene.value: place for place, scene in enumerate(SCENES_OF_A_PLAN)}


def issues(document: dict[str, Any]) -> tuple[IssueLine, ...]:
    """Return the issues scene by scene, in their order."""
    return tuple(issues_by_key(document).values())


def issues_by_key(document: dict[str, Any]) -> dict[str, IssueLine]:
    """Return the same under their keys."""
    figures, evidence = figures_of_issues(document), evidence_of_issues(document)
    rows = sorted(document["issues"], key=lambda row: ORDER[row["scene"]])
    return {
        row["key"]: IssueLine(
            scene=str(Scene(row["scene"]).label),
            text=row["text"],
            current_state=row["current_state"],
            gap=row["gap"],
            cause=row["cause"],
            priority=str(Priority(row["priority"]).label),
            figures=(*figures.get(row["key"], ()), *evidence.get(row["key"], ())),
        )
        for row in rows
    }


def activities(document: dict[str, Any]) -> tuple[ActivityLine, ...]:
    """Return the activities scene by scene, in their order."""
    bodies = names(document, "organizations")
    rows = sorted(document.get("activities", ()), key=lambda row: ORDER[row["scene"]])
    return tuple(_activity(row, bodies) for row in rows)


def _activity(row: dict[str, Any], bodies: dict[str, str]) -> ActivityLine:
    return ActivityLine(
        scene=str(Scene(row["scene"]).label),
        name=row["name"],
        description=row["description"],
        executor=bodies.get(row["executor"] or "", ""),
        partners=tuple(bodies[one["organization"]] for one in row["partners"]),
        period=row["period"],
        status=str(ActivityStatus(row["status"]).label),
        results=tuple(_result(one) for one in row["results"]),
    )


def _result(row: dict[str, Any]) -> str:
    when = row["when"] or day(row["held_on"])
    people = "" if row["participants"] is None else f"（{row['participants']:,}人）"
    return f"{when}　{row['text']}{people}" if when else f"{row['text']}{people}"


def logic_models(document: dict[str, Any]) -> tuple[LogicModelSheet, ...]:
    goals = {row["scene"]: row["text"] for row in document["desired_states"]}
    activity_names = names(document, "activities")
    followed = _indicators_at(document)
    return tuple(
        LogicModelSheet(
            title=model["title"],
            scene=str(Scene(model["scene"]).label),
            goal=goals.get(model["scene"], ""),
            note=model["note"],
            structure=_structure(model, activity_names),
            indicators=followed,
        )
        for model in document.get("logic_models", ())
    )


def _structure(model: dict[str, Any], activity_names: dict[str, str]) -> Structure:
    outcomes = model["outcomes"]
    effects = [Effect(one["key"], one["text"], one["level"], _subject(one)) for one in outcomes]
    places = [
        Place(
            place["key"],
            one["key"],
            place["activity"],
            activity_names.get(place["activity"], ""),
            place["note"],
            place["assumption"],
        )
        for one in outcomes
        for place in one["placements"]
    ]
    links = [
        Link(one["key"], one["cause"], one["effect"], one["assumption"]) for one in model["links"]
    ]
    return build(effects, places, links)


def _subject(outcome: dict[str, Any]) -> str:
    if outcome["theme"] == Theme.FREE:
        return outcome["free_theme"]
    known = Scene(outcome["scene"]) if outcome["theme"] == Theme.NONE else Theme(outcome["theme"])
    return str(known.label)


def _indicators_at(document: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the names of the indicators at each outcome, 「（再）」 before those seen already."""
    titles = {one["code"]: one["name"] for one in document.get("definitions", ())}
    codes = {one["key"]: one["indicator"] for one in document.get("indicators", ())}
    uses = defaultdict(list)
    for use in document.get("indicator_uses", ()):
        uses[use["outcome"]].append(use)
    found, seen = {}, set()
    for model in document.get("logic_models", ()):
        for outcome in model["outcomes"]:
            marked = []
            for use in sorted(uses[outcome["key"]], key=lambda one: (one["position"], one["key"])):
                name = titles.get(codes.get(use["indicator"], ""), "")
                marked.append(f"（再）{name}" if use["indicator"] in seen else name)
                seen.add(use["indicator"])
            found[outcome["key"]] = tuple(marked)
    return found
