"""What an officer presses on a 照会: send, extend, remind, close, open again."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from municipalities.access import Permission, requires
from municipalities.editing import FORM_METHODS, fresh, posted_version
from municipalities.kernel import changes
from municipalities.prefecture_pages import RowPage, ask, inside, show
from reports.inquiry import reminding
from reports.models import Inquiry
from reports.prefecture.inquiries import asking, places
from reports.prefecture.inquiries.back import back
from reports.prefecture.inquiries.forms import SentInquiryForm

NOT_OPEN = "受付中の照会ではないため、期限とお知らせは変えられません。"
CHANGED = "保存しました。照会した市町村に、メールで知らせます。"
SAME = "変更はありませんでした。"
NOBODY = "知らせる相手がいません。回答していない市町村には、今日すでに知らせています。"


def pressed(request, row, deed, said):
    """Do a deed and go back to the 照会 with what became of it."""
    try:
        told = deed()
    except ValidationError as error:
        return back(request, row, error.message)
    return back(request, row, said.format(told), look=messages.success)


@require_POST
@requires(Permission.MANAGE_PREFECTURE)
@inside
def inquiry_send(request, year, draft_key):
    row = places.inquiry(request, year, draft_key)

    def deed():
        mark = request.POST.get("mark", "")
        return asking.send(row, request.scope.prefecture, mark=mark, by=request.user)

    return pressed(request, row, deed, "{}市町村に送信しました。担当者にメールで知らせます。")


@require_POST
@requires(Permission.MANAGE_PREFECTURE)
@inside
def inquiry_close(request, year, inquiry_key):
    row = places.inquiry(request, year, inquiry_key)
    said = "締め切りました。市町村は、これから回答できません。"
    return pressed(request, row, lambda: asking.close(row, by=request.user), said)


@require_POST
@requires(Permission.MANAGE_PREFECTURE)
@inside
def inquiry_reopen(request, year, inquiry_key):
    row = places.inquiry(request, year, inquiry_key)
    said = "受付を再開しました。"
    return pressed(request, row, lambda: asking.reopen(row, by=request.user), said)


@require_POST
@requires(Permission.MANAGE_PREFECTURE)
@inside
def inquiry_remind(request, year, inquiry_key):
    """Remind whoever has not answered: once a day, however often it is pressed."""
    row = places.inquiry(request, year, inquiry_key)
    number = reminding.remind(row, by=request.user)
    if not number:
        return back(request, row, NOBODY)
    said = f"回答していない{number}市町村に、メールで知らせます。"
    return back(request, row, said, look=messages.success)


@require_http_methods(FORM_METHODS)
@requires(Permission.MANAGE_PREFECTURE)
@inside
def inquiry_change(request, year, inquiry_key):
    """Extend the due date of a sent 照会, or add a notice: its municipalities are told."""
    row = places.inquiry(request, year, inquiry_key)
    if not row.is_open:
        return back(request, row, NOT_OPEN)
    page = RowPage("期限の延長・お知らせの追加", places.url(request, "inquiry", row), row.title)
    if request.method != "POST":
        return show(request, SentInquiryForm(instance=row), page=page, row=row)
    form, version = SentInquiryForm(request.POST, instance=fresh(row)), posted_version(request)
    if not form.is_valid():
        return show(request, form, page=page, row=row, base_version=version, status=422)
    try:
        changed = asking.change(form.save(commit=False), row, version=version, by=request.user)
    except changes.StaleVersion:
        return overtaken(request, form, row, page=page)
    return back(request, row, CHANGED if changed else SAME, look=messages.success)


def overtaken(request, form, row, *, page):
    """Say at each field what somebody else has saved meanwhile; nothing is written."""
    stored, version = get_object_or_404(Inquiry, pk=row.pk), posted_version(request)
    mine = {name: form.cleaned_data[name] for name in form.Meta.fields}
    base = version if version <= stored.version else 0
    ask(form, changes.merge(stored, mine, base_version=base))
    return show(request, form, page=page, row=stored, status=409)
