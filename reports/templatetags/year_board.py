"""What is to be done next for the year, shown on the foundation's board: plan and numbers, and the report."""

from dataclasses import asdict

from django import template

from indicators.choices import ValueState
from indicators.models import Indicator, Measurement
from logicmodels.models import Activity, Issue, LogicModel
from municipalities.access import Permission
from municipalities.templatetags.era import western
from reports.choices import ReportStatus
from reports.models import ProgressReport
from reports.submission import approving, year_parts

register = template.Library()

ABOUT = {
    "課題": "目指す姿と現状との差を、場面ごとに整理します（課題整理表）。",
    "取組": "行っていること・行うことを、場面ごとに一つの表に並べます。",
    "ロジックモデル": "取組から成果、目指す姿までのつながりを表と図で示します。",
    "指標と今年の値": "どの数字を追うかを決め、年に一度、値を入れます。",
    "自治体概要": "人口や高齢化率などの数値と、地域の特徴をまとめます。",
    "4つの場面の目指す姿": "場面ごとに、住民がどうなることを目指すかを書きます。",
    "連携支援の経過": "支援のテーマと実施計画、打合せ・報告会ごとの状況とアドバイスを記録します。",
    "概要の文章": "取組の方針、課題と現状、中間報告などを、報告書の下書きの中で書きます。",
    "支援前の課題・変化・今後": "連携支援で何が変わったかを、課題と結び付けて書きます。",
    "報告書": "入力した内容から中間報告書・最終報告書を作り、アドバイザーに提出します。",
    "報告書の確認": "内容と変わったところを確かめて、承認するか差し戻します。",
}


@register.inclusion_tag("reports/_year_tasks.html", takes_context=True)
def year_tasks(context):
    """List the plan with its numbers; the parts of the year's report; the report itself as the last."""
    request = context["request"]
    cycle = request.cycle
    parts = [asdict(part) for part in year_parts.of(cycle)]
    mine = _to_approve(request) if request.scope.may(Permission.APPROVE_REPORT) else ()
    lists = {
        "mine": mine,
        "plan": [*_plan(cycle), _values(cycle)],
        "tasks": [*parts, _report(cycle)],
    }
    return {
        name: [{**task, "about": ABOUT[task["label"]]} for task in tasks]
        for name, tasks in lists.items()
    }


def _to_approve(request):
    """Yield a task for each report of the year that waits for this superior."""
    waiting = ProgressReport.objects.filter(cycle=request.cycle, status=ReportStatus.APPROVAL)
    for report in waiting.prefetch_related("approvals").order_by("pk"):
        place = approving.next_of(report.approvals.all())
        if place and place.approver_id == request.user.pk:
            yield {
                "label": "報告書の確認",
                "url": request.cycle.url("reports:approval", report.pk),
                "state": "check",
                "hint": f"{report.title}が、あなたの確認を待っています",
            }


def _plan(cycle):
    """Yield the parts of the plan that are lists: whether there is anything in them, and how much."""
    for label, model, page, anchor in (
        ("課題", Issue, "logicmodels:plan", "#issues"),
        ("取組", Activity, "logicmodels:activity_list", ""),
        ("ロジックモデル", LogicModel, "logicmodels:logic_models", ""),
    ):
        count = model.objects.filter(cycle=cycle).count()
        state = "done" if count else "todo"
        yield {
            "label": label,
            "url": cycle.url(page) + anchor,
            "state": state,
            "hint": f"{count}件" if count else "",
        }


def _values(cycle):
    """Return how many of the year's indicators have a value of the year, or a reason for none."""
    followed = set(Indicator.objects.filter(cycle=cycle).values_list("code", flat=True))
    known = Measurement.objects.filter(fiscal_year=cycle.fiscal_year).exclude(
        state=ValueState.NOT_ENTERED
    )
    count = len(followed.intersection(known.values_list("code", flat=True)))
    task = {"label": "指標と今年の値", "url": cycle.url("indicators:indicator_list")}
    if not followed:
        return task | {"state": "todo"}
    state = "done" if count == len(followed) else "doing"
    return task | {"state": state, "hint": f"{len(followed)}件のうち{count}件に今年の値"}


def _report(cycle):
    """Return the last row: the newest report's state; a draft is opened at once."""
    task = {"label": "報告書", "url": cycle.url("reports:report_list"), "state": "todo"}
    latest = ProgressReport.objects.filter(cycle=cycle).order_by("-pk").first()
    if latest is None:
        return task
    latest.cycle = cycle
    if latest.is_open:
        hint = f"{latest.title}は、まだ提出されていません"
        return task | {
            "url": latest.get_absolute_url(),
            "state": "doing",
            "word": latest.get_status_display(),
            "hint": hint,
        }
    hint = f"{latest.title}の提出日：{western(latest.submitted_at)}"
    return task | {"state": "done", "word": latest.get_status_display(), "hint": hint}
