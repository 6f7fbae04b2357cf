"""Addresses of how reports are sent, and of sending again, under /m/<code>/<fy>/reports/."""

from django.urls import path

from reports.delivery import views

urlpatterns = [
    path("reports/mail-settings/", views.mail_settings, name="mail_settings"),
    path(
        "reports/<int:pk>/deliveries/<int:delivery_pk>/resend/",
        views.delivery_resend,
        name="delivery_resend",
    ),
]
