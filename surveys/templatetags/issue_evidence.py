"""The evidence of issues, shown on the plan's pages."""

from django import template

from surveys import evidence

register = template.Library()


@register.simple_tag(takes_context=True)
def evidence_of_issues(context):
    """Return the evidence of every issue of the year, for `issue_evidence` to draw."""
    return evidence.by_issue(context["request"].cycle)


@register.inclusion_tag("surveys/_issue_evidence.html", takes_context=True)
def issue_evidence(context, issue, evidence):
    """List the evidence of one issue, each with the way to its result."""
    return {"request": context["request"], "evidence": evidence.get(issue.pk, ())}
