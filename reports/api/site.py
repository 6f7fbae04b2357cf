"""The NinjaAPI: its operations by subject, its errors in one form, its description open to all."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError

from municipalities.document import Problem
from reports.api import documents, municipalities, reports
from reports.api.errors import Refused, error_response
from reports.document.assembly import pointer_of, sentence_of

api = NinjaAPI(
    title="在宅医療・介護連携PDCA API",
    version="1",
    urls_namespace="api",
    openapi_url="/openapi.json",
    docs_url=None,
)
api.add_router("", municipalities.router)
api.add_router("m/{municipality}/{fiscal_year}", documents.router)
api.add_router("m/{municipality}/{fiscal_year}", reports.router)


@api.exception_handler(AuthenticationError)
def unauthenticated(request, error):
    return error_response([("", "認証が必要です。トークンを確かめてください。")], status=401)


@api.exception_handler(PermissionDenied)
def forbidden(request, error):
    return error_response([("", "この操作をする権限がありません。")], status=403)


@api.exception_handler(Http404)
def absent(request, error):
    return error_response([("", "見つかりません。")], status=404)


@api.exception_handler(Refused)
def refused(request, error):
    pairs = [
        (problem.pointer, problem.message) if isinstance(problem, Problem) else ("", problem)
        for problem in error.problems
    ]
    return error_response(pairs, status=error.status)


@api.exception_handler(ValidationError)
def malformed(request, error):
    pairs = [(pointer_of(one["loc"][1:]), sentence_of(one["type"])) for one in error.errors]
    return error_response(pairs, status=422)
