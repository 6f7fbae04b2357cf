"""The board of a year on the foundation's page: what comes next, the PDCA table, the report's parts; a superior's desk."""

from django import template

from municipalities.access import Permission
from reports.year.board import board, superior

register = template.Library()

ABOUT = {
    "自治体概要": "人口や高齢化率などの数値と、地域の特徴をまとめます。",
    "連携支援の経過": "支援のテーマと実施計画、打合せ・報告会ごとの状況とアドバイスを記録します。",
    "概要の文章": "取組の方針、課題と現状、中間報告などを、報告書の下書きの中で書きます。",
    "支援前の課題・変化・今後": "連携支援で何が変わったかを、課題と結び付けて書きます。",
    "報告書": "入力した内容から中間報告書・最終報告書を作り、アドバイザーに提出します。",
}


@register.simple_tag(takes_context=True)
def year_board(context):
    """Return the board of the year for the signed-in person."""
    request = context["request"]
    may = request.scope.may
    return board.of(
        request.cycle,
        may_edit=may(Permission.EDIT_PLAN),
        may_manage=may(Permission.MANAGE_PEOPLE),
    )


@register.simple_tag(takes_context=True)
def superior_desk(context):
    """Return what waits for a superior and what they approved lately; None for everybody else."""
    request = context["request"]
    if not request.scope.may(Permission.APPROVE_REPORT):
        return None
    return superior.desk_of(request.user)


@register.inclusion_tag("reports/_year_tasks.html")
def year_tasks(parts):
    """List the parts of the year's report, the report itself as the last."""
    return {
        "tasks": [
            {
                "label": part.label,
                "url": part.url,
                "state": part.state,
                "hint": part.hint,
                "word": part.word,
                "about": ABOUT[part.label],
            }
            for part in parts
        ]
    }
