"""Addresses of the operator's pages about reports of the whole country."""

from django.urls import path

from reports.prefecture.accepting import manage_views

app_name = "nation"

urlpatterns = [
    path("periods/", manage_views.periods, name="periods"),
    path("reports/", manage_views.waiting, name="waiting"),
    path("reports/<number:number>/accept/", manage_views.accept, name="accept"),
]
