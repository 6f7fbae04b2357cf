"""Addresses of the support and the reports under /m/<code>/<fy>/."""

from django.urls import path

from municipalities.ordering import DOWN, UP
from reports.delivery import views as delivery_views
from reports.inquiry import file_views as inquiry_files
from reports.inquiry import views as inquiries
from reports.support import (
    advice_views,
    feedback_views,
    history_views,
    plan_views,
    step_views,
)
from reports.support import views as support_views
from reports.surveying.urls import urlpatterns as surveying
from reports.writing import (
    approval_views,
    comment_views,
    copy_views,
    effect_views,
    errata_views,
    evaluation_views,
    exchange_views,
    file_views,
    handout_views,
    questionnaire_views,
    recipient_views,
    section_views,
    structure_views,
    version_views,
    views,
)
from reports.year import findings_views, letter_views, next_year_views, page_views, poster_views
from reports.year.calendar.urls import urlpatterns as calendar
from reports.year.grants import views as grant_views
from reports.year.handover import views as handover_views

app_name = "reports"


def rows(stem, plural, module):
    """Return the addresses of a row that people arrange: edit, delete, one step up or down."""
    row, move = f"support/{plural}/<slug:{stem}_key>", getattr(module, f"{stem}_move")
    return [
        path(f"{row}/edit/", getattr(module, f"{stem}_edit"), name=f"{stem}_edit"),
        path(f"{row}/delete/", getattr(module, f"{stem}_delete"), name=f"{stem}_delete"),
        path(f"{row}/up/", move, {"step": UP}, name=f"{stem}_up"),
        path(f"{row}/down/", move, {"step": DOWN}, name=f"{stem}_down"),
    ]


