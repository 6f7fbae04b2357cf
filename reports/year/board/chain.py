"""The deeds that a year still asks for, each with the place where it is done: from what was read, without a query.

In the order in which equally urgent ones come: what is open between people, then the chain of the year.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from municipalities.choices import CARE_SCENES, CycleState
from municipalities.japanese import fiscal
from reports.choices import ReplyState, ReportKind, ReportStatus
from reports.submission.counting.phases import Way
from reports.year.board import survey_things
from reports.year.board.next_things import Thing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from municipalities.models import Cycle
    from reports.submission.counting.year_parts import YearPart
    from reports.year.board.state import YearState

# When the year's work is usually done (ux.md 2.5).
APRIL, MAY, JUNE, OCTOBER, NOVEMBER, DECEMBER = 4, 5, 6, 10, 11, 12
FEBRUARY, MARCH = 2, 3
MONTH_OF = {ReportKind.INTERIM: NOVEMBER, ReportKind.FINAL: FEBRUARY}
# Pages that come with their own part of the site.
COMMENTS = "reports:comments"
FEEDBACK = "reports:support_feedback"
SHOWN = 30


def things(state: YearState, profile: YearPart) -> Iterator[Thing]:
    """Yield everything that is still to be done in a year."""
    for report in state.reports:
        yield from _of_report(report, state)
    yield from _inquiries(state)
    yield from _prefecture_forms(state)
    yield from survey_things.things(state.rounds, today=timezone.localdate())
    yield from _tasks(state)
    yield from _meetings(state)
    yield from _closing(state)
    yield from _plan(state, profile)
    yield from _numbers(state)
    yield from _report_to_make(state)
    yield from of_next_year(state, today=timezone.localdate())


def of_next_year(state: YearState, *, today: dt.date) -> Iterator[Thing]:
    """From December the next year is prepared; one that is still a draft in April waits to be begun."""
    cycle = state.cycle
    label = fiscal.era_year(cycle.fiscal_year + 1)
    page = "reports:next_year"
    if cycle.state == CycleState.DRAFT:
        way = Way("前年度から引き継いだ内容を確かめて、年度を始める", page, tail="#begin")
        is_late = today >= fiscal.first_day(cycle.fiscal_year)
        yield Thing(way, word="準備中", is_waited_for=is_late, month=APRIL)
    elif state.following == CycleState.DRAFT:
        is_over = today > fiscal.last_day(cycle.fiscal_year)
        words = f"{label}を始める" if is_over else f"{label}の準備を続ける"
        yield Thing(Way(words, page), "doing", "準備中", is_waited_for=is_over, month=APRIL)
    elif not state.following and _is_turn(cycle, today):
        yield Thing(Way("次年度の準備を始める", page), month=DECEMBER)
    if state.is_after_another and _is_spring(cycle, today):
        way = Way("前年度の値を入れる", page, tail="#last-year")
        yield Thing(way, month=MAY, hint="確定した実績は、前年度の画面に入れます")


def _is_turn(cycle: Cycle, today: dt.date) -> bool:
    """Say whether the next year is due: from December on, and of a year that nobody went on with not for ever."""
    first, last = dt.date(cycle.fiscal_year, DECEMBER, 1), dt.date(cycle.fiscal_year + 1, MAY, 31)
    return first <= today <= last


def _is_spring(cycle: Cycle, today: dt.date) -> bool:
    """Say whether it is April or May of a year: last year's numbers still come in."""
    return fiscal.first_day(cycle.fiscal_year) <= today <= dt.date(cycle.fiscal_year, MAY, 31)


def _of_report(report: Any, state: YearState) -> Iterator[Thing]:
    pk = str(report.pk)
    if report.failed:
        way = Way(
            "届かなかった宛先に、もう一度送る", "municipalities:board", tail="#undelivered-heading"
        )
        yield Thing(
            way,
            "check",
            "送信できませんでした",
            is_waited_for=True,
            hint=f"{report.title}：{report.failed}件",
        )
    if report.unanswered:
        way = Way(f"アドバイザーのコメントに答える（{report.unanswered}件）", COMMENTS, (pk,))
        yield Thing(way, is_waited_for=True, due=report.wanted_on, hint=report.title)
    if report.status == ReportStatus.REVISIT:
        way = Way(f"{report.title}を直しはじめる", "reports:report", (pk,))
        yield Thing(way, "check", "もう一度見たい", is_waited_for=True, due=report.wanted_on)
    if report.status == ReportStatus.DRAFT:
        yield _draft(report, state)
    if report.status == ReportStatus.APPROVAL and not report.has_superiors:
        way = Way(f"承認の終わった{report.title}を提出する", "reports:report", (pk,))
        due = report.wanted_on or state.due.get(report.kind)
        yield Thing(way, "check", "承認済み", is_waited_for=True, due=due)


def _draft(report: Any, state: YearState) -> Thing:
    place = ("reports:report", (str(report.pk),))
    if report.is_returned:
        way = Way(f"差し戻された{report.title}を直す", *place)
        return Thing(way, "check", "差し戻し", is_waited_for=True)
    if report.submitted_at is not None:
        way = Way(f"{report.title}を直して、もう一度提出する", *place)
        return Thing(way, "doing", "出し直し中", is_waited_for=True, due=report.wanted_on)
    way = Way(f"{report.title}を書いて提出する", *place)
    due = state.due.get(report.kind) or _day_of_step(report)
    return Thing(way, "doing", "下書き", due=due, month=MONTH_OF[ReportKind(report.kind)])


