"""Towns that fill every part of the paper: a rich one of 見本県, 福知山市 by its public report, a very long one."""

from dataclasses import replace
from decimal import Decimal
from itertools import cycle, islice

from indicators.charts.structure import Chart, Point, Series
from logicmodels.shape.structure import Effect as Outcome
from logicmodels.shape.structure import Link, Place, build
from reports.document.year_review import (
    ActivityLine,
    Advice,
    ApprovalMark,
    Effect,
    IndicatorLine,
    IssueLine,
    LogicModelSheet,
    Outlook,
    Support,
    SupportStep,
    SupportTask,
    TextBox,
    YearReview,
)
from tests.reports.paper_demo import review_of
from tests.reports.paper_samples import MIHON, MITO, SCENES, STEP_TITLES, advised, sheet
from tests.reports.paper_words import DEEDS, MEASURES, OUTCOMES, SHEET_TEXTS, SUBJECTS

YEARS = range(2021, 2027)


def year_name(year: int) -> str:
    return f"令和{year - 2018}年度（{year}年度）"


def chart_of(place: int, name: str, unit: str, decimals: int) -> Chart:
    start, step = Decimal(20 + place * 7), Decimal("1.3") + place % 4
    own = tuple(
        Point(None, "未回収") if place % 5 == 1 and at == 1 else Point(start + step * at)
        for at, _ in enumerate(YEARS)
    )
    latest = Point(own[-1].value, "速報")
    goal = tuple(Point(start + step * 7) if year == YEARS[-1] else Point(None) for year in YEARS)
    beside = tuple(Point(start + step * at - 4) for at, _ in enumerate(YEARS))
    return Chart(
        title=f"{name}の推移",
        unit=unit,
        decimals=decimals,
        category="年度",
        categories=tuple(map(year_name, YEARS)),
        series=(
            Series("実績", (*own[:-1], latest)),
            Series("目標", goal, "target"),
            Series("見本県（医療・介護の公表統計）", beside),
        ),
        reading="実線は本市町村の実績です。ひし形は目標です。見本県の公表値を並べています。",
        sources=(f"市内の病院への調査{place + 1}", "医療・介護の公表統計"),
        ticks=tuple(f"令和{year - 2018}\n({year})" for year in YEARS),
    )


def indicator(place: int) -> IndicatorLine:
    name, unit, decimals, direction = MEASURES[place]
    chart = chart_of(place, name, unit, decimals)
    own = chart.series[0].points
    return IndicatorLine(
        name=name,
        unit=unit,
        direction=direction,
        scenes=(SCENES[place % 4][1],),
        baseline=f"{chart.words(own[0])}{unit}",
        last=f"{chart.words(own[-2])}{unit}",
        this=f"{chart.number(own[-1].value)}{unit}（令和8年9月30日現在・速報）",
        target=f"{chart.number(own[-1].value + 3)}{unit}（令和11年度（2029年度））",
        distance=f"あと3{unit}",
        source=chart.sources[0],
        note="調べ方を令和6年度に改めた。" if place == 3 else "",
        chart=chart,
    )


def structure(placements: int):
    """Eight outcomes in three levels with so many placements; every sixth one stood before."""
    levels = ("intermediate",) * 4 + ("initial",) * 4
    outcomes = [
        Outcome(f"o{n}", text, level, subject)
        for n, (text, level, subject) in enumerate(zip(OUTCOMES, levels, SUBJECTS, strict=True))
    ]
    outcomes.append(
        Outcome("last", "住み慣れた地域で、自分らしく暮らし続けられる", "final", "すべての場面")
    )
    places = [
        Place(
            f"p{n}",
            f"o{n % 8}",
            f"a{n % 54}",
            f"{DEEDS[n % 10]}（その{n % 54 + 1}）",
            "※医師会に要相談" if n % 9 == 2 else "",
            "担当者が研修を受けられること" if n % 20 == 7 else "",
        )
        for n in range(placements)
    ]
    links = [
        Link(f"l{n}", f"o{n + 4}", f"o{n}", "圏域ごとに話合いが続くこと" if n == 1 else "")
        for n in range(4)
    ]
    links += [Link("l8", "o5", "o0"), Link("l9", "o6", "o1")]
    links += [Link(f"m{n}", f"o{n}", "last") for n in range(4)]
    return build(outcomes, places, links)


