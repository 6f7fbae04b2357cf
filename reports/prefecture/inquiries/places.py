"""From the addresses of 照会 to their rows. Within the prefecture; what somebody may not see is absent."""

from django.urls import reverse

from reports.inquiry.questions import numbered
from reports.models import Inquiry, InquiryReply
from reports.prefecture import sendings

KIND = sendings.Kind(Inquiry, InquiryReply, "inquiry")
# What an officer does for municipalities that no mail reaches.
SEND_FORMS, TELL = "回答票（Excel）を別に送ってください", "電話などで知らせてください"
SENT = (
    "この照会は送信しているため、内容と質問は変えられません。期限の変更とお知らせの追加はできます。"
)


def seen(request, year, key):
    """Return a 照会 of the year with its replies. Raises Http404."""
    return KIND.one(request, year, key)


def inquiry(request, year, key):
    """Return a 照会 of the year. Raises Http404."""
    return seen(request, year, key).row


def asked_of(row):
    return numbered(row.questions.all())


def url(request, name, row, *args):
    place = (request.scope.prefecture.code, row.fiscal_year, row.key, *args)
    return reverse(f"prefecture_inquiries:{name}", args=place)


def list_url(request, year):
    return reverse("prefecture_inquiries:inquiries", args=[request.scope.prefecture.code, year])


back = sendings.back_to(lambda request, row: url(request, "inquiry", row))
draft_or_back = sendings.drafts_alone(inquiry, back, key="draft_key", sent=SENT)
