"""Addresses of 調査票 under /m/<code>/<fy>/surveys/forms/."""

from django.urls import path

from municipalities.pages.ordering import DOWN, UP
from surveys.questionnaires.pages import asked_views, form_views

ONE = "surveys/forms/<slug:questionnaire_key>/"
ASKED = "surveys/forms/questions/<slug:asked_key>/"
urlpatterns = [
    path("surveys/forms/", form_views.form_list, name="form_list"),
    path("surveys/forms/add/", form_views.form_add, name="form_add"),
    path(f"{ASKED}edit/", asked_views.asked_edit, name="asked_edit"),
    path(f"{ASKED}delete/", asked_views.asked_delete, name="asked_delete"),
    path(f"{ASKED}up/", asked_views.asked_move, {"step": UP}, name="asked_up"),
    path(f"{ASKED}down/", asked_views.asked_move, {"step": DOWN}, name="asked_down"),
    path(f"{ASKED}copy/", asked_views.asked_copy, name="asked_copy"),
    path(f"{ASKED}options/", asked_views.asked_lists, name="asked_lists"),
    path(f"{ASKED}skips/", asked_views.asked_skips, name="asked_skips"),
    path(ONE, form_views.form, name="form"),
    path(f"{ONE}edit/", form_views.form_edit, name="form_edit"),
    path(f"{ONE}delete/", form_views.form_delete, name="form_delete"),
    path(f"{ONE}up/", form_views.form_move, {"step": UP}, name="form_up"),
    path(f"{ONE}down/", form_views.form_move, {"step": DOWN}, name="form_down"),
    path(f"{ONE}copy/", form_views.form_copy, name="form_copy"),
    path(f"{ONE}next/", form_views.form_next, name="form_next"),
    path(f"{ONE}file/", form_views.form_file_of, name="form_file"),
    path(f"{ONE}library/", form_views.form_library, name="form_library"),
    path(f"{ONE}questions/add/<slug:kind>/", asked_views.asked_add, name="asked_add"),
]
