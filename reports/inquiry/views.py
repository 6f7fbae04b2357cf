"""県からの照会: what the municipality was asked, writing the answers, and answering."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from municipalities.access import Permission, requires
from municipalities.entrance import unsaved
from municipalities.japanese import numerals
from municipalities.japanese.prefecture_words import told_of
from municipalities.pages.editing import FORM_METHODS
from reports.delivery import office
from reports.inquiry import answering, reading, sheet
from reports.inquiry.forms import SEEN, AnswersForm, versions_of
from reports.inquiry.questions import shown

UNSAVED = "まだ保存していません。入力した内容を確かめて、保存してください。"
SAVED = "下書きを保存しました。県にはまだ伝わっていません。"
SAVED_AGAIN = "保存しました。県に伝えるには、もう一度「県に回答する」を押してください。"
SAME = "変更はありませんでした。"
OVERTAKEN = "ほかの人が先に保存しています。下の表示を確かめ、残す内容に直してから、もう一度保存してください。"
ANSWERED = "県に回答しました。締め切られるまでは、直して回答し直せます。"


@require_safe
@requires(Permission.VIEW_PLAN)
def inquiry_list(request):
    lines = reading.of_town(request.municipality, request.cycle.fiscal_year)
    return render(request, "reports/inquiry/list.html", {"lines": lines})


def lines_of(found):
    """Return question and answer as they are read, in order."""
    return [(one, shown(one.row, found.texts.get(one.key, ""))) for one in found.asked]


@require_safe
@requires(Permission.VIEW_PLAN)
def inquiry(request, inquiry_key):
    """One 照会 with the answers as they stand here."""
    return page_of(request, reading.one(request.cycle, inquiry_key))


def page_of(request, found, *, status=200):
    context = {"sheet": found, "lines": lines_of(found), "mark": answering.mark_of(found)}
    return render(request, "reports/inquiry/inquiry.html", context, status=status)


@require_http_methods(FORM_METHODS)
@requires(Permission.EDIT_PLAN)
def inquiry_edit(request, inquiry_key):
    """Write the answers: a draft, until somebody answers."""
    found, word = reading.one(request.cycle, inquiry_key), request.municipality.prefecture.word
    if not found.inquiry.is_open:
        return back(request, found, answering.why_shut(found.inquiry))
    if request.method != "POST":
        return show(request, found, AnswersForm.of(found, found.texts, word=word))
    form = AnswersForm.of(found, found.texts, request.POST, word=word)
    if not form.is_valid():
        return show(request, found, form, seen=seen_by(found, request.POST), status=422)
    try:
        seen = seen_by(found, request.POST)
        changed = answering.save(request.cycle, found, form.texts, seen=seen, by=request.user)
    except answering.Contested as conflict:
        return contested(request, found, form, conflict)
    except ValidationError as error:
        return back(request, found, error.message)
    said = SAVED_AGAIN if found.reply.is_answered else SAVED
    messages.success(request, told_of(said if changed else SAME, word))
    return redirect(request.cycle.url("reports:inquiry", inquiry_key))


def seen_by(found, fields):
    """Return the version of each answer that the form was opened on."""
    return {one.key: numerals.version(fields.get(f"{SEEN}{one.number}", "")) for one in found.asked}


def contested(request, found, form, conflict):
    """Show what others have written; saving once more means that one has read it."""
    form.contest(conflict.theirs, shown)
    form.add_error(None, OVERTAKEN)
    now = reading.one(request.cycle, found.inquiry.key)
    return show(request, now, form, status=409)


def show(request, found, form, *, seen=None, status=200):
    if request.method != "POST" and (typed := unsaved.take(request)):
        messages.warning(request, UNSAVED)
        form.initial.update((n, typed.fields[n]) for n in form.fields if n in typed.fields)
        seen = seen_by(found, typed.fields)
    versions = versions_of(found.rows) if seen is None else seen
    context = {
        "sheet": found,
        "form": form,
        "seen": [(one.number, versions.get(one.key, 0)) for one in found.asked],
        "has_errors": form.is_bound,
    }
    return render(request, "reports/inquiry/edit.html", context, status=status)


def back(request, found, message):
    """Return to the 照会 with a word of warning."""
    messages.warning(request, told_of(message, request.municipality.prefecture.word))
    return redirect(request.cycle.url("reports:inquiry", found.inquiry.key))


@require_POST
@requires(Permission.EDIT_PLAN)
def inquiry_answer(request, inquiry_key):
    """回答する: let the prefecture read the answers."""
    found, word = reading.one(request.cycle, inquiry_key), request.municipality.prefecture.word
    try:
        answering.answer(request.cycle, found, mark=request.POST.get("mark", ""), by=request.user)
    except answering.Overtaken as error:
        messages.warning(request, told_of(error.message, word))
        return page_of(request, reading.one(request.cycle, inquiry_key), status=409)
    except ValidationError as error:
        return back(request, found, error.message)
    messages.success(request, told_of(ANSWERED, word))
    return redirect(request.cycle.url("reports:inquiry", inquiry_key))


@require_safe
@requires(Permission.VIEW_PLAN)
def inquiry_form(request, inquiry_key):
    """The workbook to fill in, with what is written already."""
    found = reading.one(request.cycle, inquiry_key)
    place = request.municipality
    content = sheet.make(found.inquiry, found.asked, place, found.texts, day=timezone.localdate())
    plain = f"inquiry-{place.code}-{request.cycle.fiscal_year}"
    return office.table(content, plain=plain, name=f"回答票_{place}_{found.inquiry.title[:40]}")
