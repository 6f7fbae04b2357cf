"""V01, V02, V10: whether there are values, and whether a zero is one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indicators.choices import ValueState
from indicators.rules.reading import followed
from municipalities.choices import ResourceKind
from municipalities.japanese import fiscal
from municipalities.kernel.findings import Rule, Severity, Theme, Way

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from indicators.rules.reading import Followed, Value
    from municipalities.kernel.findings import Found, Year

QUIET_YEARS = 2
EVERY_YEARS = re.compile(r"([0-9０-９]+)年(?:に[1１一][回度]|ごと|毎)")
YEARLY = re.compile(r"毎年|毎月|年[1１一]回|年度ごと|開催のつど|四半期|半年")
# After so many months a town knows its own numbers; a statistic comes out a year later.
OWN_LAG, PUBLISHED_LAG = 6, 18
PUBLISHED = re.compile(
    r"人口動態|NDB|介護DB|国勢調査|医療施設|病床機能|事業所調査|見える化|全国集計"
)
# Without whom nothing could be counted.
NEEDED = {
    "cooperating_medical_institution_addon_rate": ResourceKind.CARE_HOME,
    "emergency_nursing_addon_rate": ResourceKind.VISITING_NURSES,
    "endoflife_addon_rate_facility": ResourceKind.CARE_HOME,
    "facility_emergency_transports": ResourceKind.CARE_HOME,
    "facility_endoflife_care_count": ResourceKind.CARE_HOME,
    "admission_discharge_addon_rate": ResourceKind.CARE_MANAGERS,
    "discharge_support_patients": ResourceKind.HOSPITAL,
    "home_dental_patients": ResourceKind.DENTAL_CLINIC,
    "home_pharmacy_patients": ResourceKind.PHARMACY,
    "home_visit_nursing_users": ResourceKind.VISITING_NURSES,
}
HERE = Way("indicators:indicator")


def begun(year: Year) -> list[Followed]:
    """Return the indicators of which any year is known."""
    return [one for one in followed(year) if known_years(one)]


def known_years(one: Followed) -> set[int]:
    """Return the years in which somebody has looked: also of those whose number is not to be had."""
    return {at for at, row in one.values.items() if row.state != ValueState.NOT_ENTERED}


def interval(one: Followed) -> int:
    """Return every how many years it is measured at the latest, as far as the definition says so."""
    return max(map(int, EVERY_YEARS.findall(one.definition.frequency)), default=1)


def gone_quiet(year: Year) -> Iterator[Found]:
    for one in begun(year):
        if is_quiet(one, year.fiscal_year):
            yield one.found(last=fiscal.label(max(known_years(one))))


def is_quiet(one: Followed, fiscal_year: int) -> bool:
    """Say whether the two years before, or as many as lie between two surveys, have passed without a value."""
    return max(known_years(one)) < fiscal_year - max(QUIET_YEARS, interval(one))


def overdue(year: Year) -> Iterator[Found]:
    for one in yearly(year):
        due = due_year(one, year)
        if not is_quiet(one, year.fiscal_year) and max(known_years(one)) < due:
            yield one.found(due=fiscal.label(due))


def yearly(year: Year) -> list[Followed]:
    """Return what is measured every year, as its definition says."""
    return [
        one for one in begun(year) if interval(one) == 1 and YEARLY.search(one.definition.frequency)
    ]


def due_year(one: Followed, year: Year) -> int:
    """Return the last year of which the number should be known by now; of later years the document tells nothing."""
    lag = PUBLISHED_LAG if PUBLISHED.search(one.definition.data_source) else OWN_LAG
    return min(year.fiscal_year, ended(year.today, lag))


def ended(today: dt.date, months: int) -> int:
    """Return the last fiscal year that has been over for so many months."""
    passed = today.year * 12 + today.month - 1 - months
    return (passed - (fiscal.FIRST_MONTH - 1)) // 12 - 1


def zeros(year: Year) -> list[Followed]:
    """Return the indicators whose newest number is zero."""
    return [one for one in followed(year) if one.numbers and not newest(one).value]


def empty_zeros(year: Year) -> Iterator[Found]:
    kinds = {row["kind"] for row in year.rows("resources")}
    for one in zeros(year):
        needed = NEEDED.get(one.definition.code)
        is_nobody_there = bool(kinds) and needed is not None and needed not in kinds
        if newest(one).denominator == 0 or is_nobody_there:
            yield one.found(year=fiscal.label(newest(one).fiscal_year))


def newest(one: Followed) -> Value:
    return one.numbers[max(one.numbers)]


def count_begun(year: Year) -> int:
    return len(begun(year))


def count_yearly(year: Year) -> int:
    return len(yearly(year))


def count_zeros(year: Year) -> int:
    return len(zeros(year))


RULES: Sequence[Rule] = (
    Rule(
        "V01",
        Severity.WARNING,
        Theme.VALUES,
        "2年以上測定されていません（最後の値は{last}）",
        "長く測っていない指標では、取組が効いたかどうかを言えません。調査の予定がないときは、別の指標に替えるか、測れない理由を値の状態（不詳など）で残します。"
        "数年ごとの調査は、その間隔まで待っています。",
        "令和7年度（2025年度）：不詳（注記：調査を中止した。次は令和8年度（2026年度））",
        "評価シートの様式（実績）",
        HERE,
        gone_quiet,
        count_begun,
        general="2年以上測定されていない指標があります",
    ),
    Rule(
        "V02",
        Severity.WARNING,
        Theme.VALUES,
        "{due}の値が、入力時期を過ぎています",
        "毎年測る指標は、年度が終わって半年（国や都道府県の統計は1年半）たつと値がそろうものとして見ています。"
        "まだ公表されていないときは、「未公表」などの理由を見送りの欄に書いてください。",
        "令和7年度（2025年度）の値を、9月までに入力する。",
        "評価シートの様式（実績未回収）",
        HERE,
        overdue,
        count_yearly,
        general="入力時期を過ぎた値があります",
    ),
    Rule(
        "V10",
        Severity.WARNING,
        Theme.VALUES,
        "{year}の0は、「該当数字なし」ではありませんか",
        "事業所がないために数えられないときの0は、「行ったが0件だった」とは意味が違います。比べるときに、いちばん低い値として扱われてしまいます。",
        "訪問看護事業所のない村の緊急時訪問看護加算 → 値の状態を「該当数字なし」にする。",
        "見える化システムの公表値（提供者がいない場合も0と表示される）",
        HERE,
        empty_zeros,
        count_zeros,
        general="0は、「該当数字なし」ではありませんか",
    ),
)
