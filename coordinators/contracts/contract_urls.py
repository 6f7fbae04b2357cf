"""Addresses of 委託 under /m/<code>/<fy>/contracts/."""

from django.urls import path

from coordinators.contracts import contract_part_views, contract_views, execution_views
from municipalities.pages.ordering import DOWN, UP
from municipalities.urls import lists

app_name = "contracts"

EVENT = "contract-events/<slug:event_key>"
events = contract_part_views

urlpatterns = [
    path("contracts/", contract_views.contract_list, name="contract_list"),
    *lists("contract", "contracts", "contract_key", contract_views),
    path("contracts/<slug:contract_key>/", contract_views.contract, name="contract"),
    path(
        "contracts/<slug:contract_key>/print/",
        contract_views.contract_print,
        name="contract_print",
    ),
    path(
        "contracts/shared/<code:lead>/<slug:contract_key>/",
        contract_views.contract_shared,
        name="contract_shared",
    ),
    path("contracts/<slug:contract_key>/events/add/", events.event_add, name="event_add"),
    path(f"{EVENT}/edit/", events.event_edit, name="event_edit"),
    path(f"{EVENT}/delete/", events.event_delete, name="event_delete"),
    path(f"{EVENT}/up/", events.event_move, {"step": UP}, name="event_up"),
    path(f"{EVENT}/down/", events.event_move, {"step": DOWN}, name="event_down"),
    path("contracts/<slug:contract_key>/partners/add/", events.partner_add, name="partner_add"),
    path(
        "contract-partners/<slug:partner_key>/delete/", events.partner_delete, name="partner_delete"
    ),
    path("executions/", execution_views.execution_list, name="execution_list"),
    *lists("execution", "executions", "execution_key", execution_views),
]
