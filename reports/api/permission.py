"""What an operation of the API needs, declared beside it and enforced before it runs."""

from django.core.exceptions import PermissionDenied
from django.middleware.csrf import CsrfViewMiddleware

from municipalities.access import Permission


class CsrfCheck(CsrfViewMiddleware):
    """Returns the reason instead of a page."""

    def _reject(self, request, reason):
        return reason


class Needs:
    """Authentication callable of ninja: a session or bearer with this permission in this scope.

    The middleware has already found out who it is and where. A session that writes shows its CSRF
    token as every form does; a bearer has none to steal.
    """

    def __init__(self, permission: Permission | None):
        self.permission = permission

    def __call__(self, request):
        if not request.user.is_authenticated:
            return None
        if self.permission is not None and not request.scope.may(self.permission):
            raise PermissionDenied
        if not request.by_token and request.method not in {"GET", "HEAD", "OPTIONS"}:
            check = CsrfCheck(lambda _: None)
            check.process_request(request)
            if check.process_view(request, None, (), {}):
                raise PermissionDenied
        return request.user
