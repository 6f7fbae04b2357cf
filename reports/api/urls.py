"""Addresses of the API."""

from django.urls import path

from reports.api.site import api

urlpatterns = [path("v1/", api.urls)]
