"""Addresses of the foundation under /m/<code>/<fy>/."""

from django.urls import path

from municipalities import trash_views, views

app_name = "municipalities"

urlpatterns = [
    path("", views.board, name="board"),
    path("profile/", views.profile, name="profile"),
    path("profile/edit/", views.profile_edit, name="profile_edit"),
    path("history/", views.history, name="history"),
    path("trash/", trash_views.trash_list, name="trash"),
    path("trash/<int:trash_pk>/restore/", trash_views.trash_restore, name="trash_restore"),
    path("drafts/<slug:form_key>/", views.draft, name="draft"),
    path("drafts/<slug:form_key>/discard/", views.draft_discard, name="draft_discard"),
]
