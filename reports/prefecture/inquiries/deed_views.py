"""What an officer does with a sent 照会: change its due date, remind, withdraw, close, open again."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from municipalities.access import Permission, requires
from municipalities.forms import HouseForm
from municipalities.kernel import changes
from municipalities.pages.editing import FORM_METHODS, fresh, posted_version
from municipalities.pages.prefecture_pages import RowPage, ask, inside, show
from reports.delivery import reach
from reports.inquiry import reminding
from reports.models import Inquiry
from reports.prefecture.inquiries import asking, places, table
from reports.prefecture.inquiries.forms import (
    ReopenInquiryForm,
    SentInquiryForm,
    WithdrawInquiryForm,
)

NOT_OPEN = "受付中の照会ではないため、期限とお知らせは変えられません。"
CHANGED = "保存しました。"
SAME = "変更はありませんでした。"
EVERYBODY = "督促する相手がいません。照会したすべての市町村が回答しています。"
NOBODY = "知らせる相手がいません。回答していない市町村には、今日すでに知らせています。"
NOBODY_MORE = "メールで知らせる相手がいません。メールが届く市町村には、今日すでに知らせています。"
NO_MAIL = "督促のメールは送っていません。"
REMINDED = "回答していない{}市町村に、督促のメールを送ります。"
NOT_SENT = "まだ送信していません。送信してから、督促してください。"
NOT_TAKING = "受付中の照会ではないため、督促できません。"
CLOSED = "締め切りました。市町村は、これから回答できません。"
REOPENED = "受付を再開しました。"
WITHDRAWN = "取り消しました。"
ASKING = "reports/prefecture/inquiries/deed.html"


def question(request, seen, title, *, form=None, status=200):
    """Ask before a deed: how far the towns are, and what the deed wants to know."""
    row = seen.row
    page = RowPage(title, places.url(request, "inquiry", row), row.title, template=ASKING)
    count = table.count(row, seen.replies)
    waiting = [one for one in seen.replies if not one.is_answered]
    words = {"inquiry": row, "count": count, "waiting": waiting}
    return show(request, form or HouseForm(), page=page, row=row, status=status, **words)


def pressed(request, row, deed, said):
    """Do a deed and go back to the 照会 with what became of it."""
    try:
        deed()
    except ValidationError as error:
        return places.back(request, row, error.message)
    return places.back(request, row, said, look=messages.success)


def told_to(seen):
    """Say how many of the asked municipalities a letter reaches by mail, and name the rest."""
    return reach.of(one.municipality for one in seen.replies).told(places.TELL)


@require_http_methods(FORM_METHODS)
@requires(Permission.MANAGE_PREFECTURE)
@inside
def inquiry_close(request, year, inquiry_key):
    """締め切る, once it was asked how many have not answered."""
    seen = places.seen(request, year, inquiry_key)
    if request.method != "POST" and seen.row.is_open:
        return question(request, seen, "照会を締め切る")
    return pressed(request, seen.row, partial(asking.close, seen.row, by=request.user), CLOSED)


@require_http_methods(FORM_METHODS)
@requires(Permission.MANAGE_PREFECTURE)
@inside
def inquiry_withdraw(request, year, inquiry_key):
    """取り消す: the towns are told why, by mail and on their page."""
    seen = places.seen(request, year, inquiry_key)
    if not seen.row.is_open:
        return places.back(request, seen.row, asking.NOT_OPEN.format("取り消せません"))
    typed = request.POST if request.method == "POST" else None
    form = WithdrawInquiryForm(typed, instance=fresh(seen.row))
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return question(request, seen, "照会を取り消す", form=form, status=status)
    reason = form.cleaned_data["withdrawn_reason"]
    deed = partial(asking.withdraw, seen.row, reason=reason, by=request.user)
    return pressed(request, seen.row, deed, WITHDRAWN + told_to(seen))


@require_http_methods(FORM_METHODS)
@requires(Permission.MANAGE_PREFECTURE)
@inside
def inquiry_reopen(request, year, inquiry_key):
    """Take answers again, until a day that is still to come."""
    seen = places.seen(request, year, inquiry_key)
    if not seen.row.is_closed:
        return places.back(request, seen.row, asking.NOT_CLOSED)
    typed = request.POST if request.method == "POST" else None
    form = ReopenInquiryForm(typed, instance=fresh(seen.row))
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return question(request, seen, "受付を再開する", form=form, status=status)
    told = {name: form.cleaned_data[name] for name in form.Meta.fields}
    deed = partial(asking.reopen, seen.row, **told, by=request.user)
    return pressed(request, seen.row, deed, REOPENED + told_to(seen))


@require_POST
@requires(Permission.MANAGE_PREFECTURE)
@inside
def inquiry_remind(request, year, inquiry_key):
    """Remind whoever has not answered: once a day, however often it is pressed."""
    row = places.inquiry(request, year, inquiry_key)
    if not row.is_open:
        return places.back(request, row, NOT_SENT if row.is_draft else NOT_TAKING)
    done = reminding.remind(row, by=request.user)
    look = messages.success if done.number else messages.warning
    return places.back(request, row, reminded(done), look=look)


def reminded(done):
    """Say whom a press has reminded, or why nobody, and who has to be told in another way."""
    waiting, rest = done.waiting, done.waiting.rest(places.TELL)
    if done.number:
        return REMINDED.format(done.number) + rest
    if waiting.mailed:
        return NOBODY_MORE + rest if rest else NOBODY
    return NO_MAIL + rest if rest else EVERYBODY


@require_http_methods(FORM_METHODS)
@requires(Permission.MANAGE_PREFECTURE)
@inside
def inquiry_change(request, year, inquiry_key):
    """Move the due date of a sent 照会, or add a notice: its municipalities are told."""
    seen = places.seen(request, year, inquiry_key)
    row = seen.row
    if not row.is_open:
        return places.back(request, row, NOT_OPEN)
    page = RowPage("期限の変更・お知らせの追加", places.url(request, "inquiry", row), row.title)
    if request.method != "POST":
        return show(request, SentInquiryForm(instance=row), page=page, row=row)
    form, version = SentInquiryForm(request.POST, instance=fresh(row)), posted_version(request)
    if not form.is_valid():
        return show(request, form, page=page, row=row, base_version=version, status=422)
    try:
        changed = asking.change(form.save(commit=False), row, version=version, by=request.user)
    except changes.StaleVersion:
        return overtaken(request, form, row, page=page)
    said = CHANGED + told_to(seen) if changed else SAME
    return places.back(request, row, said, look=messages.success)


def overtaken(request, form, row, *, page):
    """Say at each field what somebody else has saved meanwhile; nothing is written."""
    stored, version = get_object_or_404(Inquiry, pk=row.pk), posted_version(request)
    mine = {name: form.cleaned_data[name] for name in form.Meta.fields}
    base = version if version <= stored.version else 0
    ask(form, changes.merge(stored, mine, base_version=base))
    return show(request, form, page=page, row=stored, status=409)
