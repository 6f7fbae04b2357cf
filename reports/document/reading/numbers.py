"""The indicators on paper: what the year's document tells of each, and its chart."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from indicators.arithmetic.printing import STATE_MARKS
from indicators.charts.structure import ABSENT, Chart, Point, Series
from indicators.choices import Direction, ValueState
from indicators.followed.following import distance_of, nearest, scenes_named, target_in_words
from indicators.measurements.series import span, trend_chart
from indicators.measurements.values import Told, Undecided, finality, standing, standing_with_doubt
from indicators.verdicts.evaluation import evaluate
from municipalities.choices import CARE_SCENES, Scene
from municipalities.japanese import fiscal
from reports.document.reading.values import told_singly
from reports.document.year_review import IndicatorLine

# Of a baseline from before a change of the definition.
OTHER_DEFINITION = "定義が変わる前の値"
# An indicator, a fiscal year and a source: what tells a value from every other.
Place = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class FrozenVersion:
    """From which fiscal year on a definition is another one."""

    fiscal_year: int
    what_changed: str
    is_break: bool


@dataclass(frozen=True, slots=True)
class FrozenDefinition:
    """What a document says of a definition."""

    code: str
    name: str
    unit: str
    decimals: int
    direction: str
    value_kind: str
    scenes: str
    # Documents of earlier versions say nothing of it.
    accumulation: str = ""
    # What an own definition counts; of a national one its code tells.
    numerator: str = ""
    told_versions: tuple[FrozenVersion, ...] = ()


@dataclass(frozen=True, slots=True)
class FrozenValue:
    """A measurement as the document holds it."""

    key: str
    fiscal_year: int
    value: Decimal | None
    state: str
    finality: str
    as_of: dt.date | None
    source: str
    numerator: Decimal | None
    denominator: Decimal | None
    is_official: bool = False
    undecided: Undecided | None = None

    def left_open(self, undecided: Undecided) -> FrozenValue:
        """Return it as one that nobody has adopted among others."""
        return replace(self, undecided=undecided)


@dataclass(frozen=True, slots=True)
class FrozenTarget:
    fiscal_year: int
    value: Decimal


def definitions(document: dict[str, Any]) -> dict[str, FrozenDefinition]:
    """Return the definitions that the document holds, by code."""
    own = {row["key"]: row.get("numerator", "") for row in document.get("own_definitions", ())}
    return {
        row["code"]: _definition(row, numerator=own.get(row["code"], ""))
        for row in document.get("definitions", ())
    }


def _definition(row: dict[str, Any], *, numerator: str) -> FrozenDefinition:
    """Return a definition; documents of before tell of no changes."""
    told = {name: value for name, value in row.items() if name != "versions"}
    versions = tuple(
        FrozenVersion(one["fiscal_year"], one["what_changed"], one["is_break"])
        for one in row.get("versions", ())
    )
    return FrozenDefinition(**told, numerator=numerator, told_versions=versions)


def finalities(document: dict[str, Any]) -> dict[Place, str]:
    """Return 速報 or 見込 for each value that is not final."""
    found = map(_value, document["measurements"])
    codes = (row["indicator"] for row in document["measurements"])
    told = zip(codes, found, strict=True)
    return {(code, one.fiscal_year, one.source): finality(one) for code, one in told}


def values(document: dict[str, Any]) -> dict[str, dict[int, FrozenValue]]:
    """Return for each indicator the value that stands for each year.

    Documents of before knew of no adopted values: nothing is said of what nobody could decide.
    """
    found = defaultdict(list)
    for row in document["measurements"]:
        found[row["indicator"]].append(_value(row))
    could_adopt = any("is_official" in row for row in document["measurements"])
    stands = standing_with_doubt if could_adopt else standing
    return defaultdict(dict, {code: stands(rows) for code, rows in found.items()})


def figures_left_open(document: dict[str, Any]) -> set[tuple[str, int]]:
    """Return indicator and fiscal year of the figures that several sources tell differently and nobody has adopted."""
    codes = {row["code"] for row in document["figures"]}
    rows = [row for row in document["measurements"] if row["indicator"] in codes]
    return {
        (code, year)
        for code, by_year in values({"measurements": rows}).items()
        for year, one in by_year.items()
        if one.undecided
    }


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _value(row: dict[str, Any]) -> FrozenValue:
    return FrozenValue(
        key=row["key"],
        fiscal_year=row["fiscal_year"],
        value=_number(row["value"]),
        numerator=_number(row.get("numerator")),
        denominator=_number(row.get("denominator")),
        state=row["state"],
        finality=row["finality"],
        as_of=dt.date.fromisoformat(row["as_of"]) if row["as_of"] else None,
        source=row["source"],
        # Documents of earlier versions call none so.
        is_official=row.get("is_official", False),
    )


def indicators(document: dict[str, Any]) -> tuple[IndicatorLine, ...]:
    """Return the year's indicators in their order; the first version knew no definitions of them."""
    known, numbers = definitions(document), values(document)
    scenes = _scenes_in_use(document)
    beside = _statistics(document)
    return tuple(
        _line(
            row,
            known[row["indicator"]],
            numbers[row["indicator"]],
            year=document["fiscal_year"],
            scenes=scenes.get(row["key"], set()),
            beside=beside.get(row["indicator"], []),
        )
        for row in document.get("indicators", ())
        if row["indicator"] in known
    )


