"""What changed between two documents of a report, as values: sections, their rows, and what of a row."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Kind(enum.StrEnum):
    """What became of a piece of text; LEFT_OUT stands for an unchanged stretch that is not shown."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    LEFT_OUT = "left_out"


class Deed(enum.Enum):
    """What was done to a row, with its word."""

    ADDED = "追加"
    REMOVED = "削除"
    CHANGED = "変更"
    MOVED = "移動"

    @property
    def code(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text. All but the added ones make the old text, all but the removed ones the new."""

    kind: Kind
    text: str

    @property
    def shown(self) -> str:
        """Blanks alone would be invisible: they get a word."""
        if self.kind is Kind.SAME or self.text.strip():
            return self.text
        return "（改行）" if "\n" in self.text else "（空白）"


@dataclass(frozen=True, slots=True)
class TextChange:
    """A text that is not as it was."""

    label: str
    segments: tuple[Segment, ...]
    is_text: bool = True


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A number, a day, a chosen word or another row pointed at: both in words, empty for nothing."""

    label: str
    before: str
    after: str
    is_number: bool = False
    is_text: bool = False


FieldChange = TextChange | ValueChange


@dataclass(frozen=True, slots=True)
class Move:
    """Where a row stood and where it stands: its place in the order, or under which other row."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row. `heading` says what it is (課題), `name` which one, `where` under which other row.

    `name` is empty for what there is only one of.
    """

    part: str
    key: str
    heading: str
    name: str
    deed: Deed
    fields: tuple[FieldChange, ...] = ()
    move: Move | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class SectionChange:
    """A section of the report that is not as it was."""

    code: str
    label: str
    rows: tuple[RowChange, ...]
