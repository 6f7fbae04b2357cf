"""A comparison on paper, drawn by the worker: the selection is asked again when it is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils import timezone

from indicators.comparison.asking.asked import about_of, asked_by, file_name, selected
from municipalities.kernel import files, jobs
from municipalities.templatetags.era import western
from reports.paper.rendering.client import RenderFailed
from reports.paper.towns.comparison import ComparisonPaper, make_comparison
from reports.prefecture.prepared import making
from reports.prefecture.prepared.making import Made, Order

if TYPE_CHECKING:
    from pathlib import Path

    from indicators.comparison.asking.asked import Asked
    from indicators.comparison.selection import Selection
    from municipalities.kernel.jobs import Running


def handle(running: Running) -> None:
    making.run(running, make_paper, suffix=".pdf")


def selection_of(order: Order) -> Selection:
    """Read a selection again from the query that it was kept as, and its year."""
    return selected(QueryDict(order.row.query.removeprefix("?")), order.row.fiscal_year)


def make_paper(order: Order, path: Path) -> Made:
    """Draw the paper and write it to `path`. Raises GiveUp where it cannot be drawn."""
    asked = asked_by(order.prefecture, selection_of(order), towns=order.towns)
    try:
        pdf = make_comparison(paper_of(order, asked))
    except RenderFailed as reason:
        if not reason.is_final:
            raise
        raise jobs.GiveUp(str(reason)) from reason
    files.keep_atomically(path, pdf.content)
    return Made(
        f"{file_name(asked, order.row.fiscal_year)}.pdf",
        pdf.sha256,
        len(pdf.content),
        included=pdf.pages,
    )


def paper_of(order: Order, asked: Asked) -> ComparisonPaper:
    prefecture, at = order.prefecture, order.row.requested_at
    about = about_of(asked, at=at)
    licences = (licence for facts in about.facts.values() for licence in facts.licences)
    return ComparisonPaper(
        comparison=asked.comparison,
        owner=prefecture.name,
        chosen=about.chosen,
        made_on=western(timezone.localdate(at)),
        licences=tuple(dict.fromkeys(licences)),
    )
