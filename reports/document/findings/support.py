"""X05–X07: what came of the support. Pure: read from the year's document."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from municipalities.kernel.findings import Found, Rule, Severity, Theme, Way
from reports.choices import AdviceResponse, StepKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from municipalities.kernel.findings import Row, Year

DAYS_TO_ANSWER = 60
# 「令和8年度末」「R6末」「来年度」「9月」: a time that somebody can come back to.
_TIME = re.compile(
    r"(?:令和|平成|[RH]\s?)\s*[元0-9０-９]+|[0-9０-９]+\s*(?:年|月)|[今来翌次]年度?|年度[内末]"
)


def advice(year: Year) -> Iterator[tuple[Row, Row]]:
    """Yield every piece of advice behind its step."""
    for step in year.rows("support_steps"):
        for one in step["advice"]:
            yield step, one


def given(year: Year) -> list[Row]:
    """Return the advice of meetings whose day is known and over for so long that one may ask what became of it."""
    latest = year.today - dt.timedelta(days=DAYS_TO_ANSWER)
    return [
        one
        for step, one in advice(year)
        if step["held_on"] and dt.date.fromisoformat(step["held_on"]) < latest
    ]


def unanswered(year: Year) -> Iterator[Found]:
    for one in given(year):
        if one["response"] == AdviceResponse.NONE:
            yield Found(one["text"], one["key"], args=(one["key"],))


def is_final_told(year: Year) -> bool:
    """Say whether the support has come to its last meeting."""
    return any(
        step["kind"] == StepKind.FINAL and (step["situation"] or _is_over(step, year))
        for step in year.rows("support_steps")
    )


def _is_over(step: Row, year: Year) -> bool:
    return bool(step["held_on"]) and dt.date.fromisoformat(step["held_on"]) <= year.today


def uncompared(year: Year) -> Iterator[Found]:
    answered = {row["answers"] for row in year.rows("support_effects")} - {None}
    if is_final_told(year) and not answered:
        yield Found("支援前後の変化")


def undated(year: Year) -> Iterator[Found]:
    for row in year.rows("support_outlooks"):
        if not row["due"] and not _TIME.search(row["text"]):
            yield Found(row["text"], row["key"], args=(row["key"],))


def count_given(year: Year) -> int:
    return len(given(year))


def count_final(year: Year) -> int:
    return is_final_told(year)


def count_outlooks(year: Year) -> int:
    return len(year.rows("support_outlooks"))


RULES: Sequence[Rule] = (
    Rule(
        "X05",
        Severity.WARNING,
        Theme.EVALUATION,
        f"アドバイスへの回答がありません（{DAYS_TO_ANSWER}日を過ぎています）",
        "採用するかどうかは市町村が決めることで、見送りでもかまいません。理由を添えて答えると、次の助言が、より市町村に合ったものになります。",
        "検討中：医師会の次の理事会（令和8年9月）で相談してから決める。",
        "連携支援の進め方",
        Way("reports:advice_answer"),
        unanswered,
        count_given,
    ),
    Rule(
        "X06",
        Severity.WARNING,
        Theme.EVALUATION,
        "支援前の課題との対応がありません",
        "最終報告では、支援を受ける前の課題がどう変わったかを、課題と変化を並べて示します。変わらなかった課題も、そのまま書いてかまいません。",
        "支援前：夜間の連絡先がばらばら。→ 変化：訪問看護師と救急隊員が、連絡票に書く項目を一緒に決めた。",
        "連携支援の報告様式（支援前後の変化）",
        Way("reports:effects"),
        uncompared,
        count_final,
    ),
    Rule(
        "X07",
        Severity.WARNING,
        Theme.EVALUATION,
        "今後の予定に時期がありません",
        "「いつかする」ことは、担当者が替わると忘れられます。「令和8年度末（2026年度末）」「秋ごろ」のような、おおよその時期でかまいません。",
        "核となる協議会を、令和8年9月までに開く。",
        "連携支援の報告様式（R6末までに設置、などの書き方）",
        Way("reports:support_outlook_edit"),
        undated,
        count_outlooks,
    ),
)
