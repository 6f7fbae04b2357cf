"""A signed-in person who speaks to the WSGI application itself, without a test client's own work."""

import io
from dataclasses import dataclass
from http import HTTPStatus
from importlib import import_module
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.wsgi import get_wsgi_application

from municipalities.models import User

CSRF = "b" * 32
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers and body of a response."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def is_page(self) -> bool:
        """Whether this is a page that somebody reads: neither a redirect nor a file."""
        kind = self.headers.get("Content-Type", "")
        return self.status == HTTPStatus.OK and kind.startswith("text/html")


class Visitor:
    """One person with a session; without a username, nobody in particular."""

    def __init__(self, username: str = "") -> None:
        self._application = get_wsgi_application()
        self._cookies = f"{settings.CSRF_COOKIE_NAME}={CSRF}"
        if username:
            key = session_of(User.objects.get(username=username))
            self._cookies += f"; {settings.SESSION_COOKIE_NAME}={key}"

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        return self._ask("POST", path, urlencode(fields).encode())

    def _ask(self, method: str, path: str, body: bytes = b"") -> Answer:
        told: list[tuple[str, list[tuple[str, str]]]] = []
        environ = self._environ(method, path, body)
        response = self._application(
            environ, lambda status, headers: told.append((status, headers))
        )
        content = b"".join(response)
        response.close()
        status, headers = told[0]
        return Answer(int(status.partition(" ")[0]), dict(headers), content)

    def _environ(self, method: str, path: str, body: bytes) -> dict[str, object]:
        return {
            "REQUEST_METHOD": method,
            "PATH_INFO": path.partition("?")[0],
            "QUERY_STRING": path.partition("?")[2],
            "SCRIPT_NAME": "",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "127.0.0.1:8000",
            "HTTP_ACCEPT": "text/html",
            "HTTP_COOKIE": self._cookies,
            "HTTP_X_CSRFTOKEN": CSRF,
            "CONTENT_TYPE": FORM,
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }


def session_of(user: User) -> str:
    """Return the key of a new session of this person."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key
