"""Addresses of what the support changed, under /m/<code>/<fy>/effects/."""

from django.urls import path

from municipalities.pages.ordering import DOWN, UP
from reports.writing.effects import effect_views as views

urlpatterns = [
    path("effects/", views.effects, name="effects"),
    path(
        "effects/issues/take-over/",
        views.support_issue_take_over,
        name="support_issue_take_over",
    ),
    path("effects/issues/add/", views.support_issue_add, name="support_issue_add"),
    path(
        "effects/issues/<slug:before_key>/edit/",
        views.support_issue_edit,
        name="support_issue_edit",
    ),
    path(
        "effects/issues/<slug:before_key>/delete/",
        views.support_issue_delete,
        name="support_issue_delete",
    ),
    path(
        "effects/issues/<slug:before_key>/up/",
        views.support_issue_move,
        {"step": UP},
        name="support_issue_up",
    ),
    path(
        "effects/issues/<slug:before_key>/down/",
        views.support_issue_move,
        {"step": DOWN},
        name="support_issue_down",
    ),
    path("effects/changes/add/", views.support_effect_add, name="support_effect_add"),
    path(
        "effects/changes/<slug:effect_key>/edit/",
        views.support_effect_edit,
        name="support_effect_edit",
    ),
    path(
        "effects/changes/<slug:effect_key>/delete/",
        views.support_effect_delete,
        name="support_effect_delete",
    ),
    path(
        "effects/changes/<slug:effect_key>/up/",
        views.support_effect_move,
        {"step": UP},
        name="support_effect_up",
    ),
    path(
        "effects/changes/<slug:effect_key>/down/",
        views.support_effect_move,
        {"step": DOWN},
        name="support_effect_down",
    ),
    path("effects/outlooks/add/", views.support_outlook_add, name="support_outlook_add"),
    path(
        "effects/outlooks/<slug:outlook_key>/edit/",
        views.support_outlook_edit,
        name="support_outlook_edit",
    ),
    path(
        "effects/outlooks/<slug:outlook_key>/delete/",
        views.support_outlook_delete,
        name="support_outlook_delete",
    ),
    path(
        "effects/outlooks/<slug:outlook_key>/up/",
        views.support_outlook_move,
        {"step": UP},
        name="support_outlook_up",
    ),
    path(
        "effects/outlooks/<slug:outlook_key>/down/",
        views.support_outlook_move,
        {"step": DOWN},
        name="support_outlook_down",
    ),
]
