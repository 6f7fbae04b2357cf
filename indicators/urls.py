"""Addresses of numbers under /m/<code>/<fy>/."""

from django.urls import path

from indicators import issue_views, views

app_name = "indicators"

urlpatterns = [
    path("issues/<slug:key>/figures/", issue_views.issue_figures, name="issue_figures"),
    path("figures/<slug:code>/add/", views.figure_add, name="figure_add"),
    path("figures/<slug:code>/edit/", views.figure_edit, name="figure_edit"),
    path("figures/<slug:code>/adoption/", views.figure_adopt, name="figure_adopt"),
]
