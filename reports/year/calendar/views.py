"""年間予定 of a municipality: its page, its own dates, its reminders, and the file for one's own calendar."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from municipalities.access import Permission, requires
from municipalities.kernel import changes
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import EditPage, edit_row
from municipalities.rows.keys import new_key
from reports.models import YearDate
from reports.year.calendar import entries, feeds, reading, reminder_days, reminding
from reports.year.calendar.forms import ReminderDaysForm, YearDateForm

CALENDAR_TYPE = "text/calendar; charset=utf-8"
UNPROCESSABLE = 422


@require_safe
@requires(Permission.VIEW_PLAN)
def calendar(request):
    return render(request, "reports/calendar/year.html", page_of(request))


def page_of(request, **more):
    cycle, today = request.cycle, timezone.localdate()
    found = reading.of(cycle)
    months = entries.by_month(found, fiscal_year=cycle.fiscal_year, today=today)
    return {
        "months": months,
        "is_this_year": any(month.is_now for month in months),
        "count": len(found),
        "today": today,
        "days": reminding.in_words(reminder_days.of(request.municipality)),
        "feed": feeds.live(request.user),
        **more,
    }


@require_safe
@requires(Permission.VIEW_PLAN)
def calendar_file(request):
    """The dates of the year as a file that calendar programs open."""
    content = feeds.file_of_year(request.cycle, reading.of(request.cycle))
    name = f"{request.municipality.code}-{request.cycle.fiscal_year}.ics"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=CALENDAR_TYPE, headers=headers)


@require_POST
@requires(Permission.VIEW_PLAN)
def calendar_address(request):
    """Make the person's address, or end it. A new one is shown on this answer alone."""
    if request.POST.get("deed") == "end":
        feeds.revoke(request.user)
        messages.success(request, "購読用のアドレスを使えなくしました。")
        return redirect(request.cycle.url("reports:calendar"))
    secret = feeds.make(request.user)
    address = request.build_absolute_uri(reverse("calendar_feed", args=[secret]))
    response = render(request, "reports/calendar/year.html", page_of(request, address=address))
    response.headers["Cache-Control"] = "no-store, private"
    return response


@requires(Permission.EDIT_PLAN)
def year_date_add(request):
    page = EditPage(
        key=f"year-date-new-{request.cycle.fiscal_year}",
        title="自分たちの予定を加える",
        back=request.cycle.url("reports:calendar"),
    )

    def deed(form):
        row = form.save(commit=False)
        row.key = new_key("date")
        changes.create_versioned(row, by=request.user)

    row = YearDate(cycle=request.cycle)
    return add_row(request, row, form_class=YearDateForm, page=page, deed=deed)


@requires(Permission.EDIT_PLAN)
def year_date_edit(request, date_key):
    row = one(request, date_key)
    page = EditPage(
        key=f"year-date-{request.cycle.fiscal_year}-{date_key}",
        title="自分たちの予定を編集する",
        back=request.cycle.url("reports:calendar"),
        remove=request.cycle.url("reports:year_date_delete", date_key),
    )
    return edit_row(request, row, form_class=YearDateForm, page=page)


@requires(Permission.EDIT_PLAN)
def year_date_delete(request, date_key):
    row = one(request, date_key)
    page = DeletePage(
        title="予定を削除する", back=request.cycle.url("reports:calendar"), name=row.text
    )
    return delete_row(request, row, page=page)


def one(request, date_key):
    """Return a date of the year. Raises Http404."""
    row = get_object_or_404(YearDate, cycle=request.cycle, key=date_key)
    row.cycle = request.cycle
    return row


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_PLAN)
def calendar_reminders(request):
    """On which days before a date this town's people are reminded."""
    place = request.municipality
    nationwide = reminding.in_words(reminder_days.nationwide())
    data = request.POST if request.method == "POST" else None
    form = ReminderDaysForm(
        data,
        initial={"days": place.reminder_days},
        required=False,
        hint=f"空欄のときは、運営管理者が決めた日（{nationwide}）に知らせます。",
    )
    if form.is_valid():
        reminder_days.choose(place, form.cleaned_data["days"], by=request.user)
        messages.success(request, "知らせる日を保存しました。")
        return redirect(request.cycle.url("reports:calendar"))
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "reports/calendar/reminders.html", {"form": form}, status=status)
