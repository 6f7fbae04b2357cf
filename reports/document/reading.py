"""From the document to the year on paper. Pure: PDF, review page and preview read its result only."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from indicators.printing import printed
from municipalities import dates, fiscal
from municipalities.choices import CARE_SCENES, Scene
from reports.choices import LATER_SITUATION, SITUATION_LABELS, StepKind
from reports.document.year_review import (
    Figure,
    ReportHead,
    SceneGoal,
    SupportStep,
    TextBox,
    YearReview,
)

FEATURE_BOXES = (
    ("strengths", "利点"),
    ("difficulties", "課題"),
    ("medical_features", "医療の特徴"),
    ("care_features", "介護の特徴"),
    ("programme_state", "在宅医療・介護連携推進事業の現況"),
)


def gather(document: dict[str, Any], *, sha256: str = "") -> YearReview:
    """Return what a report shows, from its document and nothing else.

    `sha256` is the hash of the document's canonical bytes, empty for a draft.
    """
    profile = document["profile"] or {}
    place, year = document["municipality"], document["fiscal_year"]
    return YearReview(
        municipality_code=place["code"],
        municipality_name=place["name"],
        prefecture_name=place["prefecture"],
        fiscal_year=year,
        fiscal_year_label=fiscal.label(year),
        head=_head(document["report"], sha256),
        figures=tuple(_figure(row) for row in document["figures"]),
        profile=_partners(document, profile),
        features=_boxes(profile, FEATURE_BOXES),
        issues=tuple(row["text"] for row in document["issues"]),
        goals=_goals(document["desired_states"]),
        steps=tuple(_step(row) for row in document["support_steps"]),
    )


def _head(report: dict[str, Any], sha256: str) -> ReportHead:
    return ReportHead(
        number=report["number"],
        kind_label=report["kind_label"],
        step_label=report["step_label"],
        status_label=report["status_label"],
        submitted_on=_day(report["submitted_on"]),
        recipients=tuple(report["recipients"]),
        sha256=sha256,
    )


def _boxes(profile: dict[str, str], boxes: tuple[tuple[str, str], ...]) -> tuple[TextBox, ...]:
    return tuple(TextBox(label, profile.get(name, "")) for name, label in boxes)


def _partners(document: dict[str, Any], profile: dict[str, str]) -> tuple[TextBox, ...]:
    """Return who is in charge and who takes part; the first papers held the partners as one text."""
    bodies = {row["key"]: row["name"] for row in document.get("organizations", ())}
    contractors = [
        f"{row['desk']}：{bodies[row['organization']]}"
        if row["desk"]
        else bodies[row["organization"]]
        for row in document.get("contractors", ())
    ]
    participants = [bodies[row["organization"]] for row in document.get("participants", ())]
    return (
        TextBox("担当部署", profile.get("responsible_section", "")),
        TextBox("委託先", profile.get("contractors", "\n".join(contractors))),
        TextBox("その他の参加者", profile.get("other_participants", "\n".join(participants))),
    )


def _figure(row: dict[str, Any]) -> Figure:
    value = None if row["value"] is None else Decimal(row["value"])
    return Figure(
        label=row["name"],
        value=printed(value, state=row["state"], unit=row["unit"], decimals=row["decimals"]),
        period=_period(row),
        source=row["source"],
        note=row["note"],
    )


def _period(row: dict[str, Any]) -> str:
    """Return the fiscal year of a figure, and the day where one is known."""
    if not row["fiscal_year"]:
        return ""
    year, day = fiscal.label(row["fiscal_year"]), _day(row["as_of"])
    return f"{year}　{day}現在" if day else year


def _goals(states: list[dict[str, Any]]) -> tuple[SceneGoal, ...]:
    """Every scene has its line, written or not: what is missing is to be seen.

    The state of all scenes together stands first, where there is one.
    """
    written = {row["scene"]: row["text"] for row in states}
    scenes = (Scene.ALL, *CARE_SCENES) if written.get(Scene.ALL) else CARE_SCENES
    return tuple(
        SceneGoal(scene.value, str(scene.label), written.get(scene.value, "")) for scene in scenes
    )


def _step(row: dict[str, Any]) -> SupportStep:
    kind = StepKind(row["kind"])
    return SupportStep(
        title=str(kind.label),
        held_on=_day(row["held_on"]),
        situation_label=SITUATION_LABELS.get(kind, LATER_SITUATION),
        situation=row["situation"],
        advice=row["advice"],
    )


def _day(text: str | None) -> str:
    """Return 「令和5年11月6日」 for an ISO day, nothing for none."""
    if not text:
        return ""
    return dates.in_wareki(dt.date.fromisoformat(text))
