"""Over HTTP: one indicator of the municipalities of a prefecture, by name: statistics, or what they have submitted."""

import datetime as dt
from collections import defaultdict

from ninja import P, QueryEx, Router, Schema

from indicators.choices import PlaceKind, ValueState
from indicators.comparison.shape import Origin
from indicators.models import Definition, PublishedValue, SubmittedValue
from municipalities.access import Permission
from municipalities.rows.rows import Problem
from reports.api.addresses import FiscalYear
from reports.api.errors import READING, ErrorsOut, Refused
from reports.api.permission import needs
from reports.api.prefecture import PrefectureCode

router = Router(tags=["都道府県"])
# A later reason for having no value does not stand before a value.
TELLING = (ValueState.VALUE, ValueState.SUPPRESSED)
UNKNOWN = Problem("/indicator", "この指標は登録されていません。コードを確かめてください。")
IndicatorCode = QueryEx[str, P(description="指標のコード（例：population_total）")]
OriginOf = QueryEx[
    Origin,
    P(description="statistics は公表された統計、submitted は提出された報告書の値（秘匿の後）"),
]


class ComparedOut(Schema):
    """一つの市区町村の値。値がないときは state がその理由"""

    municipality_code: str
    name: str
    fiscal_year: int | None = None
    value: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    state: str = "not_entered"
    finality: str | None = None
    as_of: dt.date | None = None
    source: str | None = None
    reply: str = ""


class ComparisonOut(Schema):
    """一つの指標についての、管内の市区町村の値"""

    indicator: str
    origin: Origin
    items: list[ComparedOut]


@router.get(
    "{prefecture:prefecture}/{fy:year}/comparison",
    auth=needs(Permission.VIEW_DISTRICT),
    response={200: ComparisonOut, **READING, 422: ErrorsOut},
    summary="管内の市区町村の値を比べる",
)
def comparison(
    request,
    prefecture: PrefectureCode,
    year: FiscalYear,
    indicator: IndicatorCode,
    origin: OriginOf = Origin.STATISTICS,
):
    """その年度までで最も新しい値を、市区町村コードの順に返します。統計は一つだけを使い、混ぜません。"""
    places = list(request.scope.municipalities().order_by("code"))
    if origin is Origin.SUBMITTED:
        found = submitted(places, indicator, year)
    else:
        found = statistics(places, indicator, year)
    items = [
        {"municipality_code": one.code, "name": one.name} | found.get(one.code, {})
        for one in places
    ]
    return {"indicator": indicator, "origin": origin, "items": items}


def submitted(places, code, year) -> dict:
    """Return by municipality what it has submitted. Raises Refused for what nobody knows."""
    rows = SubmittedValue.objects.filter(code=code)
    if not rows.exists() and not Definition.objects.filter(code=code).exists():
        raise Refused(422, UNKNOWN)
    own = rows.filter(municipality__in=[one.pk for one in places], fiscal_year__lte=year)
    found = own.select_related("municipality").order_by("fiscal_year")
    names = ("fiscal_year", "state", "finality", "as_of", "source", "reply")
    return {
        one.municipality.code: {name: getattr(one, name) for name in names} | numbers(one)
        for one in sorted(found, key=lambda one: (one.state in TELLING, one.fiscal_year))
    }


def numbers(value) -> dict:
    names = ("value", "numerator", "denominator")
    return {name: plain(getattr(value, name)) for name in names}


def plain(number):
    """Return a number as documents write it, without needless zeros."""
    return None if number is None else f"{number.normalize():f}"


def statistics(places, code, year) -> dict:
    """Return by municipality what the statistic tells that knows most of them. Raises Refused."""
    if not Definition.objects.filter(code=code).exists():
        raise Refused(422, UNKNOWN)
    rows = PublishedValue.objects.filter(
        definition__code=code,
        place_kind=PlaceKind.MUNICIPALITY,
        place_code__in=[one.code for one in places],
        fiscal_year__lte=year,
    )
    by_dataset: dict[str, dict[str, PublishedValue]] = defaultdict(dict)
    for row in rows.select_related("dataset").order_by("dataset__code", "fiscal_year", "pk"):
        by_dataset[row.dataset.code][row.place_code] = row
    newest = max(by_dataset.values(), key=_reach, default={})
    return {place: told(row) for place, row in newest.items()}


def _reach(found) -> tuple:
    return len(found), max(row.fiscal_year for row in found.values())


def told(row) -> dict:
    return {
        "fiscal_year": row.fiscal_year,
        "value": plain(row.value),
        "state": row.state,
        "source": row.dataset.title,
    }
