"""What the pages of a round have in common: the round of the address, and pressing a button that asks for its version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect

from municipalities.kernel.changes import StaleVersion
from municipalities.pages.editing import posted_version
from surveys.models import SurveyRound
from surveys.year_rows import the_row

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from municipalities.entrance.http import HouseRequest

OVERTAKEN = "ほかの人が先に変更しています。いまの内容を確かめてから、もう一度操作してください。"


def the_round(request: HouseRequest, round_key: str) -> SurveyRound:
    """Return the round of the year with its questionnaire. Raises Http404."""
    return the_row(request, SurveyRound, round_key, "questionnaire", "token")


def press(
    request: HouseRequest,
    row: SurveyRound,
    *,
    deed: Callable[..., object],
    done: str,
    back: str = "",
) -> HttpResponse:
    """Run a deed on the version that was shown, and say how it went on the page of the round."""
    target = redirect(back or row.page)
    if posted_version(request) != row.version:
        messages.warning(request, OVERTAKEN)
        return target
    try:
        deed(row, by=request.user)
    except StaleVersion:
        messages.warning(request, OVERTAKEN)
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
    else:
        messages.success(request, done)
    return target
