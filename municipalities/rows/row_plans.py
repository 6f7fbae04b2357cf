"""What a document will do to one table, before anything of it is written: problems, and rows on their way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.exceptions import ValidationError

    from municipalities.kernel.changes import Versioned


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where: a JSON pointer into the document that was sent."""

    pointer: str
    message: str


@dataclass(slots=True)
class Entry:
    """A row of the document on its way into the table. `before` is empty for a new row."""

    pointer: str
    row: Versioned
    before: dict[str, Any] = field(default_factory=dict)
    place_before: tuple[Any, ...] | None = None


@dataclass(slots=True)
class Plan:
    """What a document will do to one table: nothing of it is written yet."""

    new: list[Entry] = field(default_factory=list)
    changed: list[Entry] = field(default_factory=list)
    gone: list[Versioned] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def writes(self) -> int:
        """How many rows will be written or deleted."""
        return len(self.new) + len(self.changed) + len(self.gone)


# The rows of every table planned so far, by key: those that will be there when all is written.
Known = dict[Any, dict[str, Any]]


def clean(row: Versioned) -> None:
    """Check a row's own columns, without a query. Raises ValidationError by field name."""
    relations = {column.name for column in row._meta.concrete_fields if column.is_relation}
    row.clean_fields(exclude=relations)
    row.clean()


def in_words(error: ValidationError, pointer: str) -> Iterable[Problem]:
    """Turn Django's errors by field into problems with pointers."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for name, messages in by_field.items():
        where = pointer if name in {"", "__all__"} else f"{pointer}/{name}"
        for message in messages:
            yield Problem(where, message)
