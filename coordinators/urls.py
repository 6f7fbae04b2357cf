"""Addresses of コーディネーターの体制 under /m/<code>/<fy>/coordinators/."""

from django.urls import path

from coordinators.structures import heading_views as headings
from coordinators.structures import post_views as posts
from coordinators.structures import views
from municipalities.pages.ordering import DOWN, UP

app_name = "coordinators"
STRUCTURE = "coordinators/<slug:structure_key>/"


def arranged(module, stem):
    """Return the addresses of a row under a structure: edit, delete, one step up or down."""
    row = f"{STRUCTURE}{stem}s/<slug:{stem}_key>/"
    move = getattr(module, f"{stem}_move")
    return [
        path(f"{row}edit/", getattr(module, f"{stem}_edit"), name=f"{stem}_edit"),
        path(f"{row}delete/", getattr(module, f"{stem}_delete"), name=f"{stem}_delete"),
        path(f"{row}up/", move, {"step": UP}, name=f"{stem}_up"),
        path(f"{row}down/", move, {"step": DOWN}, name=f"{stem}_down"),
    ]


urlpatterns = [
    path("coordinators/", views.structure_list, name="structure_list"),
    path("coordinators/add/", views.structure_add, name="structure_add"),
    path(
        "coordinators/shared/<code:lead>/<slug:structure_key>/",
        views.structure_shared,
        name="structure_shared",
    ),
    path(STRUCTURE, views.structure, name="structure"),
    path(f"{STRUCTURE}edit/", views.structure_edit, name="structure_edit"),
    path(f"{STRUCTURE}delete/", views.structure_delete, name="structure_delete"),
    path(f"{STRUCTURE}up/", views.structure_move, {"step": UP}, name="structure_up"),
    path(f"{STRUCTURE}down/", views.structure_move, {"step": DOWN}, name="structure_down"),
    path(f"{STRUCTURE}posts/add/", posts.post_add, name="post_add"),
    path(f"{STRUCTURE}posts/<slug:post_key>/", posts.post, name="post"),
    *arranged(posts, "post"),
    path(
        f"{STRUCTURE}posts/<slug:post_key>/staffings/add/", posts.staffing_add, name="staffing_add"
    ),
    *arranged(posts, "staffing"),
    path(f"{STRUCTURE}headings/add/", headings.heading_add, name="heading_add"),
    *arranged(headings, "heading"),
    path(f"{STRUCTURE}headings/<slug:heading_key>/items/add/", headings.item_add, name="item_add"),
    *arranged(headings, "item"),
    path(f"{STRUCTURE}items/<slug:item_key>/held/", headings.item_held, name="item_held"),
    path(f"{STRUCTURE}stages/add/", headings.stage_add, name="stage_add"),
    *arranged(headings, "stage"),
    path(f"{STRUCTURE}partners/add/", posts.partner_add, name="partner_add"),
    path(f"{STRUCTURE}partners/<slug:partner_key>/edit/", posts.partner_edit, name="partner_edit"),
    path(
        f"{STRUCTURE}partners/<slug:partner_key>/delete/",
        posts.partner_delete,
        name="partner_delete",
    ),
]
