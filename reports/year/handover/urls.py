"""Addresses of 引継書 under /m/<code>/<fy>/handover/."""

from django.urls import path

from reports.year.handover import views

urlpatterns = [
    path("handover/", views.handover, name="handover"),
    path("handover/pdf/", views.handover_pdf, name="handover_pdf"),
    path("handover/pass-on/", views.handover_pass_on, name="handover_pass_on"),
    path(
        "handover/notes/<slug:subject>/edit/",
        views.handover_note_edit,
        name="handover_note_edit",
    ),
    path(
        "handover/indicators/<slug:indicator_key>/edit/",
        views.indicator_handover_edit,
        name="indicator_handover_edit",
    ),
]
