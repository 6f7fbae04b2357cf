"""決定事項: what a meeting decided for us, added on its page, whoever leads the meeting."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from councils.meetings.decision_forms import DecisionForm
from councils.meetings.meeting_calendar import is_readable
from councils.meetings.meeting_views import one_meeting, page_of, shared_meeting
from councils.models import Decision, Meeting
from municipalities.access import Permission, requires
from municipalities.pages import ordering
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import EditPage, edit_row

UNREAD = "いまは共有されていない会議"
NOT_SHARED = (
    "この決定事項の会議は、いまは共有されていないため、削除できません。"
    "会議を開いた市区町村に、共有を戻してもらってください。"
)


def of_meeting(request, meeting):
    return Decision.objects.filter(cycle=request.cycle, meeting=meeting)


def add(request, meeting):
    """Show the form of a new decision of a meeting, or add it behind the last."""
    page = EditPage(
        key=f"decision-new-{request.cycle.fiscal_year}-{meeting.pk}",
        title="決定事項を追加する",
        back=f"{page_of(meeting, request.cycle)}#decisions",
        lead=meeting.label,
    )
    among = of_meeting(request, meeting)
    return add_row(
        request,
        Decision(cycle=request.cycle, meeting=meeting, scene=meeting.scene),
        form_class=DecisionForm,
        page=page,
        deed=lambda form: ordering.append(form.save(commit=False), among=among, by=request.user),
    )


@requires(Permission.EDIT_PLAN)
def decision_add(request, meeting_key):
    return add(request, one_meeting(request, meeting_key))


@requires(Permission.EDIT_PLAN)
def decision_add_shared(request, lead, joint_meeting_key):
    """What a meeting that a neighbour leads decided for us: the decision is ours."""
    return add(request, shared_meeting(request, lead, joint_meeting_key))


def one_decision(request, key):
    """Return a decision of the year, with the year at hand. Raises Http404."""
    row = get_object_or_404(Decision, cycle=request.cycle, key=key)
    row.cycle = request.cycle
    return row


def meeting_of(row):
    """Return the meeting of a decision; None where its lead does not let us read it any more."""
    meeting = Meeting.objects.select_related("municipality", "council").filter(pk=row.meeting_id)
    return next(filter(is_readable, meeting), None)


def back_to(request, meeting):
    """Return the page of a meeting; the list where there is none to be read."""
    if meeting is None:
        return request.cycle.url("meetings:meeting_list") + "#decisions"
    return f"{page_of(meeting, request.cycle)}#decisions"


@requires(Permission.EDIT_PLAN)
def decision_edit(request, decision_key):
    row = one_decision(request, decision_key)
    meeting = meeting_of(row)
    page = EditPage(
        key=f"decision-{request.cycle.fiscal_year}-{decision_key}",
        title="決定事項を編集する",
        back=back_to(request, meeting),
        lead=meeting.label if meeting else UNREAD,
        remove=request.cycle.url("meetings:decision_delete", decision_key),
    )
    return edit_row(request, row, form_class=DecisionForm, page=page)


@requires(Permission.EDIT_PLAN)
def decision_delete(request, decision_key):
    row = one_decision(request, decision_key)
    back = back_to(request, meeting_of(row))
    if not Meeting.objects.filter(pk=row.meeting_id).exists():
        # The trash could not say at which meeting it was decided.
        messages.error(request, NOT_SHARED)
        return redirect(back)
    page = DeletePage(title="決定事項を削除する", back=back, name=row.text)
    return delete_row(request, row, page=page)


@require_POST
@requires(Permission.EDIT_PLAN)
def decision_move(request, decision_key, step):
    row = one_decision(request, decision_key)
    among = of_meeting(request, row.meeting_id)
    ordering.move(row, among=among, step=step, by=request.user)
    return redirect(back_to(request, meeting_of(row)))
