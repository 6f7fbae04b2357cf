"""Addresses of the operator's pages."""

from django.urls import path

from municipalities.operating import manage_views

app_name = "manage"

urlpatterns = [
    path("", manage_views.home, name="home"),
    path("jobs/", manage_views.work, name="work"),
    path("jobs/<int:pk>/retry/", manage_views.work_retry, name="work_retry"),
    path("mails/", manage_views.mails, name="mails"),
    path("mails/<int:pk>/again/", manage_views.mail_again, name="mail_again"),
]
