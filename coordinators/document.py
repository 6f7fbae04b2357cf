"""This app's part of the municipality-year document: contracts, structures of coordinators, 拠点."""

from decimal import Decimal
from typing import Annotated

from django.core.exceptions import ValidationError
from pydantic import Field

from coordinators import publishing
from coordinators.choices import (
    Affiliation,
    BaseState,
    ContractEventKind,
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
from coordinators.models import (
    Base,
    BaseFunction,
    Contract,
    ContractEvent,
    ContractPartner,
    CooperationStage,
    Heading,
    HeadingItem,
    Post,
    Staffing,
    Structure,
    StructurePartner,
    WorkItemExecution,
)
from logicmodels.choices import Execution, Funding, WorkItem
from municipalities.choices import Audience, Scene
from municipalities.document import EnduringPart
from municipalities.models import MedicalArea, Organization
from municipalities.rows import Count, Key, Position, Problem, RowSchema, written
from municipalities.shared_rows import (
    CODE,
    AcrossPart,
    LedPart,
    NamedPart,
    NamedRow,
    PartnerRow,
    PartnersPart,
)

MOST = 32_767
Few = Annotated[int, Field(ge=0, le=MOST)]
FTE = r"^[0-9]{1,4}(\.[0-9]{1,2})?$"


class EventRow(RowSchema):
    """委託業務の報告・意見交換"""

    kind: ContractEventKind = ContractEventKind.REPORT
    due: str = written(ContractEvent, "due")
    done: str = written(ContractEvent, "done")
    text: str = written(ContractEvent, "text")
    position: Position = 0


class ContractRow(NamedRow):
    """委託契約。organization か name が受託者。parent は再委託のもとの契約。年度をまたいで使う"""

    title: str = written(Contract, "title")
    kind: ContractKind = ContractKind.WHOLE
    parent: Key | None = Field(default=None, title="もとの契約")
    number_of_parties: Few | None = Field(default=None, title="受託する団体の数（複数ある場合）")
    state: ContractState = ContractState.RUNNING
    begins: str = written(Contract, "begins")
    ends: str = written(Contract, "ends")
    end_reason: str = written(Contract, "end_reason")
    purpose: str = written(Contract, "purpose")
    expectation: str = written(Contract, "expectation")
    reality: str = written(Contract, "reality")
    gap: str = written(Contract, "gap")
    agreement: str = written(Contract, "agreement")
    merits: str = written(Contract, "merits")
    deliverables: str = written(Contract, "deliverables")
    reporting: str = written(Contract, "reporting")
    amount: Count | None = Field(default=None, title="委託料（年額・円）")
    funding: Funding = Funding.UNSTATED
    note: str = written(Contract, "note")
    position: Position = 0
    audience: Audience = Audience.ADVISER
    contract_partners: list[PartnerRow] = Field(default_factory=list)
    events: list[EventRow] = Field(default_factory=list)


class ExecutionRow(NamedRow):
    """事業項目の実施体制。contract_lead は、ほかの市区町村の契約のときだけ、そのコード"""

    work_item: WorkItem
    scene: Scene = Scene.ALL
    execution: Execution = Execution.UNSTATED
    contract: Key | None = Field(default=None, title="委託契約")
    contract_lead: str = Field(default="", pattern=rf"^$|{CODE}", title="契約した市区町村")
    note: str = written(WorkItemExecution, "note")
    position: Position = 0
    audience: Audience = Audience.ADVISER


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


class BaseFunctionRow(RowSchema):
    """拠点の機能"""

    scene: Scene
    text: str = written(BaseFunction, "text")


class BaseRow(NamedRow):
    """在宅医療に必要な連携を担う拠点。medical_area は「区分/圏域コード」。年度をまたいで使う"""

    host_kind: HostKind = HostKind.UNSTATED
    state: BaseState = BaseState.UNSTATED
    since: str = written(Base, "since")
    medical_area: str = Field(default="", max_length=40, title="二次医療圏")
    covers: str = written(Base, "covers")
    number_text: str = written(Base, "number_text")
    funding: Funding = Funding.UNSTATED
    is_for_all_ages: YesNo = YesNo.UNSTATED
    is_contractor: YesNo = YesNo.UNSTATED
    note: str = written(Base, "note")
    position: Position = 0
    audience: Audience = Audience.ADVISER
    base_functions: list[BaseFunctionRow] = Field(default_factory=list)


class ContractsPart(NamedPart, LedPart):
    name = "contracts"
    model = Contract
    schema = ContractRow
    fields = (
        "organization",
        "name",
        "title",
        "kind",
        "parent",
        "number_of_parties",
        "state",
        "begins",
        "ends",
        "end_reason",
        "purpose",
        "expectation",
        "reality",
        "gap",
        "agreement",
        "merits",
        "deliverables",
        "reporting",
        "amount",
        "funding",
        "note",
        "position",
        "audience",
    )
    references = {"organization": Organization, "parent": Contract}
    order = ("position", "key")
    tree = "parent"


CONTRACTS = ContractsPart()


class ContractPartnersPart(PartnersPart):
    name = "contract_partners"
    model = ContractPartner
    inside, owner = CONTRACTS, "contract"
    fields = ("contract", "partner")
    references = {"contract": Contract}


class EventsPart(LedPart):
    name = "events"
    model = ContractEvent
    schema = EventRow
    inside, owner = CONTRACTS, "contract"
    fields = ("contract", "kind", "due", "done", "text", "position")
    references = {"contract": Contract}
    order = ("position", "key")


class ExecutionsPart(NamedPart, AcrossPart):
    name = "executions"
    model = WorkItemExecution
    schema = ExecutionRow
    across = ("contract",)
    fields = (
        "organization",
        "name",
        "work_item",
        "scene",
        "execution",
        "contract",
        "note",
        "position",
        "audience",
    )
    references = {"organization": Organization, "contract": Contract}
    order = ("position", "key")


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


class BasesPart(NamedPart, EnduringPart):
    name = "bases"
    model = Base
    schema = BaseRow
    fields = (
        "organization",
        "name",
        "host_kind",
        "state",
        "since",
        "medical_area",
        "covers",
        "number_text",
        "funding",
        "is_for_all_ages",
        "is_contractor",
        "note",
        "position",
        "audience",
    )
    references = {"organization": Organization}
    order = ("position", "key")

    def stored(self, cycle):
        rows = Base.objects.select_related("organization", "medical_area")
        return list(rows.order_by())

    def dump_value(self, row, name):
        if name == "medical_area":
            area = row.medical_area
            return f"{area.scheme}/{area.code}" if area else ""
        return super().dump_value(row, name)

    def assign(self, row, values, lookups):
        super().assign(
            row, values | {"medical_area": medical_area(values["medical_area"])}, lookups
        )


BASES = BasesPart()


class BaseFunctionsPart(EnduringPart):
    name = "base_functions"
    model = BaseFunction
    schema = BaseFunctionRow
    inside, owner = BASES, "base"
    fields = ("base", "scene", "text")
    references = {"base": Base}


def medical_area(text):
    """Return the area of 「区分/圏域コード」, None of an empty text. Raises ValidationError."""
    if not text:
        return None
    scheme, _, code = text.partition("/")
    found = MedicalArea.objects.filter(scheme=scheme, code=code).first()
    if found is None:
        message = "この医療圏域は登録されていません。「区分/圏域コード」を確かめてください。"
        raise ValidationError({"medical_area": message})
    return found


def stored_fte(text):
    """Return a number as its column gives it back, so that sending what is stored is no change."""
    return Decimal(text).quantize(Decimal("0.01"))


CONTRACT_PARTNERS = ContractPartnersPart()
EVENTS = EventsPart()
EXECUTIONS = ExecutionsPart()
STRUCTURE_PARTNERS = StructurePartnersPart()
STAFFING = StaffingPart()
ITEMS = ItemsPart()
STAGES = StagesPart()
BASE_FUNCTIONS = BaseFunctionsPart()
PARTS = (
    CONTRACTS,
    CONTRACT_PARTNERS,
    EVENTS,
    EXECUTIONS,
    STRUCTURES,
    STRUCTURE_PARTNERS,
    POSTS,
    STAFFING,
    HEADINGS,
    ITEMS,
    STAGES,
    BASES,
    BASE_FUNCTIONS,
)
