"""Inviting: an account for the address, a role that waits for its holder, a link that works once for 72 hours."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from municipalities.choices import ScopeKind
from municipalities.kernel import mail, tokens
from municipalities.login.accounts import at_home
from municipalities.models import Invitation, Municipality, User
from municipalities.people import granting, recording
from municipalities.people.offers import Offer, refuse_unless_may
from municipalities.people.recording import Deed

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from municipalities.models import Token

MAIL = "invitation"
LIFETIME = dt.timedelta(hours=72)
INVITED = "すでに招待しています。もう一度送るときは、一覧の「送り直す」を押してください。"
STOPPED = "このメールアドレスの利用は停止されています。運営管理者に連絡してください。"
LOGIN_TAKEN = "このログイン名は、すでに使われています。別の名前を入力してください。"
SETTLED = (
    "この招待は、すでに承諾されたか、取り消されたか、送り直されています。一覧を確かめてください。"
)


@dataclass(frozen=True, slots=True)
class Invitee:
    """Whom the inviter has in mind. Name and login count only where the address has no account yet."""

    email: str
    display_name: str
    username: str


def waiting() -> QuerySet:
    """Return the invitations that nobody has accepted or withdrawn, expired ones among them."""
    return Invitation.objects.filter(accepted_at=None, withdrawn_at=None)


def invite(invitee: Invitee, offer: Offer, *, by: User) -> Invitation:
    """Offer a role to whoever reads mail at this address. Raises ValidationError, by field where it has one."""
    with transaction.atomic():
        # Two presses of one inviter wait for one another here.
        granting.lock(by)
        refuse_unless_may(by, offer)
        user = account_of(invitee.email)
        if user is None:
            user = _open_account(invitee)
        else:
            _refuse_known(user, offer, by=by)
        invitation = Invitation.objects.create(
            user=user, token=_token_for(user), invited_by=by, **offer.columns()
        )
        recording.note(Deed.INVITE, invitation, by=by, after=offer)
        _post(invitation, by=by)
    return invitation


def account_of(email: str) -> User | None:
    """Return the account of an address, however its letters are written; an active one first."""
    return User.objects.filter(email__iexact=email).order_by("-is_active", "pk").first()


def _refuse_known(user: User, offer: Offer, *, by: User) -> None:
    if user.pk == by.pk:
        raise ValidationError({"email": granting.OWN})
    if not user.is_active:
        raise ValidationError({"email": STOPPED})
    if granting.holds(user, offer):
        raise ValidationError({"email": granting.HELD})
    same = {"role": offer.role, "scope_kind": offer.scope_kind, "scope_code": offer.scope_code}
    if waiting().filter(user=user, **same).exists():
        raise ValidationError({"email": INVITED})


def _open_account(invitee: Invitee) -> User:
    """Make the account: no password, no membership, so it can do nothing until its holder accepts."""
    user = User(
        username=invitee.username,
        display_name=invitee.display_name,
        email=User.objects.normalize_email(invitee.email),
    )
    user.set_unusable_password()
    if User.objects.filter(username__iexact=user.username).exists():
        raise ValidationError({"username": LOGIN_TAKEN})
    user.full_clean(exclude=["password"])
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise ValidationError({"username": LOGIN_TAKEN}) from error
    return user


def _token_for(user: User) -> Token:
    expires_at = timezone.now() + LIFETIME
    return tokens.issue_derived(tokens.TokenKind.INVITATION, user=user, expires_at=expires_at)


def resend(invitation: Invitation, *, by: User) -> Invitation:
    """Send a new link for the same role; the old one is dead. Raises ValidationError when it is settled."""
    with transaction.atomic():
        refuse_unless_may(by, invitation)
        old, new = invitation.token, _token_for(invitation.user)
        moved = waiting().filter(pk=invitation.pk, token=old)
        if not moved.update(token=new, invited_by=by, invited_at=timezone.now()):
            raise ValidationError(SETTLED)
        tokens.revoke(old)
        invitation.token, invitation.invited_by = new, by
        offer = Offer.of(invitation)
        recording.note(Deed.RESEND, invitation, by=by, before=offer, after=offer)
        _post(invitation, by=by)
    return invitation


def withdraw(invitation: Invitation, *, by: User) -> None:
    """Take an invitation back; its link is dead. Raises ValidationError when it is settled."""
    with transaction.atomic():
        refuse_unless_may(by, invitation)
        if not waiting().filter(pk=invitation.pk).update(withdrawn_at=timezone.now()):
            raise ValidationError(SETTLED)
        invitation.refresh_from_db()
        tokens.revoke(invitation.token)
        recording.note(Deed.WITHDRAW, invitation, by=by, before=Offer.of(invitation))


def link_of(token: Token) -> str:
    """Return the address behind which an invitation is accepted; with its host where BASE_URL is set."""
    return at_home(reverse("people:acceptance", args=[tokens.secret_of(token)]))


def _post(invitation: Invitation, *, by: User) -> None:
    """Without BASE_URL no link leads here from a mail: the inviter is shown it and hands it over."""
    if settings.BASE_URL:
        mail.post(
            MAIL,
            municipality=_municipality_of(invitation),
            recipient=invitation.user,
            reference=invitation.token_id,
            by=by,
        )


def _municipality_of(invitation: Invitation) -> Municipality | None:
    if invitation.scope_kind != ScopeKind.MUNICIPALITY:
        return None
    return Municipality.objects.get(code=invitation.scope_code)
