"""回答の依頼: offices that get a code of their own, by mail or on paper; who has not answered is asked once more.

What is kept of an office is whether it has answered, never what: its code and an answer point nowhere at each other.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from municipalities.kernel import changes, mail, tokens
from municipalities.models import Organization
from municipalities.rows.keys import new_key
from surveys.models import Invitee, SurveyRound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from municipalities.models import User

INVITED, REMINDED = "survey_invitation", "survey_reminder"
KINDS = {INVITED: "調査への回答の依頼", REMINDED: "調査への回答の督促（再依頼）"}
# Where it is written that somebody was written to.
STAMPS = {INVITED: "invited_at", REMINDED: "reminded_at"}
# Whoever was reminded is left in peace for so long.
BETWEEN = dt.timedelta(days=1)
MOST_INVITEES = 2_000
# So many letters are drawn at a time.
LETTERS = 50
NOT_ASKING = "受付を始めてから送ってください。"
NO_ADDRESS = "公開用のアドレス（PUBLIC_BASE_URL）が設定されていないため、メールで案内できません。"
NOBODY = "送る相手がいません。"
TOO_MANY = f"依頼先は、一つの調査に{MOST_INVITEES:,}件までです。"


@dataclass(frozen=True)
class Asked:
    """An office as it was typed."""

    name: str
    email: str = ""


def add(row: SurveyRound, offices: Sequence[Asked], *, by: User) -> int:
    """Put offices on the list, each with its code; who stands there already is left. Return how many are new."""
    with transaction.atomic():
        # One after the other: a second press finds what the first has written.
        SurveyRound.objects.hold(row).refuse_emptied()
        stored = list(Invitee.objects.filter(round=row))
        known = {(one.name, one.email.lower()) for one in stored}
        bodies = {one.name: one for one in Organization.objects.all()}
        last = max((one.position for one in stored), default=0)
        new = [one for one in offices if (one.name, one.email.lower()) not in known]
        if len(stored) + len(new) > MOST_INVITEES:
            raise ValidationError(TOO_MANY)
        for number, office in enumerate(dict.fromkeys(new), last + 1):
            _add(row, office, bodies.get(office.name), position=number, by=by)
    return len(dict.fromkeys(new))


def _add(
    row: SurveyRound, office: Asked, body: Organization | None, *, position: int, by: User
) -> None:
    """Write one office. History tells its name alone: an address goes when the answers go."""
    key = new_key("invitee")
    code = tokens.issue_derived(
        tokens.TokenKind.SURVEY_CODE,
        user=by,
        expires_at=None,
        municipality=row.cycle.municipality,
        subject=key,
    )
    invitee = Invitee(
        key=key,
        round=row,
        organization=body,
        name=office.name,
        email=office.email,
        token=code,
        position=position,
        updated_by=by,
    )
    invitee.save(force_insert=True)
    told = changes.values_of(invitee, ("round", "name"))
    changes.record(invitee, by=by, deed="create", before={}, after=told)


def remove(invitee: Invitee, *, by: User) -> None:
    """Take an office off the list; its code opens nothing any more."""
    with transaction.atomic():
        told = changes.values_of(invitee, ("round", "name"))
        changes.record(invitee, by=by, deed="delete", before=told, after={}, version=2)
        code = invitee.token
        invitee.delete()
        if code is not None:
            code.delete()


def refuse_unready(row: SurveyRound) -> None:
    if not row.is_asking:
        raise ValidationError(NOT_ASKING)
    if not settings.PUBLIC_BASE_URL:
        raise ValidationError(NO_ADDRESS)


def write(row: SurveyRound, *, kind: str, by: User) -> int:
    """Write to everybody with an address whom this kind of mail is for; return to how many. Raises ValidationError.

    Each is claimed and its mail queued in one transaction: a second press finds nobody left.
    """
    refuse_unready(row)
    stamp, still = STAMPS[kind], _still(kind)
    count, now = 0, timezone.now()
    with transaction.atomic():
        for invitee in waiting(row, kind).order_by("position", "pk"):
            mine = Invitee.objects.filter(still, pk=invitee.pk)
            if mine.update(**{stamp: now}):
                mail.post(
                    kind,
                    municipality=invitee.municipality,
                    recipient=by,
                    reference=invitee.pk,
                    by=by,
                )
                count += 1
    if not count:
        raise ValidationError(NOBODY)
    return count


def waiting(row: SurveyRound, kind: str) -> QuerySet[Invitee]:
    """Return whom a mail is for: who was not written to yet, or was, and has not answered."""
    found = Invitee.objects.filter(_still(kind), round=row, answered_on=None).exclude(email="")
    return found.exclude(invited_at=None) if kind == REMINDED else found


def on_paper(row: SurveyRound) -> QuerySet[Invitee]:
    """Return who is asked by letter: offices without a mail address that have not answered."""
    return Invitee.objects.filter(round=row, email="", answered_on=None)


def part_on_paper(row: SurveyRound, part: str) -> list[Invitee]:
    """Return the offices of one file of letters, counted from 1."""
    at = (int(part) - 1) * LETTERS if part.isdecimal() and part != "0" else 0
    found = on_paper(row).select_related("token").order_by("position", "pk")
    return list(found[at : at + LETTERS])


def parts_on_paper(row: SurveyRound) -> list[tuple[int, int, int]]:
    """Return each file of letters with its first and last number."""
    count = on_paper(row).count()
    return [
        (part, first, min(first + LETTERS - 1, count))
        for part, first in enumerate(range(1, count + 1, LETTERS), 1)
    ]


def _still(kind: str) -> Q:
    """Say of whom a mail of this kind has not been queued, or not just now."""
    if kind == INVITED:
        return Q(invited_at=None)
    return Q(reminded_at=None) | Q(reminded_at__lt=timezone.now() - BETWEEN)
