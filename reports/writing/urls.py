"""Addresses of the reports under /m/<code>/<fy>/reports/."""

from django.urls import path

from reports.writing import views
from reports.writing.comments import comment_views
from reports.writing.copies import copy_views, exchange_views, file_views
from reports.writing.texts import section_views
from reports.writing.way import approval_views, errata_views, recipient_views, version_views

urlpatterns = [
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
]
