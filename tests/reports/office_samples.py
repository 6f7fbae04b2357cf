"""A year with everything that slides and tables show, and readers for both files."""

import dataclasses
import io
import itertools
from dataclasses import replace
from decimal import Decimal

from openpyxl import load_workbook
from pptx import Presentation

from indicators.charts.structure import ABSENT, Chart, Point, Series
from logicmodels.shape.structure import Effect as Outcome
from logicmodels.shape.structure import Link, Place, build
from reports.document.year_review import (
    ActivityLine,
    Advice,
    Effect,
    Figure,
    IndicatorLine,
    IndicatorValue,
    IssueLine,
    LogicModelSheet,
    Outlook,
    Support,
    SupportStep,
    SupportTask,
    TextBox,
)
from tests.reports.paper_samples import MIHON

CHART = Chart(
    title="入院時情報提供率の推移",
    unit="％",
    decimals=1,
    category="年度",
    categories=("令和6年度（2024年度）", "令和7年度（2025年度）", "令和8年度（2026年度）"),
    ticks=("令和6\n2024", "令和7\n2025", "令和8\n2026"),
    series=(
        Series(
            "実績", (Point(Decimal("24.6")), Point(None, "不明"), Point(Decimal("31.5"), "速報"))
        ),
        Series("目標", (ABSENT, ABSENT, Point(Decimal("60.0"))), "target"),
        Series("見本県（見本統計）", (Point(Decimal("40.2")), Point(Decimal("41.3")), ABSENT)),
    ),
    reading="実線は本市町村の実績です。高いほど良い指標です。",
    sources=("市内病院への調査", "見本統計"),
)
INDICATOR = IndicatorLine(
    name="入院時情報提供率",
    unit="％",
    direction="高いほど良い",
    scenes=("入退院支援",),
    baseline="24.6％",
    last="不明",
    this="31.5％（速報）",
    target="60.0％（令和8年度（2026年度））",
    distance="目標より28.5ポイント低い",
    source="市内病院への調査",
    note="年に一度たずねる。",
    chart=CHART,
    code="admission_info_provision_rate",
    values=(
        IndicatorValue(
            "実績", 2024, Decimal("24.6"), "値", "確定", "2024-12-31", "市内病院への調査"
        ),
        IndicatorValue("実績", 2025, None, "不詳"),
        IndicatorValue("実績", 2026, Decimal("31.5"), "値", "速報", "", "市内病院への調査"),
        IndicatorValue("目標", 2026, Decimal("60.0"), "値"),
        IndicatorValue("見本県", 2025, Decimal("-41.3"), "値", source="見本統計"),
    ),
    verdict="未達見込み",
    how="令和8年度（2026年度）の31.5％（速報）は、同じ年度の目標値60.0％を満たしていません。確定した値ではないので、見込みとします。",
    ratio="52.5％",
    progress="19.5％",
    forecast="38.4％（令和10年度（2028年度））",
    reference="母数が少ないため参考値です（95％信頼区間：21.2～44.0％）。",
)
UNMEASURED = replace(
    INDICATOR,
    name="急変時の連絡票",
    chart=None,
    values=(),
    code="own-2",
    note="数え方を相談中。",
    verdict="未回収（未入力）",
    how="令和8年度（2026年度）の値がありません（未入力）。",
    ratio="",
    progress="",
    forecast="",
    reference="",
)
MODEL = LogicModelSheet(
    title="入退院支援のロジックモデル",
    scene="入退院支援",
    goal="入院した人が、安心して家に戻れる。",
    note="協議体で検討しているたたき台。",
    structure=build(
        [
            Outcome("o1", "退院前に支える人がそろう", "intermediate", "入退院支援"),
            Outcome("o2", "望む暮らしを続けられる", "final", "入退院支援"),
        ],
        [
            Place(
                "p1", "o1", "a1", "退院支援ルールの見直し", "※医師会に要相談", "病院が見込みを知る"
            ),
            Place("p2", "o1", "a2", "合同勉強会"),
        ],
        [Link("l1", "o1", "o2", "早く分かれば備えられる")],
    ),
    indicators={"o1": ("入院時情報提供率",)},
)
FULL = replace(
    MIHON,
    figures=(
        Figure(
            "人口",
            "47,865人",
            "令和7年度（2025年度）　令和7年10月1日現在",
            "住民基本台帳",
            "外国人を含む",
            Decimal("47865.0000"),
            "人",
            2025,
            "2025-10-01",
        ),
        Figure("要介護認定率", "（未入力）", "", "", "広域連合が保険者のため"),
    ),
    sheet=(
        TextBox("取組の方針", "一つの場面から始める。\n協議体で決める。", "policy"),
        TextBox("成果等", "", "achievements"),
    ),
    support=Support(
        theme="看取りの話合い",
        goal="四つの場面の目指す姿を決める。",
        scenes=("看取り", "急変時の対応"),
        members=(("アドバイザー", "見本大学"), ("都道府県", "見本県地域医療課")),
        tasks=(SupportTask("課題を集める", "高齢者支援課", "9月末", "終わった", "中間報告会①"),),
    ),
    steps=(
        SupportStep(
            title="中間報告会①",
            held_on="令和8年10月20日",
            situation_label="状況、変化等",
            situation="目指す姿（案）を定めた。\n① 連絡票を作った。",
            advice=(
                Advice(
                    "既存の取組を表に整理する。",
                    scene="看取り",
                    about="話し合う機会が少ない",
                    response="採用",
                    responded_on="令和8年11月2日",
                    response_note="12月の協議体に出す。",
                    is_confirmed=True,
                ),
                Advice("視察を検討する。", response="未回答"),
            ),
            keywords=("『核となる協議体』",),
            style="オンライン",
            participants="見本市\n見本県",
        ),
        SupportStep("その他の打合せ", "", "状況、変化等", ""),
        SupportStep("その他の打合せ", "", "状況、変化等", "二度目の打合せをした。"),
    ),
    issues_before=("退院の連絡が当日になる。", "電話を受ける人が決まっていない。"),
    effects=(
        Effect(
            "退院の一週間前に連絡が来る。", "連絡の決まりができた。", "退院の連絡が当日になる。"
        ),
        Effect("顔の見える関係が広がった。"),
    ),
    outlooks=(Outlook("協議体を立ち上げる。", "令和8年度末"), Outlook("研修を続ける。")),
    issues=(
        IssueLine(
            "看取り",
            "話し合う機会が少ない",
            "話し合った人は3割",
            "目指す姿まで遠い",
            "きっかけがない",
            "高い",
            ("話し合った人の割合　36.2％（令和7年度（2025年度））",),
        ),
    ),
    activities=(
        ActivityLine(
            "看取り",
            "人生会議の出前講座",
            "通いの場に出向く",
            "見本市",
            ("見本市医師会", "訪問看護連絡会"),
            "令和8年4月から",
            "実施中",
            ("令和8年6月　6回開催（134人）",),
        ),
    ),
    logic_models=(MODEL,),
    indicators=(INDICATOR, UNMEASURED),
    indicator_comment="入院時情報提供率は上がっている。",
    to_come=("目標値のない指標が1件あります。",),
)
# Texts that a spreadsheet could take for a formula, and what no Office file may hold.
INJECTIONS = (
    "=1+1",
    "+81-3",
    "-5",
    "@SUM(A1)",
    "＝1+1",
    "\t=1",
    '=HYPERLINK("http://example.jp","x")',
    "=cmd|' /C calc'!A0",
)
CONTROLS = "前\x0b中\x00\x1f\x08\ufffe後\r\n次\r行"


