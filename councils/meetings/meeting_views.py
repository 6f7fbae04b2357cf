"""会議: the year's list, one meeting as its minutes, on screen and on paper, and editing it."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from councils.meetings import meeting_calendar, minutes
from councils.meetings.meeting_forms import MeetingForm
from councils.models import Council, Meeting
from municipalities.access import Permission, requires
from municipalities.kernel import changes
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import EditPage, edit_row
from municipalities.pages.shared_views import led_or_404, shared_or_404
from municipalities.rows.keys import new_key

HELD_BY_A_NEIGHBOUR = (
    "共同で開く市区町村が、この会議の決定事項を登録しているため、削除できません。"
    "先に、その市区町村に決定事項を削除してもらってください"
    "（共同で開くことをやめたあとは、いったん共有を戻してから頼んでください）。"
)


@require_safe
@requires(Permission.VIEW_PLAN)
def meeting_list(request):
    """The meetings of the year by month, and below them what they decided."""
    has_councils = Council.objects.led().exists()
    context = {
        "year": meeting_calendar.of(request.cycle),
        "has_councils": has_councils,
        "takes_part": not has_councils and Council.objects.shared().exists(),
    }
    return render(request, "councils/meeting_list.html", context)


def one_meeting(request, key):
    """Return a meeting of the year that we lead. Raises Http404."""
    return led_or_404(Meeting, fiscal_year=request.cycle.fiscal_year, key=key)


def shared_meeting(request, lead, key):
    """Return a neighbour's meeting of the year, unless it keeps it to itself (庁内). Raises Http404."""
    year = request.cycle.fiscal_year
    found = shared_or_404(Meeting, lead=lead, fiscal_year=year, key=key)
    if not meeting_calendar.is_readable(found):
        raise Http404
    return found


def page_of(meeting, cycle):
    """Return the address of a meeting's page, in our own pages."""
    if meeting.is_led_here:
        return cycle.url("meetings:meeting", meeting.key)
    return cycle.url("meetings:meeting_shared", meeting.municipality.code, meeting.key)


@require_safe
@requires(Permission.VIEW_PLAN)
def meeting(request, meeting_key):
    sheet = minutes.of(one_meeting(request, meeting_key), request.cycle)
    return render(request, "councils/meeting.html", {"sheet": sheet})


@require_safe
@requires(Permission.VIEW_PLAN)
def meeting_print(request, meeting_key):
    """The minutes (会議録) on A4."""
    sheet = minutes.of(one_meeting(request, meeting_key), request.cycle)
    return render(request, "councils/meeting_print.html", {"sheet": sheet})


@require_safe
@requires(Permission.VIEW_PLAN)
def meeting_shared(request, lead, joint_meeting_key):
    """A meeting of a joint council that another municipality leads: it is read, not written."""
    sheet = minutes.of(shared_meeting(request, lead, joint_meeting_key), request.cycle)
    return render(request, "councils/meeting.html", {"sheet": sheet})


@requires(Permission.EDIT_PLAN)
def meeting_add(request):
    """A new meeting, proposed for the council that `?council=` names."""
    councils = Council.objects.led()
    page = EditPage(
        key=f"meeting-new-{request.cycle.fiscal_year}",
        title="会議を登録する",
        back=request.cycle.url("meetings:meeting_list"),
        lead=f"{request.cycle.label}の会議を登録します。開く前の会議も、予定として登録できます。",
    )
    row = Meeting(key=new_key("meeting"), fiscal_year=request.cycle.fiscal_year)
    row.council = councils.filter(key=request.GET.get("council", "")).first()
    return add_row(
        request,
        row,
        form_class=MeetingForm,
        page=page,
        deed=lambda form: changes.create_versioned(form.save(commit=False), by=request.user),
    )


@requires(Permission.EDIT_PLAN)
def meeting_edit(request, meeting_key):
    row = one_meeting(request, meeting_key)
    page = EditPage(
        key=f"meeting-{request.cycle.fiscal_year}-{meeting_key}",
        title="会議を編集する",
        back=page_of(row, request.cycle),
        lead=row.label,
    )
    return edit_row(request, row, form_class=MeetingForm, page=page)


@requires(Permission.EDIT_PLAN)
def meeting_delete(request, meeting_key):
    row = one_meeting(request, meeting_key)
    page = DeletePage(
        title="会議を削除する",
        back=request.cycle.url("meetings:meeting_list"),
        name=row.label,
        held=HELD_BY_A_NEIGHBOUR,
    )
    return delete_row(request, row, page=page)
