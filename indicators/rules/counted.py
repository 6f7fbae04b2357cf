"""V03, V05–V07: whether a number can be right, and whether it is large enough to be shown and believed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from indicators.arithmetic import intervals, warnings
from indicators.disclosure import values as disclosure
from indicators.rules.reading import followed
from indicators.verdicts.evaluation import NEVER_NEGATIVE, SHARES
from municipalities.choices import Audience
from municipalities.japanese import fiscal
from municipalities.kernel.findings import Rule, Severity, Theme, Way

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indicators.rules.reading import Followed, Value
    from municipalities.kernel.findings import Found, Year

POPULATION = "population_total"
SEEN_OUTSIDE = (Audience.PREFECTURE, Audience.PUBLIC)
REFERENCE = "参考"
HERE = Way("indicators:indicator")


def numbers(year: Year) -> Iterator[tuple[Followed, Value]]:
    """Yield every number that stands for a year."""
    for one in followed(year):
        yield from ((one, row) for row in one.numbers.values())


def impossible(year: Year) -> Iterator[Found]:
    for one, row in numbers(year):
        if is_impossible(one, row):
            yield at(one, row)


def is_impossible(one: Followed, row: Value) -> bool:
    kind = one.definition.value_kind
    if kind in NEVER_NEGATIVE and row.value is not None and row.value < 0:
        return True
    return kind in SHARES and any(warnings.of_range(one.definition, row))


def swapped(year: Year) -> Iterator[Found]:
    for one, row in numbers(year):
        if one.definition.value_kind in SHARES and any(warnings.of_parts(row)):
            yield at(one, row)


def at(one: Followed, row: Value) -> Found:
    """Return a value as a place: known again by its indicator and its year."""
    found = one.found(year=fiscal.label(row.fiscal_year))
    return replace(found, label=f"{found.label}　{fiscal.label(row.fiscal_year)}", key=row.key)


def shown_outside(year: Year) -> list[Followed]:
    return [one for one in followed(year) if one.row["audience"] in SEEN_OUTSIDE and one.numbers]


def small_outside(year: Year) -> Iterator[Found]:
    inhabitants = population(year)
    for one in shown_outside(year):
        for row in one.numbers.values():
            if disclosure.is_small(disclosed(one, row), inhabitants):
                yield at(one, row)


def population(year: Year) -> int | None:
    """Return the newest number of inhabitants that the document holds."""
    known = {
        row["fiscal_year"]: int(float(row["value"]))
        for row in year.rows("measurements")
        if row["indicator"] == POPULATION and row["value"] is not None
    }
    return known[max(known)] if known else None


def disclosed(one: Followed, row: Value) -> disclosure.Value:
    definition = one.definition
    return disclosure.Value(
        key=row.key,
        code=definition.code,
        fiscal_year=row.fiscal_year,
        value=row.value,
        numerator=row.numerator,
        denominator=row.denominator,
        unit=definition.unit,
        kind=definition.value_kind,
        counts=definition.numerator,
    )


def based(year: Year) -> list[tuple[Followed, Value]]:
    """Return the newest number of every share of which the denominator is known."""
    found = []
    for one in followed(year):
        kept = [row for row in one.numbers.values() if row.denominator]
        if kept and one.definition.value_kind in SHARES:
            found.append((one, kept[-1]))
    return found


def small_bases(year: Year) -> Iterator[Found]:
    for one, row in based(year):
        is_marked = REFERENCE in row.note or REFERENCE in one.note
        if not is_marked and is_small_base(one, row):
            yield at(one, row)


def is_small_base(one: Followed, row: Value) -> bool:
    least = intervals.least_base(one.definition)
    return least is not None and row.denominator is not None and row.denominator < least


def count_numbers(year: Year) -> int:
    return sum(1 for _ in numbers(year))


def count_parts(year: Year) -> int:
    return sum(
        one.definition.value_kind in SHARES and row.denominator is not None
        for one, row in numbers(year)
    )


def count_shown(year: Year) -> int:
    return sum(len(one.numbers) for one in shown_outside(year))


def count_based(year: Year) -> int:
    return len(based(year))


RULES: Sequence[Rule] = (
    Rule(
        "V03",
        Severity.ERROR,
        Theme.VALUES,
        "{year}の値が、ありえない範囲にあります（割合は0％から100％、件数は0以上です）",
        "多くは、小数点の位置か単位の取り違えです。資料の値と見比べて直します。",
        "315％ → 31.5％",
        "入力の点検の決まり",
        HERE,
        impossible,
        count_numbers,
        general="値が、ありえない範囲にあります",
    ),
    Rule(
        "V05",
        Severity.ERROR,
        Theme.VALUES,
        "{year}の分子が、分母を超えています",
        "割合の分子は、分母の一部です。分子と分母を入れ違えていないか、延べ人数を実人数で割っていないかを確かめます。",
        "分子480・分母134 → 分子134・分母480",
        "入力の点検の決まり",
        HERE,
        swapped,
        count_parts,
        general="分子が、分母を超えています",
    ),
    Rule(
        "V06",
        Severity.WARNING,
        Theme.VALUES,
        "{year}の値は少数のため、外に出すときは秘匿します",
        "人数が少ないと、個人が分かってしまうことがあります。都道府県に渡す文書や公表用の文書では自動で「秘匿」になりますが、会議の資料や説明文に数字を書き写すときは気を付けてください。"
        "数年分を合わせると、見せられる大きさになることがあります。",
        "在宅看取り数：7件 → 10件未満（または3年間の合計24件）",
        "NDBの公表の決まり（少数の秘匿）",
        HERE,
        small_outside,
        count_shown,
        general="少数のため、外に出すときは秘匿する値があります",
    ),
    Rule(
        "V07",
        Severity.WARNING,
        Theme.VALUES,
        f"{{year}}の割合は、母数が小さい値です（割合は{intervals.LEAST.base}、調査は{intervals.LEAST.answers}未満）。参考値としましょう",
        "母数が小さいと、一人の違いで割合が大きく動きます。注記に「参考値」と書いておくと、少しの上下で判断せずに済みます。",
        "注記：参考値（回答者12人）。3年分を合わせて見る。",
        "県の地域医療構想の資料（参考値の注記）",
        HERE,
        small_bases,
        count_based,
        general="母数が小さい値があります",
    ),
)
