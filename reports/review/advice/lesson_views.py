"""The two boxes that the adviser writes for others to learn from; the municipality reads them only."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from municipalities.pages.editing import EditPage, edit_row
from reports.choices import LESSONS
from reports.models import ReportText
from reports.review.advice.desk import desk_of
from reports.review.advice.forms import LessonForm


def box(cycle, section):
    """Return a box of the year, or an unsaved one."""
    row = ReportText.objects.filter(cycle=cycle, section=section).first()
    return row or ReportText(cycle=cycle, section=section, key=section.replace("_", "-"))


@require_safe
@requires(Permission.ADVISE)
def lessons(request, report_number=None):
    desk = desk_of(request, report_number)
    written = {row.section: row for row in ReportText.objects.filter(cycle=request.cycle)}
    boxes = [
        {
            "label": section.label,
            "text": written[section].text if section in written else "",
            "url": desk.url(f"{section}_edit"),
        }
        for section in LESSONS
    ]
    return render(request, "reports/review/lessons.html", {"desk": desk, "boxes": boxes})


@requires(Permission.ADVISE)
def lesson_edit(request, section, report_number=None):
    """The text of one box: of the year, read by every report that is submitted from now on."""
    desk = desk_of(request, report_number)
    key = f"{section}-{desk.key}"
    page = EditPage(
        key=key,
        title=f"「{section.label}」を書く（{desk.title}）",
        back=desk.url("lessons"),
        lead="これから提出される報告書の概要に載ります。提出済みの報告書は変わりません。",
        drafts=desk.url("draft", key),
    )
    return edit_row(request, box(request.cycle, section), form_class=LessonForm, page=page)
