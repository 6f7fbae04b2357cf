"""気づき on councils: what they agreed to, who took part, when they met, what they judged. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from councils.choices import (
    CouncilKind,
    CouncilStatus,
    DecisionKind,
    Profession,
    Programme,
    SeatRole,
)
from councils.meetings.meeting_days import last_day
from logicmodels.rules import goals
from municipalities.choices import OrganizationKind
from municipalities.japanese import fiscal
from municipalities.kernel.findings import Found, Rule, Severity, Theme, Way

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from municipalities.kernel.findings import Row, Year

DECEMBER = 12
# Whose voice the programme needs at its table, by profession; what kind of body stands for it.
WANTED = {
    "医師": (Profession.PHYSICIAN, OrganizationKind.MEDICAL_ASSOCIATION),
    "消防": (Profession.RESCUE, OrganizationKind.FIRE_SERVICE),
    "住民": (Profession.RESIDENT, None),
}
AT_THE_TABLE = (SeatRole.CORE, SeatRole.MEMBER)
# Who evaluated something, by its part of the document and what it is called there.
SUBJECTS = {"outcome": "text", "activity": "name", "council": "name"}


def ours(year: Year) -> list[Row]:
    """Return the programme's own councils that meet; meetings inside the town hall are none."""
    return [
        row
        for row in year.rows("councils")
        if row["programme"] == Programme.OURS
        and row["status"] == CouncilStatus.ACTIVE
        and row["kind"] != CouncilKind.OFFICE
    ]


def held(year: Year) -> list[Row]:
    """Return the meetings of the year that have come, by their day or the last day of their plan."""
    return [
        row
        for row in year.rows("meetings")
        if not row["is_cancelled"] and last_day(row["held_on"], row["planned"]) <= year.today
    ]


def unagreed(year: Year) -> Iterator[Found]:
    agreed = {
        row["desired_state"] for row in year.rows("decisions") if row["kind"] == DecisionKind.AGREED
    }
    for row in goals.written(year):
        if row["key"] not in agreed:
            yield replace(goals.place(row), args=())


def without_voices(year: Year) -> Iterator[Found]:
    present = _present(year)
    lacking = [name for name, (profession, _) in WANTED.items() if profession not in present]
    if ours(year) and lacking:
        yield Found("協議体の顔ぶれ", words={"who": "・".join(lacking)})


def _present(year: Year) -> set[str]:
    """Return the professions that sat in a council or came to a meeting in the year."""
    stands_for = {kind: profession for profession, kind in WANTED.values() if kind}
    kinds = {row["key"]: row["kind"] for row in year.rows("organizations")}
    seats = [seat for row in ours(year) for seat in row["seats"] if seat["role"] in AT_THE_TABLE]
    return {
        *(seat["profession"] for seat in seats),
        *(stands_for.get(kinds.get(seat["organization"], "")) or "" for seat in seats),
        *(one["profession"] for row in held(year) for one in row["attendance"] if one["people"]),
    }


def not_met(year: Year) -> Iterator[Found]:
    if year.today < fiscal.first_day(year.fiscal_year).replace(month=DECEMBER):
        return
    met = {row["council"] for row in held(year)}
    for row in ours(year):
        if row["key"] not in met:
            yield Found(row["name"], row["key"], args=(row["key"],))


def without_result(year: Year) -> Iterator[Found]:
    decided = {row["meeting"] for row in year.rows("decisions") if not row["meeting_lead"]}
    names = {row["key"]: row["name"] for row in year.rows("councils")}
    for row in held(year):
        if row["key"] not in decided:
            number = f"第{row['number']}回" if row["number"] else row["planned"]
            named = row["title"] or names.get(row["council"], "")
            yield Found(f"{named}　{number}".strip(), row["key"], args=(row["key"],))


def looked_at(year: Year) -> list[Row]:
    """Return the evaluations that a person wrote, confirmed or took to a council.

    A draft made from the numbers that nobody has touched says nothing of how far a town is.
    """
    return [row for row in year.rows("evaluations") if not _is_untouched(row)]


def _is_untouched(row: Row) -> bool:
    written = row["judgements"] or row.get("helped") or row.get("hindered")
    return bool(row.get("is_drafted")) and not written


