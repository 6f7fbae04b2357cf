"""Addresses of comparisons, under /p/<prefecture>/<year>/."""

from django.urls import path

from indicators.comparison.page import export_views, views

app_name = "comparison"

urlpatterns = [
    path("compare/", views.compare, name="compare"),
    path("compare/export/", export_views.export, name="export"),
]
