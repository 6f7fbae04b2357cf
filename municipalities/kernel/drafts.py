"""What somebody typed and has not saved: kept on the server, seen by its author only."""

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from municipalities.tenancy import TenantManager, TenantModel
from municipalities.text import refuse_unstorable

# A text field holds 20,000 characters; a form has a handful of them.
MAX_CHARACTERS = 200_000
MAX_FORMS = 50
MAX_KEY = 120
# A page that was left by saving may still send what it had typed a moment before.
STRAGGLER = dt.timedelta(seconds=30)
# A page that is one form with many openings names its own, and what it has shown of others (a draft's mark, an opening).
OPENING, SEEN = "opening", "seen"


class DraftQuerySet(models.QuerySet):
    def of(self, user, form_key):
        return self.filter(author=user, form_key=form_key)


class Draft(TenantModel):
    """The fields of one form as typed, with the version of the row that they were typed over."""

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="入力者"
    )
    form_key = models.CharField("フォーム", max_length=MAX_KEY)
    base_version = models.PositiveIntegerField("もとの版", default=0)
    fields = models.JSONField("入力内容", default=dict)
    saved_at = models.DateTimeField("保存日時", default=timezone.now)

    objects: ClassVar = TenantManager.from_queryset(DraftQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = verbose_name_plural = "下書き"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "author", "form_key"], name="draft_once_per_form"
            )
        ]

    def __str__(self):
        return self.form_key

    @property
    def mark(self):
        """Return what tells this text of the draft from a later one."""
        return self.saved_at.isoformat()

    def is_known_to(self, fields):
        """Whether the opening that sends these fields has written this draft, or has it on its page."""
        known = {fields[OPENING], *fields.get(SEEN, "").split()} - {""}
        return not known.isdisjoint((self.fields.get(OPENING), self.mark))


def of_another_opening(*, author, form_key, fields):
    """Return the draft that the author has typed in another tab or on another device, unknown to who sends `fields`.

    None for a form that does not name its opening: its last typing counts.
    """
    draft = Draft.objects.of(author, form_key).first() if OPENING in fields else None
    return None if draft is None or draft.is_known_to(fields) else draft


def keep(*, author, form_key, base_version, fields):
    """Keep the latest typing of a form, a dict of strings.

    Returns the Draft, or None when it is too long or holds what no database can keep: the page
    still has it, and saving will say what is wrong.
    """
    if not (_can_be_kept(fields) and _has_room(author, form_key)):
        return None
    draft, _ = Draft.objects.update_or_create(
        author=author,
        form_key=form_key,
        defaults={"base_version": base_version, "fields": fields, "saved_at": timezone.now()},
    )
    return draft


def _has_room(author, form_key):
    """Nobody writes on so many forms at once; a longer key is none of ours."""
    if len(form_key) > MAX_KEY:
        return False
    others = Draft.objects.filter(author=author).exclude(form_key=form_key)
    return others.count() < MAX_FORMS


def _can_be_kept(fields):
    texts = (*fields, *fields.values())
    if sum(map(len, texts)) > MAX_CHARACTERS:
        return False
    try:
        refuse_unstorable("".join(texts))
    except ValidationError:
        return False
    return True


def newer_than(row, *, author, form_key):
    """Return the author's draft of a form if it was typed after their own last save, else None.

    A save by somebody else never hides it. One that was typed over an older version and arrived just
    after the save is what the save already holds.
    """
    draft = Draft.objects.of(author, form_key).first()
    if draft is None or not row.pk or row.updated_by_id != author.pk:
        return draft
    grace = STRAGGLER if draft.base_version < row.version else dt.timedelta()
    return draft if draft.saved_at > row.updated_at + grace else None


def drop(*, author, form_key):
    """Forget a draft: its text was saved, or its author does not want it."""
    Draft.objects.of(author, form_key).delete()
