"""Addresses of 協議体 under /m/<code>/<fy>/councils/."""

from django.urls import path

from councils import council_views as councils
from councils import part_views as parts
from councils import views
from municipalities.ordering import DOWN, UP

app_name = "councils"
COUNCIL = "councils/<slug:council_key>/"


def lists(stem, plural):
    """Return the addresses of a list of a council that people arrange."""
    row, move = f"councils/{plural}/<slug:{stem}_key>/", getattr(parts, f"{stem}_move")
    return [
        path(f"{COUNCIL}{plural}/add/", getattr(parts, f"{stem}_add"), name=f"{stem}_add"),
        path(f"{row}edit/", getattr(parts, f"{stem}_edit"), name=f"{stem}_edit"),
        path(f"{row}delete/", getattr(parts, f"{stem}_delete"), name=f"{stem}_delete"),
        path(f"{row}up/", move, {"step": UP}, name=f"{stem}_up"),
        path(f"{row}down/", move, {"step": DOWN}, name=f"{stem}_down"),
    ]


urlpatterns = [
    path("councils/", views.council_list, name="council_list"),
    path("councils/print/", views.council_print, name="council_print"),
    path("councils/add/", councils.council_add, name="council_add"),
    path(
        "councils/shared/<code:lead>/<slug:council_key>/",
        views.council_shared,
        name="council_shared",
    ),
    path(COUNCIL, views.council, name="council"),
    path(f"{COUNCIL}edit/", councils.council_edit, name="council_edit"),
    path(f"{COUNCIL}delete/", councils.council_delete, name="council_delete"),
    path(f"{COUNCIL}up/", councils.council_move, {"step": UP}, name="council_up"),
    path(f"{COUNCIL}down/", councils.council_move, {"step": DOWN}, name="council_down"),
    *lists("function", "functions"),
    *lists("seat", "seats"),
    *lists("outreach", "outreach"),
    path(f"{COUNCIL}partners/add/", parts.partner_add, name="partner_add"),
    path(
        "councils/partners/<slug:partner_key>/delete/", parts.partner_delete, name="partner_delete"
    ),
]
