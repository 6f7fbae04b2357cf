"""Contracts, coordinators and 拠点 on paper."""

from __future__ import annotations

from typing import Any

from coordinators.choices import (
    Affiliation,
    BaseState,
    ContractKind,
    ContractState,
    Coverage,
    Duty,
    Employment,
    HeadingKind,
    HostKind,
    PostLevel,
    PostRole,
    YesNo,
)
from logicmodels.choices import Execution, Funding, work_item_with_letter
from municipalities.choices import Scene
from reports.document.reading.sharing import (
    body,
    depths,
    in_tree_order,
    towns,
    with_leads,
)
from reports.document.reading.support import names
from reports.document.year_bodies import (
    BaseLine,
    ContractLine,
    ExecutionLine,
    HeadedLines,
    PostLine,
    StructureLine,
)

COMPARED = (
    ("expectation", "市町村の期待"),
    ("reality", "委託先の現状・考え"),
    ("gap", "期待と現状の差"),
    ("agreement", "合意したこと"),
)

Row = dict[str, Any]


def contracts(document: Row) -> tuple[ContractLine, ...]:
    """Return the contracts, each followed by those that come from it, our own first."""
    found = list(with_leads(document, "contracts"))
    bodies, places = names(document, "organizations"), towns(document)
    made: list[ContractLine] = []
    for lead in dict.fromkeys(lead for _, lead in found):
        rows = [row for row, of in found if of == lead]
        deep = depths(rows, "parent")
        made += [
            _contract(row, bodies if not lead else {}, places, depth=deep[row["key"]], lead=lead)
            for row in in_tree_order(rows, "parent")
        ]
    return tuple(made)


def _contract(
    row: Row, bodies: dict[str, str], places: dict[str, str], *, depth: int, lead: str
) -> ContractLine:
    parties = row["number_of_parties"]
    return ContractLine(
        title=row["title"],
        party=body(row, bodies) + (f"（{parties}団体）" if parties else ""),
        kind=str(ContractKind(row["kind"]).label),
        state=str(ContractState(row["state"]).label),
        depth=depth,
        term="～".join((row["begins"], row["ends"])) if row["begins"] or row["ends"] else "",
        purpose=row["purpose"],
        compared=tuple((label, row[name]) for name, label in COMPARED if row[name]),
        merits=row["merits"],
        deliverables=row["deliverables"],
        reporting=row["reporting"],
        end_reason=row["end_reason"],
        events=tuple(
            "　".join(filter(None, (one["done"] or one["due"], one["text"])))
            for one in row["events"]
        ),
        partners=tuple(places.get(one["partner"], "") for one in row["contract_partners"]),
        lead=lead,
        note=row["note"],
    )


def executions(document: Row) -> tuple[ExecutionLine, ...]:
    """Return who carries out each work item."""
    bodies, titles = names(document, "organizations"), names(document, "contracts", "title")
    return tuple(
        ExecutionLine(
            work_item=work_item_with_letter(row["work_item"]),
            scene=str(Scene(row["scene"]).label),
            execution=str(Execution(row["execution"]).label),
            who=body(row, bodies),
            note="　".join(filter(None, (titles.get(row["contract"] or "", ""), row["note"]))),
        )
        for row in document.get("executions", ())
    )


def structures(document: Row) -> tuple[StructureLine, ...]:
    """Return the structures of coordinators; the prefecture's posts stand in each, counted once there."""
    bodies, places = names(document, "organizations"), towns(document)
    above = tuple(_prefecture_post(row) for row in document.get("prefecture_posts", ()))
    return tuple(
        _structure(row, bodies if not lead else {}, places, above=above, lead=lead)
        for row, lead in with_leads(document, "structures")
    )