def _line(  # noqa: PLR0913 -- what one line is told from
    row: dict[str, Any],
    definition: FrozenDefinition,
    numbers: dict[int, FrozenValue],
    *,
    year: int,
    scenes: set[str],
    beside: list[dict[str, Any]],
) -> IndicatorLine:
    targets = [
        FrozenTarget(one["fiscal_year"], Decimal(one["value"]))
        for one in sorted(row["targets"], key=lambda one: one["fiscal_year"])
    ]
    target = nearest(targets, year)
    first = row["baseline_year"]
    newest = [numbers[one] for one in sorted(numbers) if one <= year]
    judged = evaluate(definition, numbers, targets, baseline_year=first, year=year)
    return IndicatorLine(
        name=definition.name,
        unit=definition.unit,
        direction=str(Direction(definition.direction).label),
        scenes=_scene_names(scenes or scenes_named(definition)),
        baseline=_told_of_its_year(definition, first, numbers, is_broken=judged.is_broken)
        if first
        else "",
        last=_told(definition, year - 1, numbers),
        this=_told(definition, year, numbers),
        target=f"{target_in_words(definition, target)}（{fiscal.label(target.fiscal_year)}）"
        if target
        else "",
        distance=distance_of(definition, numbers, target, year=year),
        source=newest[-1].source if newest else "",
        note=row["note"],
        chart=_chart(definition, numbers, targets, year=year, beside=beside),
        code=definition.code,
        values=told_singly(numbers, targets, beside),
        verdict=judged.word,
        how=judged.how,
        ratio=judged.ratio_told,
        progress=judged.progress,
        forecast=f"{judged.forecast}（{judged.forecast_year}）" if judged.forecast else "",
        reference=judged.reference,
    )


def _told(definition: FrozenDefinition, year: int, numbers: dict[int, FrozenValue]) -> str:
    """Return 「31.5％（令和7年12月末現在・速報）」; for a year without a row the word for 未入力."""
    told = Told(definition, year, numbers.get(year))
    return f"{told.text}（{told.standing_of}）" if told.standing_of else told.text


def _told_of_its_year(
    definition: FrozenDefinition,
    year: int,
    numbers: dict[int, FrozenValue],
    *,
    is_broken: bool,
) -> str:
    """Return 「24.6％（令和5年度（2023年度））」: no column's head says the year of a baseline."""
    told = Told(definition, year, numbers.get(year))
    other = OTHER_DEFINITION if is_broken else ""
    more = "・".join(filter(None, (told.year_label, told.standing_of, other)))
    return f"{told.text}（{more}）"


def _scene_names(codes: set[str]) -> tuple[str, ...]:
    if Scene.ALL in codes:
        return ()
    return tuple(str(scene.label) for scene in CARE_SCENES if scene in codes)


def _scenes_in_use(document: dict[str, Any]) -> dict[str, set[str]]:
    """Return the scenes of the outcomes at which each indicator stands, by its key."""
    at = {
        outcome["key"]: outcome["scene"]
        for model in document.get("logic_models", ())
        for outcome in model["outcomes"]
    }
    found = defaultdict(set)
    for use in document.get("indicator_uses", ()):
        if use["outcome"] in at:
            found[use["indicator"]].add(at[use["outcome"]])
    return found


def _statistics(document: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    found = defaultdict(list)
    for row in document.get("context", {}).get("statistics", ()):
        found[row["indicator"]].append(row)
    return found


def _chart(
    definition: FrozenDefinition,
    numbers: dict[int, FrozenValue],
    targets: list[FrozenTarget],
    *,
    year: int,
    beside: list[dict[str, Any]],
) -> Chart | None:
    if not any(one.value is not None for one in numbers.values()):
        return None
    years = span(numbers, [one.fiscal_year for one in targets], year)
    series = [_published(row, years) for row in beside]
    return trend_chart(
        definition,
        numbers,
        targets,
        years=years,
        beside=series,
        datasets=[row["dataset"] for row in beside],
    )


def _published(row: dict[str, Any], years: range) -> Series:
    by_year = {one["fiscal_year"]: one for one in row["values"]}
    points = tuple(_point(by_year.get(year)) for year in years)
    return Series(f"{row['place']}（{row['dataset']}）", points)


def _point(row: dict[str, Any] | None) -> Point:
    if row is None:
        return ABSENT
    if row["value"] is None:
        return Point(None, STATE_MARKS[ValueState(row["state"])])
    return Point(Decimal(row["value"]))


def figures_of_issues(document: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return for each issue the newest number of each indicator that shows it, with its year."""
    known, numbers = definitions(document), values(document)
    codes = {row["key"]: row["indicator"] for row in document.get("indicators", ())}
    found = defaultdict(list)
    for row in document.get("issue_figures", ()):
        code = codes.get(row["indicator"], "")
        years = [one for one, value in numbers[code].items() if value.value is not None]
        if code in known and years:
            told = _told(known[code], max(years), numbers[code])
            found[row["issue"]].append(f"{known[code].name}　{told}（{fiscal.label(max(years))}）")
    return {issue: tuple(lines) for issue, lines in found.items()}
