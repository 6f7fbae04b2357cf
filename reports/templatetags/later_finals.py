"""What has become of the values that a submitted report told: beside the report, and in the next year."""

from django import template

from reports.submission.reworking import later_finals

register = template.Library()


@register.simple_tag
def later_values(report, errata):
    """Return the values that may be offered for the 正誤 of a submitted report, beside what it tells already."""
    return [] if report.is_open else later_finals.of(report, errata)


@register.simple_tag
def reported_before(indicator, cycle):
    """Return what last year's report said of an indicator, where it stands otherwise now; else None."""
    return later_finals.before(indicator, cycle)
