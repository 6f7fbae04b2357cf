"""The scenes and themes by which a comparison is narrowed, for officers and towns alike. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.catalogue import SCENE_NAMES
from municipalities.choices import CARE_SCENES, Theme


@dataclass(frozen=True, slots=True)
class Scene:
    """A choice of the filter."""

    value: str
    label: str


THEMES = (Theme.DEMENTIA, Theme.DISASTER, Theme.INFECTION)
COMMON = Scene("common", "共通（人口・高齢化・医療機関など）")
SCENES = (
    *(Scene(one.value, SCENE_NAMES[one.value]) for one in CARE_SCENES),
    COMMON,
    *(Scene(one.value, SCENE_NAMES[one.value]) for one in THEMES),
)
