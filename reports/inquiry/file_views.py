"""A 回答票 that somebody has filled in comes back to its municipality: checked first, then taken in whole or not at all."""

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from municipalities.access import Permission, requires
from municipalities.japanese.prefecture_words import told_of
from municipalities.pages.editing import FORM_METHODS
from reports.inquiry import answering, reading, taking_in
from reports.inquiry.forms import ReplyFileForm, versions_of
from reports.inquiry.questions import shown
from reports.inquiry.views import back

SALT = "reports.inquiry.file"
AN_HOUR = 3600
TOO_OLD = "確認から時間が経ったため、取り込んでいません。もう一度、回答票を選んでください。"
MEANWHILE = "確認のあとで、ほかの人が回答を書き換えたため、まだ取り込んでいません。もう一度、回答票を選んでください。"
TAKEN = "回答票から{number}問の回答を下書きに取り込みました。県にはまだ伝わっていません。"


@require_http_methods(FORM_METHODS)
@requires(Permission.EDIT_PLAN)
def inquiry_file(request, inquiry_key):
    """Take a file and show what it would change; nothing is written yet."""
    found = reading.one(request.cycle, inquiry_key)
    if not found.inquiry.is_open:
        return back(request, found, answering.why_shut(found.inquiry))
    form = ReplyFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if not (form.is_bound and form.is_valid()):
        context = {"sheet": found, "form": form, "has_errors": form.is_bound}
        status = 422 if form.is_bound else 200
        return render(request, "reports/inquiry/file.html", context, status=status)
    return check(request, found, form.cleaned_data["file"])


def check(request, found, file):
    """Show what the file holds beside what is written here."""
    place = request.municipality
    filled = taking_in.take(
        file.read(taking_in.LARGEST + 1),
        file.name,
        inquiry=found.inquiry,
        asked=found.asked,
        towns={place.code: place.name},
        is_final=False,
    )
    lines = [line for one in found.asked if (line := line_of(found, filled, one))]
    context = {
        "sheet": found,
        "filled": filled,
        "lines": lines,
        "payload": pack(request, found, filled) if lines and filled.is_good else "",
    }
    status = 200 if filled.is_good else 422
    return render(request, "reports/inquiry/file_check.html", context, status=status)


def line_of(found, filled, one):
    """Return question, old and new answer where the file changes something; an empty cell changes nothing."""
    new, old = filled.texts.get(one.key, ""), found.texts.get(one.key, "")
    return (one, shown(one.row, old), shown(one.row, new)) if new and new != old else None


def pack(request, found, filled):
    """Return what was checked, signed: what is taken in is what was shown."""
    texts = {key: text for key, text in filled.texts.items() if text}
    told = {
        "place": [request.municipality.code, found.inquiry.key, request.user.pk],
        "texts": texts,
        "seen": {key: row for key, row in versions_of(found.rows).items() if key in texts},
    }
    return signing.dumps(told, salt=SALT, compress=True)


@require_POST
@requires(Permission.EDIT_PLAN)
def inquiry_file_confirm(request, inquiry_key):
    """Take in what was checked."""
    found = reading.one(request.cycle, inquiry_key)
    try:
        told = signing.loads(request.POST.get("payload", ""), salt=SALT, max_age=AN_HOUR)
    except signing.BadSignature:
        told = {}
    if told.get("place") != [request.municipality.code, inquiry_key, request.user.pk]:
        return back(request, found, TOO_OLD)
    try:
        number = answering.save(
            request.cycle, found, told["texts"], seen=told["seen"], by=request.user
        )
    except answering.Contested:
        return back(request, found, MEANWHILE)
    except ValidationError as error:
        return back(request, found, error.message)
    word = request.municipality.prefecture.word
    messages.success(request, told_of(TAKEN.format(number=number), word))
    return redirect(request.cycle.url("reports:inquiry", inquiry_key))
