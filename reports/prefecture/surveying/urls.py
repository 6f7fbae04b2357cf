"""Addresses of 県の調査票 under /p/<prefecture>/<fy>/."""

from django.urls import path

from reports.prefecture.surveying import deed_views, preview_views, result_views, views

app_name = "prefecture_forms"

one = "forms/<slug:prefecture_form_key>/"
draft = "forms/<slug:draft_form_key>/"

urlpatterns = [
    path("forms/", views.forms, name="forms"),
    path("forms/add/", views.form_add, name="form_add"),
    path(one, views.form, name="form"),
    path(f"{one}preview/", preview_views.form_preview, name="form_preview"),
    path(f"{one}paper.pdf", preview_views.form_pdf, name="form_pdf"),
    path(f"{draft}edit/", views.form_edit, name="form_edit"),
    path(f"{draft}delete/", views.form_delete, name="form_delete"),
    path(f"{draft}questions/", deed_views.form_questions, name="form_questions"),
    path(f"{draft}send/", deed_views.form_send, name="form_send"),
    path(f"{one}results/", result_views.form_results, name="form_results"),
    path(f"{one}results/export/", result_views.form_export, name="form_export"),
]
