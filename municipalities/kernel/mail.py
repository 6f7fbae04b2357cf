"""OutgoingMail: every mail is a row, sent by a job, composed inside the fence at the last moment.

A mail may go out twice only if the process dies inside the SMTP answer; then it carries the same
Message-ID and the same bytes, and the row says so.
"""

from __future__ import annotations

import hashlib
import random
import secrets
import smtplib
from contextlib import suppress
from dataclasses import dataclass
from email.utils import format_datetime, parseaddr
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import BadHeaderError, EmailMessage, get_connection
from django.core.mail.message import sanitize_address
from django.db import models, transaction
from django.db.models.functions import Now
from django.utils import timezone

from municipalities.kernel import jobs
from municipalities.kernel.queue import after

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.core.mail.backends.base import BaseEmailBackend

    from municipalities.models import Municipality, User

JOB = "send_mail"
# Waits after a temporary failure, in seconds; the last one repeats, up to a day (security.md R10).
STEPS = (60, 300, 600, 1200, 1800)
# Asking a server that does not answer costs nothing: its mails leave within 5 minutes of its return.
LONGEST_UNANSWERED = 270
A_DAY = 24 * 60 * 60
# More than fit into the day: what ends the waiting is the day.
MAX_POSTPONEMENTS = 400
MAX_ATTEMPTS = 5
# Fifty mails that failed together do not come back in the same second.
JITTER = 0.1
# A slow server may use up EMAIL_TIMEOUT at each of its answers.
MAX_SECONDS = 240
PERMANENT = 500

NO_CONNECTION = "メールサーバーに接続できないため、送信を待っています。自動で送り直しますので、操作は要りません。"
NOT_NOW = "メールサーバーが一時的に受け付けませんでした。自動で送り直しますので、操作は要りません。"
ADDRESS_REFUSED = "宛先のメールアドレスが受け付けられませんでした。アドレスを確かめ、直してから送り直してください。"
ADDRESS_MISSING = "宛先の方のメールアドレスが登録されていません。登録してから送り直してください。"
SENDER_REFUSED = "差出人のメールアドレスが受け付けられませんでした。運営管理者に知らせてください。"
CONTENT_REFUSED = (
    "メールの内容または添付ファイルが受け付けられませんでした。運営管理者に知らせてください。"
)
OTHER_KIND = "その他のメール"
RECIPIENT_LEFT = "宛先の方の利用が停止されているため、送信を見合わせました。"


class MailState(models.TextChoices):
    QUEUED = "queued", "送信待ち"
    SENDING = "sending", "送信中"
    SENT = "sent", "送信済み"
    FAILED = "failed", "送信できませんでした"
    WITHHELD = "withheld", "送信を見合わせました"


class OutgoingMail(models.Model):
    """One mail to one account. Unfenced, so it holds ids only; `reference` is its subject's row."""

    kind = models.CharField("種類", max_length=40)
    municipality = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.PROTECT,
        # Of no municipality: an invitation to a prefecture's or the operator's desk.
        null=True,
        related_name="+",
        verbose_name="市区町村",
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="宛先"
    )
    reference = models.BigIntegerField("対象")
    message_id = models.CharField("Message-ID", max_length=120, unique=True)
    state = models.CharField("状態", max_length=10, choices=MailState, default=MailState.QUEUED)
    maybe_twice = models.BooleanField("二重送信の可能性", default=False)
    created_at = models.DateTimeField("受付日時", db_default=Now())
    sent_at = models.DateTimeField("送信日時", null=True)
    error = models.CharField("理由", max_length=300, blank=True)
    # The one mail that goes out in place of several, this one among them (kernel/gathering.py).
    gathered_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="gathered",
        verbose_name="まとめて送るメール",
    )
    takes_more = models.BooleanField("ほかの知らせを待つ", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "送信メール"
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.kind} {self.pk}"


class Withhold(Exception):
    """This mail must not go out (any more). The reason is shown to people."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a composer gives: plain text, and attachments as (name, bytes, type).

    `to` is the address of somebody who has no account here; the row's recipient then is who asked for the mail.
    """

    subject: str
    text: str
    attachments: tuple[tuple[str, bytes, str], ...] = ()
    reply_to: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class MailKind:
    """`compose` may raise Withhold; `settled` is told in the transaction that ends the mail."""

    compose: Callable[[OutgoingMail], Letter]
    settled: Callable[[OutgoingMail], None]
    label: str = ""


_kinds: dict[str, MailKind] = {}


