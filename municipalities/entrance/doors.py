"""Doors without a login, /s/<secret>/: the secret says in which municipality a visitor is, and lets them do nothing else.

Whoever tries unknown secrets is slowed down; a known one is never refused for where it comes from: a
hospital or a town hall leaves through one address.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

from municipalities.access import Scope
from municipalities.entrance import error_views
from municipalities.kernel import tokens

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.urls import ResolverMatch

    from municipalities.entrance.http import HouseRequest
    from municipalities.kernel.tokens import Token

PIECE = "door_secret"
# So many unknown secrets from one address within so many seconds.
MOST_UNKNOWN, WITHIN_SECONDS = 60, 300


def knock(request: HouseRequest, match: ResolverMatch) -> HttpResponse | None:
    """Set `request.door`, or return the page that says the same of every secret that opens nothing."""
    secret = match.kwargs.get(PIECE)
    if secret is None:
        return None
    # Without an address for outsiders no door is offered, and none opens.
    request.door = tokens.find_door(secret) if settings.PUBLIC_BASE_URL else None
    if request.door is not None and request.door.municipality is not None:
        return None
    request.door = None
    if is_guessing(request):
        page = error_views.door_page(request, "door/wait.html", HTTPStatus.TOO_MANY_REQUESTS)
        page.headers["Retry-After"] = str(WITHIN_SECONDS)
        return page
    return error_views.page_not_found(request, None)


def scope_of(door: Token | None) -> Scope | None:
    """Return where a door leads: into a municipality, without any permission."""
    return None if door is None else Scope(municipality=door.municipality)


def is_guessing(request: HouseRequest) -> bool:
    """Count one more unknown secret of this address. The address itself is kept nowhere."""
    address = request.META.get("REMOTE_ADDR", "")
    key = f"unknown-door-{salted_hmac('municipalities.doors', address).hexdigest()}"
    try:
        cache.add(key, 0, WITHIN_SECONDS)
        return cache.incr(key) > MOST_UNKNOWN
    except (RedisError, ValueError):
        # The cache is away, or forgot it in between: nobody is slowed down for that.
        return False
