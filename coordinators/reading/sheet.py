"""One structure of coordinators with all its parts, in words and numbers: what pages and papers show. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from coordinators.choices import (
    Duty,
    Employment,
    HeadingKind,
    PostLevel,
    PostRole,
)
from coordinators.reading import counting

UNSTATED = "unstated"
NOT_STATED = "記載なし"


@dataclass(frozen=True, slots=True)
class StaffingLine:
    """Some people of a post by employment and duty, as codes and in words."""

    key: str
    employment: str
    duty: str
    people: int
    qualifications: str = ""

    def __str__(self) -> str:
        return f"{kind_in_words(self.employment, self.duty)}{self.people}人"

    @property
    def employment_name(self) -> str:
        return str(Employment(self.employment).label)

    @property
    def duty_name(self) -> str:
        return str(Duty(self.duty).label)


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post. `name` is where the coordinators belong (配置先), `desk` what they do there (窓口・業務)."""

    key: str
    level: str
    role: str = counting.COORDINATOR
    people: int | None = None
    desk: str = ""
    name: str = ""
    places: str = ""
    qualifications: str = ""
    # As it is shown, 「2.5」; empty where nobody stated it.
    fte: str = ""
    # The key and the words of the post above.
    upper: str = ""
    upper_name: str = ""
    note: str = ""
    staffing: tuple[StaffingLine, ...] = ()

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.desk or self.name or self.level_name

    @property
    def level_name(self) -> str:
        return str(PostLevel(self.level).label)

    @property
    def role_name(self) -> str:
        return str(PostRole(self.role).label)

    @property
    def is_coordinator(self) -> bool:
        return self.role == counting.COORDINATOR

    @property
    def is_of_prefecture(self) -> bool:
        return self.level in counting.PREFECTURE_LEVELS

    @property
    def counted(self) -> int | None:
        return counting.people_of(self)

    @property
    def staffing_words(self) -> str:
        """「常勤・専従2人、非常勤・専従2人」."""
        return "、".join(str(line) for line in self.staffing)

    @property
    def summary(self) -> tuple[dict[str, str], ...]:
        """Everything but the parts, as rows of a summary list."""
        told = {
            "配置先": self.name,
            "窓口・業務": self.desk,
            "配置先の数": self.places,
            "区分": self.level_name,
            "役割": self.role_name,
            "つながる上位の配置": self.upper_name,
            "人数": "" if self.people is None else f"{self.people}人",
            "資格等": self.qualifications,
            "常勤換算": f"{self.fte}人" if self.fte else "",
            "補足": self.note,
        }
        return tuple(
            {"label": label, "value": value or NOT_STATED} for label, value in told.items()
        )

    @property
    def mismatch(self) -> str:
        """Say that the parts do not make the whole, or nothing."""
        return str(counting.mismatch(self) or "")


@dataclass(frozen=True, slots=True)
class ItemLine:
    key: str
    text: str
    is_detail: bool = False
    planned: str = ""
    held: int | None = None
    version: int = 1

    @property
    def times(self) -> str:
        """「予定 2回/年　実施 1回」: what is planned beside what was held; empty without either."""
        planned = f"予定 {self.planned}" if self.planned else ""
        held = f"実施 {self.held}回" if self.held is not None else ""
        return "　".join(filter(None, (planned, held)))


@dataclass(frozen=True, slots=True)
class HeadingBlock:
    """A heading with its points. `kind` is background, activity or effect."""

    key: str
    kind: str
    text: str = ""
    applies_to: str = ""
    items: tuple[ItemLine, ...] = ()

    def __str__(self) -> str:
        return self.text or self.kind_name

    @property
    def kind_name(self) -> str:
        return str(HeadingKind(self.kind).label)


@dataclass(frozen=True, slots=True)
class StageLine:
    key: str
    name: str
    text: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """A municipality for which the structure works beside its lead, with its own 担当部署."""

    key: str
    code: str
    name: str
    responsible: str = ""

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class PrefecturePostLine:
    """A post that the prefecture keeps: shown in its towns, counted once in the prefecture."""

    key: str
    name: str
    level: str
    people: int | None = None
    employment: str = UNSTATED
    duty: str = UNSTATED
    qualifications: str = ""
    # The 二次医療圏 or the towns for which it works; both empty for the whole prefecture.
    area: str = ""
    towns: str = ""
    work: str = ""
    source: str = ""

    def __str__(self) -> str:
        return self.name

    @property
    def level_name(self) -> str:
        return str(PostLevel(self.level).label)

    @property
    def employment_words(self) -> str:
        """「常勤・兼務」; 「記載なし」 where neither is stated."""
        return kind_in_words(self.employment, self.duty)


