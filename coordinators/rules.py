"""気づき on contracts. Pure: read from the year's document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinators.choices import ContractEventKind, ContractState
from municipalities.kernel.findings import Found, Rule, Severity, Theme, Way

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from municipalities.kernel.findings import Row, Year


def running(year: Year) -> list[Row]:
    """Return the contracts that run; one under another follows its terms."""
    return [
        row
        for row in year.rows("contracts")
        if row["state"] == ContractState.RUNNING and not row["parent"]
    ]


def without_terms(year: Year) -> Iterator[Found]:
    """Yield contracts of which it is not said what for, or how one hears of the work."""
    for row in running(year):
        reports = any(one["kind"] == ContractEventKind.REPORT for one in row["events"])
        is_told = {"目的": row["purpose"], "報告の方法": row["reporting"] or reports}
        lacking = [name for name, value in is_told.items() if not value]
        if lacking:
            words = {"what": "と".join(lacking)}
            yield Found(row["title"] or "委託契約", row["key"], words, (row["key"],))


def count(year: Year) -> int:
    return len(running(year))


RULES: Sequence[Rule] = (
    Rule(
        "M04",
        Severity.WARNING,
        Theme.BODIES,
        "委託の{what}が未記載です",
        "委託先は、何を目指すのかと、いつ何を報告するのかが分かると、自分たちで工夫できます。目的には、目指す姿のどれに向かうのかを書きます。",
        "目的：退院のときに、本人と家族が困らないようにする。　報告：毎月の相談件数と、年2回の意見交換。",
        "連携支援の事例（委託先との期待と現状のすり合わせ）",
        Way("contracts:contract"),
        without_terms,
        count,
        general="委託の目的か報告の方法が未記載です",
    ),
)
