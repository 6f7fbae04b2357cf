"""What in a year answers an item of the grant or of the survey: a pure function over the year's document, in sentences ready to copy.

It says what is written in the system, never whether an item is fulfilled.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from logicmodels.choices import WorkItem
from municipalities.choices import CARE_SCENES, Scene
from municipalities.japanese import dates, fiscal
from reports.choices import GrantEvidence
from reports.year.grants import survey_evidence
from reports.year.grants.lines import (
    INDICATORS,
    MEETINGS,
    PLAN,
    SCENE_LABELS,
    Document,
    Evidence,
    active,
    made,
    number_held,
    of_scene,
    of_work_item,
    one_line,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ABOUT_SHARING = "情報"
CHANGING = frozenset({"changed", "added", "stopped"})


def of(kind: GrantEvidence, document: Document, *, names: Mapping[str, str]) -> Evidence:
    """Return the evidence for one kind of item; `names` are the indicators' by code, with their units."""
    return COLLECTORS[kind](document, names)


def _by_hand(_document: Document, _names: Mapping[str, str]) -> Evidence:
    return Evidence()


def _desired_states(document: Document, _names: Mapping[str, str]) -> Evidence:
    agreed = _agreements(document)
    texts = {row["scene"]: row for row in document["desired_states"] if row["text"]}
    lines = [
        f"{scene.label}：{one_line(texts[scene.value]['text'])}"
        f"（{agreed.get(texts[scene.value]['key'], '協議体での合意は未登録')}）"
        for scene in CARE_SCENES
        if scene.value in texts
    ]
    return made(lines, PLAN, f"{len(CARE_SCENES)}つの場面のうち{{}}つに目指す姿があります")


def _agreements(document: Document) -> dict[str, str]:
    """Return when a meeting agreed to each desired state, by its key: 「令和8年7月10日に協議体で合意」."""
    days = {row["key"]: row["held_on"] for row in document["meetings"]}
    found = {}
    for row in document["decisions"]:
        if row["desired_state"] and row["kind"] == "agreed":
            # A neighbour's meeting may bear the key of one of ours.
            day = None if row["meeting_lead"] else days.get(row["meeting"])
            when = f"{dates.in_wareki(dt.date.fromisoformat(day))}に" if day else ""
            found[row["desired_state"]] = f"{when}協議体で合意"
    return found


def _values(document: Document, names: Mapping[str, str]) -> Evidence:
    newest: dict[str, dict[str, Any]] = {}
    for row in sorted(document["measurements"], key=lambda row: row["fiscal_year"]):
        if row["value"] is not None:
            newest[row["indicator"]] = row
    lines = [
        f"{names.get(code, code)}：{newest[code]['value']}"
        f"（{fiscal.label(newest[code]['fiscal_year'])}、出典：{newest[code]['source']}）"
        for code in _followed(document)
        if code in newest
    ]
    return made(
        lines, INDICATORS, f"追う指標{len(_followed(document))}件のうち{{}}件に値があります"
    )


def _followed(document: Document) -> list[str]:
    return [row["indicator"] for row in document["indicators"]]


def _chain(document: Document, _names: Mapping[str, str]) -> Evidence:
    """Issues that name the gap or its figures, where their scene has a goal and something is done about it."""
    goals = {row["scene"] for row in document["desired_states"] if row["text"]}
    shown = {row["issue"] for row in document["issue_figures"]}
    done = {row["scene"] for row in active(document)}
    lines = []
    for row in document["issues"]:
        ends_meet = _reaches(row["scene"], goals) and _reaches(row["scene"], done)
        if ends_meet and (row["gap"] or row["current_state"] or row["key"] in shown):
            gap = f"（目指す姿との差：{one_line(row['gap'])}）" if row["gap"] else ""
            lines.append(f"{SCENE_LABELS[row['scene']]}：{one_line(row['text'])}{gap}")
    targets = sum(len(row["targets"]) for row in document["indicators"])
    count = f"現状・目指す姿・取組がそろった課題が{{}}件、目標値が{targets}件あります"
    return made(lines, PLAN, count)


def _reaches(scene: str, scenes: set[str]) -> bool:
    return (
        scene in scenes or Scene.ALL.value in scenes or (scene == Scene.ALL.value and bool(scenes))
    )


def _checking(document: Document, names: Mapping[str, str]) -> Evidence:
    years: dict[str, set[int]] = {}
    for row in document["measurements"]:
        if row["value"] is not None:
            years.setdefault(row["indicator"], set()).add(row["fiscal_year"])
    lines = [
        f"{names.get(row['indicator'], row['indicator'])}：目標{len(row['targets'])}件、"
        f"実績{len(years[row['indicator']])}年分"
        for row in document["indicators"]
        if row["targets"] and len(years.get(row["indicator"], ())) > 1
    ]
    held = number_held(document)
    count = f"目標と2年分以上の実績がある指標が{{}}件、開いた会議が{held}回あります"
    return made(lines, INDICATORS, count)


def _sharing_issues(document: Document, _names: Mapping[str, str]) -> Evidence:
    rows = [row for row in document["issues"] if ABOUT_SHARING in row["text"] + row["gap"]]
    lines = (f"{SCENE_LABELS[row['scene']]}：{one_line(row['text'])}" for row in rows)
    return made(lines, PLAN, "「情報」という言葉のある課題が{}件あります")


def _sharing_changes(document: Document, _names: Mapping[str, str]) -> Evidence:
    about = {
        row["key"]
        for row in document["activities"]
        if row["work_item"] == WorkItem.INFORMATION_SHARING.value
    }
    rows = [
        row
        for row in document["decisions"]
        if row["kind"] in CHANGING and (row["activity"] in about or ABOUT_SHARING in row["text"])
    ]
    lines = (one_line(row["text"]) for row in rows)
    return made(lines, MEETINGS, "情報共有を変える決定が{}件あります")


COLLECTORS: dict[GrantEvidence, Callable[[Document, Mapping[str, str]], Evidence]] = {
    GrantEvidence.BY_HAND: _by_hand,
    GrantEvidence.DESIRED_STATES: _desired_states,
    GrantEvidence.VALUES: _values,
    GrantEvidence.CHAIN: _chain,
    GrantEvidence.CHECKING: _checking,
    GrantEvidence.CONSULTATION: of_work_item(WorkItem.CONSULTATION),
    GrantEvidence.TRAINING: of_work_item(WorkItem.TRAINING),
    GrantEvidence.SHARING: of_work_item(WorkItem.INFORMATION_SHARING),
    GrantEvidence.SHARING_ISSUES: _sharing_issues,
    GrantEvidence.SHARING_CHANGES: _sharing_changes,
    GrantEvidence.DISCHARGE: of_scene(Scene.DISCHARGE),
    GrantEvidence.END_OF_LIFE: of_scene(Scene.END_OF_LIFE),
    **survey_evidence.COLLECTORS,
}