def step(place: int, title: str) -> SupportStep:
    return replace(
        MITO.steps[place],
        title=title,
        held_on=f"令和8年{5 + place}月{10 + place}日",
        style="オンライン" if place % 2 else "対面",
        participants="アドバイザー、見本県健康福祉課、見本保健所、見本市医師会、市長寿課",
        keywords=("『主語は行政ではなく住民』",) if place == 0 else ("『小さな協議体』",),
        advice=(
            Advice(
                MITO.steps[place].advice[0].text,
                scene=SCENES[place % 4][1],
                about=DEEDS[place],
                response=("採用", "検討中", "見送り", "未回答", "採用")[place],
                responded_on="" if place == 3 else "令和8年9月1日",
                response_note="来年度の委託契約で求める。" if place == 1 else "",
                is_confirmed=place != 3,
            ),
            *MITO.steps[place].advice[1:],
        ),
    )


ISSUES = (
    "方向性がはっきりせず、何から取り組めばよいのか分からない。",
    "専門職それぞれが課題を捉えているが、団体として共有されていない。",
    "夜間の急変時に、誰が電話を受けるか決まっていない。",
)
RICH: YearReview = replace(
    MIHON,
    head=replace(
        MIHON.head,
        kind_label="最終報告",
        step_label="最終報告会",
        number="2026-990019-04",
        version_label="第2版",
        copy_label="都道府県用（公表の扱いに従い、一部の数値を伏せています）",
        is_final=True,
    ),
    sheet=sheet(SHEET_TEXTS),
    support=Support(
        theme="看取りに係る多職種の連携",
        goal="核となる協議体を立ち上げ、目指す姿を共有する。",
        scenes=("看取り", "急変時の対応"),
        members=(
            ("アドバイザー", "見本大学　地域医療学講座"),
            ("都道府県", "見本県健康福祉部長寿社会課　在宅医療担当"),
            ("保健所", "見本保健所　企画調整課"),
            ("市区町村", "見本市健康福祉部長寿課　𠮷野分室"),
        ),
        tasks=(
            SupportTask(
                "既存の取組を場面ごとに整理する", "長寿課", "令和8年8月", "終わった", STEP_TITLES[1]
            ),
            SupportTask(
                "医師会・訪問看護との意見交換会を開く",
                "長寿課、医師会",
                "令和8年10月頃",
                "進行中",
                STEP_TITLES[2],
            ),
            SupportTask(
                "指標の現状値をそろえる", "長寿課", "令和8年度末", "これから", STEP_TITLES[4]
            ),
        ),
    ),
    steps=tuple(step(place, title) for place, title in enumerate(STEP_TITLES)),
    indicator_comment="退院前カンファレンスは3年続けて増えている。\n⇒病院の窓口一覧を配った効果と考えられる。",
    issues_before=ISSUES,
    effects=(
        Effect(
            "それぞれが個々に取り組み、つながっていなかった。", "ロジックモデルで整理", ISSUES[0]
        ),
        Effect("話し合える場がなかった。", "核となる団体が立ち上がった", ISSUES[1]),
        Effect("客観的なデータを整理し、我が事として考えてもらえるようになった。", "客観的な視点"),
    ),
    outlooks=(
        Outlook("核となるメンバーを確定し、協議会を続けて開く。", "令和9年度"),
        Outlook("見本市版ロジックモデルと、団体間の希望・期待関連図をつくる。", "令和9年度末"),
        Outlook("一緒に医療介護連携を考える人材を見つける。"),
    ),
    issues=tuple(
        IssueLine(
            SCENES[place % 4][1],
            f"{text}（{place + 1}）",
            "退院の連絡のうち、2割が当日になっている。",
            "入院した日から情報が届く姿との差が大きい。",
            "窓口が病棟ごとに分かれている。",
            ("高い", "中くらい", "低い", "未定")[place % 4],
            (f"退院前カンファレンス実施率　{20 + place}.5％（令和7年度（2025年度））",)
            if place % 3 == 0
            else (),
        )
        for place, text in enumerate(islice(cycle(ISSUES), 12))
    ),
    activities=tuple(
        ActivityLine(
            SCENES[place % 4][1],
            f"{DEEDS[place % 10]}（その{place + 1}）",
            "参加しやすい時間に、少人数で開く。" if place % 4 == 0 else "",
            "見本市長寿課",
            ("見本市医師会", "見本市訪問看護連絡会") if place % 3 == 0 else (),
            "令和8年度",
            ("実施中", "実施予定", "終了", "検討中")[place % 4],
            (f"令和8年{place % 12 + 1}月　研修会を開いた（{10 + place}人）",) if place % 2 else (),
        )
        for place in range(54)
    ),
    logic_models=(
        LogicModelSheet(
            "見本市版ロジックモデル",
            "すべての場面",
            "すべての市民が、人生の最終段階まで、住み慣れた地域で自分らしく暮らせる。",
            "協議体の中で、これから改めて話し合う。",
            structure(60),
            {
                f"o{n}": tuple(one[0] for one in MEASURES[n * 2 : n * 2 + 2])
                + (("（再）情報共有ツールの登録者数",) if n in (4, 5) else ())
                for n in range(8)
            },
        ),
    ),
    indicators=tuple(map(indicator, range(15))),
    to_come=(
        "目指す姿が書かれていない場面があります（急変時の対応）。",
        "対応を決めていないアドバイスが1件あります。",
    ),
    approvals=(
        ApprovalMark("長寿課長　髙橋", "令和8年10月16日"),
        ApprovalMark("福祉部次長　山﨑", "令和8年10月19日"),
        ApprovalMark("健康福祉部長　𠮷田", "令和8年10月20日"),
    ),
)

