"""The values of one indicator: entering another year's, correcting, deleting."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from indicators.addressed import DEFINITIONS, indicator_of, page_of
from indicators.arithmetic import periods
from indicators.choices import ValueState
from indicators.entering.value_forms import MeasurementForm, NewMeasurementForm, form_of
from indicators.measurements import official
from indicators.models import Measurement
from municipalities.access import Permission, requires
from municipalities.japanese import fiscal
from municipalities.kernel import changes
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import EditPage, edit_row
from municipalities.rows.keys import new_key

COMPOSED = (
    "この値は内訳から計算しています。数字を直すときは、指標の画面の「内訳を直す」を開いてください。"
)


def blank_measurement(definition, cycle):
    """Return a value yet to be entered, proposed for the year of the page."""
    value = Measurement(
        state=ValueState.VALUE,
        fiscal_year=cycle.fiscal_year,
        key=new_key(definition.code),
    )
    value.follow(definition)
    today = timezone.localdate()
    value.finality = periods.usual_finality(definition, value.fiscal_year, today)
    return value


def value_of(request, indicator, key):
    """Return a value of the indicator that this year's pages show. Raises Http404."""
    rows = Measurement.objects.select_related(*DEFINITIONS)
    return get_object_or_404(
        rows, code=indicator.code, key=key, fiscal_year__lte=request.cycle.fiscal_year
    )


@requires(Permission.EDIT_PLAN)
def value_add(request, indicator_key):
    """Enter the value of another year; the earlier ones stay."""
    row = indicator_of(request, indicator_key)
    page = EditPage(
        key=f"value-new-{request.cycle.fiscal_year}-{row.key}",
        title=f"「{row}」の値を入力する",
        back=page_of(request, row),
        lead="ほかの年度の値は、そのまま残ります。いつもと違う値でも保存でき、確かめたいことは指標の画面に示します。",
    )
    return add_row(
        request,
        blank_measurement(row.defined_by, request.cycle),
        form_class=partial(NewMeasurementForm, latest=request.cycle.fiscal_year),
        page=page,
        deed=lambda form: changes.create_versioned(form.save(commit=False), by=request.user),
    )


@requires(Permission.EDIT_PLAN)
def value_edit(request, indicator_key, measurement_key):
    row = indicator_of(request, indicator_key)
    value = value_of(request, row, measurement_key)
    page = EditPage(
        key=f"value-{value.fiscal_year}-{value.key}",
        title=f"「{row}」の{fiscal.label(value.fiscal_year)}の値を編集する",
        back=page_of(request, row),
        lead=COMPOSED if value.composed_of else "",
    )
    return edit_row(request, value, form_class=form_of(value, MeasurementForm), page=page)


@require_POST
@requires(Permission.EDIT_PLAN)
def value_official(request, indicator_key, measurement_key):
    """Call a value the official one of its year, or take that back."""
    row = indicator_of(request, indicator_key)
    value = value_of(request, row, measurement_key)
    is_official = "official" in request.POST
    official.choose(value, is_official=is_official, by=request.user)
    year = fiscal.label(value.fiscal_year)
    messages.success(
        request,
        f"{year}は、「{value.source}」の値を採用しました。ほかの出典の値も残ります。"
        if is_official
        else f"{year}の「{value.source}」の値の採用をやめました。",
    )
    return redirect(f"{page_of(request, row)}#values")


@requires(Permission.EDIT_PLAN)
def value_delete(request, indicator_key, measurement_key):
    row = indicator_of(request, indicator_key)
    value = value_of(request, row, measurement_key)
    page = DeletePage(
        title="実績値を削除する",
        back=page_of(request, row),
        name=f"{row} {fiscal.label(value.fiscal_year)}（{value.source}）",
    )
    return delete_row(request, value, page=page)
