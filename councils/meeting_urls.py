"""Addresses of 会議 under /m/<code>/<fy>/meetings/."""

from django.urls import path

from councils import meeting_views

app_name = "meetings"

urlpatterns = [
    path("meetings/", meeting_views.meeting_list, name="meeting_list"),
]
