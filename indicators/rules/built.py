"""I01, I02, I15, I16, I22: what the indicators at one outcome show together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.rules import kinds
from indicators.rules.reading import count_placed, placed
from municipalities.choices import Scene
from municipalities.kernel.findings import Rule, Severity, Theme, Way

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indicators.rules.reading import Followed, Stand
    from municipalities.kernel.findings import Found, Year

HOME_DEATHS = "home_death_rate"
AT_OUTCOME, TARGETS = Way("indicators:placing"), Way("indicators:indicator")


def only_work(year: Year) -> Iterator[Found]:
    for stand in placed(year):
        if not any(kinds.is_result(one.definition) for one in stand.indicators):
            yield stand.found()


def only_results(year: Year) -> Iterator[Found]:
    for stand in placed(year):
        if all(kinds.is_result(one.definition) for one in stand.indicators):
            yield stand.found()


def at_end_of_life(year: Year) -> list[tuple[Stand, Followed]]:
    """Return the results that stand at the outcomes of 看取り, each with its outcome."""
    return [
        (stand, one)
        for stand in placed(year)
        if stand.outcome["scene"] == Scene.END_OF_LIFE
        for one in stand.indicators
        if kinds.is_result(one.definition)
    ]


def home_deaths_alone(year: Year) -> Iterator[Found]:
    found = at_end_of_life(year)
    if {one.definition.code for _, one in found} == {HOME_DEATHS}:
        stand, _ = found[0]
        yield stand.found()


def busy(year: Year) -> dict[str, Followed]:
    """Return the counts of consultations, trainings and meetings that stand at outcomes, by key."""
    return {
        one.key: one
        for stand in placed(year)
        for one in stand.indicators
        if kinds.is_busy(one.definition)
    }


def more_for_its_own_sake(year: Year) -> Iterator[Found]:
    return (one.found() for one in busy(year).values() if one.targets)


def far(year: Year) -> list[Stand]:
    """Return the outcomes at which something stands that a town can hardly move."""
    return [
        stand
        for stand in placed(year)
        if any(kinds.is_far(one.definition) for one in stand.indicators)
    ]


def without_driver(year: Year) -> Iterator[Found]:
    for stand in far(year):
        if not any(kinds.is_driver(one.definition) for one in stand.indicators):
            told = next(one for one in stand.indicators if kinds.is_far(one.definition))
            yield stand.found(name=told.definition.name)


def count_end_of_life(year: Year) -> int:
    return int(bool(at_end_of_life(year)))


def count_busy(year: Year) -> int:
    return len(busy(year))


def count_far(year: Year) -> int:
    return len(far(year))


RULES: Sequence[Rule] = (
    Rule(
        "I01",
        Severity.WARNING,
        Theme.INDICATORS,
        "アウトプット指標（量を数える指標）だけです",
        "回数や人数は、どれだけ行ったかを示します。行った結果、住民や支える人に何が起きたかを示す指標が一つあると、成果に近づいたかどうかを言えます。",
        "退院前カンファレンスの回数（量）に、「退院調整もれ率」（結果）を添える。",
        "医療計画の見直し等に関する調査（アウトカム目標の不足の指摘）",
        AT_OUTCOME,
        only_work,
        count_placed,
    ),
    Rule(
        "I02",
        Severity.WARNING,
        Theme.INDICATORS,
        "取組の量を測る指標がありません",
        "結果の指標だけでは、動かなかったときに、取組が足りなかったのか、取組が合っていなかったのかが分かりません。どれだけ行ったかを示す指標を一つ添えます。",
        "「話し合ったことがある人の割合」（結果）に、出前講座の回数（量）を添える。",
        "政策評価の点検の視点（アウトプットとアウトカムの両方）",
        AT_OUTCOME,
        only_results,
        count_placed,
    ),
    Rule(
        "I15",
        Severity.WARNING,
        Theme.INDICATORS,
        "自宅死の割合だけでは評価できません（孤独死などを含みます）",
        "自宅死の割合には、検案を受けた死亡、孤独死、自殺も含まれ、年による動きも大きい数です。本人の望みがかなったかどうかを示す指標と並べて見ます。",
        "自宅死の割合に、「希望した場所で最期を迎えられた人の割合」や「家族等と話し合ったことがある人の割合」を添える。",
        "在宅医療にかかる地域別データ集についての論考（在宅死亡率だけでは指標になり得ない）",
        AT_OUTCOME,
        home_deaths_alone,
        count_end_of_life,
    ),
    Rule(
        "I16",
        Severity.WARNING,
        Theme.INDICATORS,
        "件数や回数を増やすこと自体が目的になっていませんか",
        "相談や研修の数は、多ければ良いとは言えません。相談が減ったのは、困りごとが減ったからかもしれません。目標は、その先の変化に置き、件数は監視に回せます。",
        "研修の回数は監視とし、目標は「地域資源を知らない専門職の割合」を15％以下にすることに置く。",
        "連携支援のアドバイス（事業を行うことが目的になっている）",
        TARGETS,
        more_for_its_own_sake,
        count_busy,
    ),
    Rule(
        "I22",
        Severity.WARNING,
        Theme.INDICATORS,
        "「{name}」は、市町村だけでは動かせません。動かせる指標を併せて置きましょう",
        "最終的な姿を示す指標は、人口や病院の事情でも動きます。市町村の取組で動く指標を並べておくと、取組が届いているかどうかを早く確かめられます。",
        "「暮らしの場での死亡割合」に、「看取りを実施している診療所・病院数」を添える。",
        "介護保険事業計画の成果指標の実務（動かせる数と、結果として表れる数を分ける）",
        AT_OUTCOME,
        without_driver,
        count_far,
        general="市町村だけでは動かせない指標に、動かせる指標が添えられていません",
    ),
)
