"""The months, quarters or areas of one value: the table in which they are typed, and what they make up."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from indicators.addressed import indicator_of, page_of
from indicators.choices import Finality, PartKind
from indicators.entering.exporting import last_sources
from indicators.entering.value_views import blank_measurement, value_of
from indicators.models import Measurement
from indicators.parts import composing, parts, parts_reading
from municipalities.access import Permission, requires
from municipalities.fields import JaDateField, JaTextField
from municipalities.japanese import numerals

PAGE = "indicators/parts.html"
RESULT = f"{PAGE}#result"
FORM_METHODS = ["GET", "HEAD", "POST"]


class WishForm(forms.Form):
    """What is said beside the table."""

    source = JaTextField(label="出典", max_length=200, required=False)
    as_of = JaDateField(label="時点", required=False)
    used = forms.BooleanField(required=False)
    final = forms.BooleanField(required=False)


@require_http_methods(FORM_METHODS)
@requires(Permission.EDIT_PLAN)
def value_parts_new(request, indicator_key):
    """The pieces of this year's value: of the one that is computed already, else of a new one."""
    row = indicator_of(request, indicator_key)
    values = Measurement.objects.filter(code=row.code, fiscal_year=request.cycle.fiscal_year)
    found = values.order_by("-is_official", "-composed_of", "key").first()
    if found is not None and request.method == "POST":
        # Made while this page was open: what was typed is brought together with it.
        return answer(request, row, found)
    if found is not None:
        address = request.cycle.url("indicators:value_parts", row.key, found.key)
        return redirect(f"{address}?by={kind_of(request)}")
    return answer(request, row, blank_measurement(row.defined_by, request.cycle))


@require_http_methods(FORM_METHODS)
@requires(Permission.EDIT_PLAN)
def value_parts(request, indicator_key, measurement_key):
    row = indicator_of(request, indicator_key)
    return answer(request, row, value_of(request, row, measurement_key))


def kind_of(request):
    """Return by what the value is told in pieces. Raises Http404 for what is no such word."""
    asked = request.GET.get("by", PartKind.MONTH)
    if asked not in PartKind.values:
        raise Http404
    return PartKind(asked)


def table_of(request, indicator, value):
    """Return the table that the address asks for, and all there are. Raises Http404."""
    places, definition = parts.areas(), indicator.defined_by
    stored = parts.stored_parts([value]).get(value.pk, []) if value.pk else []
    kinds = parts.kinds_of(definition, has_areas=bool(places) or any(one.area for one in stored))
    kind = kind_of(request)
    if kind not in kinds:
        raise Http404
    table = parts.sheet(definition, value, kind=kind, stored=stored, places=places)
    return table, kinds


def answer(request, indicator, value):
    table, kinds = table_of(request, indicator, value)
    source = last_sources({indicator.code}).get(indicator.code, "") if table.is_new else ""
    wish = WishForm(request.POST if request.method == "POST" else None, initial={"source": source})
    page = {"indicator": indicator, "table": table, "kinds": kinds, "wish": wish}
    if request.method != "POST":
        return show(request, page)
    if "fill" in request.POST or "check" in request.POST:
        return look(request, page)
    return save(request, page)


def look(request, page):
    """Show what has been typed or pasted with what it makes up; nothing is saved."""
    table = page["table"]
    parts.typed_into(table, request.POST)
    if "fill" in request.POST:
        for sentence in parts_reading.paste(table, request.POST.get("pasted", "")):
            messages.warning(request, sentence)
    parts_reading.read(table)
    if request.htmx:
        return render(request, RESULT, context_of(request, page))
    messages.info(request, "まだ保存していません。内容を確かめて、「保存する」を押してください。")
    return show(request, page, status=422 if table.errors else 200)


def save(request, page):
    wish, table = page["wish"], page["table"]
    if not wish.is_valid():
        parts.typed_into(table, request.POST)
        parts_reading.read(table)
        problems = [(name, errors[0]) for name, errors in wish.errors.items()]
        return show(request, page, status=422, problems=problems)
    cleaned = wish.cleaned_data
    outcome = composing.save(
        table,
        request.POST,
        wish=composing.Wish(
            is_used=cleaned["used"],
            is_final=cleaned["final"],
            source=cleaned["source"],
            as_of=cleaned["as_of"],
            base_version=numerals.version(request.POST.get("base_version", "")),
        ),
        by=request.user,
    )
    if outcome.is_saved:
        messages.success(request, f"保存しました。{table.span}で、{table.text}です。")
        return redirect(f"{page_of(request, page['indicator'])}#values")
    status = 422 if outcome.is_refused else 409
    told = {"outcome": outcome, "problems": outcome.problems}
    if outcome.conflict:
        # Whoever saves once more has seen the value as it is now.
        told["base_version"] = version_of(table.measurement)
    return show(request, page, status=status, **told)


def version_of(value):
    return value.version if value.pk else 0


def is_final(value):
    return value.finality == Finality.FINAL


def show(request, page, *, status=200, **extra):
    return render(request, PAGE, context_of(request, page) | extra, status=status)


def context_of(request, page):
    table = page["table"]
    row, posted = table.measurement, request.method == "POST"
    # A value that was typed as such is never replaced unasked.
    proposed = row.value is None or table.is_used
    return page | {
        "back": page_of(request, page["indicator"]),
        "is_used": "used" in request.POST if posted else proposed,
        "is_final": "final" in request.POST if posted else table.is_used and is_final(row),
        "base_version": request.POST.get("base_version", "") if posted else version_of(row),
        "labels": {
            "value": f"値（{table.definition.unit}）",
            "numerator": table.definition.numerator or "分子",
            "denominator": table.definition.denominator or "分母",
        },
    }
