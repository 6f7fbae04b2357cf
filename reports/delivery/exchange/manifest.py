"""The manifest of an exchange file: what lies in it, of which report, by whom; these are the bytes that are signed."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any

from municipalities.kernel import signing
from reports.document import assembly, parsing
from reports.numbers import ReportNumber

FORMAT, FORMAT_VERSION = "hccp-exchange", 1
NAME, SIGNATURE = "manifest.json", "manifest.sig"
DOCUMENT, PDF, READER = "document.json", "report.pdf", "読んでください.html"
# What may lie in a file beside the manifest and its signature.
MEMBERS = (DOCUMENT, PDF, READER)
SHORT = 80
YEARS = range(2020, 2200)
SHAPE: dict[str, type] = {
    "format": str,
    "format_version": int,
    "number": str,
    "version": int,
    "sha256": str,
    "municipality": dict,
    "adviser": str,
    "made_at": str,
    "expires_on": str,
    "key": str,
    "fingerprint": str,
    "members": dict,
}


class Unreadable(ValueError):
    """These bytes are no manifest of ours."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """`members`: name → sha256 in hex; `key` is the public key that it claims to be signed with."""

    number: str
    version: int
    sha256: str
    municipality: str
    made_at: dt.datetime
    expires_on: dt.date
    key: bytes
    members: dict[str, str]


def write(told: dict[str, Any], members: dict[str, bytes]) -> bytes:
    """Return the manifest's bytes: what is told of the report, our key, and each member's hash."""
    return assembly.canonical(
        told
        | {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "key": base64.b64encode(signing.public_key()).decode(),
            "fingerprint": signing.fingerprint(),
            "members": {name: hashlib.sha256(data).hexdigest() for name, data in members.items()},
        }
    )


def read(content: bytes) -> Manifest:
    """Read a manifest. Raises Unreadable; whether it is genuine is another question."""
    try:
        return _read(parsing.parse(content))
    except (parsing.Unreadable, KeyError, TypeError, ValueError, binascii.Error) as error:
        raise Unreadable from error


def _read(told: Any) -> Manifest:
    if not isinstance(told, dict) or set(told) != set(SHAPE):
        raise Unreadable
    if any(type(told[name]) is not kind for name, kind in SHAPE.items()):
        raise Unreadable
    if (told["format"], told["format_version"]) != (FORMAT, FORMAT_VERSION):
        raise Unreadable
    if not all(isinstance(one, str) for one in told["members"].values()):
        raise Unreadable
    ReportNumber.parse(told["number"])
    place = told["municipality"]
    return Manifest(
        number=told["number"][:SHORT],
        version=told["version"],
        sha256=told["sha256"],
        municipality=f"{place['prefecture']}{place['name']}"[:SHORT],
        made_at=_moment(told["made_at"]),
        expires_on=dt.date.fromisoformat(told["expires_on"]),
        key=base64.b64decode(told["key"], validate=True),
        members=told["members"],
    )


def _moment(text: str) -> dt.datetime:
    """Read a moment that says its zone and lies in the time of this product."""
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None or moment.year not in YEARS:
        raise ValueError(text)
    return moment
