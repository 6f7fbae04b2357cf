"""Addresses of desired states and issues under /m/<code>/<fy>/."""

from django.urls import path

from logicmodels import views

app_name = "logicmodels"

urlpatterns = [
    path("scenes/", views.plan, name="plan"),
    path("scenes/<scene:scene>/goal/edit/", views.goal_edit, name="goal_edit"),
    path("issues/add/", views.issue_add, name="issue_add"),
    path("issues/<slug:key>/edit/", views.issue_edit, name="issue_edit"),
]
