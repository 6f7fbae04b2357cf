"""One contract with all that belongs to it, as its page and its paper show it."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordinators.choices import ContractState
from coordinators.contracts import executions
from coordinators.models import Contract, ContractEvent, ContractPartner
from municipalities.japanese import fuzzy_dates
from municipalities.japanese.numerals import grouped

if TYPE_CHECKING:
    import datetime as dt

    from municipalities.models import Cycle


class EventState(enum.StrEnum):
    DONE = "済み"
    LATE = "期限を過ぎています"
    COMING = "これから"


@dataclass(frozen=True, slots=True)
class EventLine:
    event: ContractEvent
    state: EventState


@dataclass(frozen=True, slots=True)
class Part:
    """One of the four texts that are laid side by side; `hint` says what belongs there."""

    label: str
    text: str
    hint: str


@dataclass(frozen=True, slots=True)
class ContractSheet:
    contract: Contract
    parent: Contract | None
    children: tuple[Contract, ...]
    partners: tuple[ContractPartner, ...]
    events: tuple[EventLine, ...]
    lines: tuple[executions.Line, ...]

    @property
    def four(self) -> tuple[Part, ...]:
        """市町村の期待 | 委託先の現状・考え | 差 | 合意したこと."""
        one = self.contract
        return (
            Part(
                "市町村の期待",
                one.expectation,
                "委託先にどのような役割を担ってほしいかを書きます。",
            ),
            Part(
                "委託先の現状・考え",
                one.reality,
                "いま何をどこまで担っているか、負担や希望を、委託先から聞いて書きます。",
            ),
            Part("期待と現状の差", one.gap, "二つを見比べて、食い違っているところを書きます。"),
            Part(
                "合意したこと", one.agreement, "話し合って決めたことを、次の契約に向けて書きます。"
            ),
        )

    @property
    def terms(self) -> list[dict[str, str]]:
        one = self.contract
        return [
            line("委託先にとっての利点", one.merits),
            line("成果物", one.deliverables),
            line("報告とフィードバックの方法・時期", one.reporting),
        ]

    @property
    def money(self) -> list[dict[str, str]]:
        one = self.contract
        amount = "" if one.amount is None else f"{grouped(one.amount)}円"
        return [line("委託料（年額）", amount), line("財源", one.get_funding_display())]

    @property
    def has_ended(self) -> bool:
        return self.contract.state == ContractState.ENDED


def of(cycle: Cycle, contract: Contract, *, today: dt.date) -> ContractSheet:
    """Return the sheet of a contract: the year's executions, and what else may be read here."""
    events = ContractEvent.objects.filter(contract=contract)
    partners = ContractPartner.objects.filter(contract=contract).select_related("partner")
    near = Contract.objects.select_related("municipality")
    return ContractSheet(
        contract=contract,
        parent=near.filter(pk=contract.parent_id).first(),
        children=tuple(near.filter(parent=contract)),
        partners=tuple(partners),
        events=tuple(EventLine(one, state_of(one, today)) for one in events),
        lines=tuple(executions.lines_of(cycle, [contract], contract=contract)),
    )


def state_of(event: ContractEvent, today: dt.date) -> EventState:
    """Say whether it is done, still to come, or past the last day that its time can mean."""
    if event.done:
        return EventState.DONE
    due = fuzzy_dates.read_or_none(event.due)
    return EventState.LATE if due is not None and due.latest < today else EventState.COMING


def line(label: str, value: str) -> dict[str, str]:
    return {"label": label, "value": value or "（未記入）"}
