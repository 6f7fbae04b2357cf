"""What in a year answers a question of the state's yearly survey, beside what answers the grant as well. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinators.choices import ContractState, PostRole
from councils.choices import CouncilStatus, Programme
from logicmodels.choices import WorkItem
from municipalities.choices import Scene
from municipalities.japanese import review_rhythm, times_a_year
from reports.choices import GrantEvidence
from reports.year.grants.lines import (
    INDICATORS,
    PLAN,
    SCENE_LABELS,
    Document,
    Evidence,
    Page,
    made,
    number_held,
    of_scene,
    of_work_item,
    one_line,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from municipalities.kernel.findings import Row

PROFILE = Page("自治体概要", "municipalities:profile")
COUNCILS = Page("会議と体制", "councils:council_list")
CONTRACTS = Page("委託契約", "contracts:contract_list")
STRUCTURES = Page("コーディネーター", "coordinators:structure_list")


def _rhythm(document: Document, _names: Mapping[str, str]) -> Evidence:
    told = review_rhythm.of_row(document["profile"] or {})
    return made(filter(None, [told]), PROFILE, "PDCAの見直し周期の記載が{}件あります")


def _difficulties(document: Document, _names: Mapping[str, str]) -> Evidence:
    text = (document["profile"] or {}).get("difficulties", "")
    return made(filter(None, text.splitlines()), PROFILE, "体制や資源の課題の記載が{}行あります")


def _councils(document: Document, _names: Mapping[str, str]) -> Evidence:
    """Councils of this programme that stand, with how often they meet and with whom."""
    rows = [
        row
        for row in document["councils"]
        if row["programme"] == Programme.OURS and row["status"] == CouncilStatus.ACTIVE
    ]
    held = number_held(document)
    count = f"活動中の会議体が{{}}件、開いた会議が{held}回あります"
    return made(map(_council, rows), COUNCILS, count)


def _council(row: Row) -> str:
    times = row["frequency"] or times_a_year.in_words(row["times_min"], row["times_max"])
    told = "、".join(filter(None, (times, _with("設置", row["established"]))))
    return f"{row['name']}（{told}）" if told else str(row["name"])


def _issues(document: Document, _names: Mapping[str, str]) -> Evidence:
    rows = (f"{SCENE_LABELS[row['scene']]}：{one_line(row['text'])}" for row in document["issues"])
    return made(rows, PLAN, "課題が{}件あります")


def _followed(document: Document, names: Mapping[str, str]) -> Evidence:
    rows = (names.get(row["indicator"], row["indicator"]) for row in document["indicators"])
    return made(rows, INDICATORS, "追う指標が{}件あります")


def _contracts(document: Document, _names: Mapping[str, str]) -> Evidence:
    bodies = {row["key"]: row["name"] for row in document["organizations"]}
    rows = [row for row in document["contracts"] if row["state"] == ContractState.RUNNING]
    told = (f"{row['title']}（{bodies.get(row['organization']) or row['name']}）" for row in rows)
    lines = (line.removesuffix("（）") for line in told)
    return made(lines, CONTRACTS, "契約中の委託が{}件あります")


def _coordinators(document: Document, _names: Mapping[str, str]) -> Evidence:
    posts = [
        row
        for structure in document["structures"]
        for row in structure["posts"]
        if row["role"] == PostRole.COORDINATOR
    ]
    return made(map(_post, posts), STRUCTURES, "コーディネーターの配置が{}件あります")


def _post(row: Row) -> str:
    people = "" if row["people"] is None else f"{row['people']}人"
    told = "、".join(filter(None, (people, row["qualifications"])))
    where = row["desk"] or row["name"] or "コーディネーター"
    return f"{where}（{told}）" if told else where


def _with(label: str, text: str) -> str:
    return f"{label}：{text}" if text else ""


COLLECTORS: dict[GrantEvidence, Callable[[Document, Mapping[str, str]], Evidence]] = {
    GrantEvidence.DAILY_CARE: of_scene(Scene.DAILY_CARE),
    GrantEvidence.EMERGENCY: of_scene(Scene.EMERGENCY),
    GrantEvidence.RHYTHM: _rhythm,
    GrantEvidence.COUNCILS: _councils,
    GrantEvidence.ISSUES: _issues,
    GrantEvidence.FOLLOWED: _followed,
    GrantEvidence.MAPPING: of_work_item(WorkItem.RESOURCE_MAPPING),
    GrantEvidence.AWARENESS: of_work_item(WorkItem.PUBLIC_AWARENESS),
    GrantEvidence.INTER_MUNICIPAL: of_work_item(WorkItem.INTER_MUNICIPAL),
    GrantEvidence.CONTRACTS: _contracts,
    GrantEvidence.COORDINATORS: _coordinators,
    GrantEvidence.DIFFICULTIES: _difficulties,
}
