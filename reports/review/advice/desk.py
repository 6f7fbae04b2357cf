"""From where an adviser advises: a submitted report, or the year as it stands during a meeting."""

from dataclasses import dataclass

from django.urls import reverse

from municipalities.models import Cycle
from reports.models import ProgressReport
from reports.review.views import newest_version


@dataclass(frozen=True, slots=True)
class Desk:
    """With a report, the steps end with its own; without one, every step of the year is open."""

    cycle: Cycle
    report: ProgressReport | None = None

    def url(self, page, *args):
        """Return the address of a page of advice or lessons at this desk."""
        if self.report:
            return reverse(f"review:{page}", args=[self.report.number, *args])
        return self.cycle.url(f"review:year_{page}", *args)

    @property
    def key(self):
        """Tells the forms of one desk from those of another."""
        return str(self.report.number if self.report else self.cycle.fiscal_year)

    @property
    def title(self):
        return self.report.title if self.report else self.cycle.label

    @property
    def back(self):
        """Return the page that leads here, and what its link says."""
        if self.report:
            return {"url": self.report.review_url(), "label": "報告書へ戻る"}
        return {"url": self.cycle.url("review:year"), "label": f"{self.cycle.label}のページへ戻る"}


def desk_of(request, report_number=None):
    """Return the desk that an address names. A report that is not submitted is absent. Raises Http404."""
    if report_number is None:
        return Desk(request.cycle)
    return Desk(request.cycle, newest_version(request, report_number).report)
