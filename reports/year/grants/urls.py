"""Addresses of 交付金根拠表 and 実施状況調査 under /m/<code>/<fy>/."""

from django.urls import path

from reports.year.grants import views

urlpatterns = [
    path("grant-evidence/", views.grant_evidence, name="grant_evidence"),
    path("grant-evidence/export/", views.grant_evidence_export, name="grant_evidence_export"),
    path("survey-evidence/", views.survey_evidence, name="survey_evidence"),
    path(
        "survey-evidence/export/",
        views.survey_evidence_export,
        name="survey_evidence_export",
    ),
    path(
        "survey-evidence/<slug:topic_code>/edit/",
        views.survey_answer_edit,
        name="survey_answer_edit",
    ),
    path(
        "grant-evidence/<slug:item_code>/edit/",
        views.grant_answer_edit,
        name="grant_answer_edit",
    ),
]
