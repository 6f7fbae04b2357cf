"""A 拠点 as bytes for its prefecture to read, and back: what is shared is read from its copy alone. Pure."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Any

from coordinators.choices import BaseState, HostKind, YesNo
from logicmodels.choices import Funding
from municipalities.choices import CARE_SCENES
from municipalities.rows.published_copies import Frozen, frozen

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class BaseSheet:
    """What others read of a 拠点. Choices are codes; `functions` has the text of each function by scene.

    `area_scheme` and `area_code` name its 二次医療圏; both are empty where none is chosen.
    """

    name: str
    number_text: str = ""
    host_kind: str = HostKind.UNSTATED.value
    state: str = BaseState.UNSTATED.value
    since: str = ""
    area_scheme: str = ""
    area_code: str = ""
    area_name: str = ""
    covers: str = ""
    funding: str = Funding.UNSTATED.value
    is_for_all_ages: str = YesNo.UNSTATED.value
    is_contractor: str = YesNo.UNSTATED.value
    note: str = ""
    functions: tuple[tuple[str, str], ...] = ()

    @property
    def host_label(self) -> str:
        return str(HostKind(self.host_kind).label)

    @property
    def state_label(self) -> str:
        """「位置づけられている（令和6年4月）」."""
        label = str(BaseState(self.state).label)
        return f"{label}（{self.since}）" if self.since else label

    @property
    def covers_label(self) -> str:
        return "　".join(filter(None, (self.area_name, self.covers))) or "記載なし"

    @property
    def funding_label(self) -> str:
        return str(Funding(self.funding).label)

    @property
    def all_ages_label(self) -> str:
        return str(YesNo(self.is_for_all_ages).label)

    @property
    def contractor_label(self) -> str:
        return str(YesNo(self.is_contractor).label)

    @property
    def by_scene(self) -> tuple[tuple[str, str | None], ...]:
        """Label and text of each of the four functions; None where it has not this function."""
        told = dict(self.functions)
        return tuple((str(scene.label), told.get(scene.value)) for scene in CARE_SCENES)


def freeze(sheet: BaseSheet) -> Frozen:
    """Return the copy of a 拠点."""
    return frozen({"schema_version": SCHEMA, "base": asdict(sheet)})


def thaw(content: bytes) -> BaseSheet:
    """Return the 拠点 of a copy, of what this reader knows: a copy may be older or newer than it."""
    values: dict[str, Any] = json.loads(content)["base"]
    names = {one.name for one in fields(BaseSheet)}
    known = {name: value for name, value in values.items() if name in names}
    known["functions"] = tuple((scene, text) for scene, text in known.get("functions", ()))
    return BaseSheet(**known)
