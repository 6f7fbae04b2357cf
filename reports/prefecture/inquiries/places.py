"""From the addresses of 照会 to their rows. Within the prefecture; what somebody may not see is absent."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from municipalities.access import Permission
from reports.inquiry.questions import numbered
from reports.models import Inquiry, InquiryReply


def inquiry(request, year, key):
    """Return a 照会 of the year. Raises Http404, also for a health centre that none of its towns was asked."""
    row = get_object_or_404(Inquiry, fiscal_year=year, key=key)
    row.prefecture = request.scope.prefecture
    if not is_shown(request, row, replies_of(request.scope, [row])):
        raise Http404
    return row


def is_shown(request, row, replies):
    """Say whether somebody sees a 照会: a draft its makers alone, a sent one whoever has a town that was asked."""
    if row.is_draft:
        return request.scope.may(Permission.MANAGE_PREFECTURE)
    return request.scope.towns is None or any(one.inquiry == row.key for one in replies)


def replies_of(scope, rows):
    """Return how far the municipalities are that are shown here, by code, in one query."""
    found = InquiryReply.objects.filter(
        inquiry__in=[row.key for row in rows], municipality__prefecture=scope.prefecture
    ).select_related("municipality")
    replies = found.order_by("municipality__code", "pk")
    return [one for one in replies if scope.covers(one.municipality.code)]


def asked_of(row):
    return numbered(row.questions.all())


def url(request, name, row, *args):
    place = (request.scope.prefecture.code, row.fiscal_year, row.key, *args)
    return reverse(f"prefecture_inquiries:{name}", args=place)


def list_url(request, year):
    return reverse("prefecture_inquiries:inquiries", args=[request.scope.prefecture.code, year])
