"""Addresses of the prefecture officer's pages."""

from django.urls import path

from reports.prefecture import views

app_name = "prefecture"

urlpatterns = [
    path("<prefecture:prefecture>/", views.current, name="current"),
    path("<prefecture:prefecture>/<fy:year>/", views.progress, name="progress"),
    path(
        "<prefecture:prefecture>/<fy:year>/m/<code:town>/",
        views.municipality_year,
        name="municipality_year",
    ),
    path("<prefecture:prefecture>/<fy:year>/reports/<number:number>/", views.report, name="report"),
    path("<prefecture:prefecture>/<fy:year>/reports/<number:number>/pdf/", views.pdf, name="pdf"),
]
