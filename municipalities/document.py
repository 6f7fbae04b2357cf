"""How rows travel in the municipality-year document; and this app's part of it, 自治体概要."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from pydantic import BaseModel, ConfigDict, Field

from municipalities.choices import Audience
from municipalities.kernel import changes
from municipalities.models import Profile

if TYPE_CHECKING:
    from collections.abc import Iterable

    from municipalities.kernel.changes import Versioned
    from municipalities.models import Cycle, User

Key = Annotated[str, Field(pattern=r"^[-a-zA-Z0-9_]{1,80}$")]
# Texts that leave the house with a report; 庁内 stays.
ADVISERS_READ = (Audience.ADVISER, Audience.PREFECTURE, Audience.PUBLIC)


class RowSchema(BaseModel):
    """A row in the document: unknown names are refused, its key is its identity."""

    model_config = ConfigDict(extra="forbid", strict=True)

    key: Key


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where: a JSON pointer into the document that was sent."""

    pointer: str
    message: str


def json_value(value: Any) -> Any:
    """Return a column's value as JSON: decimals as normalised text without exponent."""
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return changes.plain(value)


class RowsPart:
    """One list (or single object) of the document, kept in one versioned table."""

    name: ClassVar[str]
    model: ClassVar[Any]
    schema: ClassVar[type[RowSchema]]
    fields: ClassVar[tuple[str, ...]]
    single: ClassVar[bool] = False
    # Rows of a year vanish when a document that names their part leaves them out.
    deletes: ClassVar[bool] = True

    def rows(self, cycle: Cycle) -> Iterable[Versioned]:
        return self.model.objects.filter(cycle=cycle)

    def dump(self, cycle: Cycle, *, for_report: bool = False) -> Any:
        """Return this part as JSON values; for a report without what stays 庁内."""
        rows = [
            self.dump_row(row)
            for row in self.rows(cycle)
            if not for_report or getattr(row, "audience", Audience.ADVISER) in ADVISERS_READ
        ]
        if self.single:
            return rows[0] if rows else None
        return rows

    def dump_row(self, row: Versioned) -> dict[str, Any]:
        return {"key": row.key} | {name: json_value(getattr(row, name)) for name in self.fields}

    def assign(self, row: Versioned, values: dict[str, Any]) -> None:
        """Put the document's values on a row. Raises ValidationError by field name."""
        for name in self.fields:
            if name in values:
                setattr(row, name, values[name])

    def new_row(self, cycle: Cycle, key: str) -> Versioned:
        return self.model(cycle=cycle, key=key)

    def load(self, cycle: Cycle, data: Any, *, by: User, problems: list[Problem]) -> None:
        """Upsert by key and delete what is not named. The caller holds the transaction."""
        items = ([] if data is None else [data]) if self.single else data
        existing = {row.key: row for row in self.rows(cycle)}
        named = set()
        for index, item in enumerate(items):
            pointer = f"/{self.name}" if self.single else f"/{self.name}/{index}"
            if item["key"] in named:
                problems.append(Problem(f"{pointer}/key", "同じキーが二度使われています。"))
                continue
            named.add(item["key"])
            row = existing.get(item["key"]) or self.new_row(cycle, item["key"])
            self.load_row(row, item, by=by, pointer=pointer, problems=problems)
        if self.deletes:
            gone = [row for key, row in existing.items() if key not in named]
            self.delete(gone, by=by, problems=problems)

    def load_row(
        self,
        row: Versioned,
        item: dict[str, Any],
        *,
        by: User,
        pointer: str,
        problems: list[Problem],
    ) -> None:
        try:
            self.assign(row, item)
            row.full_clean(exclude=["municipality", "cycle"], validate_unique=False)
        except ValidationError as error:
            problems.extend(in_words(error, pointer))
            return
        if row.pk is None:
            changes.create_versioned(row, by=by, deed="import")
        else:
            changes.save_versioned(
                row, by=by, expected_version=row.version, fields=self.fields, deed="import"
            )

    def delete(self, rows: list[Versioned], *, by: User, problems: list[Problem]) -> None:
        for row in rows:
            before = changes.values_of(row, self.fields)
            try:
                with transaction.atomic():
                    changes.record(
                        row, by=by, deed="delete", before=before, after={}, version=row.version + 1
                    )
                    row.delete()
            except ProtectedError:
                message = f"「{row.key}」は、報告書などで使われているため削除できません。"
                problems.append(Problem(f"/{self.name}", message))


def in_words(error: ValidationError, pointer: str) -> Iterable[Problem]:
    """Turn Django's errors by field into problems with pointers."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for name, messages in by_field.items():
        where = pointer if name in {"", "__all__"} else f"{pointer}/{name}"
        for message in messages:
            yield Problem(where, message)


class ProfileRow(RowSchema):
    """自治体概要 の文章"""

    responsible_section: str = ""
    contractors: str = ""
    other_participants: str = ""
    strengths: str = ""
    difficulties: str = ""
    medical_features: str = ""
    care_features: str = ""
    programme_state: str = ""


class ProfilePart(RowsPart):
    name = "profile"
    model = Profile
    schema = ProfileRow
    fields = (*Profile.HEAD_FIELDS, *Profile.FEATURE_FIELDS)
    single = True


PARTS = (ProfilePart(),)
