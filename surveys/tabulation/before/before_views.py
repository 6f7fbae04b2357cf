"""前の調査と比べる: two rounds of one town side by side, before they are registered, for the owner alone."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from indicators.followed.evaluation_views import XLSX
from municipalities.access import Permission, requires
from municipalities.japanese import fiscal
from surveys.rounds.round_rows import the_round
from surveys.tabulation.before import before_file, before_pictures, comparing


@require_safe
@requires(Permission.EDIT_PLAN)
def round_before(request, round_key):
    row = the_round(request, round_key)
    rounds = comparing.earlier_rounds(row)
    before = comparing.chosen(rounds, request.GET.get("with", ""), row)
    found = comparing.of(before, row) if before and row.has_tables else None
    context = {
        "round": row,
        "choices": [(comparing.name_of(one), label_of(one)) for one in rounds],
        "chosen": comparing.name_of(before) if before else "",
        "is_wrong": bool(request.GET.get("with")) and before is None,
        "found": found,
        "shown": shown_of(found) if found else [],
        "beside": [(one, before_pictures.of_different(one)) for one in found.beside]
        if found
        else [],
    }
    return render(request, "surveys/rounds/before.html", context)


def label_of(row):
    return f"{fiscal.label(row.cycle.fiscal_year)}　{row.title}"


def shown_of(found):
    """Return each question of both rounds with its picture, of the same people where there are enough."""
    return [
        (
            one,
            before_pictures.of_the_same(one)
            if one.paired and one.paired.is_enough
            else before_pictures.of_everybody(one),
        )
        for one in found.asked
    ]


@require_safe
@requires(Permission.EDIT_PLAN)
def round_before_file(request, round_key):
    """Return the workbook; where there is nothing to compare, the page says why."""
    row = the_round(request, round_key)
    before = comparing.chosen(comparing.earlier_rounds(row), request.GET.get("with", ""), row)
    if before is None or not row.has_tables:
        return redirect(request.cycle.url("surveys:round_before", row.key))
    content = before_file.as_xlsx(comparing.of(before, row))
    name = f"前後比較_{row.cycle.municipality.name}_{row.key}.xlsx"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})
