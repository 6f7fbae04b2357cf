"""Which municipalities there are."""

from ninja import Router, Schema

from municipalities.models import Municipality
from reports.api.permission import Needs

router = Router(tags=["自治体"])


class MunicipalityOut(Schema):
    code: str
    name: str
    kind: str


class MunicipalityList(Schema):
    items: list[MunicipalityOut]


@router.get("municipalities", auth=Needs(None), response=MunicipalityList, summary="市区町村の一覧")
def municipalities(request, prefecture: str | None = None):
    """都道府県コード（2桁）で絞り込めます。"""
    rows = Municipality.objects.all()
    if prefecture is not None:
        rows = rows.filter(prefecture__code=prefecture)
    return {"items": list(rows)}
