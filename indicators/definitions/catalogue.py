"""The catalogue of definitions: searching it, and which of its entries a year follows already."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Max, Q

from indicators.arithmetic import accumulating, breaks
from indicators.choices import COMMON, COMMON_NAME, Direction, LogicLevel
from indicators.definitions import readings, resembling, taking_definitions
from indicators.models import (
    Definition,
    Indicator,
    OwnDefinition,
    PrefectureDefinition,
    PublishedValue,
)
from indicators.models.definitions import PREFECTURE_PREFIX
from municipalities.choices import Scene, Theme
from municipalities.japanese import fiscal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from municipalities.models import Cycle, User

# The indicators that the national system labels with a scene: proposed first.
CORE_CODE = "δ1-c"
SCENE_NAMES = {
    **{scene.value: str(scene.label) for scene in Scene},
    **{theme.value: str(theme.label) for theme in Theme},
    COMMON: COMMON_NAME,
}
# From ァ to ヶ, each to its hiragana.
HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
SEARCHED = ("name", "numerator", "denominator", "data_source", "caution", "external_code")


@dataclass(frozen=True, slots=True)
class Entry:
    """A definition as the catalogue shows it; `key` is the indicator's where the year follows it."""

    definition: Any
    key: str
    # The statistics that tell of it here, and the newest year.
    published: str = ""
    # Entries whose names are nearly the same.
    alike: tuple[Entry, ...] = ()

    @property
    def is_core(self) -> bool:
        return CORE_CODE in getattr(self.definition, "external_code", "")

    @property
    def is_own(self) -> bool:
        return isinstance(self.definition, OwnDefinition)

    @property
    def is_of_prefecture(self) -> bool:
        """Whether the prefecture has defined it, taken over already or not."""
        return self.is_offered or bool(getattr(self.definition, "origin", ""))

    @property
    def is_offered(self) -> bool:
        """Whether it is the prefecture's and not yet taken over."""
        return isinstance(self.definition, PrefectureDefinition)

    @property
    def names_scenes(self) -> bool:
        """Whether its definition says for which scenes and levels it is."""
        return isinstance(self.definition, Definition)

    @property
    def scenes(self) -> list[str]:
        marks = getattr(self.definition, "scenes", "").split(";")
        return [SCENE_NAMES[mark] for mark in marks if mark in SCENE_NAMES]

    @property
    def level(self) -> str:
        level = getattr(self.definition, "logic_level", "")
        return str(LogicLevel(level).label) if level else ""

    @property
    def direction(self) -> str:
        return str(Direction(self.definition.direction).label)

    @property
    def accumulation(self) -> str:
        """Return in a sentence how months and quarters become the value of a year."""
        return accumulating.SENTENCES[accumulating.rule_of(self.definition)]

    @property
    def formula(self) -> str:
        return formula(self.definition)

    @property
    def versions(self) -> tuple[Any, ...]:
        """What has changed in a national definition, the newest first; of others the page of the indicator tells."""
        return breaks.versions(self.definition)[::-1] if self.names_scenes else ()

    @property
    def breaks(self) -> tuple[int, ...]:
        """The fiscal years from which on a national definition counts something else, the newest first."""
        return tuple(one.fiscal_year for one in self.versions if one.is_break)


def formula(definition: Any) -> str:
    """Return 「分子 ÷ 分母 × 100」 in the words of the definition, or what is counted."""
    if not definition.denominator:
        return str(definition.numerator)
    times = f" × {definition.multiplier:,}" if definition.multiplier != 1 else ""
    return f"{definition.numerator or '分子'} ÷ {definition.denominator}{times}"


def entries(cycle: Cycle) -> list[Entry]:
    """Return all definitions that a year may follow: its own, the prefecture's, the core, the rest. Six queries.

    Of the figures that are no indicators of the programme, those that a statistic tells of this municipality.
    """
    keys = dict(Indicator.objects.filter(cycle=cycle).values_list("code", "key"))
    own = list(OwnDefinition.objects.order_by("name", "pk"))
    taken = {one.origin for one in own}
    offered = taking_definitions.definitions(cycle.municipality.prefecture_id)
    told = published_of(cycle)
    national = [
        one
        for one in Definition.objects.order_by("-in_catalogue", "position", "code")
        if one.in_catalogue or one.code in told
    ]
    definitions: list[Any] = [*own, *(one for one in offered if one.key not in taken), *national]
    found = [Entry(one, keys.get(one.code, ""), told.get(one.code, "")) for one in definitions]
    return sorted(found, key=lambda one: (not one.is_own, not one.is_offered, not one.is_core))


