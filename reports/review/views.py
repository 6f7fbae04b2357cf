"""The adviser reads: inbox, report with its comments, PDF."""

import json

from django.db.models import OuterRef
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from reports.choices import DecisionKind
from reports.delivery import office, opened
from reports.delivery.pdf import pdf_response
from reports.document import snapshot
from reports.models import Decision, Snapshot
from reports.review import changes, looks, unchanged
from reports.review import inbox as heads
from reports.review.comments import conversation as reading
from reports.review.comments.forms import CommentForm, ReplyForm
from reports.submission.advising import deciding
from reports.templatetags.sheets import review_sections


@require_safe
@requires(Permission.READ_SUBMITTED)
def inbox(request):
    context = {"inbox": heads.inbox_of(request.user)}
    return render(request, "reports/review/inbox.html", context)


def newest_version(request, number):
    """Return what was submitted last under this number, with what this adviser decided about it.

    A draft is absent. Raises Http404.
    """
    said = Decision.objects.filter(snapshot=OuterRef("pk"), adviser=request.user).order_by("-pk")
    versions = Snapshot.objects.numbered(number).annotate(
        is_unopened=opened.unopened_by(request.user, report="report"),
        is_unseen=looks.unseen_by(request.user),
        own_decision=said.values("kind")[:1],
        own_decided_at=said.values("decided_at")[:1],
        own_wanted_on=said.values("wanted_on")[:1],
    )
    newest = versions.select_related("report__step", "pdf").last()
    if newest is None:
        raise Http404
    newest.report.cycle = request.cycle
    return newest


@require_safe
@requires(Permission.READ_SUBMITTED)
def report(request, report_number):
    newest = newest_version(request, report_number)
    opened.note(newest.report_id, by=request.user, is_unopened=newest.is_unopened)
    looks.note(newest, by=request.user, is_unseen=newest.is_unseen)
    return show(request, newest)


def show(request, newest, *, typed=None, status=200):
    """Answer with the whole screen; `typed` is the form that was refused, or kept from an expired page."""
    context = screen(request, newest, typed=typed)
    return render(request, "reports/review/report.html", context, status=status)


def screen(request, newest, *, typed=None):
    """Return what the screen shows: the frozen version, its sections with their comments, the deeds at its end."""
    review = snapshot.review_of(newest)
    may_advise = request.scope.may(Permission.ADVISE)
    beside = reading.Conversation(newest, request.user, may_write=may_advise, typed=typed)
    return {
        "unchanged": unchanged.hint(newest.report, json.loads(bytes(newest.document))),
        "report": newest.report,
        "newest": newest,
        "review": review,
        "panes": beside.panes(review_sections(review)),
        "has_pdf": hasattr(newest, "pdf"),
        "may_advise": may_advise,
        "pending": beside.pending,
        "obstacle": deciding.obstacle(newest.report),
        "own_decision": DecisionKind(newest.own_decision) if newest.own_decision else None,
        **forms_of(typed),
        **changes.lead(newest, request.user),
    }


def forms_of(typed):
    """Return the form that was refused or kept, and the empty ones beside it."""
    return {"form": typed and typed.form, "blank": CommentForm(), "blank_reply": ReplyForm()}


@require_safe
@requires(Permission.READ_SUBMITTED)
def pdf(request, report_number):
    newest = newest_version(request, report_number)
    response = pdf_response(newest.report)
    opened.note(newest.report_id, by=request.user, is_unopened=newest.is_unopened)
    looks.note(newest, by=request.user, is_unseen=newest.is_unseen)
    return response


@require_safe
@requires(Permission.READ_SUBMITTED)
def slides(request, report_number):
    newest = newest_version(request, report_number)
    return office.slides(newest.report, snapshot.review_of(newest))


@require_safe
@requires(Permission.READ_SUBMITTED)
def tables(request, report_number):
    newest = newest_version(request, report_number)
    return office.tables(newest.report, snapshot.review_of(newest))
