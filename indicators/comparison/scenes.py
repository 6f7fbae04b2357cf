"""The scenes and themes by which a comparison is narrowed, for officers and towns alike. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.choices import COMMON, COMMON_NAME
from indicators.comparison.drawings import Tab
from indicators.comparison.selection import Selection
from indicators.definitions.catalogue import SCENE_NAMES
from municipalities.choices import CARE_SCENES, Theme

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Scene:
    """A choice of the filter."""

    value: str
    label: str


THEMES = (Theme.DEMENTIA, Theme.DISASTER, Theme.INFECTION)
WITHOUT_SCENE = Scene(COMMON, f"{COMMON_NAME}（人口・高齢化・医療機関など）")
SCENES = (
    *(Scene(one.value, SCENE_NAMES[one.value]) for one in CARE_SCENES),
    WITHOUT_SCENE,
    *(Scene(one.value, SCENE_NAMES[one.value]) for one in THEMES),
)


def tabs(selection: Selection) -> Iterator[Tab]:
    """Yield a link for all scenes and for each; what belongs to the indicators of one is left behind."""
    for one in (Scene("", "すべて"), *SCENES):
        query = selection.query(scene=one.value, indicators=(), sort="", falling=False, focus="")
        # Indicators that are chosen within a scene leave it current; 「すべて」 is all of them.
        is_current = one.value == selection.scene and bool(one.value or not selection.indicators)
        yield Tab(one.label, query, is_current)


def behind() -> Iterator[Tab]:
    """Yield a link for each care scene to those that lie behind in it, not by chance alone."""
    for one in CARE_SCENES:
        query = Selection(scene=one.value, only_behind=True).query()
        yield Tab(SCENE_NAMES[one.value], query, is_current=False)
