"""Which municipalities there are."""

from ninja import P, QueryEx, Router, Schema

from municipalities.models import Municipality, Prefecture
from municipalities.rows.rows import Problem
from reports.api.errors import ErrorsOut, Refused
from reports.api.permission import needs

router = Router(tags=["自治体"])
UNKNOWN = Problem(
    "/prefecture", "この都道府県コードはありません。01から47までの2桁で指定してください。"
)


class MunicipalityOut(Schema):
    """市区町村"""

    code: str
    name: str
    kind: str


class MunicipalityList(Schema):
    """市区町村の一覧"""

    items: list[MunicipalityOut]


PrefectureCode = QueryEx[
    str | None, P(pattern=r"^[0-9]{2}$", description="都道府県コード（2桁。例：08）")
]
WithWards = QueryEx[bool, P(description="1 にすると、政令指定都市の行政区も返します")]


@router.get(
    "municipalities",
    auth=needs(None),
    response={200: MunicipalityList, frozenset({401, 422}): ErrorsOut},
    summary="市区町村の一覧",
)
def municipalities(request, prefecture: PrefectureCode = None, wards: WithWards = False):  # noqa: FBT002 -- a parameter of the address
    """全国地方公共団体コードの順に返します。都道府県コードで絞り込めます。行政区は、求められたときだけ含めます。"""
    rows = Municipality.objects.all() if wards else Municipality.objects.without_wards()
    if prefecture is not None:
        if not Prefecture.objects.filter(code=prefecture).exists():
            raise Refused(422, UNKNOWN)
        rows = rows.filter(prefecture__code=prefecture)
    return {"items": list(rows)}
