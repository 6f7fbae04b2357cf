"""Words of the pages that bring statistics in."""

from django import template

from indicators.arithmetic.printing import digits_of, printed
from indicators.choices import PlaceKind
from indicators.models import PublishedValue
from indicators.statistics import SUMMED_SCHEMES
from municipalities.japanese import dates
from municipalities.models import MedicalArea, Municipality, Prefecture

register = template.Library()
NATION = "全国"


@register.simple_tag
def intake_url(where, name, *args):
    """Return an address of these pages, of a prefecture or of the operator."""
    return where.url(name, *args)


@register.simple_tag
def of_row(told, pk):
    """Return what is told of a row."""
    return told.get(pk, "")


@register.simple_tag
def place_names(*lists):
    """Return the names of the places of these lists of values by their code, in three queries."""
    codes = {row.place_code for rows in lists for row in rows}
    names = dict(Municipality.objects.filter(code__in=codes).values_list("code", "name"))
    names |= dict(Prefecture.objects.filter(code__in=codes).values_list("code", "name"))
    areas = MedicalArea.objects.filter(scheme__in=SUMMED_SCHEMES, code__in=codes)
    return names | dict(areas.order_by("scheme").values_list("code", "name"))


@register.simple_tag
def place_name(names, row):
    """Return the name of a value's place, with its kind where the name alone does not say it."""
    if row.place_kind == PlaceKind.NATION:
        return NATION
    name = names.get(row.place_code, row.place_code)
    return f"{name}（二次医療圏）" if row.place_kind == PlaceKind.MEDICAL_AREA else name


@register.simple_tag
def told_elsewhere(rows, dataset):
    """Return, by key of a staged value, what other statistics tell of the same place, year and indicator. One query."""
    found = {}
    told = PublishedValue.objects.filter(
        definition__in={row.definition_id for row in rows},
        place_code__in={row.place_code for row in rows},
        fiscal_year__in={row.fiscal_year for row in rows},
    ).exclude(dataset=dataset)
    for one in told.select_related("definition", "dataset").order_by("dataset__title", "pk"):
        key = one.definition_id, one.place_kind, one.place_code, one.fiscal_year
        shown = printed(
            one.value,
            state=one.state,
            unit=one.definition.unit,
            decimals=one.definition.decimals,
        )
        found.setdefault(key, []).append(f"{one.dataset.title}：{shown}")
    return {
        row.pk: "　".join(
            found.get((row.definition_id, row.place_kind, row.place_code, row.fiscal_year), ())
        )
        for row in rows
    }


@register.simple_tag
def beside_value(row):
    """Return what the file tells beside a value: 「77／205　速報　令和6年12月31日時点」."""
    told = []
    if row.numerator is not None and row.denominator is not None:
        told.append(f"{row.numerator.normalize():,f}／{row.denominator.normalize():,f}")
    told += [row.get_finality_display()] if row.finality else []
    told += [f"{dates.in_wareki(row.as_of)}時点"] if row.as_of else []
    return "　".join(told)


@register.simple_tag
def of_whole(upload):
    """Return what a person has said of all values of a file's table: 「速報　令和7年12月31日時点」."""
    layout = upload.layout
    told = [layout.get_finality_display()] if layout and layout.finality else []
    told += [f"{dates.in_wareki(layout.as_of)}時点"] if layout and layout.as_of else []
    return "　".join(told)


@register.simple_tag
def staged_text(row, which):
    """Return the value that a file would write, or the one that it found."""
    value, state = (
        (row.found_value, row.found_state) if which == "found" else (row.value, row.state)
    )
    definition = row.definition
    decimals = max(definition.decimals, digits_of(value))
    return printed(value, state=state, unit=definition.unit, decimals=decimals)
