"""I14, I17–I20: which indicators the year has chosen, all in all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.choices import ValueKind
from indicators.followed.following import scenes_named
from indicators.rules import kinds
from indicators.rules.reading import count_placed, followed, placed, stands
from municipalities.kernel.findings import Found, Rule, Severity, Theme, Way

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indicators.rules.reading import Followed
    from municipalities.kernel.findings import Year

MOST_AT_ONE, MOST = 3, 25
WHOLE = "指標の全体"
LIST, CATALOGUE = Way("indicators:indicator_list"), Way("indicators:catalogue_list")


def used(year: Year) -> dict[str, Followed]:
    """Return the indicators that stand at any outcome, by key."""
    return {one.key: one for stand in placed(year) for one in stand.indicators}


def only_counts(year: Year) -> Iterator[Found]:
    kept = used(year).values()
    if kept and all(one.definition.value_kind == ValueKind.COUNT for one in kept):
        yield Found(WHOLE)


def too_many(year: Year) -> Iterator[Found]:
    for stand in placed(year):
        if (number := len(stand.indicators)) > MOST_AT_ONE:
            yield Found(stand.outcome["text"], stand.outcome["key"], {"number": str(number)})
    if (number := len(followed(year))) > MOST:
        yield Found(WHOLE, words={"number": str(number)})


def without_voice(year: Year) -> Iterator[Found]:
    kept = used(year).values()
    if kept and not any(kinds.is_voice(one.definition) for one in kept):
        yield Found(WHOLE)


def bare_scenes(year: Year) -> Iterator[Found]:
    """Yield the chosen scenes for which nothing is followed, once anything is."""
    told = {stand.outcome["scene"] for stand in placed(year)}
    for one in followed(year):
        told |= scenes_named(one.definition)
    for scene in year.scenes if count_scenes(year) else ():
        if scene.value not in told:
            yield Found(str(scene.label), scene.value, {"scene": str(scene.label)})


def unused(year: Year) -> Iterator[Found]:
    kept = used(year)
    return (one.found() for one in to_be_used(year) if one.key not in kept)


def to_be_used(year: Year) -> list[Followed]:
    """Return the indicators that should serve an outcome, where there is any outcome.

    One of the background, or one that shows how things stand for an issue, serves as it is.
    """
    if not stands(year):
        return []
    shown = {row["indicator"] for row in year.rows("issue_figures")}
    return [
        one
        for one in followed(year)
        if one.key not in shown and not kinds.is_background(one.definition)
    ]


def count_used(year: Year) -> int:
    return int(bool(used(year)))


def count_scenes(year: Year) -> int:
    return len(year.scenes) if followed(year) else 0


def count_to_be_used(year: Year) -> int:
    return len(to_be_used(year))


RULES: Sequence[Rule] = (
    Rule(
        "I14",
        Severity.WARNING,
        Theme.INDICATORS,
        "数だけの指標です。規模の違う自治体とは、率で比べましょう",
        "人口の違う市町村の人数や件数を並べても、多いのか少ないのか分かりません。割合や、人口あたりの数が一つあると、都道府県や似た市町村と比べられます。",
        "「訪問診療を受けた患者数」を「75歳以上千人あたり訪問診療を受けた患者数」にする。",
        "このシステムの考え方（比べるときの決まり）",
        CATALOGUE,
        only_counts,
        count_used,
    ),
    Rule(
        "I17",
        Severity.HINT,
        Theme.INDICATORS,
        "指標が多すぎます（{number}個）。主要な指標を選びましょう",
        f"指標が多いと、毎年集めるだけで手いっぱいになります。一つの成果に{MOST_AT_ONE}個まで、全体で{MOST}個までが目安です。残りは参考として、評価には使わない方法もあります。",
        "11個のうち、「訪問診療を受けた患者数」と「在宅生活を続けられると思う人の割合」を主要な指標とする。",
        "政策評価の点検の視点（主要な指標と参考指標を分ける）",
        LIST,
        too_many,
        count_placed,
        general="指標が多すぎます。主要な指標を選びましょう",
    ),
    Rule(
        "I18",
        Severity.WARNING,
        Theme.INDICATORS,
        "住民の声を測る指標がありません",
        "目指す姿は住民の暮らしです。住民や家族に聞いた割合が一つあると、支える側の数字だけで判断せずに済みます。すでに行っている調査の設問で十分です。",
        "介護予防・日常生活圏域ニーズ調査の設問を使い、「家族等と話し合ったことがある人の割合」を見る。",
        "連携支援のアドバイス（主語は住民）",
        CATALOGUE,
        without_voice,
        count_used,
    ),
    Rule(
        "I19",
        Severity.WARNING,
        Theme.INDICATORS,
        "「{scene}」の指標がありません",
        "指標のない場面は、良くなったかどうかを誰も言えないまま、話し合いから抜けていきます。連携支援で場面を選んでいるときは、選んだ場面だけを見ています。",
        "急変時の対応：緊急時訪問看護加算の算定率（見える化システムの値をそのまま使える）",
        "在宅医療・介護連携推進事業の実施状況調査（場面ごとの取組の差）",
        CATALOGUE,
        bare_scenes,
        count_scenes,
        general="指標のない場面があります",
    ),
    Rule(
        "I20",
        Severity.WARNING,
        Theme.INDICATORS,
        "どの成果にも使われていない指標です",
        "何のために集めているかが決まっていない数字は、集める手間だけが残ります。成果に置くか、課題の現状として示すか、今年度は外すかを選びます。",
        "「在宅看取り数」を、成果「望んだ場所で最期を迎えられる」に置く。",
        "介護保険事業計画の点検の実務（使われない指標）",
        Way("indicators:indicator"),
        unused,
        count_to_be_used,
    ),
)
