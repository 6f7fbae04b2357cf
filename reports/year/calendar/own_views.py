"""What belongs to a person and to no municipality: the file behind their address, and their morning letter; and the operator's days."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from municipalities.access import Permission, public, requires, signed_in
from municipalities.kernel import tokens
from municipalities.kernel.tokens import TokenKind
from municipalities.models import User
from reports.year.calendar import feeds, reminder_days, reminding
from reports.year.calendar.forms import MorningLetterForm, ReminderDaysForm
from reports.year.calendar.views import CALENDAR_TYPE, UNPROCESSABLE

FORM_METHODS = ["GET", "HEAD", "POST"]
HINT = "市区町村が自分で決めたときは、その市区町村ではそちらになります。"


@require_safe
@public
def feed(request, feed_secret):
    """What a calendar program reads, without signing in: the secret says whose dates. Raises Http404."""
    user = tokens.user_of(feed_secret, kind=TokenKind.CALENDAR)
    if user is None:
        raise Http404
    headers = {"Cache-Control": "no-store, private", "X-Robots-Tag": "noindex"}
    return HttpResponse(feeds.file_of(user), content_type=CALENDAR_TYPE, headers=headers)


@require_http_methods(FORM_METHODS)
@signed_in
def morning_letter(request):
    """Whether one wants the morning letter."""
    wanted = "yes" if request.user.gets_morning_letter else "no"
    data = request.POST if request.method == "POST" else None
    form = MorningLetterForm(data, initial={"wanted": wanted})
    if form.is_valid():
        User.objects.filter(pk=request.user.pk).update(gets_morning_letter=form.is_wanted)
        messages.success(request, "毎朝のお知らせの設定を保存しました。")
        return redirect("morning_letter")
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "reports/calendar/morning_letter.html", {"form": form}, status=status)


@require_http_methods(FORM_METHODS)
@requires(Permission.OPERATE)
def reminders(request):
    """The operator's days, which hold where no town has said otherwise."""
    stored = reminding.written(reminder_days.nationwide())
    data = request.POST if request.method == "POST" else None
    form = ReminderDaysForm(data, initial={"days": stored}, hint=HINT)
    if form.is_valid():
        reminder_days.set_nationwide(form.cleaned_data["days"], by=request.user)
        messages.success(request, "知らせる日を保存しました。")
        return redirect("reminders")
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "reports/manage/reminders.html", {"form": form}, status=status)
