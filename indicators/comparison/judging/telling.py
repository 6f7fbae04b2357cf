"""The words and signs of a comparison, in one place: table, drawings, workbook and paper say the same. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.choices import Direction, PlaceKind, ValueState
from indicators.comparison.judging.pooling import SCALE
from indicators.comparison.judging.quarters import LEAST_COMPARED
from indicators.comparison.shape import Chance, Quarter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indicators.comparison.shape import Comparison, Place

# What the places are called in sentences, until `of` puts their own word there.
TOWNS = "市町村"
# What a quartile tells that is more than nothing, but less than is kept.
BELOW = "0.0001未満"
# The decimals that are kept of a number.
KEPT = 4
GLYPHS = {
    Quarter.HIGHEST: "▲▲",
    Quarter.HIGH: "▲",
    Quarter.LOW: "▼",
    Quarter.LOWEST: "▼▼",
}
# Height without judgement, where neither way is better.
HEIGHTS = {
    Quarter.HIGHEST: "▇",
    Quarter.HIGH: "▅",
    Quarter.LOW: "▃",
    Quarter.LOWEST: "▁",
}
BETTER = {
    Quarter.HIGHEST: "上位25％",
    Quarter.HIGH: "中央値より良い",
    Quarter.LOW: "中央値より良くない",
    Quarter.LOWEST: "下位25％",
}
HIGHER = {
    Quarter.HIGHEST: "高い方の25％",
    Quarter.HIGH: "中央値より高い",
    Quarter.LOW: "中央値より低い",
    Quarter.LOWEST: "低い方の25％",
}
# How far beyond chance a value lies, beside its sign.
CHANCE_MARKS = {
    Chance.FAR_ABOVE: "**",
    Chance.ABOVE: "*",
    Chance.WITHIN: "",
    Chance.BELOW: "*",
    Chance.FAR_BELOW: "**",
}
BEYOND = "偶然の範囲の外"
# Said instead of a quarter, which is counted from the median, where the average lies on the value's other side.
SPLIT = "中央値と平均で向きが逆"
WITHHELD = (
    "担当以外の市町村の値が分かってしまうため、最小・中央値・最大・平均などは表示していません。"
)
# Of a number that is the median and the lowest, or worst, as well.
MEDIAN = "中央値と同じ"
# At most so many places are named in one sentence.
MOST_NAMED = 40
# Where limits are wider than chance alone makes them, said where stars and sentences are read.
WIDENED_HEAD = "範囲を広げて判定"
WIDENED_BESIDE = "（広げた範囲）"
REFERENCE, STRUCTURAL_ZERO = "参考値", "提供する所なし"
STATES = {
    ValueState.NOT_ENTERED.value: "…",
    ValueState.NOT_APPLICABLE.value: "－",
    ValueState.UNKNOWN.value: "不明",
    ValueState.SUPPRESSED.value: "x",
}
# Of a count that cannot be divided: no state of a stored value.
NO_POPULATION = "no_population"
STATES[NO_POPULATION] = "人口なし"
MISSING = {
    ValueState.NOT_ENTERED.value: "値なし",
    ValueState.NOT_APPLICABLE.value: "該当数字なし",
    ValueState.UNKNOWN.value: "不詳",
    ValueState.SUPPRESSED.value: "秘匿",
    NO_POPULATION: "割る人口が登録されていない",
}
DIRECTIONS = {
    Direction.HIGHER.value: "高いほど良い",
    Direction.LOWER.value: "低いほど良い",
    Direction.NEUTRAL.value: "良し悪しなし",
}
READ_AS = (
    "値のある市町村を値の順に4つに分け、色と記号で位置を示しています。"
    "色のない記号は、平均との差が偶然の範囲内のものと、中央値から見た向きと平均から見た向きが逆のもの（「中央値と平均で向きが逆」と示します）、灰色の値は件数が少ない参考値で、位置を付けていません。"
    "*と**は、平均との差が偶然の範囲を超える値です。都道府県のように数える人数が多いと、わずかな差でも偶然では説明できなくなるため、"
    "地域どうしの差が大きい指標では、その分だけ範囲を広げています（広げた指標は、出典と注意に示します）。色も*・**も文も、同じ範囲で付けています。"
    "事業所・施設・医師などの従事者・会議の数は、少なくても参考値にしていません。"
    "提供する所がない市町村の0は、位置も順位も付けず、「指標の出典と注意」に市町村の名前を挙げています。"
)


def noun(comparison: Comparison) -> str:
    """Return what the places are called together."""
    return noun_of(comparison.places)


def has_classes(comparison: Comparison) -> bool:
    """Say whether any indicator has so many values that signs and colours tell quarters."""
    return any(one.summary.count >= LEAST_COMPARED for one in comparison.columns)


def hidden(comparison: Comparison) -> str:
    """Name the indicators that are not in the table because all their values are 秘匿; nothing where there are none."""
    names = comparison.hidden
    if not names:
        return ""
    named = "".join(f"「{one}」" for one in names[:MOST_NAMED])
    rest = f"ほか{len(names) - MOST_NAMED}指標" if len(names) > MOST_NAMED else ""
    return f"{named}{rest}は、比べる地域の値がすべて秘匿のため、表にありません。"


def together(comparison: Comparison) -> str:
    """Return whose average and distribution stand below the rows: 「表の市町村」, or all of whom they are a part."""
    return comparison.whole or f"表の{noun(comparison)}"


def label(comparison: Comparison, name: str) -> str:
    """Return 「中央値」, or whose it is where the rows are not all of them."""
    return f"{comparison.whole}の{name}" if comparison.whole else name


def valued(comparison: Comparison) -> str:
    """Return what the number of places with a value is called."""
    return (
        label(comparison, "うち値のある数")
        if comparison.whole
        else f"値のある{noun(comparison)}の数"
    )


def noun_of(places: Sequence[Place]) -> str:
    kinds = {place.kind for place in places}
    if kinds == {PlaceKind.PREFECTURE}:
        return "都道府県"
    if kinds == {PlaceKind.MEDICAL_AREA}:
        return "医療圏"
    has_wards = any(place.name.endswith("区") for place in places)
    return "市区町村" if has_wards else TOWNS


def without_classes(comparison: Comparison, count: int, *, word: str) -> str:
    """Say in plain words why no value is coloured where too few are compared; nothing where some are, or might be.

    `count`: how many are compared, of whom the rows may be a part; `word`: what the prefecture calls itself, 都, 道, 府 or 県.
    """
    if not count or count >= LEAST_COMPARED:
        return ""
    has_median = any(one.summary.median is not None for one in comparison.columns)
    beside = f"{word}の値・中央値" if has_median else f"{word}の値"
    return of(
        f"比べているのは{count}市町村です。{LEAST_COMPARED}市町村に満たないときは上位・下位を分けられないため、色も順位も付きません。"
        f"値そのものと、{beside}との差を見てください。",
        noun(comparison),
    )


def without_provider(places: Sequence[Place]) -> str:
    """Name the places where nobody offers it: they have no place among the others and are not to be lost for it."""
    named = "、".join(one.name for one in places[:MOST_NAMED])
    more = len(places) - MOST_NAMED
    rest = f"、ほか{more:,}{noun_of(places)}" if more > 0 else ""
    return f"提供する所がない{noun_of(places)}：{named}{rest}"


def of(text: str, noun: str) -> str:
    """Say of prefectures or areas what is written of towns."""
    return text.replace(TOWNS, noun)


def glyph(quarter: Quarter, *, is_ranked: bool) -> str:
    return (GLYPHS if is_ranked else HEIGHTS)[quarter]


def words(quarter: Quarter, *, is_ranked: bool, is_split: bool = False) -> str:
    """Return where a value lies among the others; `is_split`: beyond chance on the other side of the average."""
    return SPLIT if is_split else (BETTER if is_ranked else HIGHER)[quarter]


def rank(found: int, *, is_ranked: bool) -> str:
    """Return 「12位」, or 「高い方から12番目」 where nothing is better."""
    return f"{found}位" if is_ranked else f"高い方から{found}番目"


def number(scaled: int, decimals: int) -> str:
    """Return a number that is held ten thousand times as large, half-up: 62500 with one decimal is 「6.3」.

    What is not nothing is never told as nothing: 96 with one decimal is 「0.01」.
    """
    decimals = min(decimals, KEPT)
    step = SCALE // 10**decimals
    whole = (abs(scaled) * 2 + step) // (2 * step)
    if scaled and not whole:
        return number(scaled, decimals + 1)
    sign = "−" if scaled < 0 and whole else ""
    if not decimals:
        return f"{sign}{whole:,}"
    front, back = divmod(whole, 10**decimals)
    return f"{sign}{front:,}.{back:0{decimals}}"
