"""県の調査票 as respondents will get it, on a phone and on paper: before it is sent to the towns, and after."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from municipalities.pages.prefecture_pages import inside
from reports.prefecture.surveying import places
from reports.surveying import papers
from surveys.door import previewing
from surveys.door.preview_views import PAGE, context_of
from surveys.questionnaires.making import prefecture_forms
from surveys.rounds import told


@require_safe
@requires(Permission.VIEW_DISTRICT)
@inside
def form_preview(request, year, prefecture_form_key):
    row = places.form(request, year, prefecture_form_key)
    facts, wish = told.to_come(row.title), request.GET.get("readings", "")
    preview = previewing.drawn(prefecture_forms.shape_of(row), facts, wish)
    back = (places.url(request, "form", row), row.title)
    return render(request, PAGE, context_of(preview, back=back, place=papers.ANY_TOWN))


@require_safe
@requires(Permission.VIEW_DISTRICT)
@inside
def form_pdf(request, year, prefecture_form_key):
    row = places.form(request, year, prefecture_form_key)
    shape, back = prefecture_forms.shape_of(row), places.url(request, "form", row)
    return papers.sample(request, shape, place=papers.ANY_TOWN, back=back)
