"""Addresses of the foundation under /m/<code>/<fy>/."""

from django.urls import path

from municipalities import views

app_name = "municipalities"

urlpatterns = [
    path("", views.board, name="board"),
    path("profile/", views.profile, name="profile"),
    path("profile/edit/", views.profile_edit, name="profile_edit"),
    path("history/", views.history, name="history"),
    path("drafts/<slug:form_key>/", views.draft, name="draft"),
    path("drafts/<slug:form_key>/discard/", views.draft_discard, name="draft_discard"),
]
