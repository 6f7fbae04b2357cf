"""Beginning a 照会 from one that was sent."""

import re
from functools import partial

from django.contrib import messages
from django.views.decorators.http import require_POST

from municipalities.access import Permission, requires
from municipalities.pages.prefecture_pages import KEY, inserted, inside, stem_of
from municipalities.rows.keys import new_key
from reports.models import Inquiry
from reports.prefecture.inquiries import copying, places

COPIED = (
    "同じ内容の照会を作りました。まだ送信していません。期限と内容を確かめてから、送信してください。"
)
ALREADY = "同じ内容の照会は、すでに作っています。"


@require_POST
@requires(Permission.MANAGE_PREFECTURE)
@inside
def inquiry_copy(request, year, inquiry_key):
    """However often the button is pressed, it makes one draft."""
    row = places.inquiry(request, year, inquiry_key)
    draft, key = copying.draft_of(row), request.POST.get(KEY, "")
    stem = stem_of(draft)
    draft.key = key if re.fullmatch(rf"{stem}-[0-9a-f]{{10}}", key) else new_key(stem)
    is_new = inserted(draft, partial(copying.insert, row=row, by=request.user))
    made = draft if is_new else Inquiry.objects.get(key=draft.key)
    said = COPIED if is_new else ALREADY
    return places.back(request, made, said, look=messages.success)
