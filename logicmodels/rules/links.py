"""C02–C06, C09: how activities lead to outcomes, and outcomes to what is wanted. C01 is told by reports."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from logicmodels.choices import ActivityStatus, OutcomeLevel
from logicmodels.rules import goals
from municipalities.choices import Scene
from municipalities.kernel.findings import Found, Rule, Severity, Theme, Way

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from municipalities.kernel.findings import Row, Year

MOST_ACTIVITIES = 12
MODEL = Way("logicmodels:logic_model")
NOT_LINKED = "どの成果にもつながらない取組です"
# Not the activities are at fault where there is nothing yet to link them to.
NO_MODEL = Found(
    "ロジックモデルに置かれた成果が、まだ一つもありません",
    words={"what": "取組をつなげる成果が、まだありません"},
)


def going_on(year: Year) -> list[Row]:
    """Return the activities that have not been given up."""
    return [row for row in year.rows("activities") if row["status"] != ActivityStatus.STOPPED]


def outcomes(year: Year) -> Iterator[tuple[Row, Row]]:
    """Yield every outcome behind its model."""
    for model in year.rows("logic_models"):
        for outcome in model["outcomes"]:
            yield model, outcome


def place(model: Row, outcome: Row, **gaps: str) -> Found:
    return Found(outcome["text"], outcome["key"], gaps, (model["key"],))


def leading(model: Row) -> dict[str, set[str]]:
    """Return to which outcomes each outcome of a model leads."""
    found: dict[str, set[str]] = defaultdict(set)
    for link in model["links"]:
        found[link["cause"]].add(link["effect"])
    return found


def reached(start: str, ways: Mapping[str, set[str]]) -> set[str]:
    """Return every outcome to which one leads, over others too; itself only where it goes round."""
    found: set[str] = set()
    ahead = [start]
    while ahead:
        new = ways.get(ahead.pop(), set()) - found
        found |= new
        ahead.extend(new)
    return found


def unplaced(year: Year) -> Iterator[Found]:
    """Yield activities of no outcome; where there is no outcome at all, that once."""
    rows = going_on(year)
    if rows and not year.outcomes():
        yield NO_MODEL
        return
    placed = {one["activity"] for outcome in year.outcomes() for one in outcome["placements"]}
    for row in rows:
        if row["key"] not in placed:
            yield Found(row["name"], row["key"], {"what": NOT_LINKED})


def without_end(year: Year) -> Iterator[Found]:
    """Yield outcomes on the way that lead to no final one; of a model without any, to no desired state."""
    aims = {row["scene"] for row in goals.written(year)}
    for model in year.rows("logic_models"):
        ends = {one["key"] for one in model["outcomes"] if one["level"] == OutcomeLevel.FINAL}
        ways = leading(model)
        for one in model["outcomes"]:
            scenes = {one["scene"], model["scene"], Scene.ALL.value}
            is_led = bool(reached(one["key"], ways) & ends) if ends else bool(scenes & aims)
            if one["level"] != OutcomeLevel.FINAL and not is_led:
                yield place(model, one)


def without_work(year: Year) -> Iterator[Found]:
    """Yield outcomes for which nothing is done, neither for them nor for what leads to them."""
    for model in year.rows("logic_models"):
        effects = {link["effect"] for link in model["links"]}
        for one in model["outcomes"]:
            if not one["placements"] and one["key"] not in effects:
                yield place(model, one)


def without_middle(year: Year) -> Iterator[Found]:
    for model in year.rows("logic_models"):
        effects = {link["effect"] for link in model["links"]}
        for one in model["outcomes"]:
            is_final = one["level"] == OutcomeLevel.FINAL
            if is_final and one["placements"] and one["key"] not in effects:
                yield place(model, one)


def going_round(year: Year) -> Iterator[Found]:
    """Yield each model in which outcomes lead round to themselves, once."""
    for model in year.rows("logic_models"):
        ways = leading(model)
        if any(key in reached(key, ways) for key in ways):
            yield Found(model["title"], model["key"], args=(model["key"],))


def crowded(year: Year) -> Iterator[Found]:
    for model, one in outcomes(year):
        if (number := len(one["placements"])) > MOST_ACTIVITIES:
            yield place(model, one, number=str(number))


def count(year: Year) -> int:
    return len(year.outcomes())


def count_models(year: Year) -> int:
    return len(year.rows("logic_models"))


def count_activities(year: Year) -> int:
    return len(going_on(year))


def count_ways(year: Year) -> int:
    return sum(one["level"] != OutcomeLevel.FINAL for one in year.outcomes())


def count_ends(year: Year) -> int:
    return sum(one["level"] == OutcomeLevel.FINAL for one in year.outcomes())


RULES: Sequence[Rule] = (
    Rule(
        "C02",
        Severity.ERROR,
        Theme.LINKS,
        "{what}",
        "取組は、住民や支援者の何かを良くするために行います。ロジックモデルのどの成果にも置かれていない取組は、"
        "何のために行うのかを説明できません。成果の下に置くか、続けるかどうかを考え直します。",
        "退院支援ルールの見直し → 成果「入院した人が、切れ目のない支援を受けて家に戻れる」",
        "在宅医療・介護連携推進事業の手引き（ロジックモデル）",
        Way("logicmodels:logic_models"),
        unplaced,
        count_activities,
        general=NOT_LINKED,
    ),
    Rule(
        "C03",
        Severity.ERROR,
        Theme.LINKS,
        "最終的な姿につながっていません",
        "途中の成果（初期・中間アウトカム）は、最終的に目指す姿へ向かう道の一歩です。どこにもつながらないと、達成しても、住民の暮らしが良くなるとは言えません。"
        "最終アウトカムのないロジックモデルでは、その場面の目指す姿があるかどうかを見ています。",
        "本人と家族が早めに話し合えている → 本人の望む場所で最期を迎えられる",
        "厚生労働省の政策評価の点検項目（成果のつながり）",
        MODEL,
        without_end,
        count_ways,
    ),
    Rule(
        "C04",
        Severity.WARNING,
        Theme.LINKS,
        "成果に対する取組がありません",
        "成果だけを書いても、そのために何をするかがなければ、近づけません。今ある取組を置くか、新しい取組を考えます。",
        "成果「夜間に必要な助けを呼べる」← 取組「緊急時の連絡票の様式をそろえる」",
        "医療計画の評価の実例（施策の側からの点検）",
        MODEL,
        without_work,
        count,
    ),
    Rule(
        "C05",
        Severity.WARNING,
        Theme.LINKS,
        "取組と最終成果の間が飛んでいます。中間の変化を置きましょう",
        "研修を開いてから住民の暮らしが良くなるまでには、いくつもの変化があります。途中の変化を書くと、うまくいっているかを早く確かめられます。",
        "ACPの出前講座 → 本人と家族が早めに話し合えている（中間）→ 望む場所で最期を迎えられる（最終）",
        "厚生労働省の政策評価の点検項目（短期・中期の成果）",
        MODEL,
        without_middle,
        count_ends,
    ),
    Rule(
        "C06",
        Severity.ERROR,
        Theme.LINKS,
        "成果のつながりが循環しています",
        "「AがBにつながり、BがAにつながる」と書かれています。どちらが先に変わるのかを決めて、片方のつながりを外します。",
        "相談が増える → 早めに支援が始まる（「早めに支援が始まる → 相談が増える」は外す）",
        "ロジックモデルの作り方",
        MODEL,
        going_round,
        count_models,
    ),
    Rule(
        "C09",
        Severity.WARNING,
        Theme.LINKS,
        "一つの成果に取組が{number}件あり、多すぎます。優先順位を付けましょう",
        f"取組が{MOST_ACTIVITIES}件を超えると、どれが効いたかを確かめられず、手も回りません。効果が大きく、始めやすいものから選びます。",
        "今年度の重点：3件。　続けるもの：5件。　次年度に考えるもの：残り。",
        "連携支援のアドバイス（少なく、取り組みやすいものから）",
        MODEL,
        crowded,
        count,
        general="一つの成果に取組が多すぎます",
    ),
)
