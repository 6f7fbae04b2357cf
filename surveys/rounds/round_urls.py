"""Addresses of 調査の実施 under /m/<code>/<fy>/surveys/rounds/; part of the app's own addresses."""

from django.urls import path

from municipalities.pages.ordering import DOWN, UP
from surveys.rounds import exclusion_views, opening_views, response_views, round_views

ROUND = "surveys/rounds/<slug:round_key>/"
urlpatterns = [
    path("surveys/rounds/add/", round_views.round_add, name="round_add"),
    path(ROUND, round_views.round_page, name="round"),
    path(f"{ROUND}edit/", round_views.round_edit, name="round_edit"),
    path(f"{ROUND}delete/", round_views.round_delete, name="round_delete"),
    path(f"{ROUND}up/", round_views.round_move, {"step": UP}, name="round_up"),
    path(f"{ROUND}down/", round_views.round_move, {"step": DOWN}, name="round_down"),
    path(f"{ROUND}opening/", opening_views.round_open, name="round_open"),
    path(f"{ROUND}closing/", opening_views.round_close, name="round_close"),
    path(f"{ROUND}emptying/", round_views.round_empty, name="round_empty"),
    path(f"{ROUND}responses/", response_views.response_list, name="response_list"),
    path(
        f"{ROUND}responses/exclusion/", exclusion_views.responses_exclude, name="responses_exclude"
    ),
    path(
        f"{ROUND}responses/readmission/",
        exclusion_views.responses_readmit,
        name="responses_readmit",
    ),
    path(
        f"{ROUND}responses/<slug:response_key>/exclusion/",
        response_views.response_exclude,
        name="response_exclude",
    ),
    path(
        f"{ROUND}responses/<slug:response_key>/readmission/",
        response_views.response_readmit,
        name="response_readmit",
    ),
]
