"""The numbers of issues, shown on the plan's pages."""

from django import template

from indicators.figures import issue_figures as figures_by_issue

register = template.Library()


@register.simple_tag(takes_context=True)
def figures_of_issues(context):
    """Return the figures of every issue of the year, for `issue_figures` to draw."""
    return figures_by_issue.of(context["request"].cycle)


@register.inclusion_tag("indicators/_issue_figures.html", takes_context=True)
def issue_figures(context, issue, figures, may_edit):
    """Draw the figures of one issue with year and source, and the way to choose them."""
    return {
        "request": context["request"],
        "issue": issue,
        "figures": figures.get(issue.pk, ()),
        "may_edit": may_edit,
    }
