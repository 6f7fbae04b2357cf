"""An own comment that is not sent yet: written anew, or taken away. Nobody else finds it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from municipalities.access import Permission, requires
from municipalities.entrance import unsaved
from municipalities.kernel import drafts
from municipalities.pages.editing import EditPage, posted_version
from reports.models import Comment
from reports.review.comments.forms import CommentForm
from reports.review.comments.views import UNSAVED, Place, answer
from reports.review.draft_views import address_of
from reports.review.views import newest_version
from reports.submission.advising import commenting
from reports.submission.drafts.moving import Overtaken

OTHER_WINDOW = (
    "別の画面で先に編集されています。いまの文は「{text}」です。"
    "この画面の文で置きかえるときは、もう一度「保存する」を押してください。"
)


@requires(Permission.ADVISE)
def pending_edit(request, report_number, pending_pk):
    place, comment = place_of(request, report_number, pending_pk)
    if request.method != "POST":
        return opened(request, place, comment)
    form = CommentForm(request.POST, instance=comment)
    seen = posted_version(request)
    if not form.is_valid():
        return edit_page(request, place, form, base_version=seen, status=422)
    try:
        commenting.rewrite(comment, seen=seen, by=request.user, **form.cleaned_data)
    except Overtaken as error:
        return overtaken(request, place, form, error)
    except ValidationError as error:
        form.add_error(None, error)
        return edit_page(request, place, form, base_version=seen, status=422)
    drafts.drop(author=request.user, form_key=place.draft_key)
    messages.success(request, "下書きを直しました。まだ送っていません。")
    return redirect(place.url)


@require_POST
@requires(Permission.ADVISE)
def pending_delete(request, report_number, pending_pk):
    place, comment = place_of(request, report_number, pending_pk)
    try:
        commenting.drop(comment, by=request.user)
    except ValidationError as error:
        return answer(request, place, refused=error.messages[0])
    return answer(request, place, said="下書きを削除しました。")


def place_of(request, report_number, pk):
    """Return where an own comment stands that is not sent, and the comment. Raises Http404."""
    newest = newest_version(request, report_number)
    own = Comment.objects.pending_of(request.user).filter(report=newest.report)
    comment = get_object_or_404(own, pk=pk)
    comment.report = newest.report
    return Place(newest, comment.section, f"edit-{pk}"), comment


def opened(request, place, comment):
    """Show the comment as it stands, what an expired page had sent, or the draft when it is asked for."""
    draft = drafts.Draft.objects.of(request.user, place.draft_key).first()
    typed = unsaved.take(request)
    if typed:
        messages.warning(request, UNSAVED)
    elif "draft" in request.GET:
        typed, draft = draft, None
    form = CommentForm(instance=comment, initial=typed and typed.fields)
    return edit_page(request, place, form, base_version=comment.version, draft=draft)


def overtaken(request, place, form, error):
    """Another window was faster: show its text beside this one, and let the next press decide."""
    own = Comment.objects.pending_of(request.user)
    stored = own.filter(pk=form.instance.pk).first()
    form.add_error(None, OTHER_WINDOW.format(text=stored.text) if stored else error)
    seen = stored.version if stored else form.instance.version
    return edit_page(request, place, form, base_version=seen, status=409)


def edit_page(request, place, form, *, status=200, **shown):
    page = EditPage(
        key=place.draft_key,
        title="下書きのコメントを編集する",
        back=place.url,
        lead=f"{commenting.label_of(place.section)}へのコメントです。まだ送っていません。",
    )
    context = {
        "form": form,
        "page": page,
        "has_errors": form.is_bound,
        "draft_url": address_of(place.newest.report.number, place.draft_key),
        **shown,
    }
    return render(request, "components/edit.html", context, status=status)
