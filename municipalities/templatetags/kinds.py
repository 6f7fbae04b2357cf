"""What the operator's pages call the kinds of background work and of mail."""

from django import template

from municipalities.kernel import jobs, mail

register = template.Library()


@register.filter
def job_kind(job):
    return jobs.kind_in_words(job.kind)


@register.filter
def mail_kind(outgoing):
    return mail.kind_in_words(outgoing.kind)
