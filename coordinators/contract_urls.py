"""Addresses of 委託 under /m/<code>/<fy>/contracts/."""

from django.urls import path

from coordinators import contract_views

app_name = "contracts"

urlpatterns = [
    path("contracts/", contract_views.contract_list, name="contract_list"),
]
