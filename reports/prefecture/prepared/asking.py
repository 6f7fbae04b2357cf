"""Asking for a file and giving it up: what officers press."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from municipalities import town_codes
from municipalities.choices import ScopeKind
from municipalities.kernel import jobs
from municipalities.models import AccessEvent
from reports.choices import PreparedKind, PreparedState
from reports.models import PreparedFile
from reports.prefecture.prepared import cutting

if TYPE_CHECKING:
    from municipalities.models import Prefecture, User

ZIP, PAPER = "prefecture_zip", "comparison_pdf"
JOBS = {PreparedKind.INTERIM: ZIP, PreparedKind.FINAL: ZIP, PreparedKind.COMPARISON: PAPER}
ASK, DOWNLOAD = "prepare_file", "download_file"


class AlreadyMaking(Exception):
    """A file of this kind for the same municipalities is in the making; one at a time is enough."""


def ask(
    prefecture: Prefecture, fiscal_year: int, kind: PreparedKind, *, by: User, query: str = ""
) -> PreparedFile:
    """Have a file made in the background, of the municipalities that `query` is cut to. Within the prefecture.

    Raises AlreadyMaking: one of a kind at a time for the same municipalities.
    """
    try:
        with transaction.atomic():
            row = PreparedFile.objects.create(
                fiscal_year=fiscal_year,
                kind=kind,
                query=query,
                towns=town_codes.write(cutting.towns_in(query) or ()),
                requested_by=by,
            )
            jobs.enqueue(
                JOBS[kind], municipality=None, actor=by, file=row.pk, prefecture=prefecture.pk
            )
            note(ASK, row, prefecture, by=by)
    except IntegrityError as collision:
        raise AlreadyMaking from collision
    return row


def cancel(row: PreparedFile) -> bool:
    """Give a file up: the worker stops before the next paper. False when it had ended."""
    values = {"state": PreparedState.CANCELLED, "ended_at": Now()}
    return bool(PreparedFile.objects.making().filter(pk=row.pk).update(**values))


def note(deed: str, row: PreparedFile, prefecture: Prefecture, *, by: User) -> None:
    """Write down who had what put together, and who took it away."""
    AccessEvent.objects.create(
        actor=by,
        deed=deed,
        scope_kind=ScopeKind.PREFECTURE,
        scope_code=prefecture.code,
        after={"file": row.pk, "kind": str(row.kind), "fiscal_year": row.fiscal_year},
    )
