"""What changed between two documents of a report, section by section, for whoever looks at it again.

Pure: two documents in, sentences out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from municipalities.choices import Scene
from reports.choices import MemberPart, StepKind, TextSection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Row = dict[str, Any]

# The parts of the document in the order of the report, under the words of its headings.
SECTIONS = {
    "profile": "自治体概要",
    "figures": "自治体概要の数値",
    "contractors": "委託先",
    "participants": "その他の参加者",
    "profile_pictures": "図表",
    "areas": "地域の区分",
    "organizations": "団体・部署",
    "support_round": "連携支援のテーマ・目標",
    "support_members": "支援の参加者",
    "report_texts": "概要の文章",
    "support_issues": "支援前の課題",
    "support_steps": "連携支援の経過・アドバイス",
    "support_tasks": "実施計画",
    "support_effects": "支援前後の変化",
    "support_outlooks": "今後について",
    "desired_states": "目指す姿",
    "issues": "課題整理表",
    "issue_figures": "課題の現状の数字",
    "activities": "取組整理表",
    "logic_models": "ロジックモデル",
    "own_definitions": "独自の指標",
    "indicators": "指標と目標",
    "indicator_uses": "成果ごとの指標",
    "measurements": "実績値",
    "context": "比べる統計の値",
}
# Of the paper itself, or reckoned from the parts above.
NO_SECTIONS = {"schema_version", "report", "definitions", "to_come"}
OTHERS = "自動で載る内容（指標の定義など）"
# Under what a row is known, the first that is written.
NAMES = ("name", "title", "text", "caption", "desk")
LONGEST_NAME = 40
MOST_LINES = 20
WORDS = {
    **{scene.value: str(scene.label) for scene in Scene},
    **{step.value: str(step.label) for step in StepKind},
    **{section.value: str(section.label) for section in TextSection},
    **{part.value: str(part.label) for part in MemberPart},
}


@dataclass(frozen=True, slots=True)
class SectionChange:
    """One section that is not as it was: what was added, changed and removed, a line each."""

    label: str
    lines: tuple[str, ...] = ()
    more: int = 0


def changed_sections(before: Row, after: Row) -> tuple[SectionChange, ...]:
    """Return the sections in which two documents differ, in the order of the report."""
    names = _names(before) | _names(after)
    found = [
        _section(label, before.get(part), after.get(part), names)
        for part, label in SECTIONS.items()
        if _differ(before.get(part), after.get(part))
    ]
    rest = (set(before) | set(after)) - set(SECTIONS) - NO_SECTIONS
    if any(_differ(before.get(part), after.get(part)) for part in rest):
        found.append(SectionChange("その他の内容"))
    if not found and _differ(_reckoned(before), _reckoned(after)):
        found.append(SectionChange(OTHERS))
    return tuple(found)


def _differ(one: Any, other: Any) -> bool:
    """A part that a document of an earlier version does not have is as good as empty."""
    return bool(one or other) and one != other


def _reckoned(document: Row) -> list[Any]:
    return [document.get(name) or [] for name in ("definitions", "to_come")]


def _names(document: Row) -> dict[str, str]:
    """Return by which name rows are known to which others point: bodies and indicators."""
    rows = [
        *((row["key"], row) for row in document.get("organizations") or ()),
        *((row["code"], row) for row in document.get("definitions") or ()),
        *((row["code"], row) for row in document.get("figures") or ()),
    ]
    return {key: row["name"] for key, row in rows}


def _section(label: str, before: Any, after: Any, names: dict[str, str]) -> SectionChange:
    if not (_are_rows(before or []) and _are_rows(after or [])):
        return SectionChange(label)
    lines = list(_lines(_by_key(before or []), _by_key(after or []), names))
    return SectionChange(label, tuple(lines[:MOST_LINES]), max(0, len(lines) - MOST_LINES))


def _are_rows(part: Any) -> bool:
    """The profile and the support's round are one object: that they changed is all to be said."""
    return isinstance(part, list) and all(isinstance(row, dict) for row in part)


def _by_key(rows: Iterable[Row]) -> dict[str, Row]:
    return {row.get("key") or row["code"]: row for row in rows}


def _lines(before: dict[str, Row], after: dict[str, Row], names: dict[str, str]) -> Iterator[str]:
    for key, row in after.items():
        if key not in before:
            yield f"追加：{name_of(row, names)}"
        elif row != before[key]:
            yield f"変更：{name_of(row, names)}"
    for key, row in before.items():
        if key not in after:
            yield f"削除：{name_of(row, names)}"


def name_of(row: Row, names: dict[str, str]) -> str:
    """Return under what people know a row of the document."""
    kinds = [WORDS[row[name]] for name in ("scene", "section", "kind") if row.get(name) in WORDS]
    told = next((row[name] for name in NAMES if row.get(name)), "")
    pointed = next(
        (names[row[name]] for name in ("organization", "indicator") if row.get(name) in names), ""
    )
    year = f"{row['fiscal_year']}年度" if "indicator" in row and row.get("fiscal_year") else ""
    own = "" if "section" in row or ("kind" in row and kinds and not row.get("title")) else told
    words = "　".join(filter(None, (*kinds, pointed, year, own)))
    return words if len(words) <= LONGEST_NAME else f"{words[: LONGEST_NAME - 1]}…"