@dataclass(frozen=True, slots=True)
class StructureSheet:
    """A structure. Codes of the axes are those of `choices`; `*_name` says them in words."""

    key: str
    fiscal_year: int
    name: str
    lead_code: str
    lead_name: str
    is_led_here: bool
    affiliation: str = UNSTATED
    affiliation_name: str = NOT_STATED
    coverage: str = UNSTATED
    coverage_name: str = NOT_STATED
    axes_note: str = ""
    responsible: str = ""
    background: str = ""
    note: str = ""
    source: str = ""
    audience: str = ""
    partners: tuple[PartnerLine, ...] = ()
    posts: tuple[PostLine, ...] = ()
    headings: tuple[HeadingBlock, ...] = ()
    stages: tuple[StageLine, ...] = ()
    # What the prefecture keeps for these towns: shown here, counted once in the prefecture.
    prefecture_posts: tuple[PrefecturePostLine, ...] = ()

    def __str__(self) -> str:
        return self.name

    @property
    def towns(self) -> tuple[tuple[str, str], ...]:
        """The codes and names of its municipalities, the lead's first."""
        others = ((partner.code, partner.name) for partner in self.partners)
        return ((self.lead_code, self.lead_name), *others)

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels of its coordinators that are stated, as codes, in the order of the choices."""
        found = {post.level for post in self.posts if post.is_coordinator}
        found |= {post.level for post in self.prefecture_posts}
        return tuple(level.value for level in PostLevel if level in found and level != UNSTATED)

    @property
    def level_names(self) -> str:
        """「市町村の基幹的コーディネーター、市町村の現場的コーディネーター」 or 「記載なし」."""
        return "、".join(str(PostLevel(level).label) for level in self.levels) or NOT_STATED

    @property
    def headcount(self) -> counting.Headcount:
        return counting.headcount(self.posts)

    @property
    def responsibles(self) -> tuple[tuple[str, str], ...]:
        """(municipality, 担当部署) of the lead and of each partner."""
        others = ((partner.name, partner.responsible) for partner in self.partners)
        return ((self.lead_name, self.responsible), *others)

    @property
    def background_headings(self) -> tuple[HeadingBlock, ...]:
        return self._headings_of(HeadingKind.BACKGROUND)

    @property
    def activities(self) -> tuple[HeadingBlock, ...]:
        return self._headings_of(HeadingKind.ACTIVITY)

    @property
    def effects(self) -> tuple[HeadingBlock, ...]:
        return self._headings_of(HeadingKind.EFFECT)

    def _headings_of(self, kind: HeadingKind) -> tuple[HeadingBlock, ...]:
        return tuple(block for block in self.headings if block.kind == kind)

    @property
    def totals(self) -> tuple[tuple[str, int | None], ...]:
        """(words, number) by level and, for those beside the coordinators, by role."""
        levels: Any = counting.by_level(self.posts)
        roles: Any = counting.by_role(self.posts)
        return (
            *((str(PostLevel(one).label), number) for one, number in levels.items()),
            *((str(PostRole(one).label), number) for one, number in roles.items()),
        )

    @property
    def employment_totals(self) -> tuple[tuple[str, int], ...]:
        """(「常勤・専従」, number) over all coordinators, in the order of the choices."""
        found: Any = counting.by_employment(self.posts)
        return tuple(
            (kind_in_words(employment, duty), found[employment, duty])
            for employment in Employment.values
            for duty in Duty.values
            if (employment, duty) in found
        )


def kind_in_words(employment: str, duty: str) -> str:
    """Return 「常勤・専従」, 「非常勤」 where the duty is not stated, 「記載なし」 where nothing is."""
    stated = [
        str(kind(code).label)
        for kind, code in ((Employment, employment), (Duty, duty))
        if code != UNSTATED
    ]
    return "・".join(stated) or NOT_STATED
