"""The address and the QR code behind which a round is answered; offered only where outsiders can reach us."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import qrcode
from django.conf import settings
from django.urls import reverse

from municipalities.kernel import tokens
from surveys.choices import RoundState

if TYPE_CHECKING:
    import datetime as dt

    from municipalities.kernel.tokens import Token
    from surveys.models import SurveyRound


class Door(StrEnum):
    """How a round's page for answering stands, for the words that its owner reads."""

    DRAFT = "draft"
    EMPTIED = "emptied"
    NO_NETWORK = "no_network"
    LOST = "lost"
    CLOSED = "closed"
    BEFORE = "before"
    PAST = "past"
    OPEN = "open"


# Modules of white around a code, without which phones do not find it.
QUIET = 4


@dataclass(frozen=True, slots=True)
class Drawn:
    """A QR code as one path of squares: `size` modules in each direction, white margin included."""

    size: int
    path: str


def standing(row: SurveyRound, *, today: dt.date) -> Door:
    """Return how the door stands today."""
    found = (
        (row.is_emptied, Door.EMPTIED),
        (row.state == RoundState.DRAFT, Door.DRAFT),
        (not settings.PUBLIC_BASE_URL, Door.NO_NETWORK),
        (not of(row), Door.LOST),
        (not row.is_asking, Door.CLOSED),
        (row.opens_on is not None and row.opens_on > today, Door.BEFORE),
        (row.closes_on is not None and row.closes_on < today, Door.PAST),
    )
    return next((door for is_so, door in found if is_so), Door.OPEN)


def of(row: SurveyRound) -> str:
    """Return the address of a round that is or was asked, or nothing: closed network, draft, emptied, key lost."""
    if row.token is None or row.state == RoundState.DRAFT or row.is_emptied:
        return ""
    return of_token(row.token)


def of_token(token: Token) -> str:
    """Return the address of a door, or nothing."""
    if not settings.PUBLIC_BASE_URL:
        return ""
    try:
        secret = tokens.secret_of(token)
    except tokens.SecretLost:
        return ""
    return f"{settings.PUBLIC_BASE_URL}{reverse('answers:answer', args=[secret])}"


def drawn(row: SurveyRound) -> Drawn | None:
    """Return the QR code of a round's address."""
    address = of(row)
    return code_of(address) if address else None


def code_of(text: str) -> Drawn:
    """Return a QR code (level M: a poster may be creased)."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    modules = code.get_matrix()
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, line in enumerate(modules) for x, dark in enumerate(line) if dark
    )
    return Drawn(len(modules), path)
