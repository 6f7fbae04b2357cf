"""引継書: the page, its PDF, writing what only the predecessor knows, and passing the desk on."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from indicators.models import Indicator
from municipalities.access import Permission, requires
from municipalities.japanese import dates, fiscal
from municipalities.kernel.changes import StaleVersion
from municipalities.pages.editing import FORM_METHODS, EditPage, edit_row
from reports.choices import HandoverSubject
from reports.delivery.office import named
from reports.models import HandoverNote, IndicatorHandover
from reports.paper.rendering.client import RenderFailed
from reports.paper.year.handover import make_handover
from reports.submission.drafts.moving import OVERTAKEN
from reports.year.handover import passing, reading
from reports.year.handover.forms import HandoverNoteForm, IndicatorHandoverForm, PassOnForm

UNPROCESSABLE, CONFLICT = 422, 409


@require_safe
@requires(Permission.VIEW_PLAN)
def handover(request):
    return render(request, "reports/handover/handover.html", {"paper": reading.of(request.cycle)})


@require_safe
@requires(Permission.VIEW_PLAN)
def handover_pdf(request):
    """The same for printing, drawn now and kept nowhere."""
    paper = reading.of(request.cycle)
    try:
        pdf = make_handover(paper, made_on=dates.in_wareki(timezone.localdate()))
    except RenderFailed as failure:
        messages.error(request, failure.reason)
        return redirect(request.cycle.url("reports:handover"))
    year = request.cycle.fiscal_year
    plain = f"{request.municipality.code}-{year}-handover.pdf"
    name = named(plain, f"引継書_{request.municipality}_{fiscal.era_year(year)}.pdf")
    headers = {"Content-Disposition": name, "Cache-Control": "no-store, private"}
    return HttpResponse(pdf.content, content_type="application/pdf", headers=headers)


@requires(Permission.EDIT_PLAN)
def handover_note_edit(request, subject):
    if subject not in HandoverSubject:
        raise Http404
    row = HandoverNote.objects.filter(cycle=request.cycle, subject=subject).first()
    label = HandoverSubject(subject).label
    page = EditPage(
        key=f"handover-note-{request.cycle.fiscal_year}-{subject}",
        title=f"「{label}」のメモを書く",
        back=f"{request.cycle.url('reports:handover')}#note-{subject}",
        lead="後任者に伝えたいことを書きます。庁内だけで読み、報告書には載りません。",
    )
    row = row or HandoverNote(cycle=request.cycle, subject=subject, key=f"note-{subject}")
    return edit_row(request, row, form_class=HandoverNoteForm, page=page)


@requires(Permission.EDIT_PLAN)
def indicator_handover_edit(request, indicator_key):
    rows = Indicator.objects.select_related("definition", "own_definition")
    indicator = get_object_or_404(rows, cycle=request.cycle, key=indicator_key)
    of_year = {"cycle": request.cycle, "code": indicator.code}
    row = IndicatorHandover.objects.filter(**of_year).first()
    page = EditPage(
        key=f"indicator-handover-{request.cycle.fiscal_year}-{indicator.key}",
        title=f"「{indicator}」を選んだ理由と担当を書く",
        back=f"{request.cycle.url('reports:handover')}#indicator-{indicator.key}",
        lead="引継書に載ります。庁内だけで読み、報告書には載りません。",
    )
    row = row or IndicatorHandover(key=indicator.code, **of_year)
    return edit_row(request, row, form_class=IndicatorHandoverForm, page=page)


def pass_on_form(request):
    place = request.municipality
    may_end = request.scope.may(Permission.MANAGE_PEOPLE)
    return PassOnForm(
        request.POST if request.method == "POST" else None,
        leavers=passing.leavers(place, by=request.user, may_end=may_end),
        comers=passing.comers(place),
        keepers=passing.keepers(request.cycle),
        may_end=may_end,
        initial={"predecessor": str(request.user.pk)},
    )


@requires(Permission.EDIT_PLAN)
def handover_pass_on(request):
    """Hand what is open to the successor."""
    if request.method not in FORM_METHODS:
        return HttpResponseNotAllowed(FORM_METHODS)
    form = pass_on_form(request)
    if request.method != "POST":
        return pass_on_page(request, form)
    if not form.is_valid():
        return pass_on_page(request, form, status=UNPROCESSABLE)
    try:
        passed = passed_on(request, form)
    except ValidationError as error:
        form.add_error(None, error)
        return pass_on_page(request, form, status=UNPROCESSABLE)
    except StaleVersion:
        form.add_error(None, OVERTAKEN)
        return pass_on_page(request, form, status=CONFLICT)
    messages.success(request, passed.sentence)
    return redirect(request.cycle.url("reports:handover"))


def passed_on(request, form):
    chosen = form.cleaned_data
    return passing.pass_on(
        request.cycle,
        leaver=form.leavers[chosen["predecessor"]],
        comer=form.comers[chosen["successor"]],
        keeper=(chosen["old_keeper"], chosen["new_keeper"]),
        last_day=chosen.get("last_day"),
        by=request.user,
    )


def pass_on_page(request, form, *, status=200):
    return render(request, "reports/handover/pass_on.html", {"form": form}, status=status)
