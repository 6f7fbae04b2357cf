"""The municipality-year document over HTTP: read it, and write it back whole."""

import json
from typing import Any

from django.http import HttpResponse
from ninja import Path, Router

from municipalities.access import Permission
from reports.api.errors import Refused
from reports.api.permission import Needs
from reports.document import assembly

router = Router(tags=["文書"])
LARGEST = 5 * 1024 * 1024


@router.get("document", auth=Needs(Permission.VIEW_PLAN), summary="自治体・年度の文書")
def document(request, municipality: Path[str], fiscal_year: Path[int]):
    """ETag は、この文書を書き戻すときの If-Match に使います。"""
    content = assembly.canonical(assembly.assemble(request.cycle))
    return HttpResponse(
        content,
        content_type="application/json; charset=utf-8",
        headers={"ETag": f'"{assembly.sha256(content)}"'},
    )


@router.put(
    "document",
    auth=Needs(Permission.EDIT_PLAN),
    summary="自治体・年度の文書を書き戻す",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": assembly.json_schema()}},
        }
    },
)
def put_document(request, municipality: Path[str], fiscal_year: Path[int]):
    """名前のある部分だけを、キーごとに置き換えます。問題が一つでもあれば、何も書き込みません。"""
    refuse_without_match(request)
    if problems := assembly.load(request.cycle, parsed(request.body), by=request.user):
        raise Refused(422, *problems)
    return document(request, municipality, fiscal_year)


def refuse_without_match(request):
    """Ask for If-Match (428) and for the current one (412), so that nobody's save is lost."""
    expected = request.headers.get("If-Match")
    if expected is None:
        raise Refused(428, "If-Match に、読み込んだ文書の ETag を指定してください。")
    if expected != assembly.etag(request.cycle):
        raise Refused(412, "ほかの人が先に保存しています。文書を読み込み直してください。")


def parsed(body: bytes) -> Any:
    """Return the JSON of a request. Raises Refused for what is none, or not storable."""
    try:
        data = json.loads(body, parse_constant=no_constant)
        json.dumps(data, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise Refused(
            400, "JSONとして読めません。文字コードと書き方を確かめてください。"
        ) from error
    return data


def no_constant(name):
    """NaN and Infinity are Python's, not JSON's."""
    raise ValueError(name)