def unjudged(year: Year) -> Iterator[Found]:
    for row in looked_at(year):
        if not row["judgements"]:
            yield Found(subject_of(year, row), row["key"])


def subject_of(year: Year, row: Row) -> str:
    """Return the words of the outcome, activity, council or indicator that a row is about."""
    named = {"outcome": year.outcomes(), "activity": year.rows("activities")}
    named["council"] = list(year.rows("councils"))
    for column, text in SUBJECTS.items():
        for one in named[column]:
            if one["key"] == row[column]:
                return str(one[text])
    return name_of(year, row.get("indicator"))


def name_of(year: Year, key: str | None) -> str:
    """Return the name of an indicator of the year, by its key; empty where there is none."""
    code = next((one["indicator"] for one in year.rows("indicators") if one["key"] == key), "")
    return str(year.definitions.get(code, {}).get("name", ""))


def count_goals(year: Year) -> int:
    return goals.count(year)


def any_council(year: Year) -> int:
    return bool(ours(year))


def count_councils(year: Year) -> int:
    return len(ours(year))


def count_held(year: Year) -> int:
    return len(held(year))


def count_evaluations(year: Year) -> int:
    return len(looked_at(year))


RULES: Sequence[Rule] = (
    Rule(
        "G04",
        Severity.WARNING,
        Theme.GOALS,
        "協議体での合意の記録がありません",
        "目指す姿は、市町村だけでなく、関係者がともに目指すものです。協議体で話し合い、合意した会議を記録しておくと、担当者が替わっても受け継がれます。"
        "会議の「決定事項」に、合意した目指す姿を選んで記録します。",
        "推進協議会 第1回（令和8年5月20日）で、看取りの目指す姿を合意した。",
        "連携支援のアドバイス（協議体で合意する）",
        Way("meetings:meeting_list"),
        unagreed,
        count_goals,
    ),
    Rule(
        "M01",
        Severity.WARNING,
        Theme.BODIES,
        "今年度の協議体に、{who}の参加がありません",
        "急変時の対応には消防が、目指す姿を決めるには住民が、在宅医療を進めるには医師が欠かせません。構成員と今年度の出席者から見ています。"
        "すべての会議に出てもらう必要はなく、小さな協議体や意見交換会から始められます。",
        "看取りのワーキングに、消防本部の救急係と、家族会の代表に入ってもらう。",
        "各地の協議体の実例",
        Way("councils:council_list"),
        without_voices,
        any_council,
        general="協議体に、医師・消防・住民のいずれかの参加がありません",
    ),
    Rule(
        "M02",
        Severity.WARNING,
        Theme.BODIES,
        "今年度の協議体が未開催です",
        "12月を過ぎると、年度内に評価と次年度の計画を話し合う時間が少なくなります。開いていれば開催日を記録し、まだなら日程を決めます。",
        "第1回：令和8年7月10日（開催済み）　第2回：令和9年1月ごろ（評価と次年度の取組）",
        "在宅医療・介護連携推進事業の手引き（PDCAの進め方）",
        Way("councils:council"),
        not_met,
        count_councils,
    ),
    Rule(
        "M03",
        Severity.WARNING,
        Theme.BODIES,
        "会議の決定事項が記録されていません",
        "何を決めるための会議で、何が決まったのかが残っていないと、次の会議で同じ話をすることになります。"
        "「引き続き検討する」も決定事項です。目指す姿・課題・取組のどれについてかも選べます。",
        "退院前カンファレンスの様式をそろえることに合意した（取組：退院支援ルールの見直し）。",
        "各地の協議体の実例",
        Way("meetings:meeting", "#decisions"),
        without_result,
        count_held,
    ),
    Rule(
        "X01",
        Severity.WARNING,
        Theme.EVALUATION,
        "評価に、協議体の意見がありません",
        "数字で分かるのは、何が起きたかまでです。それが良かったのか、何を変えるのかは、協議体で話し合って決めます。",
        "参加率は目標に届かなかったが、病院との関係は深まった。次年度は連絡の時期を早める（第2回推進協議会）。",
        "連携支援のアドバイス、評価シートの様式",
        Way("councils:evaluation_list", "?open=judgement"),
        unjudged,
        count_evaluations,
    ),
)
