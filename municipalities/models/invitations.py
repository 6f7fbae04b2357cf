"""Invitations to take a role in a scope, and the record of who was let in where. Both unfenced."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from municipalities.choices import Role, ScopeKind
from municipalities.kernel.changes import AppendOnly
from municipalities.models.people import role_fits_scope


class Invitation(models.Model):
    """A membership offered by mail: once, for some days, to the account that was made for the address.

    The account stands from the invitation on, without a password and without a membership: it can do
    nothing until its holder accepts.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="利用者"
    )
    role = models.CharField("役割", max_length=20, choices=Role)
    scope_kind = models.CharField("範囲の種類", max_length=20, choices=ScopeKind)
    scope_code = models.CharField("範囲のコード", max_length=10)
    organization_key = models.SlugField("委託先の団体", max_length=80, blank=True)
    valid_from = models.DateField("開始日", default=timezone.localdate)
    valid_to = models.DateField("終了日", null=True, blank=True)
    token = models.OneToOneField(
        "municipalities.Token", on_delete=models.PROTECT, related_name="+", verbose_name="トークン"
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="招待した人",
    )
    invited_at = models.DateTimeField("招待日時", default=timezone.now)
    accepted_at = models.DateTimeField("承諾日時", null=True, blank=True)
    withdrawn_at = models.DateTimeField("取消日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "招待"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="invitation_term_in_order",
            ),
            models.CheckConstraint(condition=role_fits_scope(), name="invitation_role_fits_scope"),
        ]

    def __str__(self):
        return f"{self.user} {self.get_role_display()} {self.scope_code}"


class AccessEventQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise AppendOnly("Access events are never updated")

    def delete(self):
        raise AppendOnly("Access events are never deleted")


class AccessEvent(models.Model):
    """Who let whom in where, and who took it back: ids and fixed words only. Append-only."""

    at = models.DateTimeField("日時", default=timezone.now, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="操作した人",
    )
    deed = models.CharField("操作", max_length=40)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="対象の利用者",
    )
    scope_kind = models.CharField("範囲の種類", max_length=20, choices=ScopeKind)
    scope_code = models.CharField("範囲のコード", max_length=10)
    before = models.JSONField("前", default=dict)
    after = models.JSONField("後", default=dict)

    objects: ClassVar = AccessEventQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "利用者の記録"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["scope_kind", "scope_code"], name="access_event_scope")]

    def __str__(self):
        return f"{self.deed} {self.user_id} {self.scope_code}"
