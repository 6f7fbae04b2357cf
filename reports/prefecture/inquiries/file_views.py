"""回答票 that came back to the prefecture, many at once: checked file by file, then taken in, each whole or not at all."""

from collections import Counter

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from municipalities.access import Permission, requires
from municipalities.pages.editing import FORM_METHODS
from municipalities.pages.prefecture_pages import inside
from reports.inquiry import answering, taking_in
from reports.prefecture.inquiries import places
from reports.prefecture.inquiries.forms import ReplyFilesForm

SALT = "reports.prefecture.inquiries.files"
AN_HOUR = 3600
NOT_OPEN = "受付中の照会ではないため、回答票を取り込めません。"
TOO_OLD = "確認から時間が経ったため、取り込んでいません。もう一度、回答票を選んでください。"
TWICE = "同じ市町村の回答票が2つ以上あります。正しいほうだけを選んでください。"
TAKEN = "{number}市町村の回答を取り込みました。"


@require_http_methods(FORM_METHODS)
@requires(Permission.MANAGE_PREFECTURE)
@inside
def inquiry_files(request, year, inquiry_key):
    """Take the files and show what each would bring; nothing is written yet."""
    seen = places.seen(request, year, inquiry_key)
    row = seen.row
    if not row.is_open:
        return places.back(request, row, NOT_OPEN)
    form = ReplyFilesForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    context = {"prefecture": request.scope.prefecture, "year": year, "inquiry": row}
    if not (form.is_bound and form.is_valid()):
        context |= {"form": form, "has_errors": form.is_bound}
        status = 422 if form.is_bound else 200
        return render(request, "reports/prefecture/inquiries/files.html", context, status=status)
    replies = by_code(seen)
    found = read(row, replies, form.cleaned_data["files"])
    good = [one for one in found if one.is_good]
    payload = pack(request, row, good, replies) if good else ""
    context |= {"files": found, "good": good, "payload": payload}
    status = 200 if len(good) == len(found) else 422
    return render(request, "reports/prefecture/inquiries/files_check.html", context, status=status)


def by_code(seen):
    return {one.municipality.code: one for one in seen.replies}


def read(row, replies, files):
    """Read every file against the 照会, and refuse what a municipality has answered itself."""
    towns = {code: one.municipality.name for code, one in replies.items()}
    asked = places.asked_of(row)
    found = [
        taking_in.take(content, name, inquiry=row, asked=asked, towns=towns, is_final=True)
        for name, content in files
    ]
    numbers = Counter(one.code for one in found if one.code in towns)
    for one in found:
        reply = replies.get(one.code)
        if reply and reply.is_answered and not reply.is_by_prefecture:
            one.refuse(answering.HAS_ANSWERED)
        if numbers[one.code] > 1:
            one.refuse(TWICE)
        one.is_over = one.is_good and bool(reply and reply.is_answered)
    return found


def pack(request, row, good, replies):
    """Return what was checked, signed: what is taken in is what was shown, over what was there."""
    told = {
        "place": [request.scope.prefecture.code, row.key, request.user.pk],
        "files": [[one.code, one.texts, answering.stamp_of(replies[one.code])] for one in good],
    }
    return signing.dumps(told, salt=SALT, compress=True)


@require_POST
@requires(Permission.MANAGE_PREFECTURE)
@inside
def inquiry_files_confirm(request, year, inquiry_key):
    """Take in what was checked, one municipality after the other."""
    seen = places.seen(request, year, inquiry_key)
    row = seen.row
    try:
        told = signing.loads(request.POST.get("payload", ""), salt=SALT, max_age=AN_HOUR)
    except signing.BadSignature:
        told = {}
    if told.get("place") != [request.scope.prefecture.code, inquiry_key, request.user.pk]:
        return places.back(request, row, TOO_OLD)
    number = sum(taken(request, seen, told["files"]))
    if number:
        messages.success(request, TAKEN.format(number=number))
    return redirect(places.url(request, "inquiry", row))


def taken(request, seen, files):
    """Yield for each municipality whether its answers were taken in; say why not."""
    replies = by_code(seen)
    for code, texts, stamp in files:
        try:
            answering.enter(seen.row, replies[code], texts, seen=stamp, by=request.user)
        except ValidationError as error:
            name = replies[code].municipality
            messages.warning(request, f"{name}の回答は、取り込んでいません。{error.message}")
            yield False
        else:
            yield True
