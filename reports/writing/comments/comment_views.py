"""The municipality and its advisers' comments: reading them, answering, and beginning to mend."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from municipalities.access import Permission, requires
from municipalities.kernel import submission_keys
from reports.choices import ReportStatus
from reports.models import Comment
from reports.submission.advising import commenting, deciding
from reports.submission.contents import sections
from reports.submission.reworking import mending, reopening
from reports.writing.comments import comments as reading
from reports.writing.comments.comment_forms import ANSWER, ReplyForm
from reports.writing.texts.section_views import definition_of
from reports.writing.views import one_report

NOT_WANTED = "アドバイザーは、いまこの報告書を「もう一度見たい」としていません。いまの状態を確かめてください。"


def submitted_report(request, pk):
    """Return a report that was submitted at least once: nobody comments on a first draft. Raises Http404."""
    report = one_report(request, pk)
    if report.submitted_at is None:
        raise Http404
    return report


@require_safe
@requires(Permission.VIEW_PLAN)
def comments(request, pk):
    return show(request, submitted_report(request, pk), form=ReplyForm())


def show(request, report, *, form, about=None):
    """The page of all comments; a reply that was refused stands open under its comment."""
    is_only_open = request.GET.get("open") == "1"
    context = {
        "report": report,
        "sheet": reading.sheet_of(report, is_only_open=is_only_open),
        "is_only_open": is_only_open,
        "form": form,
        "about": about,
        "has_errors": form.is_bound,
        "submission_key": submission_keys.new(),
    }
    return render(request, "reports/comments.html", context, status=422 if form.is_bound else 200)


@require_POST
@requires(Permission.EDIT_PLAN)
def comment_reply(request, pk, comment_pk):
    """Answer a comment, or say something about it and leave it open."""
    report = submitted_report(request, pk)
    comment = get_object_or_404(Comment.objects.filter(report=report).sent(), pk=comment_pk)
    form = ReplyForm(request.POST)
    if form.is_valid():
        try:
            address = submission_keys.once(
                request.POST.get("submission_key", ""),
                user=request.user,
                deed=lambda: reply(comment, form.cleaned_data, by=request.user, report=report),
                digest=submission_keys.digest_of(request),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "返事を書きました。")
            return redirect(address)
    return show(request, report, form=form, about=comment)


def reply(comment, answer, *, by, report):
    if answer["deed"] == ANSWER:
        commenting.answer(comment, text=answer["text"], by=by)
    else:
        commenting.reply(comment, text=answer["text"], by=by, is_advisers=False)
    return f"{report.cycle.url('reports:comments', report.pk)}#comment-{comment.pk}"


@require_POST
@requires(Permission.SUBMIT_REPORT)
def mending_start(request, pk):
    """直しはじめる: what an adviser wants again becomes a draft; they have said why."""
    report = one_report(request, pk)
    if report.status != ReportStatus.REVISIT:
        messages.info(request, NOT_WANTED)
        return redirect(report.get_absolute_url())
    reason = mending.reason_for(deciding.wishes(report))
    try:
        reopening.reopen(report, reason=reason, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(
            request,
            "下書きに戻しました。コメントのあった節を直してから、もう一度提出してください。",
        )
    return redirect(report.get_absolute_url())


@require_POST
@requires(Permission.EDIT_PLAN)
def section_open(request, pk, section):
    """この節も直す: open a section that no adviser asked about."""
    report = one_report(request, pk)
    definition = definition_of(report, section)
    try:
        was_closed = mending.open_also(report, definition, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect(report.get_absolute_url())
    if was_closed:
        messages.success(request, f"「{definition.label}」を直せるようにしました。")
    return redirect(sections.address_of(report, definition))
