"""What an operation of the API needs, declared beside it and enforced before it runs."""

from abc import ABC, abstractmethod

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.middleware.csrf import CsrfViewMiddleware

from municipalities.access import Permission
from municipalities.entrance.middleware import BEARER

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class CsrfCheck(CsrfViewMiddleware):
    """Returns the reason instead of a page."""

    def _reject(self, request, reason):
        return reason


class Needs(ABC):
    """Authentication callable of ninja: who comes this way and has this permission in this scope.

    The middleware has already found out who it is and where.
    """

    def __init__(self, permission: Permission | None):
        self.permission = permission

    def __call__(self, request):
        if not request.user.is_authenticated or not self.came_this_way(request):
            return None
        # Everybody knows the password of a demo account.
        if settings.PRODUCTION and request.user.is_demo:
            return None
        if self.permission is not None and not request.scope.may(self.permission):
            raise PermissionDenied
        self.look_closer(request)
        return request.user

    @abstractmethod
    def came_this_way(self, request) -> bool:
        """Say whether the request uses this way of being known."""

    @abstractmethod
    def look_closer(self, request) -> None:
        """Raise PermissionDenied for what this way must not do."""


class Bearer(Needs):
    """By a token: nothing in the browser sends it unasked."""

    openapi_security_schema = {
        "type": "http",
        "scheme": "bearer",
        "description": "利用者のトークン。`manage.py create_token <ログイン名>` の最後の語",
    }

    def came_this_way(self, request):
        return request.by_token

    def look_closer(self, request):
        """A token does all that its holder may."""


class Session(Needs):
    """By the browser's session: what writes shows its CSRF token, as every form does."""

    openapi_security_schema = {
        "type": "apiKey",
        "in": "cookie",
        "name": settings.SESSION_COOKIE_NAME,
        "description": "ブラウザーのログイン。書き込むときは X-CSRFToken も要る",
    }

    def came_this_way(self, request):
        """A bearer that opens nothing is refused: it must not act as whoever is signed in."""
        return not request.headers.get("Authorization", "").startswith(BEARER)

    def look_closer(self, request):
        # The pages send such a person to set up a second factor; the API cannot.
        if settings.REQUIRE_MFA and not request.user.authenticator_set.exists():
            raise PermissionDenied
        if request.method in SAFE:
            return
        check = CsrfCheck(lambda _: None)
        check.process_request(request)
        if check.process_view(request, None, (), {}):
            raise PermissionDenied


def needs(permission: Permission | None) -> list[Needs]:
    """Declare what an operation needs; None: being signed in is enough. For `auth=`."""
    return [Bearer(permission), Session(permission)]
