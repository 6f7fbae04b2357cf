"""The round of a morning: once on every workday everybody who has something to hear gets one letter.

The clock rings every ten minutes. Whoever writes the day's row first starts the round as a job; a job that dies
half way goes on with those who have no letter of this round yet.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from municipalities.kernel import jobs, mail
from municipalities.models import OutgoingMail, User
from reports.models import LetterRound
from reports.year.calendar import workdays
from reports.year.calendar.letters import MAIL
from reports.year.calendar.news import Morning

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from municipalities.kernel.jobs import Running

JOB = "morning_letters"
# Letters go out from eight in the morning; who switches the machine on after five is told tomorrow.
FROM, UNTIL = dt.time(8), dt.time(17)


def begin() -> bool:
    """Start today's round if it is time and nobody has; return whether it was started."""
    now = timezone.localtime()
    if not workdays.is_workday(now.date()) or not FROM <= now.time() < UNTIL:
        return False
    if LetterRound.objects.filter(day=now.date()).exists():
        return False
    try:
        with transaction.atomic():
            row = LetterRound.objects.create(day=now.date())
            jobs.enqueue(JOB, municipality=None, actor=None, round=row.pk)
    except IntegrityError:
        return False
    return True


def handle(running: Running) -> None:
    """Post the letters of a round."""
    row = LetterRound.objects.get(pk=running.arguments["round"])
    morning = Morning(row.day)
    for user in readers().exclude(pk__in=_told(row)).iterator():
        if morning.news_for(user):
            with running.holding():
                mail.post(MAIL, municipality=None, recipient=user, reference=row.pk, by=None)
    with running.finishing():
        pass


def readers() -> QuerySet[User]:
    """Return the accounts that may get a letter: in use, with an address, with a role, and not declined."""
    rows = User.objects.filter(is_active=True, gets_morning_letter=True).exclude(email="")
    return rows.filter(memberships__isnull=False).distinct().order_by("pk")


def _told(row: LetterRound) -> QuerySet:
    return OutgoingMail.objects.filter(kind=MAIL, reference=row.pk).values("recipient")
