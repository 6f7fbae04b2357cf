"""Addresses of numbers under /m/<code>/<fy>/."""

from django.urls import path

from indicators import placing_views, views

app_name = "indicators"
AT_OUTCOME = "logic/<slug:model_key>/outcomes/<slug:outcome_key>/indicators/"

urlpatterns = [
    path("figures/<slug:code>/add/", views.figure_add, name="figure_add"),
    path("figures/<slug:code>/edit/", views.figure_edit, name="figure_edit"),
    path(AT_OUTCOME, placing_views.placing, name="placing"),
    path(f"{AT_OUTCOME}<slug:use_key>/edit/", placing_views.use_edit, name="use_edit"),
    path(f"{AT_OUTCOME}<slug:use_key>/move/", placing_views.use_move, name="use_move"),
]
