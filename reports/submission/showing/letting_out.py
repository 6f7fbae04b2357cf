"""From the copies of a municipality's reports to the values that others may compare."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from indicators.publishing import letting_out
from indicators.publishing.letting_out import Copy
from municipalities.models import Publication
from reports.document.upgrading import upgraded
from surveys.models import SharedResult

if TYPE_CHECKING:
    from collections.abc import Iterator

    from municipalities.models import Municipality


TOLD = ("fiscal_year", "measurements", "published_surveys")


def let_out(municipality: Municipality) -> None:
    """Make the published values of a municipality equal to its copies, and to nothing else.

    The caller is within the municipality and holds the transaction.
    """
    letting_out.let_out(municipality, copies_of(municipality))


def copies_of(municipality: Municipality) -> Iterator[Copy]:
    """Yield the newest version of the copy of each report, one document in memory at a time."""
    found = Publication.objects.filter(municipality=municipality).order_by("version")
    newest = dict(found.values_list("number", "pk"))
    for one in Publication.objects.filter(pk__in=newest.values()).order_by("pk").iterator():
        document = upgraded(json.loads(bytes(one.document)))
        yield Copy(one.number, one.published_at, one.fiscal_year, document["measurements"])


def told_of(municipality: Municipality) -> Iterator[dict[str, Any]]:
    """Yield what the municipality has told of numbers and answers: by its copies, and by results that it shared.

    What was taken back was read all the same.
    """
    for one in documents_of(municipality):
        yield {name: one.get(name, []) for name in TOLD}
    shared = SharedResult.objects.filter(municipality=municipality).order_by("pk")
    for content in shared.values_list("content", flat=True).iterator():
        yield json.loads(bytes(content))


def documents_of(municipality: Municipality) -> Iterator[dict[str, Any]]:
    """Yield the documents of all its copies, every version: who has received them keeps them."""
    found = Publication.objects.filter(municipality=municipality).order_by("pk")
    for content in found.values_list("document", flat=True).iterator():
        yield upgraded(json.loads(bytes(content)))
