"""Indicators with their targets, values and definitions."""

from indicators.choices import Accumulation, Direction, Finality, ValueKind
from reports.document.differing.fields import day, figure, mark, number, row, text, word, year
from reports.document.differing.part import AUDIENCE, NOTE, Part

VERSION = (
    year("fiscal_year", "適用を始めた年度"),
    text("what_changed", "変わったこと"),
    mark("is_break", "前の値と比べられない"),
)

INDICATORS = (
    Part(
        "indicators",
        "indicators",
        "追う指標",
        (
            row("indicator", "指標", "definitions"),
            year("baseline_year", "現状値の年度"),
            NOTE,
            AUDIENCE,
        ),
        named=("indicator",),
        ranked=True,
    ),
    Part(
        "targets",
        "indicators",
        "目標",
        (
            year("fiscal_year", "目標の年度"),
            figure("目標値"),
            text("note", "目標の考え方"),
        ),
        named=("fiscal_year",),
        around="indicators",
    ),
    Part(
        "measurements",
        "indicators",
        "実績値",
        (
            row("indicator", "指標", "definitions"),
            year("fiscal_year", "年度"),
            figure("値"),
            number("numerator", "分子"),
            number("denominator", "分母"),
            word("finality", "確定の別", Finality, Finality.FINAL),
            day("as_of", "時点"),
            text("source", "出典"),
            mark("is_official", "採用した値"),
            text("note", "注記"),
        ),
        named=("indicator", "fiscal_year"),
    ),
    Part(
        "indicator_uses",
        "indicators",
        "成果ごとの指標",
        (
            row("outcome", "成果", "outcomes"),
            row("indicator", "指標", "indicators"),
            text("note", "注記"),
        ),
        named=("indicator",),
        ranked=True,
        beside="outcome",
    ),
    Part(
        "own_definitions",
        "indicators",
        "独自の指標",
        (
            text("name", "名称"),
            text("unit", "単位"),
            number("decimals", "小数の桁数", "桁", 0),
            word("direction", "望ましい向き", Direction, Direction.NEUTRAL),
            word("value_kind", "値の種類", ValueKind, ValueKind.COUNT),
            text("numerator", "分子（数えるもの）"),
            text("denominator", "分母"),
            number("multiplier", "倍率", "", 1),
            text("data_source", "データの出所"),
            word("accumulation", "月や四半期の値のまとめ方", Accumulation),
            text("frequency", "把握の頻度"),
            text("period_basis", "期間の取り方"),
            text("caution", "使うときの注意"),
        ),
        named=("name",),
    ),
    Part(
        "definition_versions",
        "indicators",
        "独自の指標の定義の版",
        VERSION,
        named=("fiscal_year",),
        around="own_definitions",
    ),
    Part(
        "definitions",
        "indicators",
        "指標の定義",
        (
            text("name", "名称"),
            text("unit", "単位"),
            number("decimals", "小数の桁数", "桁", 0),
            word("direction", "望ましい向き", Direction, Direction.NEUTRAL),
            word("value_kind", "値の種類", ValueKind, ValueKind.COUNT),
            text("scenes", "場面のコード"),
        ),
        named=("name",),
        identity="code",
    ),
    Part(
        "versions",
        "indicators",
        "指標の定義の版",
        VERSION,
        named=("fiscal_year",),
        around="definitions",
    ),
    Part(
        "statistics",
        "indicators",
        "比べる統計の値",
        (
            row("indicator", "指標", "definitions"),
            text("place", "地域"),
            year("fiscal_year", "年度"),
            figure("値"),
        ),
        named=("indicator", "place", "fiscal_year"),
    ),
)
