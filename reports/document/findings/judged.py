"""X02–X04: what is said of a year beside what its numbers say. Pure; the verdicts are those of the 評価シート."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from councils.rules import looked_at, subject_of
from indicators.choices import Verdict
from indicators.rules import moved
from indicators.rules.reading import followed, stands
from municipalities.kernel.findings import Found, Rule, Severity, Theme, Way

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from municipalities.kernel.findings import Row, Year

# 協議体の判断, as the document writes it.
ADVANCED, NOT_ADVANCED = "advanced", "not_advanced"
MISSED = (Verdict.MISSED, Verdict.WORSENED)
REACHED = (Verdict.ACHIEVED,)
IMPROVED = ("outcome", "activity", "indicator", "council")
SHEET, PLAN = Way("councils:evaluation_list"), Way("councils:improvement_list")


def verdicts(year: Year) -> dict[str, set[Verdict]]:
    """Return the verdicts on the indicators that stand at each outcome, by its key."""
    found: dict[str, set[Verdict]] = defaultdict(set)
    for stand in stands(year):
        for one in stand.indicators:
            if verdict := one.evaluation.judged.verdict:
                found[stand.outcome["key"]].add(verdict)
    return found


def of_outcomes(year: Year) -> list[Row]:
    return [row for row in looked_at(year) if row["outcome"]]


def contradicted(year: Year) -> Iterator[Found]:
    known = verdicts(year)
    for row in of_outcomes(year):
        told = known[row["outcome"]]
        words = {one["verdict"] for one in row["judgements"]}
        if ADVANCED in words and told.intersection(MISSED):
            yield Found(subject_of(year, row), row["key"], _against("十分に進んだ", "未達"))
        elif NOT_ADVANCED in words and told and told <= set(REACHED):
            yield Found(subject_of(year, row), row["key"], _against("進んでいない", "達成"))


def _against(said: str, shown: str) -> dict[str, str]:
    return {"said": said, "shown": shown}


def unexplained(year: Year) -> Iterator[Found]:
    """Yield evaluations of outcomes that were missed and of which no cause, or no consequence, is told."""
    known, acted_on = verdicts(year), acted(year)
    for row in of_outcomes(year):
        if not known[row["outcome"]].intersection(MISSED):
            continue
        is_told = {"要因": row["hindered"], "改善策": row["outcome"] in acted_on}
        lacking = [name for name, value in is_told.items() if not value]
        if lacking:
            yield Found(subject_of(year, row), row["key"], {"what": "と".join(lacking)})


def acted(year: Year) -> set[str]:
    """Return the outcomes for which an improvement is written: of them, of an activity or of an indicator."""
    by_number = moved.changed_indicators(year)
    at_them = {
        use["outcome"] for use in year.rows("indicator_uses") if use["indicator"] in by_number
    }
    return moved.changed_outcomes(year) | at_them


def said_again(year: Year) -> Iterator[Found]:
    """Yield improvements in the words of last year, where what they are for was missed."""
    if year.before is None:
        return
    earlier = {(_subject(row), row["what"].strip()) for row in year.before.get("improvements", ())}
    missed = _missed(year)
    for row in year.rows("improvements"):
        subject = _subject(row)
        if subject in missed and (subject, row["what"].strip()) in earlier:
            yield Found(subject_of(year, row), row["key"])


def _subject(row: Row) -> tuple[str, str]:
    """Return what an improvement is about: the kind of thing and its key."""
    return next(((name, row[name]) for name in IMPROVED if row.get(name)), ("", ""))


def _missed(year: Year) -> set[tuple[str, str]]:
    """Return what was missed: indicators, their outcomes, and the activities that work for those."""
    known = verdicts(year)
    outcomes = [one for one in year.outcomes() if known[one["key"]].intersection(MISSED)]
    return (
        {("outcome", one["key"]) for one in outcomes}
        | {("activity", at["activity"]) for one in outcomes for at in one["placements"]}
        | {
            ("indicator", one.key)
            for one in followed(year)
            if one.evaluation.judged.verdict in MISSED
        }
    )


def count(year: Year) -> int:
    return len(of_outcomes(year))


def count_missed(year: Year) -> int:
    known = verdicts(year)
    return sum(bool(known[row["outcome"]].intersection(MISSED)) for row in of_outcomes(year))


def count_improvements(year: Year) -> int:
    return 0 if year.before is None else len(year.rows("improvements"))


RULES: Sequence[Rule] = (
    Rule(
        "X02",
        Severity.WARNING,
        Theme.EVALUATION,
        "評価と数値が合いません（判断は「{said}」、指標は「{shown}」）",
        "数字と判断が違うこと自体は、間違いではありません。違う理由（数字に表れない変化、見込み違い、入力の誤りなど）を、判断の理由に書いておくと、あとで読む人が迷いません。",
        "参加率は目標に届かなかったが、病院からの連絡が2日早くなったため、十分に進んだと判断した。",
        "このシステムの考え方",
        SHEET,
        contradicted,
        count,
        general="評価と数値が合いません",
    ),
    Rule(
        "X03",
        Severity.WARNING,
        Theme.EVALUATION,
        "未達の{what}がありません",
        "目標に届かなかったことは、責められることではありません。なぜ届かなかったのか、次に何を変えるのかが書いてあれば、次の年の計画になります。",
        "要因：病院の担当者が替わり、連絡の様式が引き継がれなかった。　改善策：年度初めに病院を訪ね、様式を渡す。",
        "評価シートの様式（要因分析、改善方策）",
        SHEET,
        unexplained,
        count_missed,
        general="未達の要因と改善策がありません",
    ),
    Rule(
        "X04",
        Severity.WARNING,
        Theme.EVALUATION,
        "前年と同じ対応策です",
        "同じことを続けて届かなかったのなら、やり方・相手・時期のどれかを変えるか、目標そのものを考え直します。",
        "前年：研修を開く。　今年：研修に来られない事業所へ出向き、困っていることを聞く。",
        "このシステムの考え方",
        PLAN,
        said_again,
        count_improvements,
    ),
)
