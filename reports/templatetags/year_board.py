"""What is to be done next for the year's report, shown on the foundation's board."""

from dataclasses import asdict

from django import template

from municipalities.templatetags.era import western
from reports.models import ProgressReport
from reports.submission import check

register = template.Library()

ABOUT = {
    "自治体概要": "人口や高齢化率などの数値と、地域の特徴をまとめます。",
    "支援前の課題": "連携支援を受ける前に、事業を進める上で困っていたことを書きます。",
    "4つの場面の目指す姿": "場面ごとに、住民がどうなることを目指すかを書きます。",
    "連携支援の経過": "打合せ・報告会ごとの状況とアドバイスを記録します。",
    "報告書": "入力した内容から中間報告書・最終報告書を作り、アドバイザーに提出します。",
}


@register.inclusion_tag("reports/_year_tasks.html", takes_context=True)
def year_tasks(context):
    """List the sections of the year's report with their states, and the report itself as the last."""
    cycle = context["request"].cycle
    sections = [asdict(section) for section in check.year_sections(cycle)]
    tasks = [*sections, _report(cycle)]
    return {"tasks": [{**task, "about": ABOUT[task["label"]]} for task in tasks]}


def _report(cycle):
    """Return the last row: the newest report's state; a draft is opened at once."""
    task = {"label": "報告書", "url": cycle.url("reports:report_list"), "state": "todo"}
    latest = ProgressReport.objects.filter(cycle=cycle).order_by("-pk").first()
    if latest is None:
        return task
    latest.cycle = cycle
    if latest.is_draft:
        hint = f"{latest.title}は、まだ提出されていません"
        return task | {
            "url": latest.get_absolute_url(),
            "state": "doing",
            "word": latest.get_status_display(),
            "hint": hint,
        }
    hint = f"{latest.title}の提出日：{western(latest.submitted_at)}"
    return task | {"state": "done", "word": latest.get_status_display(), "hint": hint}
