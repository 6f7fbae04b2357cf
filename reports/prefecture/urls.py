"""Addresses of the prefecture officer's pages."""

from django.urls import path

from reports.prefecture import views

app_name = "prefecture"

urlpatterns = [
    path("<prefecture:prefecture>/", views.current, name="current"),
    path("<prefecture:prefecture>/<fy:year>/", views.progress, name="progress"),
]
