"""Year reviews to print: 水戸市 as the public report of fiscal 2023 tells it, and invented towns of 見本県."""

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from indicators.charts.structure import Chart
from logicmodels.shape.structure import Group, Row
from reports.choices import SHEET_BOXES
from reports.document.year_review import (
    Advice,
    Figure,
    ReportHead,
    SceneGoal,
    SupportStep,
    TextBox,
    YearReview,
)

CENSUS = "国勢調査"
CARE_INSURANCE = "国勢調査及び介護保険事業状況報告"
SCENES = (
    ("daily_care", "日常の療養支援"),
    ("discharge", "入退院支援"),
    ("emergency", "急変時の対応"),
    ("end_of_life", "看取り"),
)
STEP_TITLES = (
    "連携支援前打合せ及び実施計画策定①",
    "連携支援前打合せ及び実施計画策定②",
    "中間報告会①",
    "中間報告会②",
    "最終報告会",
)


def goals(*texts: str) -> tuple[SceneGoal, ...]:
    """The four scenes with the texts in their order; scenes without a text are unwritten."""
    padded = (*texts, "", "", "", "")
    return tuple(
        SceneGoal(scene, label, text) for (scene, label), text in zip(SCENES, padded, strict=False)
    )


def sheet(texts: dict[str, str]) -> tuple[TextBox, ...]:
    """The boxes of the 概要, those without a text unwritten."""
    return tuple(
        TextBox(str(one.label), texts.get(one.value, ""), one.value) for one in SHEET_BOXES
    )


def advised(text: str) -> tuple[Advice, ...]:
    """One piece of advice for each line."""
    return tuple(Advice(line) for line in text.split("\n"))


MITO = YearReview(
    municipality_code="082015",
    municipality_name="水戸市",
    prefecture_name="茨城県",
    fiscal_year=2023,
    fiscal_year_label="令和5年度（2023年度）",
    head=ReportHead(
        number="2023-082015-01",
        kind_label="中間報告",
        step_label="中間報告会①",
        status_label="提出済み",
        submitted_on="令和5年10月20日",
        recipients=("アドバイザー", "茨城県"),
        sha256="3f5b1c7a9d20e4886b1f0c3d5a7e9b2c4d6f8091a3b5c7d9e1f2031425364758",
    ),
    figures=(
        Figure("人口", "270,685人", "令和2年", CENSUS),
        Figure("高齢化率（65歳以上）", "26.2％", "令和2年", CENSUS, "全人口に占める割合"),
        Figure("高齢化率（75歳以上）", "13.6％", "令和2年", CENSUS, "全人口に占める割合"),
        Figure("要介護認定率", "19.2％", "令和2年", CARE_INSURANCE),
    ),
    profile=(
        TextBox("担当部署", "水戸市福祉部高齢福祉課地域支援センター"),
        TextBox("委託先", "水戸市医師会\n高齢者支援センター"),
        TextBox(
            "その他の参加者",
            "茨城県保健医療部健康推進課地域包括ケア推進室\n水戸市福祉部高齢福祉課\n"
            "水戸市保健医療部保健所保健総務課\n水戸市医師会在宅医療・介護連携支援センター",
        ),
    ),
    features=(
        TextBox(
            "利点",
            "高齢者の相談窓口が日常生活圏域ごとにあり、総合相談支援、権利擁護、住民への普及啓発に力を入れやすい。",
        ),
        TextBox(
            "医療の特徴", "医療機関の数は県内で最も多い。近隣の市外にも救急医療機関が複数ある。"
        ),
        TextBox(
            "介護の特徴",
            "介護保険関係の事業所、サービス付き高齢者向け住宅、グループホーム、特別養護老人ホームなどが他の市町村より多い。",
        ),
        TextBox("在宅医療・介護連携推進事業の現況", "ア～キの事業項目ごとに分担して実施していた。"),
    ),
    issues_before=(
        "4つの場面ごとの目指す姿を定めないまま、ア～キの事業項目に沿って取り組んでいる。",
        "協議体がなく、地域の関係団体と協議する体制がない。",
        "評価指標がなく、取組による効果を測れていない。",
        "水戸市医師会への委託内容が、4つの場面ではなくア～キの事業項目に沿ったものになっている。",
    ),
    goals=goals(),
    sheet=sheet({}),
    steps=(
        SupportStep(
            STEP_TITLES[0],
            "",
            "状況",
            "4つの場面ごとの目指す姿、協議体、評価指標を定めていない。\nPDCAサイクルの回し方が分からない。",
            advised(
                "協議体にどのような機能を持たせたいか検討する。\n市の既存の取組を、4つの場面ごとの目標に沿って整理する。\n"
                "指標は目標が明確でないと決められない。評価は事実と価値判断からなり、価値判断は協議体でしかできない。"
            ),
        ),
        SupportStep(
            STEP_TITLES[1],
            "",
            "状況、変化等",
            "担当者で集まり、事業目的の共有と既存の取組の整理を計画している。\nレセプトデータを現状把握にうまく活用できていない。",
            advised(
                "地域包括支援センターや水戸市医師会との日頃の関係を生かし、それぞれが感じている課題を集める。\n"
                "4つの場面ごとに整理していく。\nレセプトデータの活用は、国立保健医療科学院を紹介する。"
            ),
        ),
        SupportStep(
            STEP_TITLES[2],
            "",
            "状況、変化等",
            "4つの場面の目指す姿（案）を定めた。担当者で集まり、事業目的の共有と課題の集約を行った。\n"
            "「在宅医療に必要な連携を担う拠点」の選定を受ける意向のある医療機関を茨城県へ推薦した。",
            advised(
                "既存の取組には目指す姿に沿ったものもあるはずなので、ロジックモデルなどで見えるようにする。\n"
                "現場が感じている課題を裏付けるデータを活用する。"
            ),
        ),
        SupportStep(
            STEP_TITLES[3],
            "",
            "状況、変化等",
            "目指す姿（案）に沿って既存の取組を表に整理した。\n今後の取組のロードマップと、協議体のイメージ図を作成した。\n"
            "国立保健医療科学院の支援を通して、レセプトデータ等の活用について理解を深めた。",
            advised(
                "協議体の設置では、参加する専門職との合意形成が非常に重要である。\n"
                "協議体にどのような機能を持たせたいか、もっと具体的に整理する。"
            ),
        ),
        SupportStep(
            STEP_TITLES[4],
            "",
            "結果",
            "協議体の形について、課内で改めて整理した。\n"
            "事業の背景や目的の共有から丁寧に行い、地域の専門職との合意形成を積み重ねることの重要性を認識した。\n"
            "PDCAサイクルに沿った取組に向け、まず行うべきことを整理できた。",
            advised(
                "事前準備会議は、参加者の選定から丁寧に行う。\n住民への普及啓発の目的を整理する。\n先進地の視察も検討する。"
            ),
        ),
    ),
)

