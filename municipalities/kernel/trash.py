"""What people delete lies here for thirty days, as rows of the document, and can be put back.

Every kind of row that may be deleted is registered by name in its app's `ready()`: how it is written
as a document row, and which rows of other tables are parts of it and go and come with it.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from pydantic import ValidationError as SchemaError

from municipalities.fence.sharing import SharedTenantModel
from municipalities.kernel import changes
from municipalities.kernel.trees import in_tree_order
from municipalities.tenancy import TenantManager, TenantModel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from municipalities.kernel.changes import Versioned
    from municipalities.models import User

KEPT_FOR = dt.timedelta(days=30)
TITLE_LENGTH = 200
DELETE = "delete"


class TrashQuerySet(models.QuerySet):
    def restorable(self):
        """Keep what may still be put back."""
        return self.filter(deleted_at__gt=timezone.now() - KEPT_FOR)

    def expired(self):
        """Keep what has lain here long enough to go for good."""
        return self.filter(deleted_at__lte=timezone.now() - KEPT_FOR)


class TrashItem(TenantModel):
    """One deleted row with its parts: [{"kind", "row"}], the row itself first."""

    # 0 for enduring rows, which belong to no year.
    fiscal_year = models.PositiveSmallIntegerField("年度", default=0)
    kind = models.CharField("種類", max_length=60)
    title = models.CharField("内容", max_length=TITLE_LENGTH)
    rows = models.JSONField("行", default=list)
    deleted_at = models.DateTimeField("削除日時", default=timezone.now, db_index=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="削除した人",
    )

    objects: ClassVar = TenantManager.from_queryset(TrashQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = verbose_name_plural = "ごみ箱"
        ordering = ["-deleted_at", "-pk"]

    def __str__(self):
        return self.title

    @property
    def kept_until(self):
        return self.deleted_at + KEPT_FOR


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of row: its document part, and the columns that name the rows it is a part of."""

    part: Any
    parents: tuple[str, ...] = ()

    @property
    def model(self) -> Any:
        return self.part.model


_kinds: dict[str, Kind] = {}


def register(part: Any, *, parents: tuple[str, ...] = ()) -> None:
    """Say that rows of this document part may be deleted; `parents` are the columns whose rows take it along.

    What a row belongs to is registered before it.
    """
    _kinds[part.model._meta.label_lower] = Kind(part, parents)


def registered() -> tuple[Kind, ...]:
    return tuple(_kinds.values())


class InUse(Exception):
    """Other rows point at what was to be deleted; nothing was."""

    def __init__(self, holders: list[models.Model]) -> None:
        super().__init__(holders)
        self.holders = holders


class CannotReturn(Exception):
    """What lay in the trash finds its place taken, or something it belongs to gone."""


def with_parts(row: Versioned) -> list[Versioned]:
    """Return the row and all rows that go and come with it, owners before their parts.

    One query for each kind of part, however many there are: a kind is registered after its owners.
    """
    found: dict[Any, dict[int, Versioned]] = {type(row): {row.pk: row}}
    for kind in _kinds.values():
        for parent in kind.parents:
            owners = found.get(kind.model._meta.get_field(parent).related_model)
            if owners:
                children = kind.model.objects.filter(**{f"{parent}__in": owners}).order_by("pk")
                mine = found.setdefault(kind.model, {})
                mine.update(
                    (one.pk, one)
                    for one in children.select_related(*kind.part.references, *kind.part.named_with)
                )
    return [
        one
        for kind in _kinds.values()
        for one in in_order(kind, list(found.get(kind.model, {}).values()))
    ]


def in_order(kind: Kind, rows: list[Versioned]) -> list[Versioned]:
    """Return rows of one kind so that each comes after what it stands below."""
    return in_tree_order(rows, kind.part.tree) if kind.part.tree else rows


def throw_away(
    row: Versioned, *, by: User | None, title: str = "", deed: str = DELETE
) -> TrashItem:
    """Delete a row with its parts and keep them for thirty days. Raises InUse, StaleVersion.

    What has lain in this municipality's trash for longer goes for good on the way.
    """
    with transaction.atomic():
        TrashItem.objects.expired().delete()
        rows = with_parts(row)
        item = TrashItem.objects.create(
            fiscal_year=year_of(row),
            kind=row._meta.label_lower,
            title=(title or str(row))[:TITLE_LENGTH],
            rows=[{"kind": one._meta.label_lower, "row": _written(one)} for one in rows],
            deleted_by=by,
        )
        for one in reversed(rows):
            _delete(one, by=by, deed=deed)
    return item


