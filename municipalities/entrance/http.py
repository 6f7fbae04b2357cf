"""A request that has been let in, for the type checker: what ScopeMiddleware put on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from municipalities.access import Scope
    from municipalities.kernel.tokens import Token
    from municipalities.models import Cycle, Municipality, User


class HouseRequest(HttpRequest):
    """`municipality` and `cycle` are those of the address; pages without one never ask for them."""

    user: User
    scope: Scope
    municipality: Municipality
    cycle: Cycle
    htmx: HtmxDetails
    by_token: bool
    # The token of a door without a login, where the address is one.
    door: Token | None
