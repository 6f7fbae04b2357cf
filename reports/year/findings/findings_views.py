"""点検: reading what the rules find in a year, and waiving it with a reason."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import EditPage, edit_row
from municipalities.rows.keys import new_key
from reports.document.findings import looking, reading
from reports.models import Waiver
from reports.year.findings import findings_page, hints
from reports.year.findings.findings_forms import WaiverForm

LONGEST_LABEL = Waiver._meta.get_field("label").max_length


@require_safe
@requires(Permission.VIEW_PLAN)
def findings(request):
    asked = {name: request.GET.get(name, "") for name in ("theme", "scene")}
    context = {"page": findings_page.of(request.cycle, **asked)}
    return render(request, "reports/year/findings.html", context)


@require_safe
@requires(Permission.VIEW_PLAN)
def findings_of(request, part, row_key):
    """The part of a page that is loaded after it: what the rules find in the row that it shows."""
    if part not in hints.PARTS:
        raise Http404
    context = {"hints": hints.of(request.cycle, part, row_key)}
    return render(request, "reports/year/_hints.html", context)


@requires(Permission.EDIT_PLAN)
def finding_waive(request, rule, place):
    row = waiver_of(request.cycle, rule, place, by=request.user)
    page = EditPage(
        key=f"waiver-{request.cycle.fiscal_year}-{rule.lower()}-{place}"[:80],
        title="理由を付けて見送る",
        back=place_on_page(request, rule),
        lead=f"気づき：{row.label}　当てはまらない、今年度は扱わないなどの理由を書くと、「これから整えること」と気づきの一覧から外れます。",
        remove=request.cycle.url("reports:waiver_delete", row.key),
    )
    return edit_row(request, row, form_class=WaiverForm, page=page)


@requires(Permission.EDIT_PLAN)
def waiver_delete(request, waiver_key):
    row = get_object_or_404(Waiver, cycle=request.cycle, key=waiver_key)
    page = DeletePage(
        title="見送りを取り消す",
        back=place_on_page(request, row.rule),
        lead="取り消すと、気づきの一覧に戻ります。",
        name=row.label,
    )
    return delete_row(request, row, page=page)


def place_on_page(request, rule):
    """Return where the rule's theme stands: who works through a long list goes on there."""
    theme = next((one.theme.value for one in looking.RULES if one.id == rule), "")
    return f"{request.cycle.url('reports:findings')}{'#' if theme else ''}{theme}"


def waiver_of(cycle, rule, place, *, by):
    """Return the stored waiver, or an unsaved one of a finding that is there now. Raises Http404."""
    row = Waiver.objects.filter(cycle=cycle, rule=rule, place=place).first()
    if row is not None:
        return row
    looked = looking.look_over(reading.year_of(cycle))
    for one in looked.open:
        if (one.rule.id, looking.place_of(one)) == (rule, place):
            label = f"{one.message}（{one.place.label}）"[:LONGEST_LABEL]
            marks = {"waived_on": timezone.localdate(), "waived_by": by, "label": label}
            return Waiver(cycle=cycle, key=new_key("waiver"), rule=rule, place=place, **marks)
    raise Http404
