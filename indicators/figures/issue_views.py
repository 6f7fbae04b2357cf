"""Choosing which numbers show how things stand for an issue."""

from django.contrib import messages
from django.http import HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render

from indicators.comparison.town import own_line
from indicators.figures import issue_figures as figures
from indicators.figures.issue_forms import IssueFiguresForm
from indicators.models import IssueFigure
from logicmodels.models import Issue
from municipalities.access import Permission, requires
from municipalities.pages.editing import FORM_METHODS


@requires(Permission.EDIT_PLAN)
def issue_figures(request, key):
    """Tick this year's indicators; what is sent twice changes nothing."""
    if request.method not in FORM_METHODS:
        return HttpResponseNotAllowed(FORM_METHODS)
    issue = get_object_or_404(Issue.objects.select_related("cycle"), cycle=request.cycle, key=key)
    offered = figures.choices(request.cycle)
    back = f"{request.cycle.url('logicmodels:plan')}#{key}"
    if request.method != "POST":
        shown = IssueFigure.objects.filter(issue=issue).values_list("indicator__key", flat=True)
        form = IssueFiguresForm(offered=offered, initial={"indicators": list(shown)})
    else:
        form = IssueFiguresForm(request.POST, offered=offered)
        if form.is_valid():
            figures.choose(issue, form.chosen, by=request.user)
            messages.success(request, "現状の数字を保存しました。")
            return redirect(back)
    definitions = [figure.definition for _, figure in offered]
    entered = [figure.measurement for _, figure in offered if figure.measurement]
    context = {
        "form": form,
        "issue": issue,
        "offered": offered,
        "back": back,
        "own_lines": own_line.lines_of(
            request.municipality, definitions, until=request.cycle.fiscal_year, entered=entered
        ).values(),
    }
    status = 422 if form.errors else 200
    return render(request, "indicators/issue_figures.html", context, status=status)