MIHON = replace(
    MITO,
    municipality_code="990019",
    municipality_name="見本市",
    prefecture_name="見本県",
    fiscal_year=2026,
    fiscal_year_label="令和8年度（2026年度）",
    head=replace(
        MITO.head,
        number="2026-990019-01",
        submitted_on="令和8年10月20日",
        recipients=("アドバイザー", "見本県"),
    ),
    profile=(
        TextBox("担当部署", "見本市健康福祉部長寿課"),
        TextBox("委託先", "見本市医師会"),
        TextBox("その他の参加者", "𠮷野地区の髙橋町・山﨑町の自治会\n① 見本県見本保健所"),
    ),
    features=(
        TextBox("利点", "市立病院と訪問看護ステーションの担当者が、月に一度、顔を合わせている。"),
        TextBox("課題", ""),
    ),
    issues_before=(
        "退院の連絡が当日になることがある。",
        "- 夜間の急変時に、誰が電話を受けるか決まっていない。",
    ),
    goals=goals(
        "住み慣れた家で、医療と介護の支えを受けながら、本人の望む暮らしを続けられる。",
        "入院したその日から退院後の暮らしを見据え、病院と在宅の担当者が同じ情報を持っている。\n家族が退院の日を不安なく迎えられる。",
        "",
        "本人の望む場所で最期を迎えられるよう、話し合いが繰り返されている。",
    ),
)

EMPTY = replace(
    MITO,
    municipality_code="990035",
    municipality_name="見本村",
    prefecture_name="見本県",
    head=ReportHead("", "中間報告", "", "下書き", "", (), ""),
    figures=(),
    profile=(TextBox("担当部署", ""), TextBox("委託先", "")),
    features=(),
    issues_before=(),
    goals=goals(),
    steps=(),
)


# Words that need no ink: an answer that is still to come is told under これから整えること.
UNPRINTED = {"未回答"}
# What a reader is not told in words: codes for machines, and what the paper says by its form.
UNTOLD = {
    "municipality_code",
    "code",
    "key",
    "outcome",
    "activity",
    "cause",
    "effect",
    "level",
    "sha256",
    "kind",
    "ticks",
    "as_of",
}


def texts(review: YearReview) -> list[str]:
    """Every text that the paper must show, line by line: names, numbers, sentences, and the hash as far as it is printed."""
    found = [*_told(review), review.head.sha256[:12]]
    return [line.strip() for text in found for line in text.split("\n") if line.strip()]


def _told(value: object) -> Iterator[str]:
    """Yield the texts of a value at any depth, in its own order."""
    if isinstance(value, str):
        yield "" if value in UNPRINTED else value
        return
    parts = _parts(value)
    for part in parts:
        yield from _told(part)


def _parts(value: object) -> Iterable[object]:
    match value:
        case tuple():
            return value
        case dict():
            return value.values()
        case Chart():
            series = [(one.name, *map(value.words, one.points)) for one in value.series]
            heads = (value.title, value.unit, value.reading, *value.categories, *value.sources)
            return (heads, *series)
        case Row():
            return (str(value.number), "（再）" if value.is_again else "", value.place)
        case _ if dataclasses.is_dataclass(value):
            return [getattr(value, name) for name in _told_fields(value)]
    return ()


def _told_fields(value: Any) -> list[str]:
    hidden = UNTOLD | ({"scene"} if isinstance(value, SceneGoal) else set())
    names = [field.name for field in dataclasses.fields(value)]
    is_shown = isinstance(value, Group)
    return [name for name in names if name not in hidden or (is_shown and name == "effect")]
