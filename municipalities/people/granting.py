"""Giving, changing and ending memberships, and stopping accounts. Each deed asks the right of its actor anew."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from municipalities.access import Permission, permissions_of
from municipalities.choices import Role, ScopeKind
from municipalities.models import AccessEvent, Membership, User
from municipalities.models.people import NATION_CODE
from municipalities.people import recording
from municipalities.people.offers import Offer, refuse_unless_may
from municipalities.people.recording import Deed

if TYPE_CHECKING:
    from django.db.models import QuerySet

HELD = "すでに登録されています。任期を変えるときは、一覧の「任期を変える」から変更してください。"
OVERTAKEN = (
    "ほかの人が先に変更したため、変更していません。いまの内容を確かめて、もう一度操作してください。"
)
OWN = "自分の役割や任期は、自分では変えられません。ほかの管理者または運営管理者に依頼してください。"
LAST_MANAGER = (
    "この自治体で最後の管理者のため、終了できません。先に、ほかの方を管理者として招待してください。"
)
SAME_START = "同じ開始日の登録がすでにあります。開始日を変えて入力してください。"


def holds(user: User, offer: Offer) -> bool:
    """Say whether the account has this role there on some day of the offered term."""
    return user.memberships.filter(offer.overlapping()).exists()


def lock(user: User) -> None:
    """Until the transaction ends, nobody else gives this account anything."""
    User.objects.select_for_update().filter(pk=user.pk).values_list("pk").first()


def grant(user: User, offer: Offer, *, by: User | None) -> Membership:
    """Give the role, within the caller's transaction; an ended membership of the same start lives on."""
    marks = {name: getattr(offer, name) for name in ("role", "scope_kind", "scope_code")}
    membership, _ = Membership.objects.update_or_create(
        user=user,
        valid_from=offer.valid_from,
        **marks,
        defaults={
            "valid_to": offer.valid_to,
            "organization_key": offer.organization_key,
            "granted_by": by,
        },
    )
    return membership


def assign(user: User, offer: Offer, *, by: User) -> Membership:
    """Give a role to somebody who has an account. Raises ValidationError where they hold it already."""
    with transaction.atomic():
        lock(user)
        refuse_unless_may(by, offer)
        if user.pk == by.pk:
            raise ValidationError(OWN)
        if holds(user, offer):
            raise ValidationError(HELD)
        membership = grant(user, offer, by=by)
        recording.note(Deed.ASSIGN, membership, by=by, after=offer)
    return membership


def seen_of(membership: Membership) -> str:
    """Name the term that a page showed: whoever changes it changes this one."""
    return f"{membership.valid_from.isoformat()}/{membership.valid_to or ''}"


def change_term(
    membership: Membership,
    *,
    seen: str,
    valid_from: dt.date,
    valid_to: dt.date | None,
    by: User,
) -> None:
    """Move the ends of a term that is still as it was seen. Raises ValidationError."""
    with transaction.atomic():
        stored = _held(membership, seen=seen, by=by)
        twins = Membership.objects.of_scope(stored.scope_kind, stored.scope_code)
        twins = twins.filter(user_id=stored.user_id, role=stored.role, valid_from=valid_from)
        if twins.exclude(pk=stored.pk).exists():
            raise ValidationError(SAME_START)
        today = timezone.localdate()
        if valid_from > today or (valid_to and valid_to < today):
            _refuse_last_manager(stored, by=by)
        before = Offer.of(stored)
        stored.valid_from, stored.valid_to = valid_from, valid_to
        stored.save(update_fields=["valid_from", "valid_to"])
        recording.note(Deed.TERM, stored, by=by, before=before, after=Offer.of(stored))


def end_now(membership: Membership, *, seen: str, by: User) -> None:
    """End a membership from the next request on; one that began today or later never was."""
    with transaction.atomic():
        stored = _held(membership, seen=seen, by=by)
        _refuse_last_manager(stored, by=by)
        before, yesterday = Offer.of(stored), timezone.localdate() - dt.timedelta(days=1)
        if stored.valid_from > yesterday:
            recording.note(Deed.END, stored, by=by, before=before)
            stored.delete()
            return
        stored.valid_to = yesterday
        stored.save(update_fields=["valid_to"])
        recording.note(Deed.END, stored, by=by, before=before, after=Offer.of(stored))


def _held(membership: Membership, *, seen: str, by: User) -> Membership:
    """Return the locked row as it is stored. Raises PermissionDenied or ValidationError."""
    # Two managers who end one another wait here; the second then finds that it may no longer.
    rows = Membership.objects.of_scope(membership.scope_kind, membership.scope_code)
    locked = {row.pk: row for row in rows.select_for_update().order_by("pk")}
    stored = locked.get(membership.pk)
    if stored is None:
        raise ValidationError(OVERTAKEN)
    refuse_unless_may(by, stored)
    if stored.user_id == by.pk:
        raise ValidationError(OWN)
    if seen_of(stored) != seen:
        raise ValidationError(OVERTAKEN)
    return stored


def _refuse_last_manager(membership: Membership, *, by: User) -> None:
    """A municipality keeps somebody who can invite; only the operator may leave it without."""
    is_operator = Permission.OPERATE in permissions_of(by.memberships.in_term())
    if membership.role != Role.MANAGER or is_operator:
        return
    if not _other_managers(membership).exists():
        raise ValidationError(LAST_MANAGER)


def _other_managers(membership: Membership) -> QuerySet:
    rows = Membership.objects.in_term().of_scope(membership.scope_kind, membership.scope_code)
    return rows.filter(role=Role.MANAGER, user__is_active=True).exclude(pk=membership.pk)


def deactivate(user: User, *, by: User) -> bool:
    """Stop an account: it is signed out everywhere at once. False when it was stopped already."""
    return _set_active(user, is_active=False, by=by)


def reactivate(user: User, *, by: User) -> bool:
    return _set_active(user, is_active=True, by=by)


def _set_active(user: User, *, is_active: bool, by: User) -> bool:
    if user.pk == by.pk:
        raise ValidationError("自分の利用は、自分では停止できません。")
    with transaction.atomic():
        if Permission.OPERATE not in permissions_of(by.memberships.in_term()):
            raise PermissionDenied
        rows = User.objects.filter(pk=user.pk, is_active=not is_active)
        if not rows.update(is_active=is_active):
            return False
        for session in UserSession.objects.filter(user=user):
            session.end()
        AccessEvent.objects.create(
            deed=Deed.REACTIVATE if is_active else Deed.DEACTIVATE,
            actor=by,
            user=user,
            scope_kind=ScopeKind.NATION,
            scope_code=NATION_CODE,
            before={"is_active": not is_active},
            after={"is_active": is_active},
        )
    return True
