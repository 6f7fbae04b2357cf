"""How a verdict was come to, one sentence for each ground. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.arithmetic.intervals import interval
from indicators.choices import ValueKind, Verdict
from indicators.verdicts.verdicts import Why
from municipalities.japanese import fiscal

if TYPE_CHECKING:
    from indicators.verdicts.evaluation import Evaluation


def _plain(_one: Evaluation) -> str:
    """Say nothing more: the word itself is the reason."""
    return ""


def _no_number(one: Evaluation) -> str:
    why = "は秘匿です" if one.is_hidden else f"がありません（{one.state.label}）"
    said = f"{fiscal.label(one.year)}の値{why}。"
    return f"{said}最新は{one.dated(one.latest)}です。" if one.latest else said


def _compared(one: Evaluation) -> str:
    is_past = one.target is not None and one.target.year < one.year
    late = "目標の年度を過ぎています。" if is_past else ""
    if one.judged.verdict == Verdict.ACHIEVED:
        return f"{late}{_beside_target(one)}満たしています。"
    return f"{late}{_beside_target(one)}満たしていません。{one.rounded(one.target)}"


def _not_final(one: Evaluation) -> str:
    meets = "います" if one.judged.verdict == Verdict.LIKELY else "いません"
    told = f"{_beside_target(one)}満たして{meets}。{one.rounded(one.target)}"
    return f"{told}確定した値ではないので、見込みとします。"


def _beside_target(one: Evaluation) -> str:
    is_same = one.target is not None and one.target.year == one.year
    aim = (
        f"同じ年度の目標値{one.number(one.target)}" if is_same else one.dated(one.target, "目標値")
    )
    return f"{one.dated(one.latest)}は、{aim}を"


def _worse(one: Evaluation) -> str:
    start, now = one.dated(one.baseline, "現状値"), one.dated(one.latest)
    return f"{now}は、{start}より悪くなっています。{one.rounded(one.baseline)}"


def _forecast(one: Evaluation) -> str:
    start, now = one.dated(one.baseline, "現状値"), one.dated(one.latest)
    then = one.judged.expected
    meets = "満たす" if one.judged.verdict == Verdict.LIKELY else "満たさない"
    year = fiscal.label(then.year) if then else ""
    return (
        f"{start}と{now}を結んだ直線を延ばすと、{year}は{one.number(then)}になり、"
        f"目標値{one.number(one.target)}を{meets}見込みです。{one.rounded(one.target, then)}"
    )


def _early(one: Evaluation) -> str:
    return f"目標の年度の前に、{_beside_target(one)}満たしています。"


def _no_forecast(one: Evaluation) -> str:
    if one.is_broken:
        return "目標の年度の前で、同じ定義の値がまだ少ないので、見込みを計算できません。"
    if one.definition.value_kind == ValueKind.STAGE:
        return "目標の年度の前です。段階で表す指標なので、直線を延ばした見込みは計算しません。"
    why = "現状値がない" if one.baseline is None else "現状値の年度より後の値がない"
    return f"目標の年度の前で、{why}ので、見込みを計算できません。"


def _partial(one: Evaluation) -> str:
    if one.judged.verdict is None:
        part = one.latest.part_told if one.latest else ""
        is_stock = one.latest is not None and one.latest.is_stock
        more = "で、年度末の数ではない" if is_stock else "な"
        return f"{one.dated(one.latest)}は{part}{more}ので、目標値とはまだ比べません。"
    meets = "います" if one.judged.verdict == Verdict.LIKELY else "いません"
    return f"年度の途中ですが、{_beside_target(one)}満たして{meets}。{one.rounded(one.target)}"


def _redefined(_one: Evaluation) -> str:
    return "定義が変わったため、目標値と比べられません。今の定義で目標値を立てると、評価できます。"


def chance_in_words(one: Evaluation) -> str:
    """Say whether chance alone makes such a difference as the verdict rests on; nothing where that is not known."""
    mine = interval(one.definition, one.values[one.year])
    beside = one.baseline if one.compared else one.target
    theirs = interval(one.definition, one.compared[0]) if one.compared else None
    if mine is None or beside is None:
        return "少ない数は偶然で大きく動くため、この評価区分は参考にとどめてください。"
    low, high = theirs or (beside.number, beside.number)
    name = "現状値からの変化" if one.compared else "目標値との差"
    if mine[0] <= high and low <= mine[1]:
        return f"{name}は、偶然だけでも起こる大きさです。この評価区分は参考にとどめてください。"
    return f"{name}は、偶然だけでは起こりにくい大きさです。"


SENTENCES = {
    Why.WATCHED: _plain,
    Why.NO_TARGET: _plain,
    Why.NO_NUMBER: _no_number,
    Why.COMPARED: _compared,
    Why.NOT_FINAL: _not_final,
    Why.WORSE: _worse,
    Why.FORECAST: _forecast,
    Why.EARLY: _early,
    Why.NO_FORECAST: _no_forecast,
    Why.PARTIAL: _partial,
    Why.REDEFINED: _redefined,
}
