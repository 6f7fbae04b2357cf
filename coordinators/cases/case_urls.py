"""Addresses of published structures under /m/<code>/<fy>/coordinators/: they come before a structure's own."""

from django.urls import path

from coordinators.cases import case_views

app_name = "cases"

publication = "coordinators/<slug:structure_key>/publication/"

urlpatterns = [
    path("coordinators/cases/", case_views.case_list, name="case_list"),
    path(
        "coordinators/cases/<fy:case_year>/<code:town>/<slug:published_key>/",
        case_views.case,
        name="case",
    ),
    path(publication, case_views.publication, name="publication"),
    path(f"{publication}publish/", case_views.publication_publish, name="publication_publish"),
    path(f"{publication}withdraw/", case_views.publication_withdraw, name="publication_withdraw"),
]
