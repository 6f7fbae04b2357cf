"""What each sheet of the workbook holds, one fact a cell. Pure.

By 総務省's rules for machine-readable tables: one table a sheet, its header in the first row, no
joined cells, numbers as numbers, unit and year in columns of their own, the municipality's code in
every row.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from reports.paper.tables import body_sheets, plan_sheets, support_sheets
from reports.paper.wording.wording import lines
from reports.paper.wording.words import day_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reports.document.year_review import IndicatorLine, YearReview

Cell = str | int | Decimal | dt.date | None
Row = tuple[Cell, ...]
WHERE = ("自治体コード", "自治体名", "年度")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its name, what it holds in a sentence, its columns beside WHERE, its rows."""

    name: str
    holds: str
    columns: tuple[str, ...]
    rows: Callable[[YearReview], Iterator[Row]]


def overview(review: YearReview) -> Iterator[Row]:
    for one in review.figures:
        value = None if one.number is None else one.number
        text = one.value if one.number is None else ""
        year, day = one.fiscal_year, _iso(one.as_of)
        yield "数値", one.label, value, one.unit, text, year, day, one.source, one.note
    for part, boxes in (
        ("体制", review.profile),
        ("特徴", review.features),
        ("概要", review.sheet),
    ):
        for box in boxes:
            for line in lines(box.text) or ("",):
                yield part, box.label, None, "", line, None, None, "", ""


def goals(review: YearReview) -> Iterator[Row]:
    for goal in review.goals:
        yield goal.label, goal.text, goal.agreed


def indicators(review: YearReview) -> Iterator[Row]:
    """One row for each indicator, series and year; an indicator without any value keeps a row."""
    for one in review.indicators:
        about = (one.code, one.name, "、".join(one.scenes), one.direction, one.unit)
        for value in one.values:
            yield (
                *about,
                value.series,
                value.fiscal_year,
                value.value,
                value.state,
                value.finality,
                _iso(value.as_of),
                value.source,
                one.note,
            )
        if not one.values:
            yield *about, "実績", review.fiscal_year, None, "未入力", "", None, "", one.note


def told_indicators(review: YearReview) -> Iterator[Row]:
    """The table as it is printed: one row an indicator."""
    for one in review.indicators:
        yield (
            one.name,
            "、".join(one.scenes),
            one.direction,
            one.unit,
            *_told(one),
        )


def _told(one: IndicatorLine) -> Row:
    return (
        one.baseline,
        one.last,
        one.this,
        one.target,
        one.distance,
        one.ratio,
        one.progress,
        one.forecast,
        one.verdict,
        one.how,
        one.reference,
        one.note,
    )


def to_come(review: YearReview) -> Iterator[Row]:
    yield from enumerate(review.to_come, 1)


