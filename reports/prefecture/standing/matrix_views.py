"""段階の一覧: on which step of the support, and in which phase of the cycle, every municipality stands."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from municipalities.choices import CARE_SCENES
from municipalities.japanese import fiscal
from reports.delivery import office
from reports.prefecture.standing import matrix
from reports.prefecture.standing.asking_forms import unknown_of_matrix
from reports.prefecture.standing.matrix_workbook import make_workbook
from reports.prefecture.standing.signs import SHORT, SIGN_WORDS
from reports.prefecture.years import offered, with_anything


@require_safe
@requires(Permission.VIEW_DISTRICT)
def steps(request, year):
    shown = matrix.arranged(matrix.rows_of(request.scope, year), request.GET)
    context = {
        "prefecture": request.scope.prefecture,
        "year": year,
        "years": offered(with_anything(request.scope), year),
        "matrix": shown,
        "unknown": unknown_of_matrix(request.GET, shown),
        "step_names": matrix.STEP_NAMES.values(),
        "phase_names": matrix.PHASE_NAMES.values(),
        "scene_names": [SHORT[scene] for scene in CARE_SCENES],
        "signs": SIGN_WORDS,
    }
    return render(request, "reports/prefecture/steps.html", context)


@require_safe
@requires(Permission.VIEW_DISTRICT)
def steps_export(request, year):
    """The matrix as it is filtered and sorted, for saving."""
    prefecture = request.scope.prefecture
    shown = matrix.arranged(matrix.rows_of(request.scope, year), request.GET)
    content = make_workbook(shown, prefecture, year, at=timezone.now())
    name = f"段階の一覧_{prefecture.name}_{fiscal.era_year(year)}"
    return office.table(content, plain=f"steps-{prefecture.code}-{year}", name=name)
