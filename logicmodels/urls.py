"""Addresses of desired states, issues and logic models under /m/<code>/<fy>/."""

from django.urls import path

from logicmodels import logic_views, outcome_views, placing_views, views

app_name = "logicmodels"
MODEL = "logic/<slug:model_key>/"
OUTCOME = f"{MODEL}outcomes/<slug:outcome_key>/"
PLACEMENT = f"{MODEL}placements/<slug:placement_key>/"
LINK = f"{MODEL}links/<slug:link_key>/"

urlpatterns = [
    path("scenes/", views.plan, name="plan"),
    path("scenes/<scene:scene>/goal/edit/", views.goal_edit, name="goal_edit"),
    path("issues/add/", views.issue_add, name="issue_add"),
    path("issues/<slug:key>/edit/", views.issue_edit, name="issue_edit"),
    path("logic/", logic_views.logic_models, name="logic_models"),
    path("logic/add/", logic_views.logic_model_add, name="logic_model_add"),
    path(MODEL, logic_views.logic_model, name="logic_model"),
    path(f"{MODEL}edit/", logic_views.logic_model_edit, name="logic_model_edit"),
    path(f"{MODEL}delete/", logic_views.logic_model_delete, name="logic_model_delete"),
    path(f"{MODEL}print/", logic_views.logic_model_print, name="logic_model_print"),
    path(f"{MODEL}outcomes/add/", outcome_views.outcome_add, name="outcome_add"),
    path(f"{OUTCOME}edit/", outcome_views.outcome_edit, name="outcome_edit"),
    path(f"{OUTCOME}delete/", outcome_views.outcome_delete, name="outcome_delete"),
    path(f"{OUTCOME}move/", outcome_views.outcome_move, name="outcome_move"),
    path(f"{MODEL}links/add/", outcome_views.outcome_link_add, name="outcome_link_add"),
    path(f"{LINK}edit/", outcome_views.outcome_link_edit, name="outcome_link_edit"),
    path(f"{LINK}delete/", outcome_views.outcome_link_delete, name="outcome_link_delete"),
    path(f"{OUTCOME}placements/add/", placing_views.placement_add, name="placement_add"),
    path(f"{PLACEMENT}edit/", placing_views.placement_edit, name="placement_edit"),
    path(f"{PLACEMENT}move/", placing_views.placement_move, name="placement_move"),
    path(f"{PLACEMENT}detach/", placing_views.placement_detach, name="placement_detach"),
    path(f"{PLACEMENT}split/", placing_views.placement_split, name="placement_split"),
    path(
        f"{PLACEMENT}activity/",
        placing_views.placement_activity_edit,
        name="placement_activity_edit",
    ),
    path(
        f"{MODEL}activities/<slug:activity_key>/uses/",
        placing_views.activity_uses,
        name="activity_uses",
    ),
]
