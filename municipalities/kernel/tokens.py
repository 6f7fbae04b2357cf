"""One table of hashed tokens for every kind of key that somebody holds instead of a session."""

import base64
import datetime as dt
import hashlib
import hmac
import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

# 256 bits: guessing is hopeless, so the hash needs neither salt nor slowness.
TOKEN_BYTES = 32


class TokenKind(models.TextChoices):
    API = "api", "API"
    INVITATION = "invitation", "招待"
    CALENDAR = "calendar", "予定の購読"
    SURVEY = "survey", "調査の回答画面"
    SURVEY_CODE = "survey_code", "調査の回答用の番号"


class TokenQuerySet(models.QuerySet):
    def usable(self):
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()), revoked_at=None)


class Token(models.Model):
    """The SHA-256 of a secret that is shown once. Unfenced: it is looked up before scope is known."""

    kind = models.CharField("種類", max_length=20, choices=TokenKind)
    digest = models.CharField("ハッシュ", max_length=64, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="利用者"
    )
    label = models.CharField("用途", max_length=60)
    # Where a door without a login leads: a row's key within a municipality.
    municipality = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.CASCADE,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="市区町村",
    )
    subject = models.SlugField("行のキー", max_length=80, blank=True)
    created_at = models.DateTimeField("作成日時", default=timezone.now)
    expires_at = models.DateTimeField("有効期限", null=True, blank=True)
    revoked_at = models.DateTimeField("取消日時", null=True, blank=True)
    last_used_at = models.DateTimeField("最終利用日時", null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "トークン"
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.get_kind_display()} {self.label}"


def digest_of(secret):
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


def issue(kind, *, user, label, expires_at=None):
    """Make a token. Returns the secret, which nobody can read again, and its row."""
    secret = secrets.token_urlsafe(TOKEN_BYTES)
    token = Token.objects.create(
        kind=kind, digest=digest_of(secret), user=user, label=label, expires_at=expires_at
    )
    return secret, token


class SecretLost(LookupError):
    """The secret cannot be derived any more: the installation's SECRET_KEY is another one now."""


def issue_derived(kind, *, user, expires_at, municipality=None, subject=""):
    """Make a token whose secret this installation can tell again, for a mail that is composed later.

    `subject` is the key of a row of `municipality`, where the token opens one row. It is derived from SECRET_KEY and a nonce; only the nonce (in `label`) and the hash are stored.
    """
    nonce = secrets.token_urlsafe(TOKEN_BYTES)
    digest = digest_of(_derived(kind, nonce))
    return Token.objects.create(
        kind=kind,
        digest=digest,
        user=user,
        label=nonce,
        expires_at=expires_at,
        municipality=municipality,
        subject=subject,
    )


def secret_of(token):
    """Return the secret of a derived token. Raises SecretLost."""
    secret = _derived(token.kind, token.label)
    if not hmac.compare_digest(digest_of(secret), token.digest):
        raise SecretLost
    return secret


def is_known(token):
    """Say whether the secret of a derived token can still be told."""
    try:
        secret_of(token)
    except SecretLost:
        return False
    return True


def _derived(kind, nonce):
    mac = salted_hmac(f"municipalities.tokens.{kind}", nonce, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")


def find(secret, *, kind):
    """Return the token of this secret in whatever state, or None. Notes nothing."""
    found = Token.objects.filter(kind=kind, digest=digest_of(secret))
    return found.select_related("user").first()


# The kinds that open a door without a login.
DOORS = (TokenKind.SURVEY, TokenKind.SURVEY_CODE)


def find_door(secret):
    """Return the token behind a door without a login, spent or not, with its municipality; or None."""
    found = Token.objects.filter(kind__in=DOORS, digest=digest_of(secret))
    return found.select_related("municipality__prefecture").first()


def spend(token, *, at=None):
    """End a usable token for the one who comes first. False for everybody after.

    `at` blurs the moment, where it must not tell which row was written at the same time.
    """
    at = at or timezone.now()
    return bool(Token.objects.usable().filter(pk=token.pk).update(revoked_at=at, last_used_at=at))


def user_of(secret, *, kind):
    """Return the active user who holds this secret, or None. The use is noted to the hour."""
    token = (
        Token.objects.usable()
        .filter(kind=kind, digest=digest_of(secret), user__is_active=True)
        .select_related("user")
        .first()
    )
    if token is None:
        return None
    now = timezone.now()
    # Asked in Python first: under SQLite even an UPDATE of nothing takes the write lock.
    if token.last_used_at is None or token.last_used_at < now - dt.timedelta(hours=1):
        Token.objects.filter(pk=token.pk).update(last_used_at=now)
    return token.user


def revoke(token):
    Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())
