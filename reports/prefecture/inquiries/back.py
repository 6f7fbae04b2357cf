"""Going back to a 照会 with a word, where what was asked for cannot be done any more."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import redirect

from reports.prefecture.inquiries import places

SENT = (
    "この照会は送信しているため、内容と質問は変えられません。期限の延長とお知らせの追加はできます。"
)


def draft_or_back(view):
    """Give a view the row while it is a draft; a sent one is shown with the reason."""

    @wraps(view)
    def run(request, year, draft_key, **pieces):
        row = places.inquiry(request, year, draft_key)
        return view(request, row, **pieces) if row.is_draft else back(request, row, SENT)

    return run


def back(request, row, message, *, look=messages.warning):
    look(request, message)
    return redirect(places.url(request, "inquiry", row))
