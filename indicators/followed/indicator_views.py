"""The indicators of a year: the list, one of them with its values and trend, and its targets."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from indicators.addressed import indicator_of, page_of
from indicators.arithmetic import breaks
from indicators.comparison.judging import distribution
from indicators.comparison.selection import Selection
from indicators.comparison.town import own_line
from indicators.definitions import catalogue, taking_definitions
from indicators.definitions.indicator_forms import IndicatorForm, TargetForm
from indicators.followed import following
from indicators.measurements import series
from indicators.models import Indicator, Target
from indicators.verdicts.evaluation import BASIS
from municipalities.access import Permission, requires
from municipalities.choices import CARE_SCENES
from municipalities.kernel import changes
from municipalities.pages import ordering
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import EditPage, edit_row
from municipalities.rows.keys import new_key


@require_safe
@requires(Permission.VIEW_PLAN)
def indicator_list(request):
    """What is followed, by scene: where it stood, where it stands, where it is to stand."""
    chosen = next((one for one in CARE_SCENES if one == request.GET.get("scene")), None)
    found = following.lines(request.cycle)
    context = {
        "groups": following.groups(found, scene=chosen),
        "count": len(found),
        "scenes": CARE_SCENES,
        "chosen": chosen,
        "last_year": request.cycle.fiscal_year - 1,
        "basis": BASIS,
    }
    return render(request, "indicators/indicator_list.html", context)


@require_safe
@requires(Permission.VIEW_PLAN)
def indicator(request, indicator_key):
    """Everything about one indicator on one page."""
    row = indicator_of(request, indicator_key)
    definition = row.defined_by
    values = following.values_of([row], request.cycle)[row.code]
    targets = list(Target.objects.filter(indicator=row).order_by("fiscal_year", "pk"))
    uses, issues = following.places_of(row)
    context = {
        "indicator": row,
        "entry": catalogue.Entry(definition, row.key),
        "line": following.one(row, request.cycle, values, targets=targets),
        "values": following.told_values(definition, values, request.municipality),
        "targets": following.told_targets(definition, targets),
        "uses": uses,
        "issues": issues,
        "position": distribution.position(
            definition, request.municipality, until=request.cycle.fiscal_year
        ),
        "chart": series.trend(definition, values, targets, cycle=request.cycle),
        "own_line": own_line.lines_of(
            request.municipality, [definition], until=request.cycle.fiscal_year, entered=values
        ).get(row.code),
        "beside_others": Selection(indicators=(row.code,)).query(),
        "versions": breaks.versions(definition)[::-1],
        "news": news_of(definition, request.municipality),
    }
    return render(request, "indicators/indicator.html", context)


def news_of(definition, municipality):
    """Return what the prefecture has changed in its definition; None where it is not the prefecture's."""
    if not getattr(definition, "origin", ""):
        return None
    return taking_definitions.news(definition, prefecture=municipality.prefecture_id)


@requires(Permission.EDIT_PLAN)
def indicator_edit(request, indicator_key):
    row = indicator_of(request, indicator_key)
    page = EditPage(
        key=f"indicator-{request.cycle.fiscal_year}-{row.key}",
        title=f"「{row}」の扱いを編集する",
        back=page_of(request, row),
        part="indicators",
    )
    return edit_row(request, row, form_class=IndicatorForm, page=page)


@requires(Permission.EDIT_PLAN)
def indicator_delete(request, indicator_key):
    """Take an indicator out of the year. Its values stay, for they belong to no year's plan."""
    row = indicator_of(request, indicator_key)
    page = DeletePage(
        title="指標をこの年度から外す",
        back=request.cycle.url("indicators:indicator_list"),
        lead="目標値も一緒に外れます。実績値は消えません。もう一度この指標を加えると、続きから使えます。",
        name=str(row),
    )
    return delete_row(request, row, page=page)


@require_POST
@requires(Permission.EDIT_PLAN)
def indicator_up(request, indicator_key):
    return moved(request, indicator_key, step=-1)


@require_POST
@requires(Permission.EDIT_PLAN)
def indicator_down(request, indicator_key):
    return moved(request, indicator_key, step=1)


def moved(request, key, *, step):
    """Let an indicator change places with its neighbour under the same scene. Raises Http404."""
    keys = following.neighbours(request.cycle, key)
    if key not in keys:
        raise Http404
    shown = Indicator.objects.filter(cycle=request.cycle, key__in=keys)
    ordering.move(shown.get(key=key), among=shown, step=step, by=request.user)
    return redirect(f"{request.cycle.url('indicators:indicator_list')}#{key}")


def target_of(request, indicator, key):
    target = get_object_or_404(Target, indicator=indicator, key=key)
    target.indicator, target.cycle = indicator, request.cycle
    return target


@requires(Permission.EDIT_PLAN)
def target_add(request, indicator_key):
    row = indicator_of(request, indicator_key)
    page = EditPage(
        key=f"target-new-{request.cycle.fiscal_year}-{row.key}",
        title=f"「{row}」の目標値を加える",
        back=page_of(request, row),
    )
    target = Target(cycle=request.cycle, indicator=row, key=new_key("target"))
    return add_row(
        request,
        target,
        form_class=TargetForm,
        page=page,
        deed=lambda form: changes.create_versioned(form.save(commit=False), by=request.user),
    )


@requires(Permission.EDIT_PLAN)
def target_edit(request, indicator_key, target_key):
    row = indicator_of(request, indicator_key)
    page = EditPage(
        key=f"target-{request.cycle.fiscal_year}-{target_key}",
        title=f"「{row}」の目標値を編集する",
        back=page_of(request, row),
    )
    return edit_row(request, target_of(request, row, target_key), form_class=TargetForm, page=page)


@requires(Permission.EDIT_PLAN)
def target_delete(request, indicator_key, target_key):
    row = indicator_of(request, indicator_key)
    target = target_of(request, row, target_key)
    page = DeletePage(title="目標値を削除する", back=page_of(request, row), name=f"{row}：{target}")
    return delete_row(request, target, page=page)
