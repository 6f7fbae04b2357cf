"""Addresses of コーディネーターの体制 under /m/<code>/<fy>/coordinators/."""

from django.urls import path

from coordinators import views

app_name = "coordinators"

urlpatterns = [
    path("coordinators/", views.structure_list, name="structure_list"),
]
