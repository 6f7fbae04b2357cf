"""The fence between prefectures: rows that an office of a prefecture keeps.

It stands beside that between municipalities and has a context variable of its own. The prefecture
reads and writes its rows; its towns read them, through `reading_prefecture`, and never write.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models.expressions import Func

from municipalities.tenancy import OutsideFence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler

# The prefecture whose rows may be read, and whether they may be written.
_within: ContextVar[tuple[int, bool] | None] = ContextVar("within_prefecture", default=None)


class NotWithinPrefecture(RuntimeError):
    """A table of the prefectures was touched by code that is within none, or may only read."""


@contextmanager
def within_prefecture(prefecture: models.Model | int) -> Iterator[None]:
    """Work within this prefecture: read and write its rows only."""
    with _set((_key(prefecture), True)):
        yield


@contextmanager
def reading_prefecture(prefecture: models.Model | int) -> Iterator[None]:
    """Read the rows of this prefecture, as its towns do; writing is an error."""
    with _set((_key(prefecture), False)):
        yield


@contextmanager
def _set(place: tuple[int, bool]) -> Iterator[None]:
    token = _within.set(place)
    try:
        yield
    finally:
        _within.reset(token)


def _key(prefecture: models.Model | int) -> int:
    key = prefecture if isinstance(prefecture, int) else prefecture.pk
    if not isinstance(key, int):
        raise NotWithinPrefecture(f"{prefecture!r} is no prefecture")
    return key


def current_prefecture() -> int:
    """Return the prefecture whose rows may be read now. Raises NotWithinPrefecture outside."""
    if place := _within.get():
        return place[0]
    raise NotWithinPrefecture("This code reads a prefecture's table, but is within none")


def current_prefecture_or_none() -> int | None:
    """Return the same, or None outside. For the second wall only."""
    place = _within.get()
    return place[0] if place else None


def writing_prefecture() -> int:
    """Return the prefecture whose rows may be written now. Raises NotWithinPrefecture."""
    place = _within.get()
    if place is None or not place[1]:
        raise NotWithinPrefecture("A prefecture's rows are written within it alone")
    return place[0]


class WithinPrefecture(Func):
    """SQL for "this row belongs to the prefecture we are within"."""

    output_field = models.BooleanField()

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_: Any, **__: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        column, params = compiler.compile(self.source_expressions[0])
        return f"{column} = %s", (*params, current_prefecture())


class PrefectureQuerySet(models.QuerySet):
    """Refuses to write where the prefecture's rows may only be read."""

    def update(self, **kwargs: Any) -> int:
        writing_prefecture()
        return super().update(**kwargs)

    update.alters_data = True  # type: ignore[attr-defined]

    def delete(self) -> tuple[int, dict[str, int]]:
        writing_prefecture()
        return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]


class PrefectureManager(models.Manager):
    """The only manager of a prefecture's table, default and base manager alike."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(WithinPrefecture("prefecture_id"))


class PrefectureKey(models.ForeignKey):
    """The column that owns a row. It fills itself at the write and refuses any other prefecture."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {
            "to": "municipalities.Prefecture",
            "on_delete": models.PROTECT,
            "related_name": "+",
            "editable": False,
            "verbose_name": "都道府県",
        }
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> int:  # noqa: FBT001 -- Django's signature
        here = writing_prefecture()
        if getattr(model_instance, self.attname) not in {None, here}:
            raise OutsideFence(f"{model_instance!r} belongs to another prefecture")
        setattr(model_instance, self.attname, here)
        return here


class PrefectureModel(models.Model):
    """A row of one prefecture."""

    prefecture = PrefectureKey()

    objects: ClassVar[Any] = PrefectureManager.from_queryset(PrefectureQuerySet)()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete through the fence: a row made by hand with a neighbour's key deletes nothing."""
        result = type(self).objects.filter(pk=self.pk).delete()
        self.pk = None
        return result
