"""県の調査票: the list of a year, one of them, and writing it."""

from functools import partial

from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from municipalities.access import Permission, requires
from municipalities.japanese import fiscal
from municipalities.kernel import changes
from municipalities.pages.editing import FORM_METHODS
from municipalities.pages.prefecture_pages import (
    RemovalPage,
    RowPage,
    add_row,
    delete_row,
    edit_row,
    inside,
)
from reports.prefecture.sendings import towns_of
from reports.prefecture.surveying import places, sending, standing
from reports.prefecture.surveying.forms import NewPrefectureFormForm, PrefectureFormForm
from reports.prefecture.years import years_around
from surveys.models import PrefectureForm
from surveys.questionnaires.making import prefecture_forms
from surveys.questionnaires.shape import form_checks

LEAD = "送付するまで、市町村には見えません。設問は、次の画面で確かめます。"
GONE = "作成中の調査票を、設問とともに削除します。削除すると元に戻せません。"


def title(request, year, words):
    prefecture = request.scope.prefecture
    return f"{prefecture}　{fiscal.label(year)}　{prefecture.word}の調査票を{words}"


@require_safe
@requires(Permission.VIEW_DISTRICT)
@inside
def forms(request, year):
    """A year's questionnaires, the latest first, with how far the towns are."""
    rows, replies = places.KIND.of_year(request.scope, year)
    known = PrefectureForm.objects.order_by().values_list("fiscal_year", flat=True).distinct()
    context = {
        "prefecture": request.scope.prefecture,
        "year": year,
        "years": years_around(year, known),
        "lines": [standing.of(row, replies) for row in rows],
    }
    return render(request, "reports/prefecture/surveying/list.html", context)


@require_safe
@requires(Permission.VIEW_DISTRICT)
@inside
def form(request, year, prefecture_form_key):
    """One questionnaire: its questions, and how far every town is."""
    seen = places.seen(request, year, prefecture_form_key)
    row, shape = seen.row, prefecture_forms.shape_of(seen.row)
    context = {
        "prefecture": request.scope.prefecture,
        "year": year,
        "row": row,
        "shape": shape,
        "troubles": form_checks.troubles(shape) if row.is_draft and shape.questions else (),
        "towns": towns_of(row, request.scope.prefecture) if row.is_draft else (),
        "replies": seen.replies,
        "standing": standing.of(row, seen.replies),
    }
    return render(request, "reports/prefecture/surveying/form.html", context)


@require_http_methods(FORM_METHODS)
@requires(Permission.MANAGE_PREFECTURE)
@inside
def form_add(request, year):
    filled = NewPrefectureFormForm(request.POST, instance=new(request, year))
    begun = request.method == "POST" and filled.is_valid() and filled.chosen

    def insert(row):
        row.asked = sending.written(begun.asked) if begun else "[]"
        changes.create_versioned(row, by=request.user)

    back, onward = places.list_url(request, year), partial(places.url, request, "form")
    page = RowPage(title(request, year, "作る"), back, LEAD, onward=onward)
    row = new(request, year)
    return add_row(request, row, form_class=NewPrefectureFormForm, page=page, insert=insert)


def new(request, year):
    return PrefectureForm(fiscal_year=year, prefecture=request.scope.prefecture)


@require_http_methods(FORM_METHODS)
@requires(Permission.MANAGE_PREFECTURE)
@inside
@places.draft_or_back
def form_edit(request, row):
    page = RowPage(
        title(request, row.fiscal_year, "編集する"),
        places.url(request, "form", row),
        LEAD,
        remove=places.url(request, "form_delete", row),
    )
    return edit_row(request, row, form_class=PrefectureFormForm, page=page)


@require_http_methods(FORM_METHODS)
@requires(Permission.MANAGE_PREFECTURE)
@inside
@places.draft_or_back
def form_delete(request, row):
    shape = prefecture_forms.shape_of(row)
    told = (("名称", row.title), ("設問", f"{len(shape.questions)}問"))
    back = places.list_url(request, row.fiscal_year)
    page = RemovalPage(title(request, row.fiscal_year, "削除する"), back, told, GONE)
    return delete_row(request, row, page=page)
