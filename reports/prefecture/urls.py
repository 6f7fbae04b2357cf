"""Addresses of the prefecture officer's pages."""

from django.urls import path

from reports.prefecture import acceptance_views, entry_views, period_views, views

app_name = "prefecture"

year = "<prefecture:prefecture>/<fy:year>/"

urlpatterns = [
    path("", views.prefectures, name="prefectures"),
    path("<prefecture:prefecture>/", views.current, name="current"),
    path(year, views.progress, name="progress"),
    path(f"{year}export/", views.export, name="export"),
    path(f"{year}accept/", acceptance_views.accept_chosen, name="accept_chosen"),
    path(f"{year}periods/", period_views.periods, name="periods"),
    path(f"{year}m/<code:town>/", views.municipality_year, name="municipality_year"),
    path(f"{year}m/<code:town>/entry/", entry_views.entry, name="entry"),
    path(f"{year}reports/<number:number>/", views.report, name="report"),
    path(f"{year}reports/<number:number>/pdf/", views.pdf, name="pdf"),
    path(f"{year}reports/<number:number>/accept/", acceptance_views.accept, name="accept"),
    path(f"{year}reports/<number:number>/take-back/", acceptance_views.take_back, name="take_back"),
]
