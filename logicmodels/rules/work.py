"""C07, C08, C10–C12: the activities themselves."""

from __future__ import annotations

from collections import defaultdict
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from logicmodels.choices import ActivityStatus, Execution
from logicmodels.rules import words
from logicmodels.rules.links import going_on, outcomes
from municipalities.choices import OrganizationKind
from municipalities.japanese import fiscal
from municipalities.kernel.findings import Found, Rule, Severity, Theme, Way

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from municipalities.kernel.findings import Row, Year

MANY_OUTCOMES = 4
ALIKE = 0.85
# Rows of a year stand from April: what is open after six months of it has been open so long at least.
MONTHS_OPEN = 6
OPEN_QUESTION = "要相談"
ACTIVITY, EDIT = Way("logicmodels:activity"), Way("logicmodels:activity_edit")
OPEN = (ActivityStatus.CONSIDERED, ActivityStatus.PLANNED, ActivityStatus.RUNNING)


def place(row: Row, **gaps: str) -> Found:
    return Found(row["name"], row["key"], gaps, (row["key"],))


def for_everything(year: Year) -> Iterator[Found]:
    uses: dict[str, set[str]] = defaultdict(set)
    for _, outcome in outcomes(year):
        for one in outcome["placements"]:
            uses[one["activity"]].add(outcome["key"])
    for row in going_on(year):
        if (number := len(uses[row["key"]])) >= MANY_OUTCOMES:
            yield place(row, number=str(number))


def twice(year: Year) -> Iterator[Found]:
    """Yield each activity that is worded like an earlier one, once."""
    earlier: list[tuple[str, Row]] = []
    for row in going_on(year):
        name = words.bare(row["name"])
        if name and (other := _like(name, earlier)):
            yield place(row, other=other["name"])
        earlier.append((name, row))


def _like(name: str, others: list[tuple[str, Row]]) -> Row | None:
    """Return the first that is worded like this. The matcher is fast for one second text and many first ones."""
    matcher = SequenceMatcher(a="", b=name, autojunk=False)
    for other, row in others:
        matcher.set_seq1(other)
        if _is_alike(matcher):
            return row
    return None


def _is_alike(matcher: SequenceMatcher[str]) -> bool:
    """Compare roughly first: the exact look is dear."""
    looks = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    return all(look() > ALIKE for look in looks)


def unsaid(year: Year) -> Iterator[Found]:
    """Yield activities of which it is not said who does them, for whom, or when."""
    for row in going_on(year):
        is_said = {
            "誰が": row["executor"] or row["execution"] == Execution.DIRECT,
            "誰に": row["target_group"],
            "いつ": row["period"] or row["milestones"] or row["results"],
        }
        lacking = [name for name, value in is_said.items() if not value]
        if lacking:
            yield place(row, what="・".join(lacking))


def by_the_town_alone(year: Year) -> Iterator[Found]:
    told = _told(year)
    sections = {
        row["key"]
        for row in year.rows("organizations")
        if row["kind"] == OrganizationKind.OWN_SECTION
    }
    if told and all(_is_ours(row, sections) for row in told):
        yield Found("取組の実施主体")


def _told(year: Year) -> list[Row]:
    """Return the activities of which it is said who does them."""
    unstated = Execution.UNSTATED
    return [row for row in going_on(year) if row["executor"] or row["execution"] != unstated]


def _is_ours(row: Row, sections: set[str]) -> bool:
    others = {one["organization"] for one in row["partners"]} - sections
    if row["executor"]:
        return row["executor"] in sections and not others
    return row["execution"] == Execution.DIRECT and not others


def undiscussed(year: Year) -> Iterator[Found]:
    """Yield activities that are 「要相談」 when six months of their year have gone by, once each."""
    first = fiscal.first_day(year.fiscal_year)
    if year.today < first.replace(month=first.month + MONTHS_OPEN):
        return
    asked = {
        one["activity"]
        for _, outcome in outcomes(year)
        for one in outcome["placements"]
        if OPEN_QUESTION in one["note"]
    }
    for row in year.rows("activities"):
        if row["key"] in asked and row["status"] in OPEN:
            yield place(row)


def count(year: Year) -> int:
    return len(going_on(year))


def placed(year: Year) -> int:
    return len({one["activity"] for _, outcome in outcomes(year) for one in outcome["placements"]})


def told(year: Year) -> int:
    return bool(_told(year))


RULES: Sequence[Rule] = (
    Rule(
        "C07",
        Severity.WARNING,
        Theme.LINKS,
        "{number}つの成果に使われ、万能な取組になっています。主な成果を1〜2に絞りましょう",
        "どの成果にも効くと考える取組は、どれに効いたかを確かめにくくなります。いちばん効くと考える成果を選び、ほかは外します。",
        "多職種の研修 → 主な成果「急変のときに、支援者があわてずに動ける」",
        "連携支援の事例（同じ取組が4〜5回出てくるロジックモデル）",
        ACTIVITY,
        for_everything,
        placed,
        general="多くの成果に使われ、万能な取組になっています",
    ),
    Rule(
        "C08",
        Severity.WARNING,
        Theme.LINKS,
        "同じ取組が別の文言で登録されています（「{other}」）",
        "ほとんど同じ名前の取組が二つあります。同じものなら一つにまとめ、ロジックモデルの何か所にでも置きます。違うものなら、違いが分かる名前にします。",
        "「多職種研修会の開催」と「多職種の研修会の開催」→「多職種研修会の開催」一つにして、両方の成果の下に置く。",
        "連携支援の事例（重なる取組のあるロジックモデル）",
        EDIT,
        twice,
        count,
        general="同じ取組が別の文言で登録されています",
    ),
    Rule(
        "C10",
        Severity.HINT,
        Theme.LINKS,
        "「{what}」が未記入です",
        "誰が・誰に・いつ行うかが決まっていない取組は、年度が終わっても始まっていないことがよくあります。決まっていなければ、決める人と時期を書きます。",
        "実施主体：医師会　対象：市内の病院の退院支援担当者　時期：令和8年10月（2026年10月）",
        "このシステムの考え方",
        EDIT,
        unsaid,
        count,
        general="取組の「誰が・誰に・いつ」が未記入です",
    ),
    Rule(
        "C11",
        Severity.WARNING,
        Theme.LINKS,
        "市町村だけの取組です。関係団体の役割はありませんか",
        "実施主体の分かる取組が、すべて市町村の直営で、協力団体もありません。関係団体が自分ごととして担う部分があると、取組は続きやすくなります。",
        "退院支援ルールの見直し：実施主体は市、協力団体は医師会（病院への声かけ）、ケアマネジャーの会（様式の案）",
        "連携支援のアドバイス（市だけで考えず、みんなで取り組む）",
        Way("logicmodels:activity_list"),
        by_the_town_alone,
        told,
    ),
    Rule(
        "C12",
        Severity.WARNING,
        Theme.LINKS,
        "「要相談」のままです",
        f"年度が始まって{MONTHS_OPEN}か月を過ぎても、取組に「要相談」と書かれたままです。相談したら注記を消し、まだなら、だれがいつ相談するかを決めます。",
        "※医師会に要相談 → 令和8年9月の理事会で相談し、了承（注記を消す）",
        "連携支援の事例（※医師会に要相談）",
        ACTIVITY,
        undiscussed,
        placed,
    ),
)
