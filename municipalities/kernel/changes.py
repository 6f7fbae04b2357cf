"""The one door for edits: a conditional UPDATE and one append-only Change in the same transaction.

History, audit of writes, the base of a merge and "what changed" read from Change (docs/adr/0006).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from municipalities.prefecture_tenancy import PrefectureManager, PrefectureModel
from municipalities.tenancy import TenantManager, TenantModel

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from municipalities.models import User


class Edited(models.Model):
    """What a row that several people edit carries: a key for documents and a version for merges."""

    key = models.SlugField("キー", max_length=80)
    version = models.PositiveIntegerField("版", default=1, editable=False)
    updated_at = models.DateTimeField("更新日時", default=timezone.now, editable=False)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="更新者",
    )

    class Meta:
        abstract = True


class Versioned(Edited, TenantModel):
    """A row of a municipality that several people edit."""

    # The fields by which a row that two people create at once is found again.
    FOUND_BY: ClassVar[tuple[str, ...]] = ("municipality_id", "key")

    class Meta(TenantModel.Meta):
        abstract = True


class PrefectureVersioned(Edited, PrefectureModel):
    """A row of a prefecture that several people edit."""

    FOUND_BY: ClassVar[tuple[str, ...]] = ("prefecture_id", "key")

    class Meta(PrefectureModel.Meta):
        abstract = True


class AppendOnly(RuntimeError):
    """Somebody tried to rewrite history."""


class ChangeQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise AppendOnly("Changes are never updated")

    def delete(self):
        raise AppendOnly("Changes are never deleted")

    def of(self, row):
        return self.filter(model=row._meta.label_lower, row=row.pk)


class Told(models.Model):
    """Who did what to which row: before → after, by field name. Append-only."""

    at = models.DateTimeField("日時", default=timezone.now, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="操作した人",
    )
    deed = models.CharField("操作", max_length=40)
    model = models.CharField("表", max_length=60)
    row = models.BigIntegerField("行")
    key = models.CharField("キー", max_length=80, blank=True)
    # 0 for enduring rows, which belong to no year.
    fiscal_year = models.PositiveSmallIntegerField("年度", default=0)
    version = models.PositiveIntegerField("この操作でできた版", default=1)
    before = models.JSONField("前", default=dict)
    after = models.JSONField("後", default=dict)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.deed} {self.model}:{self.row}"


class Change(Told, TenantModel):
    """What was done to a row of a municipality."""

    # What its row is called, where a page has asked (`rows/change_names.py`). Not stored.
    row_in_words = ""

    objects: ClassVar = TenantManager.from_queryset(ChangeQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = verbose_name_plural = "変更の記録"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["municipality", "model", "row"], name="change_of_row")]


class PrefectureChange(Told, PrefectureModel):
    """What was done to a row of a prefecture."""

    objects: ClassVar = PrefectureManager.from_queryset(ChangeQuerySet)()

    class Meta(PrefectureModel.Meta):
        verbose_name = verbose_name_plural = "都道府県の変更の記録"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["prefecture", "model", "row"], name="prefecture_change_of_row")
        ]


class StaleVersion(Exception):
    """The row was saved by somebody else since it was read; nothing was written."""

    def __init__(self, current: Versioned) -> None:
        super().__init__(f"{current!r} is at version {current.version}")
        self.current = current


def plain(value: Any) -> Any:
    """Return a field's value as it is kept in a Change: JSON types, decimals and dates as text."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, Decimal):
        # 26.2 and 26.2000 are one number: which one came back is the database's business.
        return f"{value.normalize():f}"
    if value is None or isinstance(value, bool | int | str):
        return value
    return str(value)


def values_of(row: models.Model, fields: Iterable[str]) -> dict[str, Any]:
    columns = {field.name: field.attname for field in row._meta.concrete_fields}
    return {name: plain(getattr(row, columns[name])) for name in fields}


def record(  # noqa: PLR0913 -- a history row has these parts
    row: TenantModel,
    *,
    by: User | None,
    deed: str,
    before: dict[str, Any],
    after: dict[str, Any],
    version: int = 1,
) -> Any:
    """Append one Change. The caller's transaction holds the write that it tells of."""
    cycle = getattr(row, "cycle", None)
    table = history_of(row)
    return table.objects.create(
        actor=by,
        deed=deed,
        model=row._meta.label_lower,
        row=row.pk,
        key=getattr(row, "key", ""),
        fiscal_year=getattr(cycle, "fiscal_year", 0),
        version=version,
        before=before,
        after=after,
    )


def history_of(row: models.Model) -> Any:
    """Return the table that tells what was done to a row."""
    return PrefectureChange if isinstance(row, PrefectureModel) else Change


def create_versioned(row: Versioned, *, by: User | None, deed: str = "create") -> Versioned:
    """Insert a row at version 1 with its Change."""
    with transaction.atomic():
        row.updated_by = by
        row.save(force_insert=True)
        record(row, by=by, deed=deed, before={}, after=values_of(row, content_fields(row)))
    return row


