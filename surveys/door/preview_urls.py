"""The address of a questionnaire as a phone shows it; part of the app's own addresses."""

from django.urls import path

from surveys.door import preview_views

urlpatterns = [
    path(
        "surveys/forms/<slug:questionnaire_key>/preview/",
        preview_views.form_preview,
        name="form_preview",
    ),
]
