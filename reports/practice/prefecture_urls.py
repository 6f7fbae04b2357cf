"""Addresses of the library for officers under /p/<prefecture>/<year>/practices/."""

from django.urls import path

from reports.practice import improvement_views, library_views

app_name = "prefecture_practices"

one = "practices/<fy:case_year>/<code:case_town>/<slug:case_key>/"

urlpatterns = [
    path("practices/improved/", improvement_views.improved, name="improved"),
    path("practices/", library_views.prefecture_library, name="library"),
    path(one, library_views.prefecture_case, name="case"),
    path(f"{one}export/", library_views.prefecture_case_export, name="case_export"),
]
