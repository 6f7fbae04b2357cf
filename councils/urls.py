"""Addresses of 協議体, 評価 and 改善の決定 under /m/<code>/<fy>/."""

from django.urls import path

from councils.evaluating import evaluation_views as evaluations
from councils.evaluating import judgement_views as judgements
from councils.improving import improvement_views as improvements
from councils.register import council_views as councils
from councils.register import part_views as parts
from councils.register import views
from municipalities.pages.ordering import DOWN, UP

app_name = "councils"
COUNCIL = "councils/<slug:council_key>/"
EVALUATION = "evaluations/<slug:evaluation_key>/"
JUDGEMENT = "evaluations/judgements/<slug:judgement_key>/"
IMPROVEMENT = "improvements/<slug:improvement_key>/"


def lists(stem, plural):
    """Return the addresses of a list of a council that people arrange."""
    row, move = f"councils/{plural}/<slug:{stem}_key>/", getattr(parts, f"{stem}_move")
    return [
        path(f"{COUNCIL}{plural}/add/", getattr(parts, f"{stem}_add"), name=f"{stem}_add"),
        path(f"{row}edit/", getattr(parts, f"{stem}_edit"), name=f"{stem}_edit"),
        path(f"{row}delete/", getattr(parts, f"{stem}_delete"), name=f"{stem}_delete"),
        path(f"{row}up/", move, {"step": UP}, name=f"{stem}_up"),
        path(f"{row}down/", move, {"step": DOWN}, name=f"{stem}_down"),
    ]


urlpatterns = [
    path("councils/", views.council_list, name="council_list"),
    path("councils/print/", views.council_print, name="council_print"),
    path("councils/add/", councils.council_add, name="council_add"),
    path(
        "councils/shared/<code:lead>/<slug:council_key>/",
        views.council_shared,
        name="council_shared",
    ),
    path(COUNCIL, views.council, name="council"),
    path(f"{COUNCIL}edit/", councils.council_edit, name="council_edit"),
    path(f"{COUNCIL}delete/", councils.council_delete, name="council_delete"),
    path(f"{COUNCIL}up/", councils.council_move, {"step": UP}, name="council_up"),
    path(f"{COUNCIL}down/", councils.council_move, {"step": DOWN}, name="council_down"),
    *lists("function", "functions"),
    *lists("seat", "seats"),
    *lists("outreach", "outreach"),
    path(f"{COUNCIL}partners/add/", parts.partner_add, name="partner_add"),
    path(
        "councils/partners/<slug:partner_key>/delete/", parts.partner_delete, name="partner_delete"
    ),
    path("evaluations/", evaluations.evaluation_list, name="evaluation_list"),
    path("evaluations/sheet/", evaluations.evaluation_sheet, name="evaluation_sheet"),
    path("evaluations/sheet.xlsx", evaluations.evaluation_sheet_xlsx, name="evaluation_sheet_xlsx"),
    path("evaluations/draft/", evaluations.evaluation_draft, name="evaluation_draft"),
    path(
        "evaluations/outcomes/<slug:outcome_key>/edit/",
        evaluations.evaluation_of_outcome,
        name="evaluation_of_outcome",
    ),
    path(
        "evaluations/activities/<slug:activity_key>/edit/",
        evaluations.evaluation_of_activity,
        name="evaluation_of_activity",
    ),
    path(
        "evaluations/councils/<slug:council_key>/edit/",
        evaluations.evaluation_of_council,
        name="evaluation_of_council",
    ),
    path(f"{EVALUATION}delete/", evaluations.evaluation_delete, name="evaluation_delete"),
    path(f"{EVALUATION}judgements/add/", judgements.judgement_add, name="judgement_add"),
    path(f"{JUDGEMENT}edit/", judgements.judgement_edit, name="judgement_edit"),
    path(f"{JUDGEMENT}delete/", judgements.judgement_delete, name="judgement_delete"),
    path(f"{JUDGEMENT}up/", judgements.judgement_move, {"step": UP}, name="judgement_up"),
    path(f"{JUDGEMENT}down/", judgements.judgement_move, {"step": DOWN}, name="judgement_down"),
    path("improvements/", improvements.improvement_list, name="improvement_list"),
    path("improvements/add/", improvements.improvement_add, name="improvement_add"),
    path(f"{IMPROVEMENT}edit/", improvements.improvement_edit, name="improvement_edit"),
    path(f"{IMPROVEMENT}delete/", improvements.improvement_delete, name="improvement_delete"),
    path(f"{IMPROVEMENT}up/", improvements.improvement_move, {"step": UP}, name="improvement_up"),
    path(
        f"{IMPROVEMENT}down/",
        improvements.improvement_move,
        {"step": DOWN},
        name="improvement_down",
    ),
]
