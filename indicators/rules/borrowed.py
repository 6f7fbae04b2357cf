"""V13: values whose source is another municipality's paper. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.choices import ValueState
from indicators.rules.reading import followed
from municipalities.japanese import fiscal
from municipalities.kernel.findings import Rule, Severity, Theme, Way
from municipalities.places import place_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indicators.rules.reading import Followed, Value
    from municipalities.kernel.findings import Found, Year

# Whose figures are of several municipalities together.
TOGETHER = ("広域", "組合", "連合", "圏域", "合同", "共同")


def sourced(year: Year) -> list[tuple[Followed, Value]]:
    """Return the values that tell where they come from, each with its indicator."""
    return [
        (one, value)
        for one in followed(year)
        for value in one.values.values()
        if value.source and value.state == ValueState.VALUE
    ]


def of_another_place(year: Year) -> Iterator[Found]:
    ours = year.document["municipality"]["name"]
    for one, value in sourced(year):
        if other := another_in(value.source, ours):
            yield one.found(year=fiscal.label(value.fiscal_year), other=other)


def another_in(source: str, ours: str) -> str:
    """Return which other municipality a source names alone; empty where it names ours too, or an alliance."""
    if ours in source or any(word in source for word in TOGETHER):
        return ""
    return next(iter(place_names.named_in(source)), "")


def count(year: Year) -> int:
    return len(sourced(year))


RULES: Sequence[Rule] = (
    Rule(
        "V13",
        Severity.WARNING,
        Theme.VALUES,
        "{year}の値の出典に、別の自治体（{other}）の名前があります",
        "近隣の表から書き写した値や、別の自治体のファイルから取り込んだ値が混ざると、現状も比較も正しく読めません。参考として使う値なら、そのことを補足に書いて見送ってください。",
        "出典：○○市 高齢者実態調査（令和7年度（2025年度））← 自分の自治体の調査であることを確かめ、違うときは値を入れ直す。",
        "連携支援の事例（別の自治体の資料の取り違え）",
        Way("indicators:indicator"),
        of_another_place,
        count,
        is_of_wording=True,
        general="値の出典に、別の自治体の名前があります",
    ),
)
