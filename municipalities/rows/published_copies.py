"""What a municipality shares by a press: a copy that crosses the fence, frozen, and taken back when fewer may read.

Every table of such copies is a `PublishedCopy`. The deed that shares locks its row, makes the columns
and hands both to the `Copies` of its table; nothing else writes them.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from municipalities.choices import Audience
from municipalities.kernel import changes

if TYPE_CHECKING:
    from collections.abc import Callable

    from municipalities.models import Prefecture, User

OPEN = (Audience.PREFECTURE, Audience.PUBLIC)
CHANGED = "確かめていた間に内容が変わりました。下の内容を確かめて、もう一度ボタンを押してください。"


class CopyQuerySet(models.QuerySet):
    """Who may read which copies."""

    def for_towns(self) -> CopyQuerySet:
        """Keep what every municipality may read."""
        return self.filter(audience=Audience.PUBLIC)

    def for_officers(
        self, prefecture: Prefecture, towns: frozenset[str] | None = None
    ) -> CopyQuerySet:
        """Keep what officers may read: what everybody may, and what the towns shown to them let out.

        `towns`: codes of those that a health centre is shown; None for all of the prefecture.
        """
        own = Q(audience=Audience.PREFECTURE, municipality__prefecture=prefecture)
        if towns is not None:
            own &= Q(municipality__code__in=towns)
        return self.filter(Q(audience=Audience.PUBLIC) | own)


class PublishedCopy(models.Model):
    """A copy of one row for others to read: written by the deed that shares it, never edited.

    Unfenced by purpose: it holds what the municipality lets out, and no person.
    """

    municipality = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name="市区町村",
    )
    key = models.SlugField("キー", max_length=80)
    audience = models.CharField("見せる範囲", max_length=20, choices=Audience)
    # Canonical JSON: what others read is read from these bytes.
    content = models.BinaryField("内容")
    sha256 = models.CharField("ハッシュ", max_length=64)
    published_at = models.DateTimeField("公開した日時")

    objects: ClassVar[Any] = CopyQuerySet.as_manager()

    class Meta:
        abstract = True


@dataclass(frozen=True, slots=True)
class Frozen:
    """Canonical bytes and their sha256 in hex."""

    content: bytes
    sha256: str


def frozen(values: dict[str, Any]) -> Frozen:
    """Return values as a copy has them: sorted keys, UTF-8, no spaces."""
    content = json.dumps(
        values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()
    return Frozen(content, hashlib.sha256(content).hexdigest())


@dataclass(frozen=True, slots=True)
class Copies:
    """The deeds of one table of copies.

    `place(row)` is what the copy of a row is found by; `closed` says why a row that is not open to
    others is not published, and what to do.
    """

    model: type[PublishedCopy]
    place: Callable[[Any], dict[str, Any]]
    closed: str

    def of(self, row: Any) -> models.QuerySet:
        return self.model.objects.filter(**self.place(row))

    def published(self, row: Any) -> Any:
        """Return the copy that others read now, or None."""
        return self.of(row).first()

    def standing(self, row: Any, now: Frozen) -> dict[str, Any]:
        """Return what the page of publishing shows: the copy beside what would be published `now`.

        `seen` is what it sends back with the press.
        """
        copy = self.published(row)
        stands = (now.sha256, row.audience)
        return {
            "copy": copy,
            "seen": now.sha256,
            "is_open": row.audience in OPEN,
            "is_current": copy is not None and (copy.sha256, copy.audience) == stands,
        }

    def write(
        self, row: Any, columns: dict[str, Any], now: Frozen, *, by: User, seen: str | None
    ) -> Any:
        """Write the copy of a row over an earlier one. Raises ValidationError.

        The caller holds the row locked, so that of two who publish at once the second waits. `seen`
        is the sha256 of what was looked at before: something else is not published.
        """
        if row.audience not in OPEN:
            raise ValidationError(self.closed)
        if seen is not None and seen != now.sha256:
            raise ValidationError(CHANGED)
        copied = {"audience": row.audience, "content": now.content, "sha256": now.sha256}
        made, _ = self.model.objects.update_or_create(
            **self.place(row), defaults=columns | copied | {"published_at": timezone.now()}
        )
        note(row, by=by, deed="publish", after={"audience": row.audience})
        return made

    def withdraw(self, row: Any, *, by: User) -> bool:
        """Take the copy back; say whether there was one."""
        with transaction.atomic():
            gone, _ = self.of(row).delete()
            if gone:
                note(row, by=by, deed="withdraw", after={})
        return bool(gone)

    def keep_within(self, row: Any, audience: str, *, by: User) -> bool:
        """Take the copy back when fewer people may now read the row than the copy was made for."""
        copy = self.published(row)
        order = Audience.values
        if copy is None or order.index(audience) >= order.index(copy.audience):
            return False
        return self.withdraw(row, by=by)


def note(row: Any, *, by: User, deed: str, after: dict[str, str]) -> None:
    """Append a Change that alters no column: a merge finds nothing in it to walk back."""
    changes.record(row, by=by, deed=deed, before={}, after=after, version=row.version)
