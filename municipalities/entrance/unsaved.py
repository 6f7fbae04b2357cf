"""What somebody sent after their session or page had expired: kept until they have signed in again.

The next opening of the same page shows the text in its form, unsaved. Only what our own pages sent
is kept: the browser says where a request comes from, and another site cannot make it lie.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.core.exceptions import SuspiciousOperation
from django.http.multipartparser import MultiPartParserError

from municipalities.japanese import numerals
from municipalities.kernel.drafts import MAX_CHARACTERS, Draft

if TYPE_CHECKING:
    from municipalities.entrance.http import HouseRequest

SESSION_KEY = "unsaved"
PLUMBING = frozenset({"csrfmiddlewaretoken", "submission_key"})
# What was chosen from a list, a key or a version: nobody copies it.
CHOSEN = re.compile(r"[a-z0-9_:-]{0,40}")


def keep(request: HouseRequest) -> bool:
    """Keep the fields of a POST in the session. False for what is no form of ours, or too long."""
    fields = fields_of(request)
    if fields is None:
        return False
    request.session[SESSION_KEY] = {"path": request.path, "fields": fields}
    return True


def fields_of(request: HouseRequest) -> dict[str, str] | None:
    """Return what one of our own forms has posted; None for anything else, or too much of it."""
    if request.method != "POST" or not comes_from_ourselves(request):
        return None
    fields = {name: str(text) for name, text in request.POST.items() if name not in PLUMBING}
    if "base_version" not in fields and "submission_key" not in request.POST:
        return None
    return fields if sum(map(len, fields.values())) <= MAX_CHARACTERS else None


def texts_of(request: HouseRequest) -> list[str]:
    """Return the texts of a POST that was refused for good, so that its page offers them for copying."""
    try:
        fields = fields_of(request) or {}
    except (SuspiciousOperation, MultiPartParserError, OSError):
        # Unreadable: the page of the refusal comes without it.
        return []
    return [text for text in fields.values() if not CHOSEN.fullmatch(text)]


def take(request: HouseRequest) -> Draft | None:
    """Return what was kept for this page, once; it looks like a draft that was never stored."""
    kept = request.session.get(SESSION_KEY)
    if kept is None or kept["path"] != request.path:
        return None
    del request.session[SESSION_KEY]
    fields = kept["fields"]
    return Draft(fields=fields, base_version=numerals.version(fields.pop("base_version", "0")))


def comes_from_ourselves(request: HouseRequest) -> bool:
    """Say whether the browser names our own host as the origin of this request."""
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(origin).netloc == request.get_host()
