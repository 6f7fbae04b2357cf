"""The one way in: session or bearer first, then scope, then permission."""

from __future__ import annotations

from contextlib import nullcontext
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse

from municipalities import access
from municipalities.access import NOWHERE
from municipalities.entrance import doors, error_views, known_years, scopes, unsaved
from municipalities.japanese import numerals
from municipalities.kernel import tokens
from municipalities.tenancy import within

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django.urls import ResolverMatch

    from municipalities.entrance.http import HouseRequest

API_PREFIX = "/api/"
BEARER = "Bearer "
# Path pieces that say where a request acts; views read request.scope instead of them.
SCOPE_ARGUMENTS = ("municipality", "fiscal_year", "prefecture")


class RefuseNullBytes:
    """NUL in a query is a client's error on both databases, not a crash on one of them."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HouseRequest) -> HttpResponse:
        if "\x00" in request.path or any(
            "\x00" in text for pair in request.GET.lists() for text in (pair[0], *pair[1])
        ):
            raise BadRequest
        return self.get_response(request)


class RefuseLargeBodies:
    """Whatever is larger than any form of ours is refused by what its head says, before it is read.

    Django counts the fields of a form and never its files, which go to the disk as long as they come.
    """

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HouseRequest) -> HttpResponse:
        if content_length(request) > settings.LARGEST_BODY:
            return error_views.too_large(request)
        return self.get_response(request)


def content_length(request: HouseRequest) -> int:
    """Return how much the head announces; without a number Django reads nothing."""
    # Python and Django read no longer number.
    return numerals.whole(request.META.get("CONTENT_LENGTH") or "", most_digits=3999) or 0


class NoStore:
    """Pages of signed-in people are not kept by proxies or by the browser's back button."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HouseRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "user", None) and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response


class SameForEveryCookie:
    """Respondents' pages are the same whatever cookie comes with them: none of them is of a session.

    With `Vary: Cookie` a browser would forget them when the mark of the device is set after sending, and Back fail.
    """

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HouseRequest) -> HttpResponse:
        response = self.get_response(request)
        if error_views.is_at_door(request):
            del response.headers["Vary"]
        return response


class ExplainMethod:
    """Somebody who opens the address of a button, by bookmark or reload, gets a page, not a blank."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HouseRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or response.content:
            return response
        page = render(request, "405.html", status=response.status_code)
        page.headers["Allow"] = response.headers.get("Allow", "")
        return page


class ScopeMiddleware:
    """Turn the address into request.scope and run the rest within its municipality.

    Foreign municipality: 404, the same as absent. Own, but too low a role or a view that declares
    nothing: 403. Signed out: the login page (API: 401).
    """

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HouseRequest) -> HttpResponse:
        request.scope = NOWHERE
        request.municipality = request.cycle = None  # type: ignore[assignment]
        request.door = None
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return self.get_response(request)
        identify_bearer(request)
        if refusal := self.sign_in_first(request, match) or doors.knock(request, match):
            return refusal
        with enter(request, match):
            return self.get_response(request)

    def sign_in_first(self, request: HouseRequest, match: ResolverMatch) -> HttpResponse | None:
        """Return the way to sign in, or None when this request may go on."""
        declared = access.declared_by(match.func)
        is_api = request.path_info.startswith(API_PREFIX)
        if request.user.is_authenticated:
            return None if is_api else second_factor_first(request, declared)
        if declared is not None and declared.public:
            return None
        if is_api:
            return unauthorized()
        if request.htmx:
            return htmx_sign_in(request)
        unsaved.keep(request)
        query = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse(settings.LOGIN_URL)}?{query}")

    def process_view(self, request, view, args, kwargs):
        if request.path_info.startswith(API_PREFIX):
            return
        for name in SCOPE_ARGUMENTS:
            kwargs.pop(name, None)


def enter(request, match):
    """Set the request's scope and return the context to run it in. Raises Http404 or refuses."""
    declared = access.declared_by(match.func)
    scope = request.scope = doors.scope_of(request.door) or scopes.resolve(
        request.user, match.kwargs, declared.permission if declared else None
    )
    request.municipality, request.cycle = scope.municipality, scope.cycle
    if not request.path_info.startswith(API_PREFIX):
        refuse_without_permission(request, declared)
    if scope.prefecture and "year" in match.kwargs:
        known_years.require(scope.prefecture, match.kwargs["year"], match.namespace)
    return within(scope.municipality) if scope.municipality else nullcontext()


def refuse_without_permission(request, declared):
    """Raise PermissionDenied for an undeclared view or a missing permission."""
    if declared is None:
        raise PermissionDenied
    if declared.permission and not request.scope.may(declared.permission):
        raise PermissionDenied


def identify_bearer(request):
    """Make the holder of an API token the request's user; only under the API's address."""
    header = request.headers.get("Authorization", "")
    request.by_token = False
    if not (request.path_info.startswith(API_PREFIX) and header.startswith(BEARER)):
        return
    if user := tokens.user_of(header.removeprefix(BEARER).strip(), kind=tokens.TokenKind.API):
        request.user, request.by_token = user, True


def unauthorized():
    return JsonResponse(
        {"errors": [{"pointer": "", "message": "認証が必要です。トークンを確かめてください。"}]},
        status=401,
        headers={"WWW-Authenticate": "Bearer"},
        json_dumps_params={"ensure_ascii": False},
    )


def htmx_sign_in(request):
    """Send the whole browser to the login page: a fragment must not hold it."""
    response = JsonResponse({}, status=401)
    response.headers["HX-Redirect"] = reverse(settings.LOGIN_URL)
    return response


def second_factor_first(request, declared):
    """Send staff without a second factor to set one up, where the installation requires it."""
    if not settings.REQUIRE_MFA or declared is None or declared.public:
        return None
    if request.user.authenticator_set.exists():
        return None
    return redirect("mfa_activate_totp")
