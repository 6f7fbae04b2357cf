"""The versions of a report as they lie there: when, how many pages, to whom, and why each was made."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.http import Http404

from reports.models import Delivery, Erratum, Snapshot
from reports.submission.reworking import reopening


@dataclass(frozen=True, slots=True)
class Version:
    """One version. `pdf` is None until it is made; `reason` is empty for the first."""

    snapshot: Snapshot
    pdf: object
    deliveries: tuple
    errata: tuple
    reason: str
    is_newest: bool


def of(report):
    """Return the versions of a report, the newest first, in a fixed number of queries."""
    rows = list(
        Snapshot.objects.filter(report=report)
        .defer("document")
        .select_related("pdf")
        .prefetch_related(
            Prefetch("deliveries", Delivery.objects.select_related("recipient")),
            Prefetch("errata", Erratum.objects.select_related("written_by")),
        )
        .order_by("-version")
    )
    reasons = _reasons(report, rows)
    return [
        Version(
            snapshot=row,
            pdf=getattr(row, "pdf", None),
            deliveries=tuple(row.deliveries.all()),
            errata=tuple(row.errata.all()),
            reason=reasons.get(row.version, ""),
            is_newest=number == 0,
        )
        for number, row in enumerate(rows)
    ]


def _reasons(report, rows):
    """Return why each version was made: what was said at the last reopening before it."""
    told = list(reopening.reopenings(report))
    return {
        row.version: next((one.after["reason"] for one in told if one.at <= row.made_at), "")
        for row in rows
        if row.version > 1
    }


def one(report, version):
    """Return one version of a report with its document. Raises Http404."""
    found = Snapshot.objects.filter(report=report, version=version).select_related("pdf").first()
    if found is None:
        raise Http404
    return found
