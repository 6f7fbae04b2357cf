"""The adviser writes beside the report: new comments, turns of a thread, what is settled, and the sending.

Each form works as a plain POST that leads back to its section; htmx gets the section's comments anew.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from municipalities.access import Permission, requires
from municipalities.entrance import unsaved
from municipalities.kernel import drafts, submission_keys
from reports.models import Comment
from reports.review.comments.conversation import Typed, comment_key, reply_key
from reports.review.comments.forms import CommentForm, ReplyForm
from reports.review.views import newest_version, screen, show
from reports.submission.advising import commenting

AGAIN = "again"
ADDED = "下書きに加えました。まだ送っていません。"
SENT = "コメント{}件を市区町村へ送りました。担当者にメールでお知らせします。"
NOT_KEPT = "まだ保存していません。"
UNSAVED = "まだ保存していません。入力した内容を確かめて、もう一度押してください。"


@dataclass(frozen=True, slots=True)
class Place:
    """The section of a version that a form is about, and the name of the form in it."""

    newest: object
    section: str
    name: str = ""

    @property
    def url(self):
        return f"{self.newest.report.review_url()}#comments-{self.section}"

    @property
    def draft_key(self):
        return f"review-{self.newest.report.number}-{self.name}"


@requires(Permission.ADVISE)
def comments(request, report_number, section):
    """Add a comment that waits to be sent; opened by itself, the screen with what an expired page had sent."""
    if section not in commenting.CODES:
        raise Http404
    place = Place(newest_version(request, report_number), section, comment_key(section))
    if request.method != "POST":
        return reopened(request, place, CommentForm)

    def add(form):
        commenting.write(
            place.newest.report,
            place.newest,
            section=section,
            by=request.user,
            **form.cleaned_data,
        )

    return written(request, place, CommentForm(request.POST), deed=add, said=ADDED)


@requires(Permission.ADVISE)
def comment_reply(request, report_number, comment_pk):
    """Add a turn to a thread; its author may ask the municipality once more with it."""
    newest, comment = comment_of(request, report_number, comment_pk)
    place = Place(newest, comment.section, reply_key(comment_pk))
    if request.method != "POST":
        return reopened(request, place, ReplyForm)
    is_again = request.POST.get("deed") == AGAIN

    def add(form):
        text = form.cleaned_data["text"]
        if is_again:
            commenting.ask_again(comment, text=text, by=request.user)
        else:
            commenting.reply(comment, text=text, by=request.user, is_advisers=True)

    said = "もう一度お願いしました。" if is_again else "返事を送りました。"
    return written(request, place, ReplyForm(request.POST), deed=add, said=said)


@require_POST
@requires(Permission.ADVISE)
def comment_settle(request, report_number, comment_pk):
    newest, comment = comment_of(request, report_number, comment_pk)
    try:
        commenting.settle(comment, by=request.user)
    except ValidationError as error:
        return answer(request, Place(newest, comment.section), refused=error.messages[0])
    return answer(request, Place(newest, comment.section), said="確認済みにしました。")


@require_POST
@requires(Permission.ADVISE)
def comments_send(request, report_number):
    """Send all own pending comments ahead of the decision."""
    report = newest_version(request, report_number).report
    try:
        count = commenting.send_alone(report, by=request.user)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
        return redirect(report.review_url())
    if count:
        messages.success(request, SENT.format(count))
    else:
        messages.info(request, "送っていないコメントはありませんでした。")
    return redirect(report.review_url())


def comment_of(request, report_number, pk):
    """Return the newest version and a sent comment on the report. Raises Http404."""
    newest = newest_version(request, report_number)
    comment = get_object_or_404(Comment.objects.sent().filter(report=newest.report), pk=pk)
    comment.report = newest.report
    return newest, comment


def written(request, place, form, *, deed, said):
    """Run `deed(form)` once however often it is pressed; what is refused stands in its form."""
    if form.is_valid():
        try:
            once(request, place, lambda: deed(form))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            drafts.drop(author=request.user, form_key=place.draft_key)
            return answer(request, place, said=said)
    typed = Typed(place.name, form)
    if request.htmx:
        return fragment(request, place, typed=typed, status=422)
    return show(request, place.newest, typed=typed, status=422)


def once(request, place, deed):
    def lead():
        deed()
        return place.url

    submission_keys.once(
        request.POST.get("submission_key", ""),
        user=request.user,
        deed=lead,
        digest=submission_keys.digest_of(request),
    )


def answer(request, place, *, said="", refused=""):
    """Say what was done, or why not, and show the section's comments as they stand now."""
    if request.htmx:
        return fragment(request, place, said=said, refused=refused)
    if refused:
        messages.warning(request, refused)
    else:
        messages.success(request, said)
    return redirect(place.url)


def fragment(request, place, *, typed=None, status=200, **told):
    """Answer with one section's comments, the counts and the bars, for htmx; `told` is what is said or refused."""
    context = screen(request, place.newest, typed=typed)
    panes = context["panes"]
    pane = next((one for one in panes if one.code == place.section), panes[-1])
    context |= {"pane": pane, "is_fragment": True, "refused": "", **told}
    response = render(request, "reports/review/comments_answer.html", context, status=status)
    text = told.get("said") or told.get("refused") or NOT_KEPT
    return trigger_client_event(response, "status:say", {"text": text})


def reopened(request, place, form_class):
    """Show the screen; what an expired page had sent stands in its form."""
    if typed := unsaved.take(request):
        messages.warning(request, UNSAVED)
        form = form_class(initial=typed.fields)
        return show(request, place.newest, typed=Typed(place.name, form))
    return redirect(place.url)
