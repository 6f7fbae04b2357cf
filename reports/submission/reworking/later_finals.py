"""What a submitted report told and what has become of it: offered for the 正誤, and told in the next year.

Nothing is written here, and nothing sent: staff decide whether a value that is another by now is worth a correction.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indicators.choices import ValueState
from indicators.measurements.series import LONGEST_LOOK_BACK
from indicators.measurements.values import Told, finality, standing, standing_in_full
from indicators.models import Measurement
from municipalities.japanese import fiscal
from reports.document.reading import numbers
from reports.document.upgrading import upgraded
from reports.models import Erratum, Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from indicators.models import Indicator
    from municipalities.models import Cycle
    from reports.document.reading.numbers import FrozenDefinition, FrozenValue
    from reports.models import ProgressReport

BECAME_FINAL = "提出の後で、値が確定したため"
CHANGED = "提出の後で、値が変わったため"
LONGEST_PLACE = 100


@dataclass(frozen=True, slots=True)
class Later:
    """A value of a submitted version beside the one that stands for its year now."""

    definition: FrozenDefinition
    then: FrozenValue
    now: Any

    @property
    def name(self) -> str:
        """By what its address knows it."""
        return f"{self.definition.code}:{self.then.fiscal_year}"

    @property
    def year(self) -> str:
        return fiscal.label(self.then.fiscal_year)

    @property
    def place(self) -> str:
        """Return where it stood, within the length of the column."""
        rest = f"」の{self.year}の値"
        room = LONGEST_PLACE - len("指標「") - len(rest)
        name = self.definition.name
        return f"指標「{name if len(name) <= room else name[: room - 1] + '…'}{rest}"

    @property
    def wrong(self) -> str:
        return in_words(self.definition, self.then)

    @property
    def right(self) -> str:
        return in_words(self.definition, self.now)

    @property
    def reason(self) -> str:
        return BECAME_FINAL if self.has_become_final else CHANGED

    @property
    def has_become_final(self) -> bool:
        is_final_now = self.now.state == ValueState.VALUE and not finality(self.now)
        return bool(finality(self.then)) and is_final_now

    @property
    def words(self) -> dict[str, str]:
        """Return the correction as it might be written."""
        return {name: getattr(self, name) for name in ("place", "wrong", "right", "reason")}

    @property
    def sentence(self) -> str:
        """Return 「昨年度の報告では31件（令和8年12月末現在・速報）、確定値は42件」."""
        told = Told(self.definition, self.then.fiscal_year, self.now).text
        called = f"確定値は{told}" if self.has_become_final else f"いまの値は{self.right}"
        return f"昨年度の報告では{self.wrong}、{called}です。"


def in_words(definition: FrozenDefinition, value: Any) -> str:
    """Return 「31件（令和8年12月末現在・速報）」, of a final value 「42件（令和9年3月末現在・確定）」."""
    text = Told(definition, value.fiscal_year, value).text
    more = standing_in_full(value)
    return f"{text}（{more}）" if more else text


def of(report: ProgressReport, errata: Iterable[Erratum]) -> list[Later]:
    """Return what has become final or another number since the newest version, without what its 正誤 tells already."""
    newest = report.snapshot
    told = {(one.place, one.right) for one in errata}
    found = since(newest) if newest else []
    return [one for one in found if (one.place, one.right) not in told]


def one_of(report: ProgressReport, name: str) -> Later | None:
    """Return the value of this name, if it may be offered."""
    errata = Erratum.objects.filter(report=report)
    return next((one for one in of(report, errata) if one.name == name), None)


def since(version: Snapshot) -> list[Later]:
    """Return the values that a version tells and that stand otherwise now, in one query."""
    then = list(printed(_document(version)))
    now = _now({definition.code for definition, _ in then}) if then else {}
    return list(_moved(then, now))


def before(indicator: Indicator, cycle: Cycle) -> Later | None:
    """Return what last year's newest report said of an indicator's last year, where it stands otherwise now."""
    year = cycle.fiscal_year - 1
    versions = Snapshot.objects.filter(report__cycle__fiscal_year=year)
    version = versions.order_by("-made_at", "-pk").first()
    if version is None:
        return None
    then = [
        (definition, value)
        for definition, value in printed(_document(version))
        if definition.code == indicator.code and value.fiscal_year == year
    ]
    return next(_moved(then, _now({indicator.code})), None)


def printed(document: Mapping[str, Any]) -> Iterator[tuple[FrozenDefinition, FrozenValue]]:
    """Yield the numbers that a version tells, each with its definition: of what is followed, and of 自治体概要."""
    document = dict(document)
    followed, known = numbers.definitions(document), numbers.values(document)
    baselines = {(row["indicator"], row["baseline_year"]) for row in document["indicators"]}
    first = document["fiscal_year"] - LONGEST_LOOK_BACK
    for code, definition in followed.items():
        for year, value in known[code].items():
            is_told = year >= first or (code, year) in baselines
            if is_told and value.state == ValueState.VALUE:
                yield definition, value
    for row in document["figures"]:
        latest = known[row["code"]].get(row["fiscal_year"])
        if row["code"] not in followed and latest and latest.state == ValueState.VALUE:
            yield _of_figure(row), latest


def _of_figure(row: dict[str, Any]) -> FrozenDefinition:
    words = {name: row[name] for name in ("code", "name", "unit", "decimals")}
    return numbers.FrozenDefinition(**words, direction="", value_kind="", scenes="")


def _document(version: Snapshot) -> dict[str, Any]:
    return upgraded(json.loads(bytes(version.document)))


def _now(codes: set[str]) -> dict[str, dict[int, Any]]:
    """Return by indicator the value that stands for each year."""
    found = defaultdict(list)
    for row in Measurement.objects.filter(code__in=codes).order_by("code", "fiscal_year", "key"):
        found[row.code].append(row)
    return {code: standing(rows) for code, rows in found.items()}


def _moved(
    then: Iterable[tuple[FrozenDefinition, FrozenValue]], now: dict[str, dict[int, Any]]
) -> Iterator[Later]:
    for definition, value in then:
        row = now.get(definition.code, {}).get(value.fiscal_year)
        if row is not None and _differs(definition, value, row):
            yield Later(definition, value, row)


def _differs(definition: FrozenDefinition, then: FrozenValue, now: Any) -> bool:
    """Say whether a value is another by now: of what was final as it is printed, else also by what it is called."""
    if not finality(then):
        year = then.fiscal_year
        return Told(definition, year, then).text != Told(definition, year, now).text
    return (then.value, finality(then)) != (now.value, finality(now))
