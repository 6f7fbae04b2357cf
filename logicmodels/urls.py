"""Addresses of desired states, issues and activities under /m/<code>/<fy>/."""

from django.urls import path

from logicmodels import activity_part_views as parts
from logicmodels import activity_views as activities
from logicmodels import views
from logicmodels.ordering import DOWN, UP

app_name = "logicmodels"

activity = "activities/<slug:activity_key>/"
partner = f"{activity}partners/<slug:partner_key>/"
milestone = f"{activity}milestones/<slug:milestone_key>/"
result = f"{activity}results/<slug:result_key>/"

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
    path(activity, activities.activity, name="activity"),
    path(f"{activity}edit/", activities.activity_edit, name="activity_edit"),
    path(f"{activity}delete/", activities.activity_delete, name="activity_delete"),
    path(f"{activity}up/", activities.activity_move, {"step": UP}, name="activity_up"),
    path(f"{activity}down/", activities.activity_move, {"step": DOWN}, name="activity_down"),
    path(f"{activity}partners/add/", parts.partner_add, name="partner_add"),
    path(f"{partner}edit/", parts.partner_edit, name="partner_edit"),
    path(f"{partner}delete/", parts.partner_delete, name="partner_delete"),
    path(f"{activity}milestones/add/", parts.milestone_add, name="milestone_add"),
    path(f"{milestone}edit/", parts.milestone_edit, name="milestone_edit"),
    path(f"{milestone}delete/", parts.milestone_delete, name="milestone_delete"),
    path(f"{activity}results/add/", parts.result_add, name="result_add"),
    path(f"{result}edit/", parts.result_edit, name="result_edit"),
    path(f"{result}delete/", parts.result_delete, name="result_delete"),
]
