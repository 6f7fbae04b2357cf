"""Addresses of 協議体 under /m/<code>/<fy>/councils/."""

from django.urls import path

from councils import views

app_name = "councils"

urlpatterns = [
    path("councils/", views.council_list, name="council_list"),
]
