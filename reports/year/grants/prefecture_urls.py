"""Addresses of the grant's items under /p/<prefecture>/<year>/grant-items/."""

from django.urls import path

from reports.year.grants import officer_views

app_name = "prefecture_grants"

urlpatterns = [
    path("grant-items/", officer_views.grant_items, name="grant_items"),
    path("grant-items/export/", officer_views.grant_items_export, name="grant_items_export"),
]
