"""The NinjaAPI: its operations by subject, its errors in one form, its description open to all."""

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser

from municipalities.access import public
from municipalities.rows.rows import Problem
from reports.api import (
    approvals,
    comparison,
    documents,
    findings,
    measurements,
    municipalities,
    prefecture,
    reports,
    reviews,
)
from reports.api.addresses import YEAR
from reports.api.errors import Refused, speak_json
from reports.document import parsing, shape

DESCRIPTION = """在宅医療・介護連携推進事業のPDCAの記録を読み書きします。
どの操作にも `Authorization: Bearer <トークン>` かブラウザーのログインが要ります。
誤りはすべて `{"errors": [{"pointer", "message"}]}` の形で返します。
ほかの市区町村のアドレスは、ないものとして404を返します。"""
COMPONENTS = "#/components/schemas/{model}"
# What ninja puts before the place within a body: the source and the name of the parameter.
BEFORE_BODY, BEFORE_OTHERS = 2, 1


class StrictParser(Parser):
    """Reads bodies as the document is read; every body of ours is an object."""

    def parse_body(self, request):
        data = parsing.parse(request.body)
        if not isinstance(data, dict):
            raise parsing.Unreadable(Problem("", shape.SENTENCES["model_type"]))
        return data


class Api(NinjaAPI):
    """Publishes the schema of the municipality-year document beside ninja's own."""

    def get_openapi_schema(self, **options):
        described = super().get_openapi_schema(**options)
        document = shape.json_schema(ref_template=COMPONENTS)
        parts = document.pop("$defs")
        described["components"]["schemas"] |= {**parts, documents.SCHEMA_NAME: document}
        return described


def undeclared(request):
    """Refuse an operation that declares nothing: good will is no permission."""
    raise PermissionDenied


api = Api(
    title="在宅医療・介護連携PDCA API",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    openapi_url="/openapi.json",
    docs_url=None,
    docs_decorator=public,
    auth=undeclared,
    parser=StrictParser(),
)
ROUTERS = (
    ("", municipalities.router),
    (YEAR, documents.router),
    (YEAR, measurements.router),
    (YEAR, findings.router),
    (YEAR, reports.router),
    (YEAR, approvals.router),
    (YEAR, reviews.router),
    ("review", reviews.desk),
    ("p", prefecture.router),
    ("p", comparison.router),
)
for prefix, router in ROUTERS:
    api.add_router(prefix, router)


def refusal(status, *problems):
    return speak_json(HttpResponse(status=status), *problems)


@api.exception_handler(AuthenticationError)
def unauthenticated(request, error):
    return refusal(401)


@api.exception_handler(PermissionDenied)
def forbidden(request, error):
    return refusal(403)


@api.exception_handler(Http404)
def absent(request, error):
    return refusal(404)


@api.exception_handler(RequestDataTooBig)
def too_large(request, error):
    return refusal(413)


@api.exception_handler(HttpError)
def unreadable(request, error):
    """Ninja wraps whatever kept it from reading a body."""
    cause = error.__cause__
    if isinstance(cause, RequestDataTooBig):
        return too_large(request, cause)
    problems = cause.problems if isinstance(cause, parsing.Unreadable) else ()
    return refusal(error.status_code, *problems)


@api.exception_handler(Refused)
def refused(request, error):
    return refusal(error.status, *error.problems)


@api.exception_handler(ValidationError)
def malformed(request, error):
    problems = [
        Problem(shape.pointer_of(place_of(one["loc"])), shape.sentence_of(one))
        for one in error.errors
    ]
    return refusal(422, *problems)


def place_of(location):
    """Return where an error lies in what was sent: in the body, or among the parameters."""
    return location[BEFORE_BODY if location[0] == "body" else BEFORE_OTHERS :]