def register(
    name: str,
    *,
    compose: Callable[[OutgoingMail], Letter],
    settled: Callable[[OutgoingMail], None],
    label: str = "",
) -> None:
    """Register a kind of mail; called from AppConfig.ready(). `label` names it on the operator's page."""
    _kinds[name] = MailKind(compose, settled, label)


def kind_in_words(name: str) -> str:
    """Return what the operator's page calls a kind of mail, also one that this release does not know."""
    kind = _kinds.get(name)
    return kind.label if kind and kind.label else OTHER_KIND


def post(
    kind: str,
    *,
    municipality: Municipality | None,
    recipient: User,
    reference: int,
    by: User | None,
) -> OutgoingMail:
    """Write a mail and its job into the caller's transaction."""
    mail = write(kind, municipality=municipality, recipient=recipient, reference=reference)
    jobs.enqueue(JOB, municipality=municipality, actor=by, mail=mail.pk)
    return mail


def write(
    kind: str,
    *,
    municipality: Municipality | None,
    recipient: User,
    reference: int,
    **values: OutgoingMail | bool,
) -> OutgoingMail:
    """Write a mail's row alone; whoever writes it sees to its job."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    return OutgoingMail.objects.create(
        kind=kind,
        municipality=municipality,
        recipient=recipient,
        reference=reference,
        message_id=f"<{kind}.{secrets.token_hex(12)}@{domain}>",
        **values,
    )


def register_job() -> None:
    """Register the job that sends mails; called from AppConfig.ready()."""
    jobs.register(
        JOB,
        send,
        queue="mail",
        max_attempts=MAX_ATTEMPTS,
        max_postponements=MAX_POSTPONEMENTS,
        max_seconds=MAX_SECONDS,
        failed=_job_failed,
        label="メールの送信",
    )


def job_of(mail: OutgoingMail) -> jobs.Job | None:
    """Return the latest job of a mail: its attempt and next time are what people are shown."""
    return jobs.Job.objects.filter(kind=JOB, arguments__mail=mail.pk).first()


def again(mail: OutgoingMail, *, by: User | None) -> bool:
    """Queue a failed mail once more, with the same Message-ID. False when it had not failed."""
    with transaction.atomic():
        queued = OutgoingMail.objects.filter(pk=mail.pk, state=MailState.FAILED).update(
            state=MailState.QUEUED, error=""
        )
        if queued:
            jobs.enqueue(JOB, municipality=mail.municipality, actor=by, mail=mail.pk)
    return bool(queued)


class StableMessage(EmailMessage):
    """An EmailMessage whose bytes depend on nothing but its parts: the boundary is derived."""

    def message(self):
        made = super().message()
        if made.is_multipart():
            seed = self.extra_headers["Message-ID"].encode()
            made.set_boundary("=_" + hashlib.sha256(seed).hexdigest()[:40])
        return made


def send(running: jobs.Running) -> None:
    """Send one mail: the handler of the job."""
    mail = OutgoingMail.objects.select_related("recipient", "municipality").get(
        pk=running.arguments["mail"]
    )
    _take_no_more(mail)
    if mail.state in {MailState.SENT, MailState.WITHHELD}:
        with running.finishing():
            return
    if not mail.recipient.is_active:
        _settle(running, mail, state=MailState.WITHHELD, error=RECIPIENT_LEFT)
    else:
        _compose_and_send(running, mail)


def _compose_and_send(running: jobs.Running, mail: OutgoingMail) -> None:
    try:
        message = _message(mail, _kinds[mail.kind].compose(mail))
    except Withhold as reason:
        _settle(running, mail, state=MailState.WITHHELD, error=str(reason))
        return
    if not any(message.to):
        _settle(running, mail, state=MailState.FAILED, error=ADDRESS_MISSING)
        return
    if not _is_addressed(message):
        _settle(running, mail, state=MailState.FAILED, error=ADDRESS_REFUSED)
        return
    connection = get_connection()
    try:
        try:
            connection.open()
        except (smtplib.SMTPException, OSError) as error:
            _wait(running, mail, reason=NO_CONNECTION, error=error)
        _hand_over(running, mail, connection, message)
    finally:
        # The mail has been answered for; a server that breaks off at QUIT changes nothing.
        with suppress(smtplib.SMTPException, OSError):
            connection.close()


def _message(mail: OutgoingMail, letter: Letter) -> StableMessage:
    return StableMessage(
        subject=" ".join(letter.subject.splitlines()),
        body=letter.text,
        to=[letter.to or mail.recipient.email],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        attachments=list(letter.attachments),
        headers={
            "Message-ID": mail.message_id,
            "Date": format_datetime(timezone.localtime(mail.created_at)),
            "Auto-Submitted": "auto-generated",
        },
    )


def _is_addressed(message: StableMessage) -> bool:
    """Say whether the addresses are single ones and bring no header of their own."""
    try:
        message.message()
        for address in (*message.to, *message.reply_to):
            sanitize_address(address, "utf-8")
    except (BadHeaderError, ValueError):
        return False
    return True


def _hand_over(
    running: jobs.Running, mail: OutgoingMail, connection: BaseEmailBackend, message: StableMessage
) -> None:
    """Give the message to the server. The window in which a crash may double it is this function."""
    with running.holding():
        mail.maybe_twice = mail.maybe_twice or mail.state == MailState.SENDING
        mail.state = MailState.SENDING
        mail.save(update_fields=["state", "maybe_twice"])
    try:
        connection.send_messages([message])
    except smtplib.SMTPServerDisconnected as error:
        _wait(running, mail, reason=NO_CONNECTION, error=error, maybe_arrived=True)
    except smtplib.SMTPException as error:
        _after_refusal(running, mail, error)
    except OSError as error:
        _wait(running, mail, reason=NO_CONNECTION, error=error, maybe_arrived=True)
    else:
        _settle(running, mail, state=MailState.SENT, error="")


def _wait(
    running: jobs.Running,
    mail: OutgoingMail,
    *,
    reason: str,
    error: Exception,
    maybe_arrived: bool = False,
) -> None:
    """Raise Postpone. `maybe_arrived`: the server fell silent before it answered for the message."""
    with running.holding():
        OutgoingMail.objects.filter(pk=mail.pk).update(
            state=MailState.QUEUED, error=reason, maybe_twice=mail.maybe_twice or maybe_arrived
        )
    if jobs.Job.objects.filter(pk=running.pk, created_at__lt=after(-A_DAY)).exists():
        raise jobs.GiveUp(jobs.WAITED_TOO_LONG) from error
    step = STEPS[min(running.postponements, len(STEPS) - 1)]
    if reason == NO_CONNECTION:
        step = min(step, LONGEST_UNANSWERED)
    seconds = step * (1 + JITTER * random.random())  # noqa: S311 -- spreads load, guards nothing
    raise jobs.Postpone(reason, seconds=seconds) from error


def _after_refusal(running: jobs.Running, mail: OutgoingMail, error: smtplib.SMTPException) -> None:
    if reason := final_reason(error):
        _settle(running, mail, state=MailState.FAILED, error=reason)
    else:
        _wait(running, mail, reason=NOT_NOW, error=error)


def final_reason(error: smtplib.SMTPException) -> str:
    """Return why the server will never take this mail (5xx), or nothing if it may later (4xx)."""
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return ADDRESS_REFUSED  # an address beyond ASCII, for a server that knows none
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        return ADDRESS_REFUSED if min(codes) >= PERMANENT else ""
    if not isinstance(error, smtplib.SMTPResponseException) or error.smtp_code < PERMANENT:
        return ""
    return SENDER_REFUSED if isinstance(error, smtplib.SMTPSenderRefused) else CONTENT_REFUSED


def _settle(running: jobs.Running, mail: OutgoingMail, *, state: MailState, error: str) -> None:
    """End the mail, its job and whatever hangs on it in one transaction."""
    with running.finishing():
        end(mail, state=state, error=error)


def _job_failed(running: jobs.Running, reason: str) -> None:
    """A mail whose job was given up does not look as if it were still on its way."""
    mail = OutgoingMail.objects.get(pk=running.arguments["mail"])
    if mail.state in {MailState.QUEUED, MailState.SENDING}:
        end(mail, state=MailState.FAILED, error=reason)


def end(mail: OutgoingMail, *, state: MailState, error: str) -> None:
    """Note how a mail ended and tell its kind. The caller holds the transaction."""
    _take_no_more(mail)
    OutgoingMail.objects.filter(pk=mail.pk).update(
        state=state,
        error=error[:300],
        maybe_twice=mail.maybe_twice,
        sent_at=Now() if state == MailState.SENT else None,
    )
    mail.refresh_from_db()
    _kinds[mail.kind].settled(mail)


def lock_mails_to(recipient_pk: int) -> None:
    """Until the transaction ends, nobody else lets mails to this person join one another."""
    people = get_user_model().objects.filter(pk=recipient_pk)
    people.select_for_update(no_key=True).values_list("pk").first()


def _take_no_more(mail: OutgoingMail) -> None:
    """From here on its contents are fixed: whoever comes later waits for the next mail."""
    if mail.takes_more:
        with transaction.atomic():
            lock_mails_to(mail.recipient_id)
            OutgoingMail.objects.filter(pk=mail.pk).update(takes_more=False)
        mail.takes_more = False
