"""The fence between municipalities.

Every query on a fenced table is cut to the municipality the code works within. The cut is made when
the SQL is written, so no queryset method can step round it, and code that is within no municipality
gets an error, never another town's row.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models.expressions import Func

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler

_within: ContextVar[tuple[int, ...]] = ContextVar("within", default=())


class NotWithinMunicipality(RuntimeError):
    """A fenced table was touched by code that is within no municipality."""


class OutsideFence(RuntimeError):
    """A row was to be written that belongs, itself or by its parent, to another municipality."""


@contextmanager
def within(municipality: models.Model | int) -> Iterator[None]:
    """Work within this municipality: read its rows only, write its rows only."""
    with _set((_key(municipality),)):
        yield


@contextmanager
def across(municipalities: Iterable[models.Model | int]) -> Iterator[None]:
    """Read heads of rows in several municipalities. A door: tests/test_doors.py names who may.

    With no municipality at all nothing is readable: the error is the same as outside.
    """
    with _set(tuple(_key(municipality) for municipality in municipalities)):
        yield


@contextmanager
def outside() -> Iterator[None]:
    """Leave the municipality for a while, e.g. before a job that must enter its own."""
    with _set(()):
        yield


@contextmanager
def within_or_outside(municipality: models.Model | int | None) -> Iterator[None]:
    """Work within this municipality, or within none where there is none."""
    with within(municipality) if municipality is not None else outside():
        yield


@contextmanager
def _set(keys: tuple[int, ...]) -> Iterator[None]:
    token = _within.set(keys)
    try:
        yield
    finally:
        _within.reset(token)


def _key(municipality: models.Model | int) -> int:
    key = municipality if isinstance(municipality, int) else municipality.pk
    if not isinstance(key, int):
        raise NotWithinMunicipality(f"{municipality!r} is no municipality")
    return key


def current() -> tuple[int, ...]:
    """Return the primary keys that may be read now. Raises NotWithinMunicipality outside."""
    if keys := _within.get():
        return keys
    raise NotWithinMunicipality("This code reads a fenced table, but is within no municipality")


def current_or_none() -> tuple[int, ...]:
    """Return the primary keys that may be read now; empty outside. For the second wall only."""
    return _within.get()


def writing() -> int:
    """Return the one municipality that may be written now. Raises NotWithinMunicipality."""
    keys = current()
    if len(keys) != 1:
        raise NotWithinMunicipality("Rows are written within exactly one municipality")
    return keys[0]


class Within(Func):
    """SQL for "this row belongs to the municipality we are within"."""

    output_field = models.BooleanField()

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_: Any, **__: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        column, params = compiler.compile(self.source_expressions[0])
        keys = current()
        return f"{column} IN ({', '.join(['%s'] * len(keys))})", (*params, *keys)


class TenantManager(models.Manager):
    """The only manager of a fenced table, default and base manager alike."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(Within("municipality_id"))


class TenantKey(models.ForeignKey):
    """The column that owns a row. It fills itself at the write and refuses any other municipality."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {
            "to": "municipalities.Municipality",
            "on_delete": models.PROTECT,
            "related_name": "+",
            "editable": False,
            "verbose_name": "市区町村",
        }
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> int:  # noqa: FBT001 -- Django's signature
        here = writing()
        owner = getattr(model_instance, self.attname)
        if owner not in {None, here}:
            raise OutsideFence(f"{model_instance!r} belongs to another municipality")
        for parent in _fenced_parents(model_instance):
            if parent.municipality_id not in {None, here}:
                raise OutsideFence(f"{parent!r} belongs to another municipality")
        setattr(model_instance, self.attname, here)
        return here


def _fenced_parents(row: models.Model) -> Iterator[TenantModel]:
    """Yield the fenced rows that this row points at, as far as they are loaded."""
    across = getattr(row, "POINTS_ACROSS", ())
    for name, parent in row._state.fields_cache.items():
        if isinstance(parent, TenantModel) and name not in across:
            yield parent


class TenantModel(models.Model):
    """A row of one municipality."""

    # Columns that may point at a row which another municipality shares with ours.
    POINTS_ACROSS: ClassVar[frozenset[str]] = frozenset()

    municipality = TenantKey()

    objects = TenantManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete through the fence: a row made by hand with a neighbour's key deletes nothing."""
        result = type(self).objects.filter(pk=self.pk).delete()
        self.pk = None
        return result
