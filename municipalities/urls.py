"""Addresses of the foundation under /m/<code>/<fy>/."""

from django.urls import path

from municipalities import views
from municipalities.pages import trash_views
from municipalities.pages.ordering import DOWN, UP
from municipalities.profile import picture_views, profile_views, register_views, resource_views

app_name = "municipalities"


def lists(stem, plural, argument, module):
    """Return the addresses of a list that people arrange: add, edit, delete, one step up or down."""
    row, move = f"{plural}/<slug:{argument}>", getattr(module, f"{stem}_move")
    return [
        path(f"{plural}/add/", getattr(module, f"{stem}_add"), name=f"{stem}_add"),
        path(f"{row}/edit/", getattr(module, f"{stem}_edit"), name=f"{stem}_edit"),
        path(f"{row}/delete/", getattr(module, f"{stem}_delete"), name=f"{stem}_delete"),
        path(f"{row}/up/", move, {"step": UP}, name=f"{stem}_up"),
        path(f"{row}/down/", move, {"step": DOWN}, name=f"{stem}_down"),
    ]


urlpatterns = [
    path("", views.board, name="board"),
    path("profile/", profile_views.profile, name="profile"),
    path("profile/edit/", profile_views.profile_edit, name="profile_edit"),
    path("profile/print/", profile_views.profile_print, name="profile_print"),
    *lists("contractor", "profile/contractors", "contractor_key", profile_views),
    *lists("participant", "profile/participants", "participant_key", profile_views),
    *lists("picture", "profile/pictures", "picture_key", picture_views),
    path(
        "profile/pictures/<slug:picture_key>/image/",
        picture_views.picture_image,
        name="picture_image",
    ),
    path("organizations/", register_views.organization_list, name="organization_list"),
    path("organizations/add/", register_views.organization_add, name="organization_add"),
    path(
        "organizations/<slug:organization_key>/edit/",
        register_views.organization_edit,
        name="organization_edit",
    ),
    path(
        "organizations/<slug:organization_key>/delete/",
        register_views.organization_delete,
        name="organization_delete",
    ),
    path("areas/", register_views.area_list, name="area_list"),
    *lists("area", "areas", "area_key", register_views),
    path("resources/", resource_views.resource_list, name="resource_list"),
    *lists("resource", "resources", "resource_key", resource_views),
    path("history/", views.history, name="history"),
    path("trash/", trash_views.trash_list, name="trash"),
    path("trash/<int:trash_pk>/restore/", trash_views.trash_restore, name="trash_restore"),
    path("drafts/<slug:form_key>/", views.draft, name="draft"),
    path("drafts/<slug:form_key>/discard/", views.draft_discard, name="draft_discard"),
]
