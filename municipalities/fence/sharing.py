"""Rows that several municipalities share: read by the lead and its partners, written by the lead alone.

A head (a joint council, contract or structure) is owned by its lead, in `municipality` like every
fenced row; a table of its own lists the partners. The rows under a head carry the head's column, so
that one EXISTS, with no join that would double rows, lets the partners read them (docs/adr/0020).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import apps
from django.db import models
from django.db.models.expressions import Func

from municipalities.tenancy import TenantManager, TenantModel, Within, current

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler


ANY_ROW = "SELECT 1 FROM"
OURSELVES = "自分の市区町村は、追加しなくても含まれています。ほかの市区町村を入力してください。"


class WithinShared(Func):
    """SQL for "this row, or the head it stands under, is led by or shared with where we are".

    `partners` is the label of the table of partners, `points` its column that names the head.
    """

    output_field = models.BooleanField()

    def __init__(self, owner: str, head: str, partners: str, points: str) -> None:
        super().__init__(owner, head)
        self.partners, self.points = partners, points

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_: Any, **__: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        owner, owner_params = compiler.compile(self.source_expressions[0])
        head, head_params = compiler.compile(self.source_expressions[1])
        keys = current()
        marks = ", ".join(["%s"] * len(keys))
        table, points = names_in_sql(self.partners, self.points, connection)
        # Only the lead shares: a line that somebody else wrote under its head opens nothing.
        lead, partner = map(connection.ops.quote_name, ("municipality_id", "partner_id"))
        shared = f"{table}.{points} = {head} AND {table}.{lead} = {owner}"
        sql = f"({owner} IN ({marks}) OR EXISTS ({ANY_ROW} {table} WHERE {shared} AND {table}.{partner} IN ({marks})))"
        return sql, (*owner_params, *keys, *head_params, *owner_params, *keys)


class WithinPartnership(Func):
    """SQL for "this line of a table of partners is of the lead or the partner where we are"."""

    output_field = models.BooleanField()

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_: Any, **__: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        lead, lead_params = compiler.compile(self.source_expressions[0])
        partner, partner_params = compiler.compile(self.source_expressions[1])
        keys = current()
        marks = ", ".join(["%s"] * len(keys))
        sql = f"({lead} IN ({marks}) OR {partner} IN ({marks}))"
        return sql, (*lead_params, *keys, *partner_params, *keys)


def names_in_sql(
    partners: str, points: str, connection: BaseDatabaseWrapper | Any
) -> tuple[str, str]:
    """Return the quoted names of a table of partners and of its column that points at the head."""
    meta = apps.get_model(partners)._meta
    column: Any = meta.get_field(points)
    return connection.ops.quote_name(meta.db_table), connection.ops.quote_name(column.column)


class SharedQuerySet(models.QuerySet):
    """Reads what is shared; writes and deletes what is led here, whatever was read."""

    def led(self) -> SharedQuerySet:
        """Keep the rows that the municipality we are within leads."""
        return self.filter(Within("municipality_id"))

    def shared(self) -> SharedQuerySet:
        """Keep the rows that another municipality leads and shares with us."""
        return self.exclude(Within("municipality_id"))

    def update(self, **kwargs: Any) -> int:
        return super(SharedQuerySet, self.led()).update(**kwargs)

    update.alters_data = True  # type: ignore[attr-defined]

    def _update(self, values: Any) -> int:
        return super(SharedQuerySet, self.led())._update(values)  # type: ignore[misc]

    def delete(self) -> tuple[int, dict[str, int]]:
        return super(SharedQuerySet, self.led()).delete()

    delete.alters_data = True  # type: ignore[attr-defined]

    def _raw_delete(self, using: str | None) -> int:
        return super(SharedQuerySet, self.led())._raw_delete(using)


class SharedManager(TenantManager.from_queryset(SharedQuerySet)):  # type: ignore[misc]
    """The only manager of a shared table, default and base manager alike."""

    def get_queryset(self) -> SharedQuerySet:
        found: SharedQuerySet = SharedQuerySet(model=self.model, using=self._db, hints=self._hints)
        return found.filter(self.model.fence())


class SharedTenantModel(TenantModel):
    """A row that partners may read. `SHARED_BY` names the table of partners, the column there that
    points at the head, and the column here that holds the head's id (`pk` in the head itself).
    """

    SHARED_BY: ClassVar[tuple[str, str, str]]

    objects: ClassVar = SharedManager()

    class Meta(TenantModel.Meta):
        abstract = True

    @classmethod
    def fence(cls) -> Func:
        partners, points, head = cls.SHARED_BY
        return WithinShared("municipality_id", head, partners, points)

    @property
    def is_led_here(self) -> bool:
        """Say whether the municipality we are within leads this row, and so may write it."""
        return self.municipality_id in current()


class SharePartner(SharedTenantModel):
    """One partner of a shared head. The fence here looks at columns only: a policy that asked the
    heads would ask itself again.
    """

    partner = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="共同で行う市区町村",
    )

    class Meta(SharedTenantModel.Meta):
        abstract = True

    @classmethod
    def fence(cls) -> Func:
        return WithinPartnership("municipality_id", "partner_id")
