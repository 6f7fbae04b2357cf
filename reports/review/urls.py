"""Addresses of the adviser's desk."""

from django.urls import include, path

from reports.choices import TextSection
from reports.review import (
    answer_views,
    change_views,
    decision_views,
    draft_views,
    past_views,
    version_views,
    views,
)
from reports.review.advice import lesson_views
from reports.review.advice import views as advice_views
from reports.review.comments import pending_views
from reports.review.comments import views as comment_views

app_name = "review"

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("past/", past_views.past, name="past"),
    path("past/<number:report_number>/", past_views.past_report, name="past_report"),
    path(
        "past/<number:report_number>/versions/<int:version>/",
        past_views.past_version,
        name="past_version",
    ),
    path(
        "past/<number:report_number>/versions/<int:version>/pdf/",
        past_views.past_pdf,
        name="past_pdf",
    ),
    path("m/", include("reports.review.advice.urls")),
    path("<number:report_number>/", views.report, name="report"),
    path("<number:report_number>/pdf/", views.pdf, name="pdf"),
    path("<number:report_number>/changes/", change_views.changes, name="changes"),
    path("<number:report_number>/drafts/<slug:form_key>/", draft_views.draft, name="draft"),
    path(
        "<number:report_number>/drafts/<slug:form_key>/discard/",
        draft_views.draft_discard,
        name="draft_discard",
    ),
    path(
        "<number:report_number>/comments/send/", comment_views.comments_send, name="comments_send"
    ),
    path(
        "<number:report_number>/comments/<int:comment_pk>/reply/",
        comment_views.comment_reply,
        name="comment_reply",
    ),
    path(
        "<number:report_number>/comments/<int:comment_pk>/settle/",
        comment_views.comment_settle,
        name="comment_settle",
    ),
    path(
        "<number:report_number>/comments/<int:pending_pk>/edit/",
        pending_views.pending_edit,
        name="pending_edit",
    ),
    path(
        "<number:report_number>/comments/<int:pending_pk>/delete/",
        pending_views.pending_delete,
        name="pending_delete",
    ),
    path(
        "<number:report_number>/comments/<slug:section>/", comment_views.comments, name="comments"
    ),
    path("<number:report_number>/versions/", version_views.versions, name="versions"),
    path("<number:report_number>/versions/<int:version>/", version_views.version, name="version"),
    path(
        "<number:report_number>/versions/<int:version>/pdf/",
        version_views.version_pdf,
        name="version_pdf",
    ),
    path("<number:report_number>/advice/", advice_views.advice, name="advice"),
    path(
        "<number:report_number>/advice/confirm/",
        advice_views.advice_confirm,
        name="advice_confirm",
    ),
    path("<number:report_number>/advice/add/", advice_views.advice_add, name="advice_add"),
    path(
        "<number:report_number>/advice/<slug:advice_key>/take-back/",
        advice_views.advice_take_back,
        name="advice_take_back",
    ),
    path(
        "<number:report_number>/advice/<slug:own_advice_key>/edit/",
        advice_views.advice_edit,
        name="advice_edit",
    ),
    path(
        "<number:report_number>/advice/<slug:own_advice_key>/delete/",
        advice_views.advice_delete,
        name="advice_delete",
    ),
    path("<number:report_number>/lessons/", lesson_views.lessons, name="lessons"),
    path(
        "<number:report_number>/lessons/method/edit/",
        lesson_views.lesson_edit,
        {"section": TextSection.METHOD},
        name="method_edit",
    ),
    path(
        "<number:report_number>/lessons/support-needs/edit/",
        lesson_views.lesson_edit,
        {"section": TextSection.SUPPORT_NEEDS},
        name="support_needs_edit",
    ),
    path("<number:report_number>/decision/", decision_views.decision, name="decision"),
    path("<number:report_number>/answer/", answer_views.answer, name="answer"),
    path("<number:report_number>/answer/check/", answer_views.answer_check, name="answer_check"),
    path(
        "<number:report_number>/answer/take-in/",
        answer_views.answer_take_in,
        name="answer_take_in",
    ),
    path("<number:report_number>/slides/", views.slides, name="slides"),
    path("<number:report_number>/tables/", views.tables, name="tables"),
]