def _iso(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def about(review: YearReview) -> Iterator[Row]:
    """What the workbook was made from; and a line for each sheet."""
    head = review.head
    version = head.version_label or "第1版"
    told: tuple[tuple[str, Cell], ...] = (
        ("資料", f"{head.kind_label}の表"),
        ("都道府県", review.prefecture_name),
        ("自治体", review.municipality_name),
        ("受付番号", head.number),
        ("段階", head.step_label),
        ("状態", head.status_label),
        ("版", version if head.submitted_on else "下書き"),
        ("写しの種類", head.copy_label),
        ("提出日", day_of(head.submitted_on)),
        ("文書のハッシュ値（SHA-256）", head.sha256),
        *(("提出先", name) for name in head.recipients),
        *((f"決裁　{one.who}", day_of(one.approved_on)) for one in review.approvals),
        ("指標の動きについて", review.indicator_comment),
        *((f"シート「{one.name}」", one.holds) for one in SHEETS),
    )
    for label, text in told:
        if text not in {"", None}:
            yield label, text


SHEETS = (
    Sheet(
        "自治体概要",
        "自治体の数値・体制・特徴と、概要に書いた文章",
        ("区分", "項目", "値", "単位", "内容", "値の年度", "値の時点", "出典", "注記"),
        overview,
    ),
    Sheet("目指す姿", "場面ごとの目指す姿", ("場面", "目指す姿", "合意"), goals),
    Sheet(
        "指標",
        "指標の実績・目標・公表値（指標と年度ごとに1行）",
        (
            "指標コード",
            "指標",
            "場面",
            "方向",
            "単位",
            "系列",
            "値の年度",
            "値",
            "値の状態",
            "確定の別",
            "値の時点",
            "出典",
            "備考",
        ),
        indicators,
    ),
    Sheet(
        "指標の一覧",
        "報告書に載せた言葉での指標の一覧（指標ごとに1行）",
        (
            "指標",
            "場面",
            "方向",
            "単位",
            "現状値",
            "前年度",
            "今年度",
            "目標",
            "目標との差",
            "目標比",
            "進捗率",
            "最終年度見込",
            "評価区分",
            "評価の理由",
            "参考値",
            "備考",
        ),
        told_indicators,
    ),
    Sheet(
        "課題整理表",
        "場面ごとの課題・現状・目指す姿との差・要因・優先順位",
        ("課題番号", "場面", "課題", "現状", "目指す姿との差", "要因", "優先順位"),
        plan_sheets.issues,
    ),
    Sheet(
        "課題の数字",
        "課題を示す数字（課題番号は課題整理表の番号）",
        ("課題番号", "数字"),
        plan_sheets.figures_of_issues,
    ),
    Sheet(
        "取組整理表",
        "場面ごとの取組",
        ("取組番号", "場面", "取組", "内容", "実施者", "協力団体", "時期", "状況"),
        plan_sheets.activities,
    ),
    Sheet(
        "取組の実績",
        "取組の実績（取組番号は取組整理表の番号）",
        ("取組番号", "取組", "実績"),
        plan_sheets.results,
    ),
    Sheet(
        "ロジックモデル",
        "成果ごとの取組（取組の置かれた場所ごとに1行）",
        (
            "ロジックモデル",
            "場面",
            "目指す姿",
            "モデルの備考",
            "成果の段階",
            "成果",
            "成果の対象",
            "指標",
            "番号",
            "取組",
            "再掲",
            "備考",
            "考え方",
        ),
        plan_sheets.logic_models,
    ),
    Sheet(
        "成果のつながり",
        "どの成果がどの成果につながるか",
        ("ロジックモデル", "もとになる成果", "つながる先の成果", "考え方"),
        plan_sheets.links,
    ),
    Sheet(
        "連携支援",
        "連携支援のテーマ・目標・場面・参加者",
        ("項目", "内容"),
        support_sheets.support,
    ),
    Sheet(
        "実施計画",
        "連携支援の実施計画",
        ("番号", "行うこと", "担当", "期日", "状況", "段階"),
        support_sheets.tasks,
    ),
    Sheet(
        "経過とアドバイス",
        "段階ごとの状況・アドバイス・キーワードと、アドバイスへの対応",
        (
            "段階の順",
            "段階",
            "開催日",
            "開催の形",
            "参加者",
            "区分",
            "内容",
            "場面",
            "対象",
            "対応",
            "対応日",
            "対応の内容",
            "アドバイザーの確認",
        ),
        support_sheets.steps,
    ),
    Sheet(
        "変化",
        "支援前の課題と、支援後の変化",
        ("支援前の課題", "支援後の変化", "まとめ"),
        support_sheets.changes,
    ),
    Sheet("今後", "今後行うことと時期", ("番号", "今後行うこと", "時期"), support_sheets.outlooks),
    Sheet(
        "会議と体制",
        "協議体・会議・委託・コーディネーター・拠点・ヒアリング・調査・地域資源に書いた内容",
        ("区分", "番号", "名称", "項目", "内容"),
        body_sheets.facts,
    ),
    Sheet(
        "会議と体制の表",
        "構成員・配置・調査の回答などの表（値ごとに1行。番号は「会議と体制」の番号）",
        ("区分", "番号", "名称", "表", "行", "列", "内容"),
        body_sheets.cells,
    ),
    Sheet("これから整えること", "これから整えること", ("番号", "内容"), to_come),
    Sheet("説明", "このファイルのもとになった文書と、シートの説明", ("項目", "内容"), about),
)