def _day_of_step(report: Any) -> dt.date | None:
    """Return the day of the meeting that a report is for, while it lies ahead."""
    day = report.step and report.step.held_on
    return day if day and day >= timezone.localdate() else None


def _tasks(state: YearState) -> Iterator[Thing]:
    for task, time in state.tasks:
        text = task.text.removesuffix("。")
        words = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
        way = Way(words, "reports:support", tail=f"#task-{task.key}")
        look = "doing" if task.state == "doing" else "todo"
        hint = "実施計画" + (f"（担当：{task.who}）" if task.who else "")
        yield Thing(
            way, look, task.get_state_display(), due=time.latest, due_words=time.text, hint=hint
        )


def word_of(state: YearState) -> str:
    """Return 都, 道, 府 or 県."""
    return state.cycle.municipality.prefecture.word


def _inquiries(state: YearState) -> Iterator[Thing]:
    """What the prefecture asks and has no answer to."""
    for one in state.inquiries:
        title = one.inquiry.title
        shown = title if len(title) <= SHOWN else f"{title[:SHOWN]}…"
        way = Way(f"照会「{shown}」に回答する", "reports:inquiry", (one.inquiry.key,))
        look = "todo" if one.reply.state == ReplyState.UNTOUCHED else "doing"
        word = one.reply.get_state_display()
        yield Thing(way, look, word, due=one.inquiry.due_on, hint=f"{word_of(state)}からの照会")


def _prefecture_forms(state: YearState) -> Iterator[Thing]:
    """What the prefecture lets the town ask, as long as no result is shared."""
    for one in state.prefecture_forms:
        title = one.form.title
        shown = title if len(title) <= SHOWN else f"{title[:SHOWN]}…"
        way = Way(
            f"{word_of(state)}の調査票「{shown}」で聞いて、結果を共有する",
            "reports:prefecture_form",
            (one.form.key,),
        )
        look = "todo" if one.reply.is_untouched else "doing"
        word = one.reply.get_state_display()
        yield Thing(way, look, word, due=one.form.due_on, hint=f"{word_of(state)}の調査票")


def _meetings(state: YearState) -> Iterator[Thing]:
    today = timezone.localdate()
    for step in state.steps:
        if step.held_on and step.held_on <= today and not step.situation:
            way = Way(f"{step}の記録を書く", "reports:step_edit", (step.key,))
            yield Thing(way, hint=f"{step.held_on.month}月{step.held_on.day}日に行った打合せです")
    if state.advice:
        way = Way(
            f"アドバイスへの対応を決める（{state.advice}件）",
            "reports:support",
            tail=f"#advice-{state.first_advice}",
        )
        yield Thing(way, word="未回答")


def _closing(state: YearState) -> Iterator[Thing]:
    """連携支援の振り返り, once the final report is advised."""
    closed = {ReportStatus.ADVISED, ReportStatus.ACCEPTED}
    is_over = any(one.kind == ReportKind.FINAL and one.status in closed for one in state.reports)
    if is_over and not state.counts["judged"]:
        yield Thing(Way("連携支援の振り返りに答える", FEEDBACK), month=MARCH)


def _plan(state: YearState, profile: YearPart) -> Iterator[Thing]:
    if profile.state != "done":
        way = Way("自治体概要を書く", "municipalities:profile")
        yield Thing(way, profile.state, month=APRIL)
    missing = [scene for scene in CARE_SCENES if not state.facts.scenes[scene].has_goal]
    if missing:
        first = missing[0]
        about = f"あと{len(missing)}場面" if len(missing) > 1 else ""
        way = Way(f"「{first.label}」の目指す姿を書く", "logicmodels:goal_edit", (first.value,))
        look = "doing" if len(missing) < len(CARE_SCENES) else "todo"
        yield Thing(way, look, month=JUNE, hint=about)
    if not state.facts.issues:
        yield Thing(Way("課題を書きはじめる", "logicmodels:plan", tail="#issues"), month=JUNE)
    if not state.facts.activities:
        way = Way("行っている取組を登録する", "logicmodels:activity_list")
        yield Thing(way, month=JUNE)


def _numbers(state: YearState) -> Iterator[Thing]:
    known, whole = state.facts.values_known, state.facts.indicators
    if not whole:
        yield Thing(Way("追う指標を選ぶ", "indicators:catalogue_list"), month=JUNE)
    elif known < whole:
        way = Way(f"今年の値を入れる（{whole}件中{known}件）", "indicators:entry")
        yield Thing(way, "doing" if known else "todo", month=OCTOBER)


def _report_to_make(state: YearState) -> Iterator[Thing]:
    """The next kind of report of which there is none yet."""
    kinds = {report.kind for report in state.reports}
    kind = next((one for one in ReportKind if one not in kinds), None)
    if kind is not None:
        way = Way(f"{kind.label}書を作る", "reports:report_list")
        yield Thing(way, due=state.due.get(kind), month=MONTH_OF[kind])
