"""The municipality-year document over HTTP: read it, and write it back whole."""

from django.http import HttpResponse
from ninja import Header, Router

from municipalities.access import Permission
from municipalities.rows.rows import Problem
from reports.api.addresses import Code, FiscalYear
from reports.api.errors import READING, WRITING, ErrorsOut, Refused
from reports.api.permission import needs
from reports.document import assembly, parsing

router = Router(tags=["文書"])
SCHEMA_NAME = "MunicipalityYear"
CONTENT = {"application/json": {"schema": {"$ref": f"#/components/schemas/{SCHEMA_NAME}"}}}
IN_RESPONSE = {
    "responses": {
        200: {
            "content": CONTENT,
            "headers": {"ETag": {"description": "文書の版", "schema": {"type": "string"}}},
        }
    }
}
UNMATCHED = Problem("", "If-Match に、読み込んだ文書の ETag を指定してください。")


@router.get(
    "document",
    auth=needs(Permission.VIEW_PLAN),
    response={200: None, **READING},
    summary="自治体・年度の文書を読む",
    openapi_extra=IN_RESPONSE,
)
def document(request, municipality: Code, fiscal_year: FiscalYear):
    """その年度の内容をすべて返します。ETag は、この文書を書き戻すときの If-Match に使います。"""
    return as_response(assembly.assemble(request.cycle))


@router.put(
    "document",
    auth=needs(Permission.EDIT_PLAN),
    response={200: None, **WRITING, frozenset({412, 428}): ErrorsOut},
    summary="自治体・年度の文書を書き戻す",
    openapi_extra=IN_RESPONSE | {"requestBody": {"required": True, "content": CONTENT}},
)
def put_document(
    request,
    municipality: Code,
    fiscal_year: FiscalYear,
    if_match: str | None = Header(None, alias="If-Match"),
):
    """名前のある部分だけを、キーごとに行まるごと置き換えます。問題が一つでもあれば、何も書き込みません。"""
    if if_match is None:
        raise Refused(428, UNMATCHED)
    try:
        data = parsing.parse(request.body)
    except parsing.Unreadable as error:
        raise Refused(400, *error.problems) from error
    problems = assembly.load(request.cycle, data, by=request.user, expected=if_match)
    if problems:
        raise Refused(412 if assembly.OVERTAKEN in problems else 422, *problems)
    return as_response(assembly.assemble(request.cycle))


def as_response(content):
    """Return a document with the entity tag under which it may be written back."""
    return HttpResponse(
        assembly.canonical(content),
        content_type="application/json; charset=utf-8",
        headers={"ETag": assembly.etag_of(content)},
    )
