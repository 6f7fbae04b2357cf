"""Addresses of 在宅医療に必要な連携を担う拠点 under /m/<code>/<fy>/bases/."""

from django.urls import path

from coordinators import base_views

app_name = "bases"

urlpatterns = [
    path("bases/", base_views.base_list, name="base_list"),
]
