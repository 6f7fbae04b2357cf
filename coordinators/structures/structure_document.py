"""Structures of coordinators, as the municipality-year document writes them."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from coordinators.cases import publishing
from coordinators.choices import (
    Affiliation,
    Coverage,
    Duty,
    Employment,
    HeadingKind,
    PostLevel,
    PostRole,
)
from coordinators.models import (
    CooperationStage,
    Heading,
    HeadingItem,
    Post,
    Staffing,
    Structure,
    StructurePartner,
)
from municipalities.choices import Audience
from municipalities.models import Organization
from municipalities.rows.rows import Key, Position, Problem, RowSchema, written
from municipalities.rows.shared_rows import (
    LedPart,
    NamedPart,
    NamedRow,
    PartnerRow,
    PartnersPart,
)

MOST = 32_767
Few = Annotated[int, Field(ge=0, le=MOST)]
FTE = r"^[0-9]{1,4}(\.[0-9]{1,2})?$"


class StructurePartnerRow(PartnerRow):
    """共同で対象とする市区町村"""

    responsible: str = written(StructurePartner, "responsible")


class StaffingRow(RowSchema):
    """人数の内訳"""

    employment: Employment = Employment.UNSTATED
    duty: Duty = Duty.UNSTATED
    people: Few = Field(title="人数")
    qualifications: str = written(Staffing, "qualifications")
    position: Position = 0


class PostRow(NamedRow):
    """コーディネーターの配置。upper はつながる上位の配置"""

    desk: str = written(Post, "desk")
    level: PostLevel = PostLevel.UNSTATED
    role: PostRole = PostRole.COORDINATOR
    people: Few | None = Field(default=None, title="人数")
    places: str = written(Post, "places")
    qualifications: str = written(Post, "qualifications")
    fte: str | None = Field(default=None, pattern=FTE, title="常勤換算")
    upper: Key | None = Field(default=None, title="つながる上位の配置")
    note: str = written(Post, "note")
    position: Position = 0
    staffing: list[StaffingRow] = Field(default_factory=list)


class ItemRow(RowSchema):
    """取組・効果の項目。planned は予定の回数、held は実施した回数"""

    text: str = written(HeadingItem, "text")
    is_detail: bool = False
    planned: str = written(HeadingItem, "planned")
    held: Few | None = Field(default=None, title="実施した回数")
    position: Position = 0


class HeadingRow(RowSchema):
    """主な取組内容等・効果の見出し"""

    kind: HeadingKind
    text: str = written(Heading, "text")
    applies_to: str = written(Heading, "applies_to")
    position: Position = 0
    items: list[ItemRow] = Field(default_factory=list)


class StageRow(RowSchema):
    """連携の段階"""

    name: str = written(CooperationStage, "name")
    text: str = written(CooperationStage, "text")
    position: Position = 0


class StructureRow(RowSchema):
    """コーディネーターの体制"""

    name: str = written(Structure, "name")
    affiliation: Affiliation = Affiliation.UNSTATED
    coverage: Coverage = Coverage.UNSTATED
    axes_note: str = written(Structure, "axes_note")
    responsible: str = written(Structure, "responsible")
    background: str = written(Structure, "background")
    note: str = written(Structure, "note")
    source: str = written(Structure, "source")
    position: Position = 0
    audience: Audience = Audience.ADVISER
    structure_partners: list[StructurePartnerRow] = Field(default_factory=list)
    posts: list[PostRow] = Field(default_factory=list)
    headings: list[HeadingRow] = Field(default_factory=list)
    stages: list[StageRow] = Field(default_factory=list)


class StructuresPart(LedPart):
    name = "structures"
    model = Structure
    schema = StructureRow
    year = "fiscal_year"
    fields = (
        "name",
        "affiliation",
        "coverage",
        "axes_note",
        "responsible",
        "background",
        "note",
        "source",
        "position",
        "audience",
    )
    order = ("position", "key")

    def leave(self, row, *, by):
        publishing.withdraw(row, by=by)

    def save(self, plan, *, by):
        yield from super().save(plan, by=by)
        for entry in plan.changed:
            if entry.before["audience"] != entry.row.audience:
                publishing.keep_within(entry.row, entry.row.audience, by=by)


STRUCTURES = StructuresPart()


class StructurePartnersPart(PartnersPart):
    name = "structure_partners"
    model = StructurePartner
    schema = StructurePartnerRow
    inside, owner = STRUCTURES, "structure"
    year = "structure__fiscal_year"
    fields = ("structure", "partner", "responsible")
    references = {"structure": Structure}


class PostsPart(NamedPart, LedPart):
    name = "posts"
    model = Post
    schema = PostRow
    inside, owner = STRUCTURES, "structure"
    year = "structure__fiscal_year"
    fields = (
        "structure",
        "organization",
        "name",
        "desk",
        "level",
        "role",
        "people",
        "places",
        "qualifications",
        "fte",
        "upper",
        "note",
        "position",
    )
    references = {"structure": Structure, "organization": Organization, "upper": Post}
    order = ("position", "key")
    tree = "upper"

    def assign(self, row, values, lookups):
        fte = None if values["fte"] is None else stored_fte(values["fte"])
        super().assign(row, values | {"fte": fte}, lookups)

    def circles(self, entries):
        """A post is connected within its own structure: no page could draw the other end."""
        yield from super().circles(entries)
        for entry in entries:
            upper = entry.row.upper
            if upper is not None and upper.structure.key != entry.row.structure.key:
                message = "つながる上位の配置は、同じ体制の中から選んでください。"
                yield Problem(f"{entry.pointer}/upper", message)


POSTS = PostsPart()


class StaffingPart(LedPart):
    name = "staffing"
    model = Staffing
    schema = StaffingRow
    inside, owner = POSTS, "post"
    year = "structure__fiscal_year"
    fields = ("post", "employment", "duty", "people", "qualifications", "position")
    references = {"post": Post}
    order = ("position", "key")

    def refer(self, row, values, known):
        super().refer(row, values, known)
        row.structure = row.post.structure

    def refer_again(self, row):
        super().refer_again(row)
        row.structure = row.post.structure


class HeadingsPart(LedPart):
    name = "headings"
    model = Heading
    schema = HeadingRow
    inside, owner = STRUCTURES, "structure"
    year = "structure__fiscal_year"
    fields = ("structure", "kind", "text", "applies_to", "position")
    references = {"structure": Structure}
    order = ("position", "key")


HEADINGS = HeadingsPart()


class ItemsPart(LedPart):
    name = "items"
    model = HeadingItem
    schema = ItemRow
    inside, owner = HEADINGS, "heading"
    year = "structure__fiscal_year"
    fields = ("heading", "text", "is_detail", "planned", "held", "position")
    references = {"heading": Heading}
    order = ("position", "key")

    def refer(self, row, values, known):
        super().refer(row, values, known)
        row.structure = row.heading.structure

    def refer_again(self, row):
        super().refer_again(row)
        row.structure = row.heading.structure


class StagesPart(LedPart):
    name = "stages"
    model = CooperationStage
    schema = StageRow
    inside, owner = STRUCTURES, "structure"
    year = "structure__fiscal_year"
    fields = ("structure", "name", "text", "position")
    references = {"structure": Structure}
    order = ("position", "key")


def stored_fte(text):
    """Return a number as its column gives it back, so that sending what is stored is no change."""
    return Decimal(text).quantize(Decimal("0.01"))


STRUCTURE_PARTNERS = StructurePartnersPart()
STAFFING = StaffingPart()
ITEMS = ItemsPart()
STAGES = StagesPart()
PARTS = (STRUCTURES, STRUCTURE_PARTNERS, POSTS, STAFFING, HEADINGS, ITEMS, STAGES)
