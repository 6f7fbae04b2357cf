"""The support on paper: its round, its steps with their advice, and what it changed."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from municipalities.choices import Scene
from reports.choices import (
    LATER_SITUATION,
    SHEET_BOXES,
    SITUATION_LABELS,
    AdviceOrigin,
    AdviceResponse,
    MeetingStyle,
    MemberPart,
    StepKind,
    TaskState,
)
from reports.document.reading.words import day, lines, quoted, scene
from reports.document.year_review import (
    Advice,
    Effect,
    Outlook,
    Support,
    SupportStep,
    SupportTask,
    TextBox,
)


def texts(document: dict[str, Any]) -> dict[str, str]:
    """Return the written boxes by section."""
    return {row["section"]: row["text"] for row in document.get("report_texts", ())}


def sheet(written: dict[str, str]) -> tuple[TextBox, ...]:
    """Return every box of the 概要 in the order of the form, written or not."""
    return tuple(
        TextBox(str(one.label), written.get(one.value, ""), code=one.value) for one in SHEET_BOXES
    )


def whole(document: dict[str, Any]) -> Support:
    row = document.get("support_round") or {}
    bodies = names(document, "organizations")
    steps_by_key = {one["key"]: _title(one) for one in document["support_steps"]}
    return Support(
        theme=row.get("theme", ""),
        goal=row.get("goal", ""),
        scenes=tuple(str(Scene(code).label) for code in row.get("scenes", ())),
        members=tuple(_member(one, bodies) for one in document.get("support_members", ())),
        tasks=tuple(_task(one, steps_by_key) for one in document.get("support_tasks", ())),
    )


def names(document: dict[str, Any], part: str, column: str = "name") -> dict[str, str]:
    """Return the names of a part's rows by key."""
    return {row["key"]: row[column] for row in document.get(part, ())}


def _member(row: dict[str, Any], bodies: dict[str, str]) -> tuple[str, str]:
    body = bodies.get(row["organization"], "") if row["organization"] else ""
    return str(MemberPart(row["part"]).label), "　".join(filter(None, (body, row["title"])))


def _task(row: dict[str, Any], steps_by_key: dict[str, str]) -> SupportTask:
    return SupportTask(
        text=row["text"],
        who=row["who"],
        due=row["due"],
        state=str(TaskState(row["state"]).label),
        step=steps_by_key.get(row["step"] or "", ""),
    )


def steps(document: dict[str, Any]) -> tuple[SupportStep, ...]:
    about = _objects(document)
    return tuple(_step(row, about) for row in document["support_steps"])


def advice_by_issue(document: dict[str, Any]) -> dict[str, list[tuple[str, Advice]]]:
    """Return the advice about each issue of the plan, behind the name of its meeting."""
    found: dict[str, list[tuple[str, Advice]]] = defaultdict(list)
    for row in document["support_steps"]:
        for one in row["advice"]:
            if one["issue"]:
                found[one["issue"]].append((_title(row), _advice(one, {})))
    return found


def _objects(document: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Return the names of what advice may be about, by kind and key."""
    return {
        "issue": names(document, "issues", "text"),
        "activity": names(document, "activities"),
        "outcome": {
            outcome["key"]: outcome["text"]
            for model in document.get("logic_models", ())
            for outcome in model["outcomes"]
        },
    }


def _title(row: dict[str, Any]) -> str:
    return row.get("title") or str(StepKind(row["kind"]).label)


def _step(row: dict[str, Any], about: dict[str, dict[str, str]]) -> SupportStep:
    style = MeetingStyle(row.get("style", MeetingStyle.UNSTATED))
    return SupportStep(
        title=_title(row),
        held_on=day(row["held_on"]),
        situation_label=SITUATION_LABELS.get(StepKind(row["kind"]), LATER_SITUATION),
        situation=row["situation"],
        advice=tuple(_advice(one, about) for one in row["advice"]),
        keywords=tuple(map(quoted, lines(row.get("keywords", "")))),
        style="" if style == MeetingStyle.UNSTATED else str(style.label),
        participants=row.get("participants", ""),
    )


def _advice(row: dict[str, Any], about: dict[str, dict[str, str]]) -> Advice:
    """Of advice of the first version only the text is known."""
    objects = (names_of.get(row.get(kind) or "", "") for kind, names_of in about.items())
    return Advice(
        text=row["text"],
        scene=scene(row.get("scene", Scene.ALL)),
        about="／".join(filter(None, objects)),
        response=str(AdviceResponse(row.get("response", AdviceResponse.NONE)).label),
        responded_on=day(row.get("responded_on")),
        response_note=row.get("response_note", ""),
        is_confirmed=row.get("origin") == AdviceOrigin.ADVISER or bool(row.get("confirmed_on")),
    )


def issues_before(document: dict[str, Any]) -> tuple[str, ...]:
    """Return 支援前の課題; the first version printed the issues of the plan in their place."""
    rows = document.get("support_issues", document["issues"])
    return tuple(row["text"] for row in rows)


def effects(document: dict[str, Any]) -> tuple[Effect, ...]:
    before = names(document, "support_issues", "text")
    return tuple(
        Effect(row["text"], row["conclusion"], before.get(row["answers"] or "", ""))
        for row in document.get("support_effects", ())
    )


def outlooks(document: dict[str, Any]) -> tuple[Outlook, ...]:
    return tuple(Outlook(row["text"], row["due"]) for row in document.get("support_outlooks", ()))
