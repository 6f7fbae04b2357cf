"""Typing in the numbers of a profile."""

import secrets

from django.http import Http404

from indicators import profile_figures
from indicators.choices import ValueState
from indicators.forms import MeasurementForm
from indicators.models import Measurement
from municipalities.access import Permission, requires
from municipalities.editing import EditPage, edit_row


@requires(Permission.EDIT_PLAN)
def figure_edit(request, code):
    figure = profile_figures.one(request.cycle, code)
    if figure is None:
        raise Http404
    row = figure.measurement or Measurement(
        definition=figure.definition,
        key=f"{code}-{secrets.token_hex(4)}",
        state=ValueState.VALUE,
    )
    row.definition = figure.definition
    page = EditPage(
        key=f"figure-{request.cycle.fiscal_year}-{code}",
        title=f"「{figure.definition.name}」の値を書く",
        back=request.cycle.url("municipalities:profile"),
    )
    return edit_row(request, row, form_class=MeasurementForm, page=page)
