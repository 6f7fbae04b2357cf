"""これから整えること: what is still thin in a year, in sentences for paper and check page. Nothing is refused for it.

Pure: read from the document that is to be frozen, and frozen with it.
"""

from __future__ import annotations

from typing import Any

from municipalities.choices import CARE_SCENES, Scene
from reports.choices import StepKind
from reports.document.reading import numbers


def points(document: dict[str, Any]) -> list[str]:
    """Return what is still to be prepared, in the order of the report's sections."""
    return [sentence for _, sentence in located(document)]


def located(document: dict[str, Any]) -> list[tuple[str, str]]:
    """Return each point behind the part of the year in which it is mended."""
    chosen = chosen_scenes(document)
    found = {
        "profile": _profile(document),
        "goals": _goals(document, chosen),
        "issues": _issues(document, chosen),
        "logic_models": _logic_models(document),
        "indicators": _indicators(document, chosen),
        "support": [*_steps(document), *_advice(document)],
        "effects": _effects(document),
    }
    return [(part, sentence) for part, sentences in found.items() for sentence in sentences]


def chosen_scenes(document: dict[str, Any]) -> tuple[Scene, ...]:
    """Return the scenes that the support has chosen; none chosen means all."""
    codes = (document.get("support_round") or {}).get("scenes", ())
    return tuple(scene for scene in CARE_SCENES if scene.value in codes) or CARE_SCENES


def _profile(document: dict[str, Any]) -> list[str]:
    row = document["profile"] or {}
    is_written = any(row.get(name) for name in ("medical_features", "care_features"))
    return [] if is_written else ["医療・介護の特徴が書かれていません。"]


def _goals(document: dict[str, Any], chosen: tuple[Scene, ...]) -> list[str]:
    written = {row["scene"] for row in document["desired_states"] if row["text"]}
    missing = [str(scene.label) for scene in chosen if scene.value not in written]
    return [f"目指す姿が書かれていない場面があります（{'、'.join(missing)}）。"] if missing else []


def _issues(document: dict[str, Any], chosen: tuple[Scene, ...]) -> list[str]:
    found = {row["scene"] for row in document["issues"]}
    if Scene.ALL in found:
        return []
    missing = [str(scene.label) for scene in chosen if scene.value not in found]
    return [f"課題整理表に課題のない場面があります（{'、'.join(missing)}）。"] if missing else []


def _logic_models(document: dict[str, Any]) -> list[str]:
    return [] if document["logic_models"] else ["ロジックモデルがまだ作られていません。"]


def _indicators(document: dict[str, Any], chosen: tuple[Scene, ...]) -> list[str]:
    rows = document["indicators"]
    if not rows:
        return ["指標が選ばれていません。"]
    found = []
    if count := sum(row["baseline_year"] is None for row in rows):
        found.append(f"現状値の年度が決まっていない指標が{count}件あります。")
    if count := sum(not row["targets"] for row in rows):
        found.append(f"目標値のない指標が{count}件あります。")
    if count := _undecided(document):
        found.append(
            f"出典によって値が違い、採用する値を決めていない指標が{count}件あります。1つを採用してください。"
        )
    told = {row["indicator"] for row in document["measurements"] if row["value"] is not None}
    if count := sum(row["indicator"] not in told for row in rows):
        found.append(f"数値がまだ一つもない指標が{count}件あります。")
    return [*found, *_scenes_without(document, chosen)]


def _undecided(document: dict[str, Any]) -> int:
    """Count the indicators with a year that several sources tell differently and of which none is adopted."""
    values = numbers.values(document)
    codes = {row["indicator"] for row in document["indicators"]}
    return sum(any(one.undecided for one in values[code].values()) for code in codes)


def _scenes_without(document: dict[str, Any], chosen: tuple[Scene, ...]) -> list[str]:
    at = {
        outcome["key"]: outcome["scene"]
        for model in document["logic_models"]
        for outcome in model["outcomes"]
    }
    used = {at.get(use["outcome"]) for use in document["indicator_uses"]}
    if not at or Scene.ALL in used:
        return []
    missing = [str(scene.label) for scene in chosen if scene.value not in used]
    return [f"指標のない場面があります（{'、'.join(missing)}）。"] if missing else []


def _steps(document: dict[str, Any]) -> list[str]:
    """Steps without a record; where none has one, the section itself is missing."""
    rows = document["support_steps"]
    empty = [row for row in rows if not row["situation"] and not row["advice"]]
    if not empty or len(empty) == len(rows):
        return []
    titles = (row.get("title") or str(StepKind(row["kind"]).label) for row in empty)
    return [f"状況やアドバイスの記録がない段階があります（{'、'.join(titles)}）。"]


def _advice(document: dict[str, Any]) -> list[str]:
    items = [one for step in document["support_steps"] for one in step["advice"]]
    count = sum(one["response"] == "none" for one in items)
    return [f"対応を決めていないアドバイスが{count}件あります。"] if count else []


def _effects(document: dict[str, Any]) -> list[str]:
    """Issues to which no change answers, once changes are told with what they answer."""
    answered = {row["answers"] for row in document["support_effects"] if row["answers"]}
    if not answered:
        return []
    count = sum(row["key"] not in answered for row in document["support_issues"])
    return [f"変化と結び付いていない支援前の課題が{count}件あります。"] if count else []
