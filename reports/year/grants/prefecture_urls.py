"""Addresses of the items of grant and survey under /p/<prefecture>/<year>/."""

from django.urls import path

from reports.year.grants import officer_views

app_name = "prefecture_grants"

urlpatterns = [
    path("grant-items/", officer_views.grant_items, name="grant_items"),
    path("grant-items/export/", officer_views.grant_items_export, name="grant_items_export"),
    path("survey-items/", officer_views.survey_items, name="survey_items"),
    path("survey-items/export/", officer_views.survey_items_export, name="survey_items_export"),
]