def _structure(
    row: Row,
    bodies: dict[str, str],
    places: dict[str, str],
    *,
    above: tuple[PostLine, ...],
    lead: str,
) -> StructureLine:
    levels = [level for level in PostLevel if any(p["level"] == level for p in row["posts"])]
    headed = {kind: _headed(row["headings"], kind) for kind in HeadingKind}
    partners = [
        (places.get(one["partner"], ""), one["responsible"]) for one in row["structure_partners"]
    ]
    return StructureLine(
        name=row["name"],
        affiliation=str(Affiliation(row["affiliation"]).label),
        coverage=str(Coverage(row["coverage"]).label),
        levels=tuple(str(level.label) for level in levels if level != PostLevel.UNSTATED),
        axes_note=row["axes_note"],
        responsible=(("", row["responsible"]), *partners),
        posts=(*above, *(_post(one, bodies) for one in row["posts"])),
        background=row["background"],
        backgrounds=headed[HeadingKind.BACKGROUND],
        activities=headed[HeadingKind.ACTIVITY],
        effects=headed[HeadingKind.EFFECT],
        stages=tuple((one["name"], one["text"]) for one in row["stages"]),
        partners=tuple(name for name, _ in partners),
        lead=lead,
        source=row["source"],
        note=row["note"],
    )


def _headed(rows: list[Row], kind: HeadingKind) -> tuple[HeadedLines, ...]:
    return tuple(
        HeadedLines(row["text"], tuple(_item(one) for one in row["items"]), row["applies_to"])
        for row in rows
        if row["kind"] == kind
    )


def _item(row: Row) -> str:
    held = "" if row["held"] is None else f"実施{row['held']}回"
    counts = "、".join(filter(None, (row["planned"], held)))
    return f"{'　' * row['is_detail']}{row['text']}" + (f"（{counts}）" if counts else "")


def _post(row: Row, bodies: dict[str, str]) -> PostLine:
    places = [body(row, bodies), row["places"]]
    fte = f"常勤換算{row['fte']}" if row["fte"] is not None else ""
    return PostLine(
        place="　".join(filter(None, (row["desk"], *places))),
        level=_stated(PostLevel, row["level"]),
        role=str(PostRole(row["role"]).label),
        people="" if row["people"] is None else f"{row['people']}人",
        staffing="、".join(_staffing(one) for one in row["staffing"]),
        qualifications=row["qualifications"],
        note="　".join(filter(None, (fte, row["note"]))),
    )


def _staffing(row: Row) -> str:
    kinds = [_stated(Employment, row["employment"]), _stated(Duty, row["duty"])]
    what = "・".join(filter(None, kinds)) or "区分の記載なし"
    trained = f"（{row['qualifications']}）" if row["qualifications"] else ""
    return f"{what}{row['people']}人{trained}"


def _prefecture_post(row: Row) -> PostLine:
    kinds = [_stated(Employment, row["employment"]), _stated(Duty, row["duty"])]
    return PostLine(
        place=row["name"],
        level=_stated(PostLevel, row["level"]),
        role=str(PostRole.COORDINATOR.label),
        people="" if row["people"] is None else f"{row['people']}人",
        staffing="・".join(filter(None, kinds)),
        qualifications=row["qualifications"],
        note="都道府県の配置（都道府県で1回だけ数える）",
    )


def _stated(choices: Any, code: str) -> str:
    return "" if code == "unstated" else str(choices(code).label)


def bases(document: Row) -> tuple[BaseLine, ...]:
    """Return the 拠点 with their functions and facts."""
    bodies = names(document, "organizations")
    return tuple(
        BaseLine(
            name=body(row, bodies) + (f"（{row['number_text']}）" if row["number_text"] else ""),
            host=_stated(HostKind, row["host_kind"]),
            state="　".join(filter(None, (_stated(BaseState, row["state"]), row["since"]))),
            area=row["covers"],
            functions=tuple(
                "：".join(filter(None, (str(Scene(one["scene"]).label), one["text"])))
                for one in sorted(
                    row["base_functions"], key=lambda one: list(Scene).index(Scene(one["scene"]))
                )
            ),
            funding=_stated(Funding, row["funding"]),
            facts=tuple(
                fact
                for name, fact in (
                    ("is_for_all_ages", "対象は高齢者に限らない"),
                    ("is_contractor", "委託先と同じ団体"),
                )
                if row[name] == YesNo.YES
            ),
            note=row["note"],
        )
        for row in document.get("bases", ())
    )
