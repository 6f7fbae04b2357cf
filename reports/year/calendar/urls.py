"""Addresses of 年間予定 under /m/<code>/<fy>/; they belong to the namespace of reports."""

from django.urls import path

from reports.year.calendar import views

urlpatterns = [
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/file/", views.calendar_file, name="calendar_file"),
    path("calendar/address/", views.calendar_address, name="calendar_address"),
    path("calendar/reminders/", views.calendar_reminders, name="calendar_reminders"),
    path("calendar/dates/add/", views.year_date_add, name="year_date_add"),
    path("calendar/dates/<slug:date_key>/edit/", views.year_date_edit, name="year_date_edit"),
    path("calendar/dates/<slug:date_key>/delete/", views.year_date_delete, name="year_date_delete"),
]
