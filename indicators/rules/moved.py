"""V04, V08, V09, V11, V12: how the values of a series follow each other."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from indicators.arithmetic import breaks, warnings
from indicators.choices import CheckedAs, Direction, Finality, Verdict
from indicators.measurements import part_years
from indicators.rules.reading import followed
from indicators.verdicts.verdicts import Why, is_better
from municipalities.japanese import fiscal
from municipalities.kernel.findings import Rule, Severity, Theme, Way

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indicators.rules.reading import Followed, Value
    from municipalities.kernel.findings import Found, Year

# A change is asked about of the year itself and of the one before: what is older has been read before.
RECENT_YEARS = 2
WORSE_YEARS = 3
STRANGE = ("times_of_last", "great_change", "outside_spread")
CHANGED = (CheckedAs.SYSTEM, CheckedAs.METHOD)
IN_CALENDAR = re.compile(r"暦年|[1１]月?[～〜~\-－―ー][1１][2２]月")
IN_FISCAL = re.compile(
    r"会計年度|年度(?:の|間の)?(?:合計|累計)|[4４]月?[～〜~\-－―ー](?:翌年)?[3３]月"
)
ON_THE_WAY = (Why.FORECAST, Why.NOT_FINAL)
LAST_DAYS = {(12, 31): "暦年", (3, 31): "年度"}
HERE = Way("indicators:indicator")


def leapt(year: Year) -> Iterator[Found]:
    for one, row in recent(year):
        others = [other for other in one.numbers.values() if other is not row]
        # As on the page of the indicator, a part of a year is asked about where it is more than the year before, never where it is less.
        is_partial = part_years.is_partial(one.definition, row)
        asked = warnings.doubts(one.definition, row, others, is_partial=is_partial)
        if any(doubt.code in STRANGE for doubt in asked):
            yield one.found(year=fiscal.label(row.fiscal_year))


def recent(year: Year) -> list[tuple[Followed, Value]]:
    """Return the recent numbers that nobody has checked or explained, with one before to compare."""
    return [
        (one, row)
        for one in followed(year)
        for at, row in one.numbers.items()
        if at > year.fiscal_year - RECENT_YEARS
        and not (row.checked_as or row.note.strip())
        and any(earlier < at for earlier in one.numbers)
    ]


def mixed(year: Year) -> Iterator[Found]:
    for one in dated(year):
        if len(periods(one)) > 1:
            yield one.found()


def periods(one: Followed) -> set[str]:
    """Return in which kinds of years its final numbers are counted, as far as day, source or note tell."""
    rows = breaks.kept(one.definition, one.numbers.values(), year=one.year)
    return {period_of(row) for row in rows} - {""}


def period_of(row: Value) -> str:
    told = f"{row.source} {row.note}"
    if IN_CALENDAR.search(told):
        return "暦年"
    if IN_FISCAL.search(told):
        return "年度"
    is_final = row.finality == Finality.FINAL
    day = (row.as_of.month, row.as_of.day) if row.as_of and is_final else None
    return LAST_DAYS.get(day, "") if day else ""


def dated(year: Year) -> list[Followed]:
    return [one for one in followed(year) if len(one.numbers) > 1 and periods(one)]


def unsplit(year: Year) -> Iterator[Found]:
    for one in own_series(year):
        splits = {version.fiscal_year for version in breaks.versions(one.definition)}
        if lost := changed_years(one) - splits:
            yield one.found(year=fiscal.label(max(lost)))


def own_series(year: Year) -> list[Followed]:
    """Return what is counted by the town's own definition and has numbers of two years: it could break."""
    codes = {row["key"] for row in year.rows("own_definitions")}
    return [one for one in followed(year) if one.definition.code in codes and len(one.numbers) > 1]


def changed_years(one: Followed) -> set[int]:
    """Return the years of which somebody has found that the system or the way of counting had changed."""
    return {at for at, row in one.numbers.items() if row.checked_as in CHANGED}


def worsening(year: Year) -> Iterator[Found]:
    for one in long_enough(year):
        direction = Direction(one.definition.direction)
        marks = [one.mark(row) for row in last_whole(one)]
        if all(
            is_better(first.number, second.number, direction) for first, second in pairwise(marks)
        ):
            yield one.found()


def last_whole(one: Followed) -> list[Value]:
    """Return the last four numbers of whole years without a hole, of one definition; else nothing."""
    kept = breaks.kept(one.definition, one.numbers.values(), year=one.year)
    whole = [
        row for row in kept if row.fiscal_year not in part_years.of(one.definition, one.values)
    ]
    last = whole[-WORSE_YEARS - 1 :]
    is_run = len(last) > WORSE_YEARS and last[-1].fiscal_year - last[0].fiscal_year == WORSE_YEARS
    return last if is_run else []


