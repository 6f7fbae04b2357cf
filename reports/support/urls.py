"""Addresses of the support under /m/<code>/<fy>/support/."""

from django.urls import path

from municipalities.pages.ordering import DOWN, UP
from reports.support import (
    advice_views,
    feedback_views,
    history_views,
    plan_views,
    step_views,
    views,
)


def rows(stem, plural, module):
    """Return the addresses of a row that people arrange: edit, delete, one step up or down."""
    row, move = f"support/{plural}/<slug:{stem}_key>", getattr(module, f"{stem}_move")
    return [
        path(f"{row}/edit/", getattr(module, f"{stem}_edit"), name=f"{stem}_edit"),
        path(f"{row}/delete/", getattr(module, f"{stem}_delete"), name=f"{stem}_delete"),
        path(f"{row}/up/", move, {"step": UP}, name=f"{stem}_up"),
        path(f"{row}/down/", move, {"step": DOWN}, name=f"{stem}_down"),
    ]


urlpatterns = [
    path("support/", views.support, name="support"),
    path("support/history/", history_views.support_history, name="support_history"),
    path(
        "support/history/tables/",
        history_views.support_history_tables,
        name="support_history_tables",
    ),
    path("support/feedback/", feedback_views.support_feedback, name="support_feedback"),
    path(
        "support/feedback/edit/",
        feedback_views.support_feedback_edit,
        name="support_feedback_edit",
    ),
    path("support/round/edit/", views.round_edit, name="round_edit"),
    path("support/steps/prepare/", views.steps_prepare, name="steps_prepare"),
    path("support/members/add/", plan_views.member_add, name="member_add"),
    path("support/tasks/add/", plan_views.task_add, name="task_add"),
    path("support/steps/add/", step_views.step_add, name="step_add"),
    path("support/steps/<slug:step_key>/advice/add/", advice_views.advice_add, name="advice_add"),
    path(
        "support/advice/<slug:advice_key>/answer/",
        advice_views.advice_answer,
        name="advice_answer",
    ),
    *rows("member", "members", plan_views),
    *rows("task", "tasks", plan_views),
    *rows("step", "steps", step_views),
    *rows("advice", "advice", advice_views),
]
