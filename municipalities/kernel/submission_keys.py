"""One press, one record: a form's key is spent in the transaction of the deed that it asks for."""

import hashlib
import json
import re
import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from municipalities.tenancy import TenantModel

KEY = re.compile(r"[A-Za-z0-9_-]{16,40}")
REOPEN = "画面を開き直してから、もう一度操作してください。"
ANOTHER = "この画面からは、すでに別の内容を送信しています。画面を開き直してから、もう一度操作してください。"


class SubmissionKey(TenantModel):
    """A key that was spent, and where its deed led."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="利用者"
    )
    key = models.CharField("送信キー", max_length=40)
    # Of what was asked for, so that a key brought to another form or text does not pass for it.
    digest = models.CharField("内容のハッシュ", max_length=64, blank=True)
    result = models.CharField("結果の画面", max_length=300)
    spent_at = models.DateTimeField("使用日時", default=timezone.now)

    class Meta(TenantModel.Meta):
        verbose_name = verbose_name_plural = "送信キー"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "user", "key"], name="submission_key_once"
            )
        ]

    def __str__(self):
        return self.key


def new():
    """Return a key to put into a form."""
    return secrets.token_urlsafe(16)


def digest_of(request):
    """Return a hash of what a form asks for: its address, what was typed into it and its files."""
    fields = sorted(
        (name, text)
        for name, text in request.POST.items()
        if name not in {"csrfmiddlewaretoken", "submission_key"}
    )
    for name, file in sorted(request.FILES.items()):
        file.seek(0)
        fields.append((name, hashlib.sha256(file.read()).hexdigest()))
    return hashlib.sha256(json.dumps([request.path, fields]).encode()).hexdigest()


def once(key, *, user, deed, digest=""):
    """Run `deed() -> address` unless this key was spent; return the address either way.

    The key is inserted first, in the deed's own transaction: of two presses one waits for the
    other at the unique constraint and then finds its result. Raises ValidationError for a key that
    no form of ours holds, before anything is written.
    """
    if not KEY.fullmatch(key):
        raise ValidationError(REOPEN, code="key")
    try:
        with transaction.atomic():
            spent = SubmissionKey.objects.create(user=user, key=key, digest=digest, result="")
            spent.result = deed()
            spent.save(update_fields=["result"])
            return spent.result
    except IntegrityError:
        spent = SubmissionKey.objects.filter(user=user, key=key).first()
        if spent is None:
            raise
        if spent.digest != digest:
            raise ValidationError(ANOTHER, code="key") from None
        return spent.result
