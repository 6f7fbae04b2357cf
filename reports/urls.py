"""Addresses of the support and the reports under /m/<code>/<fy>/."""

from django.urls import path

from reports.support import views as support_views
from reports.writing import (
    approval_views,
    errata_views,
    recipient_views,
    version_views,
    views,
)

app_name = "reports"

urlpatterns = [
    path("support/", support_views.support, name="support"),
    path("support/<slug:key>/edit/", support_views.support_edit, name="support_edit"),
    path("reports/", views.report_list, name="report_list"),
    path("reports/new/", views.report_create, name="report_create"),
    path("reports/<int:pk>/", views.report, name="report"),
    path("reports/<int:pk>/status/", views.report_status, name="report_status"),
    path("reports/<int:pk>/preview/", views.report_preview, name="report_preview"),
    path("reports/<int:pk>/check/", views.report_check, name="report_check"),
    path("reports/<int:pk>/submit/", views.report_submit, name="report_submit"),
    path("reports/<int:pk>/pdf/", views.report_pdf, name="report_pdf"),
    path("reports/<int:pk>/recipients/", recipient_views.recipients, name="recipients"),
    path("reports/<int:pk>/step/", recipient_views.report_step, name="report_step"),
    path("reports/<int:pk>/approval/", approval_views.approval, name="approval"),
    path(
        "reports/<int:pk>/approval/request/",
        approval_views.approval_request,
        name="approval_request",
    ),
    path(
        "reports/<int:pk>/approval/decision/",
        approval_views.approval_decision,
        name="approval_decision",
    ),
    path(
        "reports/<int:pk>/approval/withdrawal/",
        approval_views.approval_withdrawal,
        name="approval_withdrawal",
    ),
    path("reports/<int:pk>/versions/", version_views.versions, name="versions"),
    path("reports/<int:pk>/versions/<int:version>/", version_views.version, name="version"),
    path(
        "reports/<int:pk>/versions/<int:version>/pdf/",
        version_views.version_pdf,
        name="version_pdf",
    ),
    path("reports/<int:pk>/reopening/", version_views.reopening_start, name="reopening"),
    path(
        "reports/<int:pk>/reopening/withdrawal/",
        version_views.reopening_withdrawal,
        name="reopening_withdrawal",
    ),
    path("reports/<int:pk>/errata/add/", errata_views.erratum_add, name="erratum_add"),
]
