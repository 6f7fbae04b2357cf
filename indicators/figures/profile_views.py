"""Typing in the numbers of a profile."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from indicators.entering.value_forms import FigureForm, NewFigureForm, form_of
from indicators.entering.value_views import blank_measurement
from indicators.figures import profile_figures
from indicators.models import PublishedValue
from indicators.publishing import taking_over
from municipalities.access import Permission, requires
from municipalities.japanese import fiscal, numerals
from municipalities.kernel import changes
from municipalities.pages.adding import add_row
from municipalities.pages.editing import EditPage, edit_row


def one_figure(request, code):
    """Return a figure of the year's profile. Raises Http404 for what is none."""
    figure = profile_figures.one(request.cycle, code)
    if figure is None:
        raise Http404
    return figure


@requires(Permission.EDIT_PLAN)
def figure_edit(request, code):
    """Correct the value that the profile shows; where there is none, enter it."""
    figure = one_figure(request, code)
    if figure.measurement is None:
        return redirect(request.cycle.url("indicators:figure_add", code))
    row = figure.measurement
    row.definition = figure.definition
    page = EditPage(
        key=f"figure-{row.fiscal_year}-{code}",
        title=f"{figure.definition.name}の{fiscal.label(row.fiscal_year)}の値を編集する",
        back=request.cycle.url("municipalities:profile"),
    )
    return edit_row(request, row, form_class=form_of(row, FigureForm), page=page)


@requires(Permission.EDIT_PLAN)
def figure_add(request, code):
    """Enter the value of another year; the earlier ones stay."""
    figure = one_figure(request, code)
    page = EditPage(
        key=f"figure-new-{request.cycle.fiscal_year}-{code}",
        title=f"{figure.definition.name}の値を入力する",
        back=request.cycle.url("municipalities:profile"),
        lead="前の年度の値は、そのまま残ります。概要には、いちばん新しい年度の値が載ります。",
    )
    return add_row(
        request,
        blank_measurement(figure.definition, request.cycle),
        form_class=partial(NewFigureForm, latest=request.cycle.fiscal_year),
        page=page,
        deed=lambda form: changes.create_versioned(form.save(commit=False), by=request.user),
    )


@require_POST
@requires(Permission.EDIT_PLAN)
def figure_adopt(request, code):
    """Take the published value that the page has shown as the municipality's own."""
    figure, published = one_figure(request, code), posted_proposal(request, code)
    if published is None:
        messages.error(request, "この公表値は、いまは見つかりません。表示を確かめてください。")
    elif figure.measurement and not taking_over.the_same(published):
        messages.warning(request, "すでに別の値が入力されています。表示を確かめてください。")
    else:
        taking_over.take_over(published, by=request.user)
        messages.success(request, f"{figure.definition.name}に、公表値を使いました。")
    return redirect(f"{request.cycle.url('municipalities:profile')}#figures")


def posted_proposal(request, code):
    """Return the published value that was pressed, if it is one of this municipality and figure."""
    number = numerals.whole(request.POST.get("published", ""), most_digits=18)
    if number is None:
        return None
    values = PublishedValue.objects.of_town(request.municipality, until=request.cycle.fiscal_year)
    found = values.filter(pk=number, definition__code=code)
    return found.select_related("definition", "dataset").first()