def year_of(row: Versioned) -> int:
    """Return the fiscal year of a row; 0 of one that endures. A shared row, or what it stands under, carries its own."""
    if cycle := getattr(row, "cycle", None):
        return int(cycle.fiscal_year)
    if not isinstance(row, SharedTenantModel):
        return 0
    for name in ("meeting", "structure"):
        if above := getattr(row, name, None):
            return int(above.fiscal_year)
    return int(getattr(row, "fiscal_year", 0))


def _written(row: Versioned) -> dict[str, Any]:
    return _kinds[row._meta.label_lower].part.dump_row(row)


def _delete(row: Versioned, *, by: User | None, deed: str) -> None:
    if not type(row).objects.select_for_update().filter(pk=row.pk, version=row.version):
        raise changes.StaleVersion(row)
    _kinds[row._meta.label_lower].part.leave(row, by=by)
    before = changes.values_of(row, changes.content_fields(row))
    changes.record(row, by=by, deed=deed, before=before, after={}, version=row.version + 1)
    try:
        row.delete()
    except ProtectedError as error:
        raise InUse(heads_of(error.protected_objects)) from error


def heads_of(rows: Iterable[Any]) -> list[Any]:
    """Return the rows that are to go first, by name: the parts of one among them go with it."""
    found = list(rows)
    keys = {(type(one), one.pk) for one in found}

    def is_part(one: Any) -> bool:
        kind = _kinds.get(one._meta.label_lower)
        owners = kind.parents if kind else ()
        return any(
            (one._meta.get_field(name).related_model, getattr(one, f"{name}_id")) in keys
            for name in owners
        )

    heads = [one for one in found if not is_part(one)]
    return sorted(heads, key=lambda one: (one._meta.label_lower, str(one), one.pk))


class Known(dict):
    """The rows that a returning row may point at, by model and key; each table is read once."""

    def __init__(self, cycle: Any) -> None:
        super().__init__()
        self.cycle = cycle

    def __missing__(self, model: Any) -> dict[str, Any]:
        rows = model.objects.order_by()
        columns = {field.name for field in model._meta.concrete_fields}
        if issubclass(model, SharedTenantModel):
            rows = rows.led()
            if "fiscal_year" in columns:
                rows = rows.filter(fiscal_year=self.cycle.fiscal_year)
        if "cycle" in columns:
            rows = rows.filter(cycle=self.cycle)
        self[model] = {row.key: row for row in rows}
        return self[model]


def put_back(item: TrashItem, *, cycle: Any, by: User) -> None:
    """Write the rows of an item again and take it out of the trash. Raises CannotReturn."""
    try:
        with transaction.atomic():
            if not TrashItem.objects.restorable().filter(pk=item.pk).delete()[0]:
                raise CannotReturn("すでに元に戻されたか、保存の期限を過ぎています。")
            known = Known(cycle)
            for one in item.rows:
                row = _returned(one, cycle, known)
                beside = known[type(row)]
                changes.create_versioned(row, by=by, deed="restore")
                beside[row.key] = row
    except ValidationError as error:
        message = "".join(error.messages)
        raise CannotReturn(f"元に戻せません。{message}") from error
    except IntegrityError as error:
        raise CannotReturn(
            "同じ場所に別の内容が登録されているため、元に戻せません。"
            "その内容を確かめ、要らなければ削除してから戻してください。"
        ) from error


def _returned(one: dict[str, Any], cycle: Any, known: Known) -> Versioned:
    """Return the row of one entry, not yet saved. Raises ValidationError."""
    kind = _kinds[one["kind"]]
    part, values = kind.part, dict(one["row"])
    owner = {part.owner: values.pop(part.owner)} if part.owner else {}
    # Through the schema: what was added to the table since then takes its default.
    try:
        values = part.schema.model_validate_json(json.dumps(values)).model_dump() | owner
    except SchemaError as error:
        raise ValidationError("削除したときの書き方を、いまは読み込めません。") from error
    row = part.new_row(cycle, values["key"])
    try:
        part.assign(row, values, part.lookups(cycle))
        part.refer(row, values, known)
    except ValidationError as error:
        if gone := missing(part, values, known, refused=error):
            names = "、".join(gone)
            raise CannotReturn(
                f"元に戻せません。もとになる{names}が、いまはありません。"
                f"先に{names}を元に戻すか、共有が続いているかを確かめてください。"
            ) from error
        raise
    return row


def missing(
    part: Any, values: dict[str, Any], known: Known, *, refused: ValidationError
) -> list[str]:
    """Return what people call the rows that a returning row points at and that are not there, or not shared."""
    wrong = refused.error_dict if hasattr(refused, "error_dict") else {}
    gone = []
    for name, model in part.references.items():
        is_theirs = bool(values.get(f"{name}_lead"))
        is_known = name not in wrong if is_theirs else values[name] in known[model]
        if values[name] is not None and not is_known:
            gone.append(str(model._meta.verbose_name))
    return gone
