"""Addresses of the papers that a year prints, each beside the page it is made from, under /m/<code>/<fy>/."""

from django.urls import path

from reports.writing.papers import (
    evaluation_views,
    handout_views,
    questionnaire_views,
    structure_views,
)

OUR_STRUCTURE = "coordinators/<slug:structure_key>/"
SHARED_STRUCTURE = "coordinators/shared/<code:lead>/<slug:structure_key>/"

urlpatterns = [
    path(
        "surveys/forms/templates/<slug:template_key>/paper.pdf",
        questionnaire_views.template_pdf,
        name="template_pdf",
    ),
    path(
        "surveys/forms/<slug:questionnaire_key>/paper.pdf",
        questionnaire_views.questionnaire_pdf,
        name="questionnaire_pdf",
    ),
    path(
        "surveys/rounds/<slug:round_key>/paper.pdf",
        questionnaire_views.round_pdf,
        name="round_pdf",
    ),
    path("evaluations/sheet.pdf", evaluation_views.evaluation_pdf, name="evaluation_pdf"),
    path("handouts/<scene:scene>/", handout_views.handout, name="handout"),
    path("handouts/<scene:scene>/pdf/", handout_views.handout_pdf, name="handout_pdf"),
    path(
        "handouts/<scene:scene>/questions/edit/",
        handout_views.council_question_edit,
        name="council_question_edit",
    ),
    path(f"{OUR_STRUCTURE}sheet/", structure_views.structure_sheet, name="structure_sheet"),
    path(
        f"{OUR_STRUCTURE}sheet.pdf",
        structure_views.structure_sheet_pdf,
        name="structure_sheet_pdf",
    ),
    path(
        f"{SHARED_STRUCTURE}sheet/",
        structure_views.structure_sheet,
        name="shared_structure_sheet",
    ),
    path(
        f"{SHARED_STRUCTURE}sheet.pdf",
        structure_views.structure_sheet_pdf,
        name="shared_structure_sheet_pdf",
    ),
]
