"""Contracts and who carries out what, as the municipality-year document writes them."""

from typing import Annotated

from pydantic import Field

from coordinators.choices import (
    ContractEventKind,
    ContractKind,
    ContractState,
)
from coordinators.models import (
    Contract,
    ContractEvent,
    ContractPartner,
    WorkItemExecution,
)
from logicmodels.choices import Execution, Funding, WorkItem
from municipalities.choices import Audience, Scene
from municipalities.models import Organization
from municipalities.rows.rows import Count, Key, Position, RowSchema, written
from municipalities.rows.shared_rows import (
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
    foreign = ("contract",)
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


CONTRACT_PARTNERS = ContractPartnersPart()
EVENTS = EventsPart()
EXECUTIONS = ExecutionsPart()
PARTS = (CONTRACTS, CONTRACT_PARTNERS, EVENTS, EXECUTIONS)