support = [
    path("support/", support_views.support, name="support"),
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
    path("support/round/edit/", support_views.round_edit, name="round_edit"),
    path("support/steps/prepare/", support_views.steps_prepare, name="steps_prepare"),
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

handouts = [
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
    path("year/", page_views.year_on_a_page, name="year_on_a_page"),
    path("year/sheet.pdf", page_views.year_on_a_page_pdf, name="year_on_a_page_pdf"),
    path("evaluations/sheet.pdf", evaluation_views.evaluation_pdf, name="evaluation_pdf"),
    path("handouts/<scene:scene>/", handout_views.handout, name="handout"),
    path("handouts/<scene:scene>/pdf/", handout_views.handout_pdf, name="handout_pdf"),
    path(
        "handouts/<scene:scene>/questions/edit/",
        handout_views.council_question_edit,
        name="council_question_edit",
    ),
]

next_year = [
    path("next-year/", next_year_views.next_year_page, name="next_year"),
    path("next-year/prepare/", next_year_views.next_year_prepare, name="next_year_prepare"),
    path("next-year/take-back/", next_year_views.next_year_take_back, name="next_year_take_back"),
    path("next-year/begin/", next_year_views.next_year_begin, name="next_year_begin"),
    path(
        "next-year/<slug:part>/confirm/",
        next_year_views.next_year_confirm,
        name="next_year_confirm",
    ),
    path(
        "next-year/<slug:part>/<slug:row_key>/unconfirm/",
        next_year_views.next_year_unconfirm,
        name="next_year_unconfirm",
    ),
    path(
        "next-year/<slug:part>/<slug:row_key>/reason/",
        next_year_views.carried_edit,
        name="carried_edit",
    ),
]

handovers = [
    path("handover/", handover_views.handover, name="handover"),
    path("handover/pdf/", handover_views.handover_pdf, name="handover_pdf"),
    path("handover/pass-on/", handover_views.handover_pass_on, name="handover_pass_on"),
    path(
        "handover/notes/<slug:subject>/edit/",
        handover_views.handover_note_edit,
        name="handover_note_edit",
    ),
    path(
        "handover/indicators/<slug:indicator_key>/edit/",
        handover_views.indicator_handover_edit,
        name="indicator_handover_edit",
    ),
]

grants = [
    path("grant-evidence/", grant_views.grant_evidence, name="grant_evidence"),
    path("grant-evidence/export/", grant_views.grant_evidence_export, name="grant_evidence_export"),
    path("survey-evidence/", grant_views.survey_evidence, name="survey_evidence"),
    path(
        "survey-evidence/export/",
        grant_views.survey_evidence_export,
        name="survey_evidence_export",
    ),
    path(
        "survey-evidence/<slug:topic_code>/edit/",
        grant_views.survey_answer_edit,
        name="survey_answer_edit",
    ),
    path(
        "grant-evidence/<slug:item_code>/edit/",
        grant_views.grant_answer_edit,
        name="grant_answer_edit",
    ),
]

asked = "inquiries/<slug:inquiry_key>/"
inquiry = [
    path("inquiries/", inquiries.inquiry_list, name="inquiry_list"),
    path(asked, inquiries.inquiry, name="inquiry"),
    path(f"{asked}edit/", inquiries.inquiry_edit, name="inquiry_edit"),
    path(f"{asked}answer/", inquiries.inquiry_answer, name="inquiry_answer"),
    path(f"{asked}form/", inquiries.inquiry_form, name="inquiry_form"),
    path(f"{asked}file/", inquiry_files.inquiry_file, name="inquiry_file"),
    path(f"{asked}file/confirm/", inquiry_files.inquiry_file_confirm, name="inquiry_file_confirm"),
]

OUR_STRUCTURE = "coordinators/<slug:structure_key>/"
SHARED_STRUCTURE = "coordinators/shared/<code:lead>/<slug:structure_key>/"

structures = [
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

findings = [
    path("findings/", findings_views.findings, name="findings"),
    path("findings/of/<slug:part>/<slug:row_key>/", findings_views.findings_of, name="findings_of"),
    path(
        "findings/<slug:rule>/<slug:place>/waive/",
        findings_views.finding_waive,
        name="finding_waive",
    ),
    path(
        "findings/waivers/<slug:waiver_key>/take-back/",
        findings_views.waiver_delete,
        name="waiver_delete",
    ),
]

urlpatterns = [
    *support,
    *handouts,
    *handovers,
    path(
        "surveys/rounds/<slug:round_key>/paper.pdf",
        questionnaire_views.round_pdf,
        name="round_pdf",
    ),
    path(
        "surveys/rounds/<slug:round_key>/poster/",
        poster_views.survey_poster,
        name="survey_poster",
    ),
    path(
        "surveys/rounds/<slug:round_key>/letters.pdf",
        letter_views.survey_letters,
        name="survey_letters",
    ),
    *grants,
    *inquiry,
    *surveying,
    *structures,
    *next_year,
    *calendar,
    *findings,
    path("reports/", views.report_list, name="report_list"),
    path("reports/new/", views.report_create, name="report_create"),
    path("reports/<int:pk>/", views.report, name="report"),
    path("reports/<int:pk>/status/", views.report_status, name="report_status"),
    path("reports/<int:pk>/preview/", views.report_preview, name="report_preview"),
    path("reports/<int:pk>/check/", views.report_check, name="report_check"),
    path("reports/<int:pk>/submit/", views.report_submit, name="report_submit"),
    path("reports/<int:pk>/pdf/", views.report_pdf, name="report_pdf"),
    path("reports/<int:pk>/slides/", file_views.report_slides, name="report_slides"),
    path("reports/<int:pk>/tables/", file_views.report_tables, name="report_tables"),
    path("reports/<int:pk>/recipients/", recipient_views.recipients, name="recipients"),
    path("reports/<int:pk>/step/", recipient_views.report_step, name="report_step"),
    path("reports/<int:pk>/approval/", approval_views.approval, name="approval"),
    path(
        "reports/<int:pk>/approval/request/",
        approval_views.approval_request,
        name="approval_request",
    ),
    path(
        "reports/<int:pk>/approval/decision/",
        approval_views.approval_decision,
        name="approval_decision",
    ),
    path(
        "reports/<int:pk>/approval/withdrawal/",
        approval_views.approval_withdrawal,
        name="approval_withdrawal",
    ),
    path("reports/<int:pk>/versions/", version_views.versions, name="versions"),
    path("reports/<int:pk>/versions/<int:version>/", version_views.version, name="version"),
    path(
        "reports/<int:pk>/versions/<int:version>/pdf/",
        version_views.version_pdf,
        name="version_pdf",
    ),
    path(
        "reports/<int:pk>/versions/<int:version>/changes/",
        version_views.version_changes,
        name="version_changes",
    ),
    path("reports/<int:pk>/reopening/", version_views.reopening_start, name="reopening"),
    path(
        "reports/<int:pk>/reopening/withdrawal/",
        version_views.reopening_withdrawal,
        name="reopening_withdrawal",
    ),
    path("reports/<int:pk>/comments/", comment_views.comments, name="comments"),
    path(
        "reports/<int:pk>/comments/<int:comment_pk>/reply/",
        comment_views.comment_reply,
        name="comment_reply",
    ),
    path("reports/<int:pk>/mending/", comment_views.mending_start, name="mending"),
    path("reports/<int:pk>/errata/add/", errata_views.erratum_add, name="erratum_add"),
    # How reports are sent, and sending again.
    path("reports/mail-settings/", delivery_views.mail_settings, name="mail_settings"),
    path(
        "reports/<int:pk>/deliveries/<int:delivery_pk>/resend/",
        delivery_views.delivery_resend,
        name="delivery_resend",
    ),
    path("reports/<int:pk>/prefecture-copy/", copy_views.prefecture_copy, name="prefecture_copy"),
    path(
        "reports/<int:pk>/prefecture-copy/share/",
        copy_views.prefecture_copy_share,
        name="prefecture_copy_share",
    ),
    # Out of a closed network as a file, and the answer back
    path("reports/<int:pk>/exchange/", exchange_views.exchange, name="exchange"),
    path("reports/<int:pk>/answers/", exchange_views.answers, name="answers"),
    path("reports/<int:pk>/answers/check/", exchange_views.answer_check, name="answer_check"),
    path(
        "reports/<int:pk>/answers/take-in/",
        exchange_views.answer_take_in,
        name="answer_take_in",
    ),
    # Sections
    path("reports/<int:pk>/sections/<slug:section>/", section_views.section, name="section"),
    path(
        "reports/<int:pk>/sections/<slug:section>/mark/",
        section_views.section_mark,
        name="section_mark",
    ),
    path(
        "reports/<int:pk>/sections/<slug:section>/edit/",
        section_views.section_edit,
        name="section_edit",
    ),
    path(
        "reports/<int:pk>/sections/<slug:section>/open/",
        comment_views.section_open,
        name="section_open",
    ),
    # What the support changed
    path("effects/", effect_views.effects, name="effects"),
    path(
        "effects/issues/take-over/",
        effect_views.support_issue_take_over,
        name="support_issue_take_over",
    ),
    path("effects/issues/add/", effect_views.support_issue_add, name="support_issue_add"),
    path(
        "effects/issues/<slug:before_key>/edit/",
        effect_views.support_issue_edit,
        name="support_issue_edit",
    ),
    path(
        "effects/issues/<slug:before_key>/delete/",
        effect_views.support_issue_delete,
        name="support_issue_delete",
    ),
    path(
        "effects/issues/<slug:before_key>/up/",
        effect_views.support_issue_move,
        {"step": UP},
        name="support_issue_up",
    ),
    path(
        "effects/issues/<slug:before_key>/down/",
        effect_views.support_issue_move,
        {"step": DOWN},
        name="support_issue_down",
    ),
    path("effects/changes/add/", effect_views.support_effect_add, name="support_effect_add"),
    path(
        "effects/changes/<slug:effect_key>/edit/",
        effect_views.support_effect_edit,
        name="support_effect_edit",
    ),
    path(
        "effects/changes/<slug:effect_key>/delete/",
        effect_views.support_effect_delete,
        name="support_effect_delete",
    ),
    path(
        "effects/changes/<slug:effect_key>/up/",
        effect_views.support_effect_move,
        {"step": UP},
        name="support_effect_up",
    ),
    path(
        "effects/changes/<slug:effect_key>/down/",
        effect_views.support_effect_move,
        {"step": DOWN},
        name="support_effect_down",
    ),
    path("effects/outlooks/add/", effect_views.support_outlook_add, name="support_outlook_add"),
    path(
        "effects/outlooks/<slug:outlook_key>/edit/",
        effect_views.support_outlook_edit,
        name="support_outlook_edit",
    ),
    path(
        "effects/outlooks/<slug:outlook_key>/delete/",
        effect_views.support_outlook_delete,
        name="support_outlook_delete",
    ),
    path(
        "effects/outlooks/<slug:outlook_key>/up/",
        effect_views.support_outlook_move,
        {"step": UP},
        name="support_outlook_up",
    ),
    path(
        "effects/outlooks/<slug:outlook_key>/down/",
        effect_views.support_outlook_move,
        {"step": DOWN},
        name="support_outlook_down",
    ),
]