# Codes and forms for programs, which slides do not say.
UNSAID = {
    "Figure": {"unit", "as_of"},
    "TextBox": {"code"},
    "SceneGoal": {"scene"},
    "IndicatorLine": {"code", "values", "source"},
    "ReportHead": {"sha256", "status_label"},
    "YearReview": {"municipality_code"},
    "Effect": {"key", "level"},
    "Place": {"key", "outcome", "activity"},
    "Link": {"key", "cause", "effect"},
    "Series": {"kind"},
    "Chart": {"ticks", "category"},
}


def texts_of(value, *, unsaid=UNSAID):
    """Yield every line of every text of a review, however deep, but for what is not said."""
    if isinstance(value, str):
        yield from (line for line in value.split("\n") if line.strip())
    for one in parts_of(value, unsaid):
        yield from texts_of(one, unsaid=unsaid)


def parts_of(value, unsaid):
    if isinstance(value, dict):
        return tuple(value.values())
    if dataclasses.is_dataclass(value):
        hidden = unsaid.get(type(value).__name__, set())
        names = [field.name for field in dataclasses.fields(value)]
        return tuple(getattr(value, name) for name in names if name not in hidden)
    return value if isinstance(value, tuple) else ()


def opened(content):
    return Presentation(io.BytesIO(content))


def shapes_of(deck):
    return itertools.chain.from_iterable(slide.shapes for slide in deck.slides)


def words_of(slide):
    """Return all that a slide says, in the order in which it is read."""
    found = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            found.append(shape.text_frame.text)
        elif shape.has_table:
            found += [cell.text_frame.text for row in shape.table.rows for cell in row.cells]
        elif shape.has_chart:
            found.append(shape.element.nvGraphicFramePr.cNvPr.get("descr"))
    return "\n".join(found)


def rows_of(content):
    """Return each sheet of a workbook as its rows."""
    book = load_workbook(io.BytesIO(content))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}
