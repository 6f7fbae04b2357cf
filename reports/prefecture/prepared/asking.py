"""Asking for a file and giving it up: what officers press."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from municipalities import town_codes
from municipalities.choices import ScopeKind
from municipalities.kernel import jobs
from municipalities.models import AccessEvent, Prefecture
from reports.choices import PreparedKind, PreparedState
from reports.models import PreparedFile
from reports.prefecture.prepared import cutting

if TYPE_CHECKING:
    from municipalities.models import User

ZIP, PAPER = "prefecture_zip", "comparison_pdf"
JOBS = {PreparedKind.INTERIM: ZIP, PreparedKind.FINAL: ZIP, PreparedKind.COMPARISON: PAPER}
ASK, DOWNLOAD = "prepare_file", "download_file"


# So many files of a kind may be in the making at a desk: who asks for more waits for the first.
MOST_WAITING = 5


class AlreadyMaking(Exception):
    """The same selection is in the making; one file of it is enough."""


class TooMany(Exception):
    """As many files as a desk may have are in the making."""


def ask(
    prefecture: Prefecture, fiscal_year: int, kind: PreparedKind, *, by: User, query: str = ""
) -> PreparedFile:
    """Have a file made in the background, of the municipalities that `query` is cut to. Within the prefecture.

    Another selection is made after those that were asked for before. Raises AlreadyMaking and TooMany.
    """
    towns = town_codes.write(cutting.towns_in(query) or ())
    try:
        with transaction.atomic():
            # One after the other: of two who ask at once the second counts the first one's file.
            Prefecture.objects.select_for_update(no_key=True).get(pk=prefecture.pk)
            selection = mark_of(fiscal_year, query)
            refuse_too_many(kind, towns, selection)
            row = PreparedFile.objects.create(
                fiscal_year=fiscal_year,
                kind=kind,
                query=query,
                towns=towns,
                selection=selection,
                requested_by=by,
            )
            jobs.enqueue(
                JOBS[kind], municipality=None, actor=by, file=row.pk, prefecture=prefecture.pk
            )
            note(ASK, row, prefecture, by=by)
    except IntegrityError as collision:
        raise AlreadyMaking from collision
    return row


def mark_of(fiscal_year: int, query: str) -> str:
    """Return a mark of what is selected, short enough for an index."""
    return hashlib.sha256(f"{fiscal_year} {query}".encode()).hexdigest()


def refuse_too_many(kind: PreparedKind, towns: str, selection: str) -> None:
    """Raise TooMany where a desk has as many in the making as it may; the same selection collides by itself."""
    making = PreparedFile.objects.making().filter(kind=kind, towns=towns)
    if making.exclude(selection=selection).count() >= MOST_WAITING:
        raise TooMany


def ahead_of(row: PreparedFile) -> int:
    """Return how many files of the same desk and kind were asked for before and are not done."""
    making = PreparedFile.objects.making().filter(kind=row.kind, towns=row.towns)
    return making.filter(pk__lt=row.pk).count()


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
