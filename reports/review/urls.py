"""Addresses of the adviser's desk."""

from django.urls import path

from reports.review import views

app_name = "review"

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("<number:report_number>/", views.report, name="report"),
    path("<number:report_number>/pdf/", views.pdf, name="pdf"),
    path("<number:report_number>/slides/", views.slides, name="slides"),
    path("<number:report_number>/tables/", views.tables, name="tables"),
]
