"""同じ内容で新しく作る: a sent 照会, also a withdrawn one, as the draft of the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from municipalities.kernel import changes
from municipalities.rows.keys import new_key
from reports.models import Inquiry, InquiryQuestion
from reports.prefecture.years import this_year

if TYPE_CHECKING:
    import datetime as dt

    from municipalities.models import User

HEAD = ("title", "purpose", "basis", "contact", "towns")
ASKED = ("text", "kind", "is_required", "unit", "choices", "example", "position")


def draft_of(row: Inquiry) -> Inquiry:
    """Return what would be asked again, unsaved: this year, by a due date that is still to come."""
    fiscal_year = max(row.fiscal_year, this_year())
    due_on = years_later(row.due_on, fiscal_year - row.fiscal_year)
    return Inquiry(
        fiscal_year=fiscal_year,
        prefecture=row.prefecture,
        due_on=max(due_on, timezone.localdate()),
        **{name: getattr(row, name) for name in HEAD},
    )


def years_later(day: dt.date, years: int) -> dt.date:
    """Return the same day so many years later; of a 29 February the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def insert(draft: Inquiry, row: Inquiry, *, by: User) -> None:
    """Write the draft with the questions of the one that it begins from, in the caller's transaction."""
    changes.create_versioned(draft, by=by)  # type: ignore[arg-type]
    for question in row.questions.all():
        told = {name: getattr(question, name) for name in ASKED}
        copied = InquiryQuestion(
            inquiry=draft,
            prefecture=row.prefecture,
            key=new_key("inquiryquestion"),
            **told,
        )
        changes.create_versioned(copied, by=by)  # type: ignore[arg-type]
