"""The results that the towns share: one question side by side, and all of them as a workbook."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from municipalities.choices import ScopeKind
from municipalities.models import AccessEvent
from municipalities.pages.prefecture_pages import inside
from reports.delivery import office
from reports.prefecture.surveying import places, results, standing
from reports.prefecture.surveying.workbook import make

EXPORTED = "form_results_export"


@require_safe
@requires(Permission.VIEW_DISTRICT)
@inside
def form_results(request, year, prefecture_form_key):
    """One question with a line for each town; which question stands in the address."""
    seen, prefecture = places.seen(request, year, prefecture_form_key), request.scope.prefecture
    row = seen.row
    shared = results.shared_of(row, request.scope)
    tables = results.tables_of(row, shared)
    wanted = request.GET.get("q", "")
    chosen = next((one for one in tables if one.number == wanted), next(iter(tables), None))
    context = {
        "prefecture": prefecture,
        "year": year,
        "row": row,
        "tables": tables,
        "shown": chosen and results.shown(chosen, shared),
        "standing": standing.of(row, seen.replies),
        "legend": results.LEGEND,
    }
    return render(request, "reports/prefecture/surveying/results.html", context)


@require_safe
@requires(Permission.VIEW_DISTRICT)
@inside
def form_export(request, year, prefecture_form_key):
    """Every question of every town, for saving; who took it away is written down."""
    row, prefecture = places.form(request, year, prefecture_form_key), request.scope.prefecture
    shared = results.shared_of(row, request.scope)
    tables = [results.shown(one, shared) for one in results.tables_of(row, shared)]
    is_part = request.scope.towns is not None
    content = make(row, prefecture, tables, at=timezone.now(), is_part=is_part)
    AccessEvent.objects.create(
        actor=request.user,
        deed=EXPORTED,
        scope_kind=ScopeKind.PREFECTURE,
        scope_code=prefecture.code,
        after={"form": row.key},
    )
    plain = f"survey-{prefecture.code}-{year}"
    return office.table(
        content, plain=plain, name=f"{prefecture.word}の調査の結果_{prefecture}_{row.title[:40]}"
    )
