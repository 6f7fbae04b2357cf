"""P01, C01, Q01, Q02, M05: rules that need what several apps hold. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logicmodels.choices import WorkItem
from logicmodels.rules import goals, links
from municipalities.choices import Scene
from municipalities.choices import Theme as Topic
from municipalities.japanese import review_rhythm
from municipalities.kernel.findings import Found, Rule, Severity, Theme, Way

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from municipalities.kernel.findings import Row, Year

# 横断的な局面, with the word by which a text speaks of it.
TOPICS = {Topic.DEMENTIA: "認知症", Topic.INFECTION: "感染", Topic.DISASTER: "災害"}
NO_EVIDENCE = "課題の根拠（現状の数値・調査・聞き取り）がありません"
NO_AIM = "どの目指す姿に対する課題かが決まっていません（この場面の目指す姿がありません）"


def without_ground(year: Year) -> Iterator[Found]:
    """Yield issues that nothing shows, and issues of a scene for which nothing is aimed at."""
    shown = {
        row["issue"] for part in ("issue_figures", "issue_evidence") for row in year.rows(part)
    }
    aims = {row["scene"] for row in goals.written(year)}
    for row in year.rows("issues"):
        is_aimed = aims if row["scene"] == Scene.ALL else {row["scene"], Scene.ALL.value} & aims
        if not row["current_state"] and row["key"] not in shown:
            what = NO_EVIDENCE
        elif not is_aimed:
            what = NO_AIM
        else:
            continue
        yield Found(row["text"], row["key"], {"what": what}, (row["key"],))


def unmeasured(year: Year) -> Iterator[Found]:
    """Yield outcomes at which no indicator stands."""
    used = {row["outcome"] for row in year.rows("indicator_uses")}
    for model, outcome in links.outcomes(year):
        if outcome["key"] not in used:
            yield links.place(model, outcome)


def without_rhythm(year: Year) -> Iterator[Found]:
    """A year that has begun and does not say in which rhythm its plan is looked at again."""
    if count_begun(year) and not review_rhythm.of_row(year.document.get("profile") or {}):
        yield Found("自治体概要")


def count_begun(year: Year) -> int:
    return int(bool(goals.written(year) or year.rows("activities")))


def untouched(year: Year) -> Iterator[Found]:
    """Yield the topics that run over all scenes and of which the year says nothing."""
    themes = {outcome["theme"] for outcome in year.outcomes()}
    texts = "\n".join(
        (
            *(row["text"] for row in (*goals.written(year), *year.rows("issues"))),
            *(row["name"] for row in links.going_on(year)),
            *(outcome["text"] for outcome in year.outcomes()),
        )
    )
    for topic, word in TOPICS.items():
        if topic not in themes and word not in texts:
            yield Found(str(topic.label), topic.value, {"topic": str(topic.label)})


def held_trainings(year: Year) -> list[Row]:
    """Return the trainings of which the year tells that they took place."""
    return [
        row
        for row in links.going_on(year)
        if row["work_item"] == WorkItem.TRAINING and row["results"]
    ]


def unchecked(year: Year) -> Iterator[Found]:
    """Yield trainings of which nothing can show what they changed: no indicator, no survey of the year."""
    if year.rows("published_surveys"):
        return
    measured = {row["outcome"] for row in year.rows("indicator_uses")}
    served = {
        one["activity"]
        for outcome in year.outcomes()
        if outcome["key"] in measured
        for one in outcome["placements"]
    }
    for row in held_trainings(year):
        if row["key"] not in served:
            yield Found(row["name"], row["key"], {}, (row["key"],))


def count_trainings(year: Year) -> int:
    return len(held_trainings(year))


def count_issues(year: Year) -> int:
    return len(year.rows("issues"))


def count_topics(year: Year) -> int:
    """Return how many topics there are to look for, once the year says anything at all."""
    return len(TOPICS) if count_begun(year) else 0


def untouched_if_begun(year: Year) -> Iterator[Found]:
    """A year in which nothing is written is not told what it does not speak of."""
    return untouched(year) if count_topics(year) else iter(())


RULES: Sequence[Rule] = (
    Rule(
        "P01",
        Severity.ERROR,
        Theme.ISSUES,
        "{what}",
        "「困っている気がする」だけでは、良くなったかどうかを後で確かめられません。現場の実感に、数値・調査・聞き取りのどれか一つを添えます。"
        "小さな聞き取りでもかまいません。",
        "退院の連絡が当日になる。← 現状：退院前カンファレンスへのケアマネジャーの参加は3割程度（令和7年度（2025年度）の聞き取り）",
        "保険者機能強化推進交付金等の評価指標（現状の把握と課題の抽出）",
        Way("logicmodels:issue_edit"),
        without_ground,
        count_issues,
        general="課題の根拠か、対応する目指す姿がありません",
    ),
    Rule(
        "C01",
        Severity.ERROR,
        Theme.LINKS,
        "成果に指標がありません",
        "指標がないと、その成果に近づいたかどうかを、次の年に言えません。数字が今なくても、何を見るかを先に決めます。",
        "成果「本人・家族が早めに話し合えている」← 指標「家族と話し合ったことのある人の割合（住民調査）」",
        "在宅医療・介護連携推進事業の手引き（評価指標）、医療計画の評価の実例",
        Way("logicmodels:logic_model"),
        unmeasured,
        links.count,
    ),
    Rule(
        "Q01",
        Severity.HINT,
        Theme.EVALUATION,
        "PDCAの見直し周期が未設定です",
        "いつ見直すかを決めておかないと、評価は年度末の忙しさに押されて後回しになります。予算要求や協議体の開催時期に合わせて、"
        "おおよその時期と、何年で一巡させるかを決めます。",
        "毎年10月に中間評価（次年度の予算要求に反映）、2月の全体会で評価と見直し。3年で一巡（介護保険事業計画に合わせる）。",
        "在宅医療・介護連携推進事業の実施状況に関する国の調査（PDCAを回す期間）",
        Way("municipalities:profile_edit", "#id_review_rhythm"),
        without_rhythm,
        count_begun,
    ),
    Rule(
        "Q02",
        Severity.HINT,
        Theme.GOALS,
        "「{topic}」は、目指す姿にも取組にも出てきません",
        "認知症・感染症・災害は、どの場面でも起こります。4つの場面とは別に、成果のテーマに選ぶか、取組に書きます。今年度は扱わないと決めたなら、見送ってかまいません。",
        "取組：災害時に、人工呼吸器を使う人の電源を確かめる（テーマ：災害時の対応）",
        "連携支援の事例（横断的な局面の整理）",
        Way("logicmodels:plan"),
        untouched_if_begun,
        count_topics,
        general="認知症・感染症・災害が、目指す姿にも取組にも出てきません",
    ),
    Rule(
        "M05",
        Severity.HINT,
        Theme.LINKS,
        "研修の目的（どの成果のためか）と、効果の確認方法がありません",
        "研修は、開いた回数や参加者数だけでは、何が変わったかが分かりません。どの成果のために開くのかを決め、その成果の指標か、研修の前後の調査で確かめます。",
        "多職種研修会 → 成果「入院した人が、切れ目のない支援を受けて家に戻れる」。研修の前後に「退院前カンファレンスに参加していますか」を同じ調査票で聞く。",
        "連携支援の事例（研修の目的と、その後の連携の変化）",
        Way("logicmodels:activity"),
        unchecked,
        count_trainings,
        general="研修の目的か、効果の確認方法がありません",
    ),
)
