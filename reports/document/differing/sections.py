"""Changes section by section, in the order and under the names of the report."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from reports.choices import TextSection
from reports.document.differing.matching import Matching
from reports.document.differing.parts import BY_NAME, EVERY
from reports.document.differing.structure import Deed, RowChange, SectionChange, TextChange
from reports.document.differing.texts import in_context, segments
from reports.document.upgrading import upgraded

if TYPE_CHECKING:
    from collections.abc import Iterator

BOXES = {box.value.replace("_", "-"): str(box.label) for box in TextSection}
OTHERS = "others"
# A submission test holds these against the list of the report's sections.
LABELS = {
    "profile": "自治体概要",
    "features": "特徴",
    "policy": BOXES["policy"],
    "situation": BOXES["situation"],
    "goals": "目指す姿",
    "logic-models": "ロジックモデル",
    "indicators": "指標と実績",
    "indicator-comment": BOXES["indicator-comment"],
    "consultation-1": BOXES["consultation-1"],
    "consultation-2": BOXES["consultation-2"],
    "steps": "連携支援の経過",
    "interim": BOXES["interim"],
    "final": BOXES["final"],
    "issues-before": "支援前の課題",
    "effects": "支援前後の変化（支援の効果）",
    "outlooks": "今後について（予定、方向性等）",
    "achievements": BOXES["achievements"],
    "method": BOXES["method"],
    "support-needs": BOXES["support-needs"],
    "papers": "その他成果物",
    OTHERS: "その他の内容",
}
# Told by the parts above, of the paper itself, or reckoned from the rest.
NO_PARTS = {"schema_version", "report", "context", "to_come"}
KNOWN_PARTS = {part.source or part.name for part in EVERY if not part.around}
OTHER_NAMES = {
    "municipality": "自治体",
    "fiscal_year": "年度",
    "shared": "ほかの市区町村と共有する協議体・委託・体制",
    "prefecture_posts": "都道府県のコーディネーターの配置",
}
# What the form's figures tell of the value behind them.
TOLD_BY_FIGURES = {"値", "年度", "時点", "出典", "注記", "確定の別"}


def sections(before: dict[str, Any], after: dict[str, Any]) -> tuple[SectionChange, ...]:
    """Return the sections in which two documents of a report differ; their heads do not count."""
    before, after = upgraded(before), upgraded(after)
    matching = Matching(before, after)
    rows = list(matching.changes())
    repeated = _repeated(matching, rows)
    found: dict[str, list[RowChange]] = defaultdict(list)
    for row in rows:
        if (row.part, row.key) not in repeated:
            found[_code(matching, row)].append(row)
    found[OTHERS].extend(_others(before, after))
    if not any(found.values()):
        found[OTHERS].extend(_reckoned(before, after))
    return tuple(
        SectionChange(code, label, tuple(found[code]))
        for code, label in LABELS.items()
        if found[code]
    )


def changed_codes(before: dict[str, Any], after: dict[str, Any]) -> frozenset[str]:
    """Return the codes of the sections in which two documents differ."""
    return frozenset(one.code for one in sections(before, after))


def _code(matching: Matching, row: RowChange) -> str:
    """Return where a row is told: a box in its own section, a value nobody follows in the profile."""
    if row.part == "report_texts":
        return row.key.replace("_", "-")
    if row.part == "measurements" and not _is_followed(matching, row.key):
        return "profile"
    return BY_NAME[row.part].section


def _is_followed(matching: Matching, key: str) -> bool:
    code = matching.one_of("measurements", key).values["indicator"]
    sides = (matching.before, matching.after)
    return any(
        row.values["indicator"] == code
        for side in sides
        for row in side.by_part["indicators"].values()
    )


def _repeated(matching: Matching, rows: list[RowChange]) -> set[tuple[str, str]]:
    """Return the values of which the form's figures tell the same."""
    figures = {
        (row.key, side.by_part["figures"][row.key].values.get("fiscal_year"))
        for row in rows
        for side in (matching.before, matching.after)
        if row.part == "figures" and row.key in side.by_part["figures"]
    }
    return {
        (row.part, row.key)
        for row in rows
        if row.part == "measurements"
        and matching.subject(row.key) in figures
        and not _is_followed(matching, row.key)
        and {one.label for one in row.fields} <= TOLD_BY_FIGURES
    }


def _others(before: dict[str, Any], after: dict[str, Any]) -> Iterator[RowChange]:
    """Yield that something changed of which nothing more is known here."""
    rest = (set(before) | set(after)) - KNOWN_PARTS - NO_PARTS
    for name in sorted(rest):
        if (before.get(name) or after.get(name)) and before.get(name) != after.get(name):
            yield RowChange(name, "", OTHER_NAMES.get(name, "その他"), "", Deed.CHANGED)


def _reckoned(before: dict[str, Any], after: dict[str, Any]) -> Iterator[RowChange]:
    old, new = ("\n".join(one.get("to_come") or ()) for one in (before, after))
    if old != new:
        told = TextChange("これから整えること", in_context(segments(old, new)))
        yield RowChange("to_come", "", "自動で載る内容", "", Deed.CHANGED, (told,))
