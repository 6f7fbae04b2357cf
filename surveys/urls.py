"""Addresses of 調査とヒアリング under /m/<code>/<fy>/surveys/."""

from django.urls import path

from surveys import views

app_name = "surveys"

urlpatterns = [
    path("surveys/", views.survey_list, name="survey_list"),
]
