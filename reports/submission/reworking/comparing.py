"""Two versions of a report side by side: which are compared, and in which sections they differ."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from municipalities.japanese import numerals
from reports.document import differing
from reports.document.upgrading import upgraded
from reports.models import Snapshot

if TYPE_CHECKING:
    from reports.document.differing import SectionChange


@dataclass(frozen=True, slots=True)
class Comparison:
    """`before` is None where there is no earlier version; `earlier` are those to choose from."""

    before: Snapshot | None
    after: Snapshot
    earlier: tuple[Snapshot, ...]
    sections: tuple[SectionChange, ...]


def document_of(version: Snapshot) -> dict[str, Any]:
    """Return the document of a submitted version as today's."""
    return upgraded(json.loads(bytes(version.document)))


def between(before: Snapshot, after: Snapshot) -> tuple[SectionChange, ...]:
    return differing.sections(document_of(before), document_of(after))


def compare(after: Snapshot, *, wanted: str = "", usual: Snapshot | None = None) -> Comparison:
    """Compare a version with the earlier one that is wanted by number, else with the usual one.

    Where neither is, with the one just before.
    """
    earlier = tuple(
        Snapshot.objects.filter(report=after.report_id, version__lt=after.version)
        .defer("document")
        .order_by("-version")
    )
    just_before = earlier[0] if earlier else None
    before = _chosen(earlier, wanted) or usual or just_before
    return Comparison(before, after, earlier, between(before, after) if before else ())


def _chosen(earlier: tuple[Snapshot, ...], wanted: str) -> Snapshot | None:
    version = numerals.version(wanted)
    return next((one for one in earlier if one.version == version), None)