FUKUCHIYAMA: YearReview = replace(
    review_of("262013-2023"),
    sheet=sheet(SHEET_TEXTS),
    issues_before=ISSUES[:2],
    effects=RICH.effects,
    outlooks=RICH.outlooks,
)

NAME = "長い名前の見本" * 71 + "です。"
SENTENCES = "".join(f"第{n:03}文はここに続く長い文章です。" for n in range(1, 112))
LONG: YearReview = replace(
    RICH,
    municipality_name=NAME[:500],
    profile=(TextBox("担当部署", NAME[:500]), TextBox("委託先", SENTENCES)),
    features=tuple(TextBox(box.label, SENTENCES) for box in RICH.features),
    sheet=sheet(dict.fromkeys(SHEET_TEXTS, SENTENCES)),
    support=replace(
        RICH.support,
        theme=SENTENCES,
        members=(("アドバイザー", NAME[:500]),),
        tasks=(SupportTask(SENTENCES, NAME[:500], "令和8年度", "進行中", STEP_TITLES[0]),),
    ),
    steps=tuple(
        replace(one, situation=SENTENCES, advice=advised(SENTENCES), participants=NAME[:500])
        for one in RICH.steps
    ),
    goals=tuple(replace(one, text=SENTENCES) for one in RICH.goals),
    issues_before=(SENTENCES,),
    effects=(Effect(SENTENCES, SENTENCES, SENTENCES),),
    outlooks=(Outlook(SENTENCES, "令和9年度"),),
    issues=tuple(replace(one, text=SENTENCES, cause=SENTENCES) for one in RICH.issues[:2]),
    activities=tuple(replace(one, name=NAME[:500]) for one in RICH.activities[:2]),
    indicator_comment=SENTENCES,
    logic_models=(
        replace(
            RICH.logic_models[0],
            title=NAME[:500],
            goal=SENTENCES,
            structure=build(
                [Outcome("o", SENTENCES, "intermediate")], [Place("p", "o", "a", NAME[:500])]
            ),
        ),
    ),
    approvals=(ApprovalMark(NAME[:500], "令和8年10月16日"),),
)