def long_enough(year: Year) -> list[Followed]:
    return [
        one
        for one in followed(year)
        if one.definition.direction != Direction.NEUTRAL and last_whole(one)
    ]


def falling_short(year: Year) -> Iterator[Found]:
    acted = acted_on(year)
    for one in foreseen(year):
        is_short = one.evaluation.judged.verdict == Verdict.UNLIKELY
        if is_short and one.key not in acted:
            yield one.found(target=one.evaluation.number(one.evaluation.target))


def foreseen(year: Year) -> list[Followed]:
    """Return what is on its way to a target, by a forecast or by a number that is not final yet."""
    return [one for one in followed(year) if one.evaluation.judged.why in ON_THE_WAY]


def acted_on(year: Year) -> set[str]:
    """Return the indicators for which an improvement is written, of themselves or of an outcome they stand at."""
    changed = changed_outcomes(year)
    at_them = {use["indicator"] for use in year.rows("indicator_uses") if use["outcome"] in changed}
    return at_them | changed_indicators(year)


def changed_outcomes(year: Year) -> set[str]:
    """Return the outcomes for which an improvement is written, of themselves or of an activity under them."""
    rows = year.rows("improvements")
    outcomes = {row["outcome"] for row in rows}
    activities = {row["activity"] for row in rows} - {None}
    return {
        outcome["key"]
        for outcome in year.outcomes()
        if outcome["key"] in outcomes
        or any(one["activity"] in activities for one in outcome["placements"])
    }


def changed_indicators(year: Year) -> set[str]:
    """Return the indicators that an improvement is about; papers of before name none."""
    return {row["indicator"] for row in year.rows("improvements") if row.get("indicator")}


def count_recent(year: Year) -> int:
    return len(recent(year))


def count_dated(year: Year) -> int:
    return len(dated(year))


def count_own_series(year: Year) -> int:
    return len(own_series(year))


def count_long_enough(year: Year) -> int:
    return len(long_enough(year))


def count_foreseen(year: Year) -> int:
    return len(foreseen(year))


RULES: Sequence[Rule] = (
    Rule(
        "V04",
        Severity.WARNING,
        Theme.VALUES,
        "{year}の値が、それまでから大きく変わりました。定義か入力を確かめましょう",
        "急な変化は、よい取組の結果のこともあれば、桁の誤りや数え方の変更のこともあります。確かめた結果を選ぶか、注記に書くと、この気づきは消えます。",
        "注記：この年度から、電話での相談も数えることにした。",
        "介護保険事業計画の点検の実務（前年からの変化）",
        HERE,
        leapt,
        count_recent,
        general="値が、それまでから大きく変わりました",
    ),
    Rule(
        "V08",
        Severity.WARNING,
        Theme.VALUES,
        "年度の値と暦年の値が混ざっています",
        "1月から12月までの数と、4月から翌年3月までの数は、並べて比べられません。どちらかにそろえます。",
        "救急搬送は暦年（1～12月）にそろえ、注記に「暦年」と書く。",
        "介護保険事業計画の点検の実務（年度と暦年）",
        HERE,
        mixed,
        count_dated,
    ),
    Rule(
        "V09",
        Severity.WARNING,
        Theme.VALUES,
        "{year}に数え方が変わりました。系列を分けてください",
        "数え方の違う年をつなぐと、取組の成果でない変化を成果と読み違えます。定義に「いつから何が変わったか」を書くと、グラフと評価が分かれます。前の値は消えません。",
        "適用を始めた年度：令和7年度（2025年度）　何が変わったか：配った枚数ではなく、渡したことを確かめた人数を数える。",
        "介護保険事業計画の点検の実務（定義の変更）",
        HERE,
        unsplit,
        count_own_series,
        general="途中で数え方が変わりました",
    ),
    Rule(
        "V11",
        Severity.HINT,
        Theme.VALUES,
        f"{WORSE_YEARS}年続けて、望ましくない方向へ動いています",
        "一年の上下は偶然のこともありますが、3年続くと傾向です。何が変わったのかを、現場の人に聞いてみる時期です。",
        "要因：訪問看護師が減り、夜間の電話に出られない日が増えた。",
        "このシステムの考え方",
        HERE,
        worsening,
        count_long_enough,
    ),
    Rule(
        "V12",
        Severity.WARNING,
        Theme.VALUES,
        "このままでは、目標（{target}）に届かない見込みです。改善策を書きましょう",
        "現状値と最新の値を直線で延ばした見込み、または速報・見込の値から見ています。届かないと分かったら、取組の何を変えるかを、成果か取組の改善策に書いておきます。",
        "改善策：研修に来られない事業所へ、年2回出向く。",
        "介護保険事業計画の成果指標の実務（達成の見込み）",
        HERE,
        falling_short,
        count_foreseen,
        general="このままでは、目標に届かない見込みです",
    ),
)
