"""The morning letter: composed when it is sent, from what holds then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from municipalities.japanese.dates import in_western
from municipalities.kernel import mail
from reports.models import LetterRound
from reports.year.calendar.news import Morning

if TYPE_CHECKING:
    from municipalities.models import OutgoingMail

MAIL = "morning_letter"
NOTHING_LEFT = "お知らせすることがなくなったため、送信していません。"
NOT_WANTED = "毎朝のお知らせを受け取らない設定に変わったため、送信していません。"
TOO_LATE = "その日のうちに送れなかったため、送信していません。"


def compose(outgoing: OutgoingMail) -> mail.Letter:
    """Write the letter of one person. Raises mail.Withhold where there is nothing to tell any more."""
    day = LetterRound.objects.values_list("day", flat=True).get(pk=outgoing.reference)
    if day != timezone.localdate():
        raise mail.Withhold(TOO_LATE)
    if not outgoing.recipient.gets_morning_letter:
        raise mail.Withhold(NOT_WANTED)
    news = Morning(day).news_for(outgoing.recipient)
    if not news:
        raise mail.Withhold(NOTHING_LEFT)
    context = {"news": news, "base": settings.BASE_URL.rstrip("/"), "day": in_western(day)}
    text = render_to_string("reports/mail/morning.txt", context)
    count = sum(len(told.lines) for told in news)
    return mail.Letter(f"【在宅医療・介護連携】今日のお知らせ（{count}件）", text)


def settled(outgoing: OutgoingMail) -> None:
    """Nothing hangs on this letter: the pages say the same."""
