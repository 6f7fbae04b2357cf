"""Addresses of the support and the reports under /m/<code>/<fy>/."""

from django.urls import path

from reports.delivery import views as delivery_views
from reports.support import views as support_views
from reports.writing import views

app_name = "reports"

urlpatterns = [
    path("support/", support_views.support, name="support"),
    path("support/<slug:key>/edit/", support_views.support_edit, name="support_edit"),
    path("reports/", views.report_list, name="report_list"),
    path("reports/new/", views.report_create, name="report_create"),
    path("reports/<int:pk>/", views.report, name="report"),
    path("reports/<int:pk>/status/", views.report_status, name="report_status"),
    path("reports/<int:pk>/recipients/", views.recipients, name="recipients"),
    path("reports/<int:pk>/preview/", views.report_preview, name="report_preview"),
    path("reports/<int:pk>/check/", views.report_check, name="report_check"),
    path("reports/<int:pk>/submit/", views.report_submit, name="report_submit"),
    path("reports/<int:pk>/pdf/", views.report_pdf, name="report_pdf"),
    # How reports are sent, and sending again.
    path("reports/mail-settings/", delivery_views.mail_settings, name="mail_settings"),
    path(
        "reports/<int:pk>/deliveries/<int:delivery_pk>/resend/",
        delivery_views.delivery_resend,
        name="delivery_resend",
    ),
]
