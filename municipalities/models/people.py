"""Accounts and what ties them to municipalities, prefectures or the whole country."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from municipalities.access import ROLE_SCOPES
from municipalities.choices import Role, ScopeKind
from municipalities.text import refuse_control_characters

NATION_CODE = "JP"


class User(AbstractUser):
    """An account. Accounts are roles of an office: no private person is described here."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    display_name = models.CharField("表示名", max_length=60, validators=[refuse_control_characters])
    # Everybody knows the password of a demo account: production lets none of them in.
    is_demo = models.BooleanField("体験用", default=False)
    gets_morning_letter = models.BooleanField("毎朝のお知らせを受け取る", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "利用者"

    def __str__(self):
        return self.display_name or self.username

    def get_full_name(self):
        return self.display_name

    def get_short_name(self):
        return self.display_name


class MembershipQuerySet(models.QuerySet):
    def in_term(self):
        """Keep the memberships whose term contains today in Japan, both ends included."""
        today = timezone.localdate()
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=today), valid_from__lte=today)

    def ended_within(self, time):
        """Keep the memberships whose last day lies in the past, at most this long ago."""
        today = timezone.localdate()
        return self.filter(valid_to__lt=today, valid_to__gte=today - time)

    def of_scope(self, kind, code):
        return self.filter(scope_kind=kind, scope_code=code)

    def for_lists(self):
        """Order as lists show them, what has ended at the end, each row with its account."""
        has_ended = Case(When(valid_to__lt=timezone.localdate(), then=Value(1)), default=Value(0))
        rows = self.select_related("user")
        return rows.order_by(has_ended, "scope_code", "user__display_name", "pk")


def role_fits_scope():
    """Return the condition that a role acts only in scopes meant for it."""
    condition = Q()
    for role, kinds in ROLE_SCOPES.items():
        condition |= Q(role=role.value, scope_kind__in=sorted(kind.value for kind in kinds))
    return condition


class Membership(models.Model):
    """One role of one person in one scope, for a term. Memberships add up."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="memberships", verbose_name="利用者"
    )
    role = models.CharField("役割", max_length=20, choices=Role)
    scope_kind = models.CharField("範囲の種類", max_length=20, choices=ScopeKind)
    scope_code = models.CharField("範囲のコード", max_length=10)
    # Of a contractor's account: the key of the body it acts for. The body lies behind the fence.
    organization_key = models.SlugField("委託先の団体", max_length=80, blank=True)
    valid_from = models.DateField("開始日", default=timezone.localdate)
    valid_to = models.DateField("終了日", null=True, blank=True)
    granted_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="付与した人"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "所属"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "scope_kind", "scope_code", "valid_from"],
                name="membership_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="membership_term_in_order",
            ),
            models.CheckConstraint(condition=role_fits_scope(), name="membership_role_fits_scope"),
        ]

    def __str__(self):
        return f"{self.user} {self.get_role_display()} {self.scope_code}"
