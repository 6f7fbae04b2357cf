"""Agenda, homework and attendance of a meeting that we lead."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from councils.meetings import attending
from councils.meetings.meeting_forms import AgendaForm, AttendanceForm, HomeworkForm
from councils.meetings.meeting_views import one_meeting, page_of
from councils.models import AgendaItem, Homework
from municipalities.access import Permission, requires
from municipalities.kernel.changes import StaleVersion, save_versioned
from municipalities.pages import part_pages
from municipalities.pages.editing import FORM_METHODS, posted_version
from municipalities.pages.part_pages import Around, Part

OVERTAKEN = "ほかの人が先に変更しています。いまの内容を確かめてから、もう一度操作してください。"


AGENDA = Part("agenda", "議題", AgendaItem, AgendaForm)
HOMEWORK = Part("homework", "持ち帰り", Homework, HomeworkForm)


def back_to(request, meeting, part):
    return f"{page_of(meeting, request.cycle)}#{part.name}"


def around(request, meeting, part, key, remove=""):
    """Return what a page of a part says around it; its list stands under its name on the meeting's page."""
    return Around(
        key=f"{request.cycle.fiscal_year}-{key}",
        back=back_to(request, meeting, part),
        lead=meeting.label,
        remove=remove,
    )


def add(request, meeting_key, part):
    """Show the form of a new part, or add it behind the last."""
    meeting = one_meeting(request, meeting_key)
    row = part.model(meeting=meeting, council_id=meeting.council_id)
    among = part.model.objects.filter(meeting=meeting)
    place = around(request, meeting, part, meeting_key)
    return part_pages.add_part(request, row, part, place, among=among)


def one_part(request, meeting_key, key, part):
    """Return a part with its meeting, which we lead. Raises Http404."""
    meeting = one_meeting(request, meeting_key)
    row = get_object_or_404(part.model.objects.led(), meeting=meeting, key=key)
    row.meeting = meeting
    return row


def edit(request, meeting_key, key, part):
    row = one_part(request, meeting_key, key, part)
    remove = request.cycle.url(f"meetings:{part.name}_delete", meeting_key, key)
    place = around(request, row.meeting, part, key, remove)
    return part_pages.edit_part(request, row, part, place)


def delete(request, meeting_key, key, part):
    row = one_part(request, meeting_key, key, part)
    return part_pages.delete_part(request, row, part, around(request, row.meeting, part, key))


def move(request, meeting_key, key, part, step):
    row = one_part(request, meeting_key, key, part)
    among = part.model.objects.filter(meeting=row.meeting)
    back = back_to(request, row.meeting, part)
    return part_pages.move_part(request, row, among=among, step=step, back=back)


@requires(Permission.EDIT_PLAN)
def agenda_add(request, meeting_key):
    return add(request, meeting_key, AGENDA)


@requires(Permission.EDIT_PLAN)
def agenda_edit(request, meeting_key, agenda_key):
    return edit(request, meeting_key, agenda_key, AGENDA)


@requires(Permission.EDIT_PLAN)
def agenda_delete(request, meeting_key, agenda_key):
    return delete(request, meeting_key, agenda_key, AGENDA)


@require_POST
@requires(Permission.EDIT_PLAN)
def agenda_move(request, meeting_key, agenda_key, step):
    return move(request, meeting_key, agenda_key, AGENDA, step)


@requires(Permission.EDIT_PLAN)
def homework_add(request, meeting_key):
    return add(request, meeting_key, HOMEWORK)


@requires(Permission.EDIT_PLAN)
def homework_edit(request, meeting_key, homework_key):
    return edit(request, meeting_key, homework_key, HOMEWORK)


@requires(Permission.EDIT_PLAN)
def homework_delete(request, meeting_key, homework_key):
    return delete(request, meeting_key, homework_key, HOMEWORK)


@require_POST
@requires(Permission.EDIT_PLAN)
def homework_move(request, meeting_key, homework_key, step):
    return move(request, meeting_key, homework_key, HOMEWORK, step)


@require_POST
@requires(Permission.EDIT_PLAN)
def homework_done(request, meeting_key, homework_key):
    """Say that something taken home is done, or not yet; of two presses the second changes nothing."""
    row = one_part(request, meeting_key, homework_key, HOMEWORK)
    row.is_done = request.POST.get("is_done") == "1"
    version = posted_version(request)
    try:
        save_versioned(row, by=request.user, expected_version=version, fields=["is_done"])
    except StaleVersion:
        messages.warning(request, OVERTAKEN)
    else:
        done = "済みにしました。" if row.is_done else "「これから」に戻しました。"
        messages.success(request, f"「{row}」を{done}")
    return redirect(back_to(request, row.meeting, HOMEWORK))


@requires(Permission.EDIT_PLAN)
def attendance_edit(request, meeting_key):
    """The form of how many of each profession were there, or saving all of it at once."""
    if request.method not in FORM_METHODS:
        return HttpResponseNotAllowed(FORM_METHODS)
    meeting = one_meeting(request, meeting_key)
    rows = attending.rows_of(meeting)
    if request.method != "POST":
        return show_attendance(request, meeting, AttendanceForm(rows=rows), rows)
    form = AttendanceForm(request.POST, rows=rows)
    if not form.is_valid():
        return show_attendance(request, meeting, form, rows, status=422)
    return save_attendance(request, meeting, form)


def save_attendance(request, meeting, form):
    """Save over what the form was opened on; where others were faster, show both and ask again."""
    expected = request.POST.get("base_version", "")
    try:
        is_changed = attending.save(
            meeting, form.people, by=request.user, expected_version=expected
        )
    except attending.Overtaken:
        messages.warning(request, OVERTAKEN)
        rows = attending.rows_of(meeting)
        form.show_beside(rows)
        return show_attendance(request, meeting, form, rows, status=409)
    messages.success(request, "保存しました。" if is_changed else "変更はありませんでした。")
    return redirect(f"{page_of(meeting, request.cycle)}#attendance")


def show_attendance(request, meeting, form, rows, status=200):
    """Show the form as of these rows; after a refusal still as of those on which it was opened."""
    is_refused = status == HTTPStatus.UNPROCESSABLE_ENTITY
    opened = request.POST.get("base_version", "") if is_refused else attending.version_of(rows)
    context = {
        "form": form,
        "meeting": meeting,
        "base_version": opened,
        "has_errors": is_refused,
        "back": f"{page_of(meeting, request.cycle)}#attendance",
    }
    return render(request, "councils/attendance_edit.html", context, status=status)
