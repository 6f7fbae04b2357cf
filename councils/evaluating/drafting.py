"""One press writes the facts of a year as drafts: where nobody has written any, and over drafts nobody has touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from councils.evaluating import evaluated, evaluating
from councils.models import Evaluation
from municipalities.kernel import changes
from municipalities.kernel.changes import StaleVersion

if TYPE_CHECKING:
    from councils.evaluating.evaluating import Case
    from municipalities.models import Cycle, User

FIELDS = ("text", "is_drafted", "drafted_from")


def draft_all(cycle: Cycle, *, by: User) -> int:
    """Write a draft for everything that has numbers; return how many were written.

    What somebody writes or confirms meanwhile stays theirs.
    """
    return sum(
        draft(case, cycle, by=by)
        for case in evaluating.cases_of(cycle)
        if evaluating.is_draftable(case)
    )


def draft(case: Case, cycle: Cycle, *, by: User) -> bool:
    row = case.evaluation or Evaluation(
        cycle=cycle,
        key=evaluated.key_of(case.subject.column, case.subject.row),
        **{case.subject.column: case.subject.row},
    )
    row.text = row.drafted_from = case.draft
    row.is_drafted = True
    try:
        with transaction.atomic():
            if row.pk is None:
                changes.create_versioned(row, by=by, deed="draft")
            else:
                changes.save_versioned(
                    row, by=by, expected_version=row.version, fields=FIELDS, deed="draft"
                )
    except (IntegrityError, StaleVersion):
        return False
    return True
