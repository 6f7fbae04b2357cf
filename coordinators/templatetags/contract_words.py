"""How contracts look in lists: their states as tags, the address of each, their time."""

from django import template

from coordinators.choices import ContractState
from coordinators.contracts.contract_sheet import EventState
from municipalities.templatetags.dads import tag

register = template.Library()

LOOKS = {
    ContractState.PREPARING: "todo",
    ContractState.RUNNING: "doing",
    ContractState.ENDED: "blocked",
}
EVENT_LOOKS = {
    EventState.DONE: "success",
    EventState.LATE: "warning",
    EventState.COMING: "todo",
}


@register.filter
def contract_tag(contract):
    """Draw how far a contract is."""
    return tag(LOOKS[contract.state], contract.get_state_display())


@register.filter
def event_tag(line):
    """Draw whether a report was received, or a talk held."""
    return tag(EVENT_LOOKS[line.state], str(line.state))


@register.filter
def term(contract):
    """Return 「令和5年度から令和6年度末まで」 as far as it is known."""
    begins = f"{contract.begins}から" if contract.begins else ""
    ends = f"{contract.ends}まで" if contract.ends else ""
    return begins + ends


@register.filter
def party(contract):
    """Return who takes a contract on, with their number where there are several."""
    number = contract.number_of_parties
    return f"{contract.name}（{number}団体）" if number else contract.name


@register.simple_tag(takes_context=True)
def contract_url(context, contract):
    """Return the page of a contract: ours, or the reading page of one that another municipality leads."""
    url = context["request"].cycle.url
    if contract.is_led_here:
        return url("contracts:contract", contract.key)
    return url("contracts:contract_shared", contract.municipality.code, contract.key)
