"""Addresses of comparisons, under /p/<prefecture>/<year>/."""

from django.urls import path

from indicators.comparison import views

app_name = "comparison"

urlpatterns = [path("compare/", views.compare, name="compare")]
