"""点検: what the rules find in a year, by theme, for reading and mending. Gathered for one page."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch

from municipalities.choices import CARE_SCENES, Scene
from municipalities.kernel.findings import Severity, Theme
from reports.document.findings import looking, places, reading
from reports.models import Waiver

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    from municipalities.kernel.findings import Finding, Rule
    from municipalities.models import Cycle
    from reports.document.findings.looking import Looked, Share, Waived

# So many places of a rule are read at a glance; the rest is opened.
AT_ONCE = 5
# A year in which none of these has a row has nothing to look over yet.
BEGINNINGS = ("desired_states", "issues", "activities", "logic_models", "indicators")


@dataclass(frozen=True, slots=True)
class Place:
    """One place that breaks a rule. `url` is empty where the page to mend it does not exist."""

    finding: Finding
    url: str
    key: str

    @property
    def label(self) -> str:
        return self.finding.place.label

    @property
    def message(self) -> str:
        return self.finding.message


@dataclass(frozen=True, slots=True)
class Group:
    """A rule with every place that breaks it."""

    rule: Rule
    places: tuple[Place, ...]

    @property
    def is_error(self) -> bool:
        return self.rule.severity == Severity.ERROR

    @property
    def is_one_message(self) -> bool:
        return len({one.message for one in self.places}) == 1

    @property
    def title(self) -> str:
        """Return the sentence of its places; where they differ, what the rule says of no place in particular."""
        return self.places[0].message if self.is_one_message else self.rule.title

    @property
    def shown(self) -> tuple[Place, ...]:
        return self.places[:AT_ONCE]

    @property
    def more(self) -> tuple[Place, ...]:
        return self.places[AT_ONCE:]


@dataclass(frozen=True, slots=True)
class Block:
    """A theme: how many of its rules are passed, and those that are not."""

    share: Share
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class WaivedPlace:
    """A finding that was waived, with who did so and why."""

    key: str
    place: Place
    reason: str
    day: dt.date | None
    who: str


@dataclass(frozen=True, slots=True)
class FindingsPage:
    """The page. `theme` and `scene` are what it is narrowed down to, None for everything."""

    blocks: tuple[Block, ...]
    waived: tuple[WaivedPlace, ...]
    is_empty: bool
    theme: Theme | None
    scene: Scene | None

    themes = tuple(looking.THEMES.items())
    scenes = CARE_SCENES

    @property
    def groups(self) -> list[Group]:
        return [group for block in self.blocks for group in block.groups]

    @property
    def to_prepare(self) -> int:
        return sum(len(group.places) for group in self.groups if group.is_error)

    @property
    def hints(self) -> int:
        return sum(len(group.places) for group in self.groups if not group.is_error)


def of(cycle: Cycle, *, theme: str = "", scene: str = "") -> FindingsPage:
    """Return the page of a year, narrowed down to a theme or scene; what nobody knows narrows nothing."""
    year = reading.year_of(cycle)
    looked = looking.look_over(year)
    chosen = Scene(scene) if scene in CARE_SCENES else None
    subject = Theme(theme) if theme in list(Theme) else None
    scenes = places.scenes_of(year)
    kept = [one for one in looked.open if _is_of(one, chosen, scenes)]
    return FindingsPage(
        blocks=tuple(_blocks(cycle, looked, kept, subject)),
        waived=tuple(_waived(cycle, looked.waived)),
        is_empty=not any(year.rows(part) for part in BEGINNINGS),
        theme=subject,
        scene=chosen,
    )


def _is_of(finding: Finding, scene: Scene | None, scenes: Mapping[str, set[str]]) -> bool:
    at = scenes.get(finding.place.key, set())
    return scene is None or bool(at & {scene.value, Scene.ALL.value})


def _blocks(
    cycle: Cycle, looked: Looked, found: Iterable[Finding], theme: Theme | None
) -> Iterator[Block]:
    by_theme: dict[Theme, dict[str, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    for finding in found:
        by_theme[finding.rule.theme][finding.rule.id].append(finding)
    for share in looked.shares():
        if theme in (None, share.theme):
            rules = by_theme[share.theme].values()
            groups = [_group(cycle, findings) for findings in rules]
            yield Block(share, tuple(sorted(groups, key=lambda one: not one.is_error)))


def _group(cycle: Cycle, findings: list[Finding]) -> Group:
    return Group(findings[0].rule, tuple(place(cycle, one) for one in findings))


def place(cycle: Cycle, finding: Finding) -> Place:
    return Place(finding, url_of(cycle, finding), looking.place_of(finding))


def _waived(cycle: Cycle, waived: Iterable[Waived]) -> Iterator[WaivedPlace]:
    rows = Waiver.objects.filter(cycle=cycle).select_related("waived_by")
    stored = {row.key: row for row in rows}
    for one in waived:
        row = stored[one.row["key"]]
        who = str(row.waived_by or "")
        yield WaivedPlace(row.key, place(cycle, one.finding), row.reason, row.waived_on, who)


def url_of(cycle: Cycle, finding: Finding) -> str:
    """Return where a finding is mended; empty where that page does not exist."""
    way = finding.rule.way
    try:
        return f"{cycle.url(way.page, *finding.place.args)}{way.tail}"
    except NoReverseMatch:
        return ""
