"""Addresses of the files that the worker puts together, below a prefecture's year."""

from django.urls import path

from reports.prefecture.prepared import views

app_name = "prefecture_files"

file = "files/<int:prepared_pk>/"

urlpatterns = [
    path("files/", views.files, name="files"),
    path("files/ask/", views.file_ask, name="file_ask"),
    path("files/comparison/", views.comparison_ask, name="comparison_ask"),
    path(f"{file}status/", views.file_status, name="file_status"),
    path(f"{file}cancel/", views.file_cancel, name="file_cancel"),
    path(f"{file}download/", views.file_download, name="file_download"),
]
