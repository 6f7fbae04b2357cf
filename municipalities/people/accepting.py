"""Accepting an invitation: once, by whoever holds its link, while the inviter still may invite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from municipalities.access import may_grant
from municipalities.kernel import tokens
from municipalities.models import Invitation, User
from municipalities.people import granting, recording
from municipalities.people.offers import Offer
from municipalities.people.recording import Deed

if TYPE_CHECKING:
    from municipalities.models import Token

UNKNOWN = "この招待のリンクは使えません。リンクが途中で切れていないか確かめてください。"
EXPIRED = "この招待は、期限（72時間）が切れています。"
ACCEPTED = "この招待は、すでに承諾されています。"
WITHDRAWN = "この招待は、取り消されています。"
REPLACED = "この招待は、送り直されています。新しいほうのメールのリンクを開いてください。"
INVITER_LEFT = "招待した人の権限が変わったため、この招待は使えなくなりました。"
STOPPED = "この招待の宛先の利用は、停止されています。"
OTHER_ACCOUNT = "この招待は、いまログインしている利用者あてではありません。"


def find(secret: str) -> tuple[Invitation | None, str]:
    """Return the invitation of a link and why it cannot be accepted, or nothing. Writes nothing."""
    token = tokens.find(secret, kind=tokens.TokenKind.INVITATION)
    if token is None:
        return None, UNKNOWN
    rows = Invitation.objects.select_related("user", "token", "invited_by")
    invitation = rows.filter(token=token).first()
    return (invitation, trouble_with(invitation)) if invitation else (None, REPLACED)


def trouble_with(invitation: Invitation) -> str:
    """Return why an invitation cannot be accepted now, or nothing."""
    if invitation.accepted_at:
        return ACCEPTED
    if invitation.withdrawn_at:
        return WITHDRAWN
    if not _is_usable(invitation.token):
        return EXPIRED
    if not invitation.user.is_active:
        return STOPPED
    kind, code = invitation.scope_kind, invitation.scope_code
    return "" if may_grant(invitation.invited_by, invitation.role, kind, code) else INVITER_LEFT


def _is_usable(token: Token) -> bool:
    is_late = token.expires_at is not None and token.expires_at <= timezone.now()
    return token.revoked_at is None and not is_late


def needs_password(invitation: Invitation) -> bool:
    """Say whether the account was made for an invitation and nobody has signed in with it yet."""
    return not invitation.user.has_usable_password()


def accept(invitation: Invitation, *, by: User | None, password: str = "") -> User:
    """Take the offered role, once. `by` is who is signed in, if anybody. Raises ValidationError."""
    with transaction.atomic():
        granting.lock(invitation.user)
        stored = Invitation.objects.select_related("user", "token", "invited_by").get(
            pk=invitation.pk
        )
        if trouble := trouble_with(stored) or stranger(stored, by=by):
            raise ValidationError(trouble)
        if needs_password(stored):
            _set_password(stored.user, password)
        if not tokens.spend(stored.token):
            raise ValidationError(ACCEPTED)
        Invitation.objects.filter(pk=stored.pk).update(accepted_at=timezone.now())
        offer = Offer.of(stored)
        if not granting.holds(stored.user, offer):
            granting.grant(stored.user, offer, by=stored.invited_by)
        recording.note(Deed.ACCEPT, stored, by=stored.user, after=offer)
    return stored.user


def stranger(invitation: Invitation, *, by: User | None) -> str:
    """Return why this person cannot accept for the account, or nothing: a new account has no other proof than the link."""
    if by is not None:
        return "" if by.pk == invitation.user_id else OTHER_ACCOUNT
    return "" if needs_password(invitation) else "ログインしてから、承諾してください。"


def _set_password(user: User, password: str) -> None:
    if not password:
        raise ValidationError("パスワードを入力してください")
    user.set_password(password)
    user.save(update_fields=["password"])
