"""Addresses of 会議 and 決定事項 under /m/<code>/<fy>/meetings/."""

from django.urls import path

from councils.meetings import decision_views as decisions
from councils.meetings import meeting_part_views as parts
from councils.meetings import meeting_views as meetings
from municipalities.pages.ordering import DOWN, UP

app_name = "meetings"
MEETING = "meetings/<slug:meeting_key>/"
SHARED = "meetings/shared/<code:lead>/<slug:joint_meeting_key>/"


def rows(stem, place, argument, module):
    """Return the addresses of rows that people arrange: edit, delete, one step up or down."""
    row, move = f"{place}<slug:{argument}>/", getattr(module, f"{stem}_move")
    return [
        path(f"{row}edit/", getattr(module, f"{stem}_edit"), name=f"{stem}_edit"),
        path(f"{row}delete/", getattr(module, f"{stem}_delete"), name=f"{stem}_delete"),
        path(f"{row}up/", move, {"step": UP}, name=f"{stem}_up"),
        path(f"{row}down/", move, {"step": DOWN}, name=f"{stem}_down"),
    ]


urlpatterns = [
    path("meetings/", meetings.meeting_list, name="meeting_list"),
    path("meetings/add/", meetings.meeting_add, name="meeting_add"),
    path(SHARED, meetings.meeting_shared, name="meeting_shared"),
    path(f"{SHARED}decisions/add/", decisions.decision_add_shared, name="decision_add_shared"),
    *rows("decision", "meetings/decisions/", "decision_key", decisions),
    path(MEETING, meetings.meeting, name="meeting"),
    path(f"{MEETING}edit/", meetings.meeting_edit, name="meeting_edit"),
    path(f"{MEETING}delete/", meetings.meeting_delete, name="meeting_delete"),
    path(f"{MEETING}print/", meetings.meeting_print, name="meeting_print"),
    path(f"{MEETING}attendance/", parts.attendance_edit, name="attendance_edit"),
    path(f"{MEETING}decisions/add/", decisions.decision_add, name="decision_add"),
    path(f"{MEETING}agenda/add/", parts.agenda_add, name="agenda_add"),
    *rows("agenda", f"{MEETING}agenda/", "agenda_key", parts),
    path(f"{MEETING}homework/add/", parts.homework_add, name="homework_add"),
    *rows("homework", f"{MEETING}homework/", "homework_key", parts),
    path(f"{MEETING}homework/<slug:homework_key>/done/", parts.homework_done, name="homework_done"),
]
