"""What the rules find in a year, over HTTP."""

from ninja import Field, Router, Schema

from municipalities.access import Permission
from reports.api.addresses import Code, FiscalYear
from reports.api.errors import READING
from reports.api.permission import needs
from reports.document.findings import looking, reading

router = Router(tags=["点検"])


class FindingOut(Schema):
    """気づき"""

    rule: str = Field(description="点検の番号（例：G01）")
    severity: str = Field(description="E これから整えること、W 気づき、I ヒント")
    theme: str
    place: str = Field(description="箇所の名前")
    key: str = Field(description="箇所の行のキー。年度全体についての気づきは空")
    message: str
    waived: str = Field(description="見送った理由。見送っていないときは空")


class FindingList(Schema):
    """気づきの一覧"""

    items: list[FindingOut]


@router.get(
    "findings",
    auth=needs(Permission.VIEW_PLAN),
    response={200: FindingList, **READING},
    summary="年度の点検の結果",
)
def findings(request, municipality: Code, fiscal_year: FiscalYear):
    """計画と評価の気づきを、点検の番号の順ではなく、見る順に返します。見送ったものは、理由を付けて後に並べます。"""
    looked = looking.look_over(reading.year_of(request.cycle))
    waived = [told(one.finding, one.row["reason"]) for one in looked.waived]
    return {"items": [*(told(one) for one in looked.open), *waived]}


def told(finding, reason=""):
    rule, place = finding.rule, finding.place
    return {
        "rule": rule.id,
        "severity": rule.severity,
        "theme": rule.theme,
        "place": place.label,
        "key": place.key,
        "message": finding.message,
        "waived": reason,
    }