def published_of(cycle: Cycle) -> dict[str, str]:
    """Return by code which statistics tell of a municipality, each with its newest year. One query."""
    rows = PublishedValue.objects.of_town(cycle.municipality, until=cycle.fiscal_year).order_by()
    newest = rows.values_list("definition__code", "dataset__title").annotate(
        year=Max("fiscal_year")
    )
    found: dict[str, list[str]] = {}
    for code, title, year in sorted(newest, key=lambda one: (-one[2], one[1])):
        found.setdefault(code, []).append(f"{title}（{fiscal.label(year)}まで）")
    return {code: "、".join(words) for code, words in found.items()}


def beside_alike(shown: Iterable[Entry], found: Iterable[Entry]) -> list[Entry]:
    """Return entries, each with those of `found` that people may take for it."""
    every = list(found)
    return [
        replace(
            one,
            alike=tuple(
                other
                for other in every
                if other.definition is not one.definition
                and resembling.are_alike(one.definition.name, other.definition.name)
            ),
        )
        for one in shown
    ]


def matching(
    found: Iterable[Entry], *, text: str = "", scene: str = "", level: str = ""
) -> list[Entry]:
    """Keep the entries in which every word of the text occurs, of this scene and this level.

    An own definition, and one of the prefecture, names neither scene nor level: it is kept.
    """
    words = [(word,) for word in folded(text).split()]
    return [one for one in chosen_of(found, scene=scene, level=level) if says(one, words)]


def near(
    found: Iterable[Entry], *, text: str = "", scene: str = "", level: str = ""
) -> list[Entry]:
    """Keep the entries that come near a text in whose words none is told: each word, or one near it, occurs."""
    told = [(word, *readings.near(word)) for word in unicodedata.normalize("NFKC", text).split()]
    words = [tuple(map(folded, one)) for one in told]
    return [one for one in chosen_of(found, scene=scene, level=level) if says(one, words)]


def says(entry: Entry, words: Iterable[tuple[str, ...]]) -> bool:
    """Whether of each word one way to say it occurs."""
    text = searched(entry.definition)
    return all(any(word in text for word in ways) for ways in words)


def chosen_of(found: Iterable[Entry], *, scene: str, level: str) -> list[Entry]:
    return [
        one
        for one in found
        if (not scene or not one.names_scenes or scene in one.definition.scenes.split(";"))
        and (not level or not one.names_scenes or level == one.definition.logic_level)
    ]


def searched(definition: Any) -> str:
    """Return what is searched: the texts, the same as they are read aloud, and what people call it otherwise."""
    text = " ".join(getattr(definition, name, "") for name in SEARCHED)
    return folded(f"{text} {readings.read_aloud(text)} {readings.also_called(text)}")


def folded(text: str) -> str:
    """Fold width, case and the kinds of kana: people type ＩＣＴ and ict, ケア and けあ alike."""
    return unicodedata.normalize("NFKC", text).casefold().translate(HIRAGANA)


def named(asked: Iterable[str], *, besides: Iterable[str] = ()) -> list[Any]:
    """Return the definitions of these codes, in their order; unknown codes are left out.

    Of national figures those of the catalogue, and `besides` those of these codes.
    """
    codes = [code for code in dict.fromkeys(asked) if "\x00" not in code]
    listed = Q(in_catalogue=True) | Q(code__in=list(besides))
    national = Definition.objects.filter(listed, code__in=codes)
    own = OwnDefinition.objects.filter(key__in=codes)
    found: list[Any] = [*national, *own]
    by_code = {one.code: one for one in found}
    return [by_code[code] for code in codes if code in by_code]


def chosen(asked: Iterable[str], cycle: Cycle, *, by: User) -> list[Any]:
    """Return the definitions of these codes; one that the prefecture offers is taken over for it."""
    codes = [code for code in dict.fromkeys(asked) if "\x00" not in code]
    known = {one.code for one in named(codes)}
    wanted = [code for code in codes if code.startswith(PREFECTURE_PREFIX) and code not in known]
    if wanted:
        offered = taking_definitions.definitions(cycle.municipality.prefecture_id, keys=wanted)
        for one in offered:
            if not one.is_retired:
                taking_definitions.take(one, by=by)
    return named(codes, besides=published_of(cycle))
