"""Addresses of questionnaires as a phone shows them; part of the app's own addresses."""

from django.urls import path

from surveys.door import preview_views

urlpatterns = [
    path(
        "surveys/forms/templates/<slug:template_key>/preview/",
        preview_views.template_preview,
        name="template_preview",
    ),
    path(
        "surveys/forms/<slug:questionnaire_key>/preview/",
        preview_views.form_preview,
        name="form_preview",
    ),
]