def create_together(
    rows: Sequence[Versioned], *, by: User | None, deed: str, fiscal_year: int
) -> Sequence[Versioned]:
    """Insert many rows of one table at version 1, each with its Change, in two queries.

    They are told of as rows of `fiscal_year`, also where the table itself names no year.
    """
    if not rows:
        return rows
    for row in rows:
        row.updated_by = by
    with transaction.atomic():
        type(rows[0]).objects.bulk_create(rows)
        tell_together(rows, by=by, deed=deed, fiscal_year=fiscal_year)
    return rows


def tell_together(
    rows: Sequence[Versioned],
    *,
    by: User | None,
    deed: str,
    fiscal_year: int,
    is_gone: bool = False,
) -> None:
    """Append one Change for each row of one table, that it came or, with `is_gone`, that it goes."""
    fields = content_fields(rows[0])
    label = rows[0]._meta.label_lower
    told = []
    for row in rows:
        values = values_of(row, fields)
        before, after = (values, {}) if is_gone else ({}, values)
        told.append(
            Change(
                actor=by,
                deed=deed,
                model=label,
                row=row.pk,
                key=row.key,
                fiscal_year=fiscal_year,
                version=row.version + is_gone,
                before=before,
                after=after,
            )
        )
    Change.objects.bulk_create(told)


def save_versioned(  # noqa: PLR0913 -- a save has these parts, the last two with defaults
    row: Versioned,
    *,
    by: User | None,
    expected_version: int,
    fields: Iterable[str],
    deed: str = "edit",
    read: Versioned | None = None,
) -> Versioned:
    """Write `fields` of `row` if the stored version is still the expected one.

    Raises StaleVersion, having written nothing, when somebody saved or deleted it in between. Saving what is
    already stored writes nothing and keeps the version: an unchanged form is no change. `read` is
    the row as the caller has just read it; the conditional UPDATE still decides.
    """
    model, names = type(row), tuple(fields)
    with transaction.atomic():
        stored = read or model.objects.get(pk=row.pk)
        if stored.version != expected_version:
            raise StaleVersion(stored)
        before, after = values_of(stored, names), values_of(row, names)
        changed = [name for name in names if before[name] != after[name]]
        if not changed:
            return stored
        now = timezone.now()
        written = model.objects.filter(pk=row.pk, version=expected_version).update(
            **{name: getattr(row, name) for name in changed},
            version=F("version") + 1,
            updated_at=now,
            updated_by=by,
        )
        if not written:
            raise StaleVersion(model.objects.filter(pk=row.pk).first() or stored)
        row.version, row.updated_at, row.updated_by = expected_version + 1, now, by
        record(
            row,
            by=by,
            deed=deed,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
            version=row.version,
        )
    return row


def content_fields(row: Versioned | type[Versioned]) -> list[str]:
    """Return the names of the fields that people write: all but keys, owners and versions."""
    plumbing = {"id", "municipality", "prefecture", "version", "updated_at", "updated_by"}
    return [field.name for field in row._meta.concrete_fields if field.name not in plumbing]


def label_of(row: models.Model | type[models.Model], name: str) -> str:
    """Return what people call a column."""
    return str(getattr(row._meta.get_field(name), "verbose_name", name))


def values_at(row: Versioned, version: int, fields: Iterable[str]) -> dict[str, Any]:
    """Return the fields as they stood at an earlier version, by walking the changes back."""
    names = set(fields)
    values = values_of(row, names)
    for change in history_of(row).objects.of(row).filter(version__gt=version).order_by("-version"):
        values |= {name: value for name, value in change.before.items() if name in names}
    return values


@dataclass(frozen=True, slots=True)
class FieldMerge:
    """One field on which two people disagree, in the words of all three versions."""

    name: str
    label: str
    mine: str
    theirs: str
    base: str


@dataclass(frozen=True, slots=True)
class Merge:
    """`values` is what can be saved without asking; `conflicts` must be asked about."""

    values: dict[str, Any]
    conflicts: tuple[FieldMerge, ...]
    theirs_only: tuple[str, ...]


def merge(row: Versioned, mine: dict[str, Any], *, base_version: int) -> Merge:
    """Merge my fields with the stored row, from the version that I started at.

    A field only one of us touched is taken from that one; a field both changed alike is settled;
    the rest are conflicts, for which `values` holds mine.
    """
    names = list(mine)
    theirs = values_of(row, names)
    base = values_at(row, base_version, names) if base_version else values_of(type(row)(), names)
    values, conflicts, theirs_only = {}, [], []
    for name in names:
        typed = plain(mine[name])
        if typed in (base[name], theirs[name]):
            values[name] = getattr(row, name)
            if base[name] != theirs[name] and typed == base[name]:
                theirs_only.append(name)
            continue
        values[name] = mine[name]
        if theirs[name] != base[name]:
            label = label_of(row, name)
            conflicts.append(
                FieldMerge(name, label, *(_shown(v) for v in (typed, theirs[name], base[name])))
            )
    return Merge(values, tuple(conflicts), tuple(theirs_only))


def _shown(value: Any) -> str:
    return "" if value is None else str(value)
