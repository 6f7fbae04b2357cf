"""Words of the pages that bring statistics in."""

from django import template

from indicators.arithmetic.printing import in_full, printed
from indicators.choices import Finality, PlaceKind
from indicators.intake.comparing import stored
from indicators.models import PublishedValue
from indicators.publishing import taking_over
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
    """Return the names of the places of these lists of values by their code, in two queries."""
    codes = {row.place_code for rows in lists for row in rows}
    towns, prefectures = (
        model.objects.filter(code__in=codes).order_by().values_list("code", "name")
        for model in (Municipality, Prefecture)
    )
    names = dict(towns.union(prefectures))
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
def told_elsewhere(dataset, *lists):
    """Return, by key of a staged value, what other statistics tell of the same place, year and indicator. One query."""
    rows = [row for rows in lists for row in rows]
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
    return in_words(row)


@register.simple_tag
def beside_now(rows, dataset):
    """Return, by key of a staged value, what is stored beside the value that it changes. One query.

    Where the file says how final a value is and the statistic does not, the name of the statistic says it.
    """
    found = stored.told_now(dataset, rows)
    by_name = taking_over.finality(dataset.title) if found else ""
    return {
        row.pk: in_words(told._replace(finality=told.finality or (row.finality and by_name)))
        for row in rows
        if (told := found.get(row.pk))
    }


def in_words(told):
    """Return parts, finality and day in words, as far as they are told."""
    words = []
    if told.numerator is not None and told.denominator is not None:
        words.append(f"{told.numerator.normalize():,f}／{told.denominator.normalize():,f}")
    words += [Finality(told.finality).label] if told.finality else []
    words += [f"{dates.in_wareki(told.as_of)}時点"] if told.as_of else []
    return "　".join(words)


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
    return in_full(value, state=state, unit=definition.unit, decimals=definition.decimals)
