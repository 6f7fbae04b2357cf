"""Addresses of the adviser's desk."""

from django.urls import path

from reports.review import version_views, views

app_name = "review"

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("<number:report_number>/", views.report, name="report"),
    path("<number:report_number>/pdf/", views.pdf, name="pdf"),
    path("<number:report_number>/versions/", version_views.versions, name="versions"),
    path("<number:report_number>/versions/<int:version>/", version_views.version, name="version"),
    path(
        "<number:report_number>/versions/<int:version>/pdf/",
        version_views.version_pdf,
        name="version_pdf",
    ),
]
