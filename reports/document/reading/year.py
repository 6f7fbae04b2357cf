"""The year as a whole: head, profile and what the other modules of this package read."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from indicators.arithmetic.printing import printed
from indicators.measurements.values import OPEN, day_told
from municipalities.choices import CARE_SCENES, Scene
from municipalities.japanese import fiscal, review_rhythm
from reports.choices import ReportKind, TextSection
from reports.document.reading import councils, numbers, plan, support
from reports.document.reading.bodies import bodies
from reports.document.reading.words import day
from reports.document.upgrading import upgraded
from reports.document.year_review import (
    ApprovalMark,
    Figure,
    ReportHead,
    SceneGoal,
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
    """Return what a report shows, from its document of any version and nothing else.

    `sha256` is the hash of the document's canonical bytes, empty for a draft.
    """
    document = upgraded(document)
    profile = document["profile"] or {}
    place, year = document["municipality"], document["fiscal_year"]
    texts, finalities = support.texts(document), numbers.finalities(document)
    unsure = numbers.figures_left_open(document)
    return YearReview(
        municipality_code=place["code"],
        municipality_name=place["name"],
        prefecture_name=place["prefecture"],
        fiscal_year=year,
        fiscal_year_label=fiscal.label(year),
        head=_head(document["report"], sha256),
        figures=tuple(_figure(row, finalities, unsure) for row in document["figures"]),
        profile=_partners(document, profile),
        features=_features(profile),
        goals=_goals(document["desired_states"], councils.agreements(document)),
        steps=support.steps(document),
        sheet=support.sheet(texts),
        support=support.whole(document),
        indicator_comment=texts.get(TextSection.INDICATOR_COMMENT, ""),
        issues_before=support.issues_before(document),
        effects=support.effects(document),
        outlooks=support.outlooks(document),
        issues=plan.issues(document),
        activities=plan.activities(document),
        logic_models=plan.logic_models(document),
        indicators=numbers.indicators(document),
        bodies=bodies(document),
        to_come=tuple(document.get("to_come", ())),
        waived=tuple((row["label"], row["reason"]) for row in document.get("waivers", ())),
        approvals=_approvals(document["report"]),
    )


def _features(profile: dict[str, Any]) -> tuple[TextBox, ...]:
    """Return the boxes of the form, and the rhythm of reviews, which the form has not, where there is one."""
    boxes = [TextBox(label, profile.get(name, "")) for name, label in FEATURE_BOXES]
    told = review_rhythm.of_row(profile)
    return (*boxes, TextBox("PDCAの見直し周期", told)) if told else tuple(boxes)


def _head(report: dict[str, Any], sha256: str) -> ReportHead:
    version = report.get("version", 1)
    return ReportHead(
        number=report["number"],
        kind_label=report["kind_label"],
        step_label=report["step_label"],
        status_label=report["status_label"],
        submitted_on=day(report["submitted_on"]),
        recipients=tuple(report["recipients"]),
        sha256=sha256,
        version_label="" if version == 1 else f"第{version}版",
        copy_label=report.get("copy_label", ""),
        is_final=report["kind"] == ReportKind.FINAL,
    )


def _approvals(report: dict[str, Any]) -> tuple[ApprovalMark, ...]:
    return tuple(
        ApprovalMark(row["who"], day(row["approved_on"])) for row in report.get("approvals", ())
    )


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


def _figure(
    row: dict[str, Any],
    finalities: dict[numbers.Place, str],
    unsure: set[tuple[str, int]],
) -> Figure:
    """Return a figure; beside its source it is enough to say that nobody has adopted it among others."""
    finality = finalities.get((row["code"], row["fiscal_year"], row["source"]), "")
    is_open = (row["code"], row["fiscal_year"]) in unsure
    value = None if row["value"] is None else Decimal(row["value"])
    return Figure(
        label=row["name"],
        value=printed(value, state=row["state"], unit=row["unit"], decimals=row["decimals"]),
        period=_period(row, finality, OPEN if is_open else ""),
        source=row["source"],
        note=row["note"],
        number=value,
        unit=row["unit"],
        fiscal_year=row["fiscal_year"],
        as_of=row["as_of"] or "",
    )


def _period(row: dict[str, Any], *told: str) -> str:
    """Return the fiscal year of a figure, the day where one is known, and what else is to be said of its value."""
    if not row["fiscal_year"]:
        return ""
    year = fiscal.label(row["fiscal_year"])
    as_of = dt.date.fromisoformat(row["as_of"]) if row["as_of"] else None
    more = "・".join(filter(None, (day_told(as_of), *told)))
    return f"{year}　{more}" if more else year


def _goals(states: list[dict[str, Any]], agreed: dict[str, str]) -> tuple[SceneGoal, ...]:
    """Every scene has its line, written or not: what is missing is to be seen.

    The state of all scenes together stands first, where there is one.
    """
    written = {row["scene"]: row for row in states}
    of_all = written.get(Scene.ALL)
    scenes = (Scene.ALL, *CARE_SCENES) if of_all and of_all["text"] else CARE_SCENES
    return tuple(_goal(scene, written.get(scene.value), agreed) for scene in scenes)


def _goal(scene: Scene, row: dict[str, Any] | None, agreed: dict[str, str]) -> SceneGoal:
    text, key = (row["text"], row["key"]) if row else ("", "")
    return SceneGoal(scene.value, str(scene.label), text, agreed=agreed.get(key, ""))
