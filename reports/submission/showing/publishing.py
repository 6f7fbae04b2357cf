"""The copy for the prefecture: written by the deed that submits, in its transaction, after disclosure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from indicators.models import PublishedValue
from municipalities.kernel import jobs
from municipalities.models import Publication
from reports.choices import ReportStatus
from reports.document import assembly, copied_answers, copied_numbers, publication, snapshot
from reports.document.reading import gather
from reports.submission.showing import letting_out

if TYPE_CHECKING:
    from municipalities.models import Cycle
    from reports.document.publication import Copy
    from reports.document.year_review import YearReview
    from reports.models import ProgressReport, Snapshot

MAKE_COPY = "make_publication_pdf"
# The resident register is newer than the census; where a town is in neither, its own figure counts.
POPULATIONS = ("registry_population_total", "population_total")


def publish(report: ProgressReport, frozen: Snapshot) -> Publication | None:
    """Write the copy of a version that is being submitted, let its values out, and queue its PDF.

    The caller holds the transaction. A paper for the council goes to nobody: it has no copy.
    """
    if report.is_council_paper:
        return None
    copy = copied(report.cycle, json.loads(bytes(frozen.document)))
    content = assembly.canonical(copy.document)
    made = Publication.objects.create(
        municipality=report.cycle.municipality,
        fiscal_year=report.cycle.fiscal_year,
        number=str(report.number),
        version=frozen.version,
        title=report.title,
        document=content,
        sha256=assembly.sha256(content),
        published_at=frozen.made_at,
    )
    letting_out.let_out(report.cycle.municipality)
    jobs.enqueue(
        MAKE_COPY,
        municipality=report.cycle.municipality,
        actor=report.submitted_by,
        publication=made.pk,
    )
    return made


def copy_now(report: ProgressReport) -> Copy:
    """Return the copy as it would be if the report were submitted now."""
    document = snapshot.report_document(report, submitted_at=None, status=ReportStatus.DRAFT)
    return copied(report.cycle, json.loads(assembly.canonical(document)))


def copied(cycle: Cycle, document: dict[str, Any]) -> Copy:
    """Return the copy of a report's document, mindful of what earlier copies have told."""
    copies = list(letting_out.told_of(cycle.municipality))
    return publication.copy_of(
        document,
        population=population_of(cycle, document),
        earlier=copied_numbers.earlier(copies),
        asked_earlier=copied_answers.earlier(copies, fiscal_year=cycle.fiscal_year),
    )


def review_of(made: Publication) -> YearReview:
    """Return what a copy shows, from its bytes alone."""
    return gather(json.loads(bytes(made.document)), sha256=made.sha256)


def population_of(cycle: Cycle, document: dict[str, Any]) -> int | None:
    """Return how many live in the municipality, by the newest statistic or the report's own figure."""
    published = PublishedValue.objects.of_town(cycle.municipality, until=cycle.fiscal_year)
    newest = published.filter(definition__code__in=POPULATIONS).last()
    if newest is not None:
        return int(newest.value)
    figures = {row["code"]: row["value"] for row in document["figures"]}
    known = figures.get("population_total")
    return None if known is None else int(float(known))
