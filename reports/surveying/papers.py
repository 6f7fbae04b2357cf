"""紙の調査票 answered as PDF, drawn now and kept nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from reports.delivery.office import named
from reports.paper.asking.questionnaire import QuestionnairePaper, make_questionnaire
from reports.paper.rendering.client import RenderFailed
from surveys.questionnaires.shape import readings

if TYPE_CHECKING:
    from municipalities.entrance.http import HouseRequest
    from surveys.questionnaires.shape.form_shape import Form

# Who would ask, where every town of a prefecture is meant.
ANY_TOWN = "（市町村の名称）"


def wanted(request: HouseRequest, form: Form) -> Form:
    """Return the questionnaire with its readings, or without where that is asked for."""
    return readings.without(form) if request.GET.get("readings") == readings.HIDDEN else form


def sample(request: HouseRequest, form: Form, *, place: str, back: str) -> HttpResponse:
    """Return the paper of a questionnaire that no round hands out yet."""
    paper = QuestionnairePaper(form=wanted(request, form), title=form.title, municipality=place)
    return drawn(request, paper, f"調査票の見本_{form.title}", key=form.key, back=back)


def drawn(
    request: HouseRequest, paper: QuestionnairePaper, name: str, *, key: str, back: str
) -> HttpResponse:
    """Return the PDF, or say on the page before why it could not be drawn."""
    try:
        pdf = make_questionnaire(paper)
    except RenderFailed as failure:
        messages.error(request, failure.reason)
        return redirect(back)
    headers = {
        "Content-Disposition": named(f"{key}.pdf", f"{name[:60]}_{paper.municipality}.pdf"),
        "Cache-Control": "no-store, private",
    }
    return HttpResponse(pdf.content, content_type="application/pdf", headers=headers)
