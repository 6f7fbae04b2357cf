"""Addresses of the prefecture's 照会 as a town answers them, under /m/<code>/<fy>/inquiries/."""

from django.urls import path

from reports.inquiry import file_views, views

asked = "inquiries/<slug:inquiry_key>/"
urlpatterns = [
    path("inquiries/", views.inquiry_list, name="inquiry_list"),
    path(asked, views.inquiry, name="inquiry"),
    path(f"{asked}edit/", views.inquiry_edit, name="inquiry_edit"),
    path(f"{asked}answer/", views.inquiry_answer, name="inquiry_answer"),
    path(f"{asked}form/", views.inquiry_form, name="inquiry_form"),
    path(f"{asked}file/", file_views.inquiry_file, name="inquiry_file"),
    path(f"{asked}file/confirm/", file_views.inquiry_file_confirm, name="inquiry_file_confirm"),
]
