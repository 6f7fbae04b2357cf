"""Addresses of desired states, issues, activities and logic models under /m/<code>/<fy>/."""

from django.urls import path

from logicmodels.activities import activity_part_views as parts
from logicmodels.activities import activity_views as activities
from logicmodels.activities import contributor_views as contributors
from logicmodels.goals import views
from logicmodels.logic import logic_views, outcome_views, placing_views
from municipalities.pages.ordering import DOWN, UP

app_name = "logicmodels"
MODEL = "logic/<slug:model_key>/"
OUTCOME = f"{MODEL}outcomes/<slug:outcome_key>/"
PLACEMENT = f"{MODEL}placements/<slug:placement_key>/"
LINK = f"{MODEL}links/<slug:link_key>/"
ACTIVITY = "activities/<slug:activity_key>/"
PARTNER = f"{ACTIVITY}partners/<slug:partner_key>/"
MILESTONE = f"{ACTIVITY}milestones/<slug:milestone_key>/"
RESULT = f"{ACTIVITY}results/<slug:result_key>/"
# What a contractor sees: never the same addresses as the municipality's own.
CONTRIBUTOR = "contributor/<slug:activity_key>/"
OWN_RESULT = f"{CONTRIBUTOR}results/<slug:result_key>/"

urlpatterns = [
    path("scenes/", views.plan, name="plan"),
    path("scenes/<scene:scene>/", views.scene, name="scene"),
    path("scenes/<scene:scene>/goal/edit/", views.goal_edit, name="goal_edit"),
    path("scenes/<scene:scene>/goal/delete/", views.goal_delete, name="goal_delete"),
    path("issues/add/", views.issue_add, name="issue_add"),
    path("issues/<slug:key>/edit/", views.issue_edit, name="issue_edit"),
    path("issues/<slug:key>/delete/", views.issue_delete, name="issue_delete"),
    path("issues/<slug:key>/up/", views.issue_move, {"step": UP}, name="issue_up"),
    path("issues/<slug:key>/down/", views.issue_move, {"step": DOWN}, name="issue_down"),
    path("activities/", activities.activity_list, name="activity_list"),
    path("activities/add/", activities.activity_add, name="activity_add"),
    path(ACTIVITY, activities.activity, name="activity"),
    path(f"{ACTIVITY}edit/", activities.activity_edit, name="activity_edit"),
    path(f"{ACTIVITY}delete/", activities.activity_delete, name="activity_delete"),
    path(f"{ACTIVITY}up/", activities.activity_move, {"step": UP}, name="activity_up"),
    path(f"{ACTIVITY}down/", activities.activity_move, {"step": DOWN}, name="activity_down"),
    path(f"{ACTIVITY}partners/add/", parts.partner_add, name="partner_add"),
    path(f"{PARTNER}edit/", parts.partner_edit, name="partner_edit"),
    path(f"{PARTNER}delete/", parts.partner_delete, name="partner_delete"),
    path(f"{ACTIVITY}milestones/add/", parts.milestone_add, name="milestone_add"),
    path(f"{MILESTONE}edit/", parts.milestone_edit, name="milestone_edit"),
    path(f"{MILESTONE}delete/", parts.milestone_delete, name="milestone_delete"),
    path(f"{ACTIVITY}results/add/", parts.result_add, name="result_add"),
    path(f"{RESULT}edit/", parts.result_edit, name="result_edit"),
    path(f"{RESULT}delete/", parts.result_delete, name="result_delete"),
    path("contributor/", contributors.contributor, name="contributor"),
    path(
        "contributor/drafts/<slug:form_key>/",
        contributors.contributor_draft,
        name="contributor_draft",
    ),
    path(
        "contributor/drafts/<slug:form_key>/discard/",
        contributors.contributor_draft_discard,
        name="contributor_draft_discard",
    ),
    path(CONTRIBUTOR, contributors.contributor_activity, name="contributor_activity"),
    path(
        f"{CONTRIBUTOR}results/add/",
        contributors.contributor_result_add,
        name="contributor_result_add",
    ),
    path(
        f"{OWN_RESULT}edit/",
        contributors.contributor_result_edit,
        name="contributor_result_edit",
    ),
    path(
        f"{OWN_RESULT}delete/",
        contributors.contributor_result_delete,
        name="contributor_result_delete",
    ),
    path(
        f"{CONTRIBUTOR}milestones/<slug:milestone_key>/reach/",
        contributors.contributor_milestone_reach,
        name="contributor_milestone_reach",
    ),
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
