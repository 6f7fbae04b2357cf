"""What a page of comparison shows below its heading, kept as it was rendered until anything published changes.

The key holds all that decides it: release, day, address, the municipalities shown by name, and the mark of every
table it is read from. Neither request nor person reaches what renders it, so nobody's page can be in it.
"""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.safestring import SafeString, mark_safe
from redis.exceptions import RedisError

from municipalities.kernel import release

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from indicators.publishing.marking import Marks

UPPER, LOWER = "indicators/comparison/_upper.html", "indicators/comparison/_lower.html"
# So many pages at most, each no larger than this when packed, and no longer than this: 32 MB at the very most.
SLOTS, LARGEST, SECONDS = 128, 250_000, 3600
# Nobody can type it: no text of ours holds this sign.
BETWEEN = "\0"
SALT = "indicators.comparison.keeping"


@dataclass(frozen=True, slots=True)
class Parts:
    """What stands above and below the form of the page, which is the only piece that differs from person to person."""

    upper: SafeString
    lower: SafeString


@dataclass(frozen=True, slots=True)
class Key:
    """Where parts are kept, and all that decides them: an entry that was made of anything else is none."""

    slot: str
    decided_by: str


def rendered(context: Mapping[str, Any]) -> Parts:
    """Render without a request: a template that asked who is there would get no answer."""
    told = dict(context)
    return Parts(render_to_string(UPPER, told), render_to_string(LOWER, told))


def key_of(address: str, *, towns: frozenset[str] | None, marks: Marks) -> Key | None:
    """Return the key of an address, query and all; None where the database marks no changes."""
    if not marks:
        return None
    asked = [address, None if towns is None else sorted(towns)]
    day = timezone.localdate().isoformat()
    number = int.from_bytes(sha256(json.dumps(asked).encode()).digest()[:8]) % SLOTS
    return Key(
        slot=f"comparison:{number}",
        decided_by=json.dumps([release.fingerprint(), day, *asked, marks]),
    )


def kept(key: Key | None) -> Parts | None:
    """Return what was kept under this key. Without a cache, or with somebody else's word in it, nothing."""
    if key is None:
        return None
    try:
        sign, packed = cache.get(key.slot) or ("", "")
    except (RedisError, TypeError, ValueError):
        return None
    if not (packed and constant_time_compare(sign, _sign(key, packed))):
        return None
    upper, _, lower = zlib.decompress(base64.b64decode(packed)).decode().partition(BETWEEN)
    return Parts(mark_safe(upper), mark_safe(lower))  # noqa: S308 -- signed by us as our templates rendered it


def keep(key: Key | None, parts: Parts) -> None:
    """Keep the parts in their slot, whatever lay there before."""
    if key is None:
        return
    text = BETWEEN.join((parts.upper, parts.lower)).encode()
    packed = base64.b64encode(zlib.compress(text, level=1)).decode()
    if len(packed) > LARGEST:
        return
    try:
        cache.set(key.slot, [_sign(key, packed), packed], SECONDS)
    except RedisError:
        # The cache is away: the next reader waits a little longer.
        return


def _sign(key: Key, packed: str) -> str:
    return salted_hmac(SALT, f"{key.decided_by}\n{packed}", algorithm="sha256").hexdigest()
