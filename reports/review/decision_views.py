"""The adviser ends a reading: says it, looks at the mail that will tell it, and sends it once."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render

from municipalities.access import Permission, requires
from municipalities.kernel import drafts, submission_keys
from municipalities.pages.editing import returned
from reports.delivery import decision_mail
from reports.models import Comment, Decision
from reports.review.comments.conversation import Conversation
from reports.review.decision_forms import ReadingDecisionForm
from reports.review.draft_views import address_of
from reports.review.views import newest_version
from reports.submission.advising import commenting, deciding

PREVIEW = "preview"
SENT = "判断を送りました。市区町村の担当者にメールでお知らせします。"


@requires(Permission.ADVISE)
def decision(request, report_number):
    newest = newest_version(request, report_number)
    if request.method != "POST":
        return opened(request, newest)
    form = ReadingDecisionForm(request.POST, version=newest.version, seen=request.POST.get("seen"))
    letter = None
    if form.is_valid():
        if request.POST.get("deed") == PREVIEW:
            letter = letter_to_be(newest, form.cleaned_data, by=request.user)
        elif send(request, newest.report, form):
            drafts.drop(author=request.user, form_key=draft_key(report_number))
            messages.success(request, SENT)
            return redirect(newest.report.review_url())
    return show(request, newest, form=form, letter=letter)


def opened(request, newest):
    """Show the page as it is found, or as the adviser left it when they ask for that."""
    key = draft_key(newest.report.number)
    draft = drafts.Draft.objects.of(request.user, key).first()
    typed = returned(request, draft)
    initial = typed.fields if typed else None
    form = ReadingDecisionForm(initial=initial, version=newest.version)
    return show(request, newest, form=form, draft=None if typed else draft)


def draft_key(report_number):
    return f"decision-{report_number}"


def send(request, report, form):
    """Send the decision once, however often it is pressed; what is refused stands in the form."""
    try:
        return submission_keys.once(
            request.POST.get("submission_key", ""),
            user=request.user,
            deed=lambda: decide(report, form.cleaned_data, by=request.user),
            digest=submission_keys.digest_of(request),
        )
    except ValidationError as error:
        form.add_error(None, error)
        return ""


def decide(report, answer, *, by):
    deciding.decide(report, by=by, **answer)
    return report.review_url()


def letter_to_be(newest, answer, *, by):
    """Return the mail as it would go out now: what was said before it and what goes out with it."""
    report = newest.report
    meant = Decision(report=report, snapshot=newest, adviser=by, **answer)
    if not meant.wants_it_again:
        meant.wanted_on = None
    pending = Comment.objects.filter(report=report).pending_of(by)
    sent = Comment.objects.filter(report=report, author=by, sent_at__gt=newest.made_at)
    return decision_mail.letter(meant, counts=deciding.kinds_of([*sent, *pending]))


def show(request, newest, *, form, letter=None, draft=None):
    report = newest.report
    context = {
        "report": report,
        "version": newest.version,
        "form": form,
        "has_errors": bool(form.errors),
        "letter": letter,
        "draft": draft,
        "draft_url": address_of(report.number, draft_key(report.number)),
        "obstacle": deciding.obstacle(report),
        "standings": deciding.standings(report),
        "pending": pending_lines(report, request.user),
        "half_written": Conversation(newest, request.user, may_write=True).half_written,
        "submission_key": submission_keys.new(),
    }
    status = 422 if form.errors else 200
    return render(request, "reports/review/decision.html", context, status=status)


def pending_lines(report, user):
    """Return the comments that will be sent with the decision, each with the label of its section."""
    pending = list(Comment.objects.filter(report=report).pending_of(user))
    for one in pending:
        one.section_label = commenting.label_of(one.section)
    return pending
