"""Addresses of 在宅医療に必要な連携を担う拠点 under /m/<code>/<fy>/bases/."""

from django.urls import path

from coordinators.bases import base_publication_views, base_views
from municipalities.urls import lists

app_name = "bases"

publication = "bases/<slug:base_key>/publication/"
function = "bases/<slug:base_key>/functions/<scene:scene>/"

urlpatterns = [
    path("bases/", base_views.base_list, name="base_list"),
    path("bases/about/", base_views.base_about, name="base_about"),
    *lists("base", "bases", "base_key", base_views),
    path(publication, base_publication_views.base_publication, name="base_publication"),
    path(f"{publication}publish/", base_publication_views.base_publish, name="base_publish"),
    path(f"{publication}withdraw/", base_publication_views.base_withdraw, name="base_withdraw"),
    path(f"{function}edit/", base_views.base_function_edit, name="base_function_edit"),
    path(f"{function}delete/", base_views.base_function_delete, name="base_function_delete"),
]
