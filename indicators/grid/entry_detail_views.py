"""Beside a line of the entry grid: its indicator's years, limits and changes, and the flag 「あとで確かめる」."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from indicators.addressed import indicator_of
from indicators.grid import beside_line, grid_choice, grid_drafts
from municipalities.access import Permission, requires

PAGE = "indicators/entry_detail.html"
PART = f"{PAGE}#detail"


@require_safe
@requires(Permission.EDIT_PLAN)
def entry_detail(request, indicator_key):
    """Show what helps to judge a value; as a page of its own without scripts."""
    return respond(request, indicator_of(request, indicator_key))


@require_POST
@requires(Permission.EDIT_PLAN)
def entry_later(request, indicator_key):
    """Flag an indicator to be checked later, or take the flag away."""
    row = indicator_of(request, indicator_key)
    beside_line.flag(row, is_to_check="later" in request.POST, by=request.user)
    if request.htmx:
        only = grid_choice.named(request.htmx.current_url)
        lines = grid_drafts.lines_as_typed(request.cycle, only, by=request.user)
        choices = grid_choice.choices(lines, only)
        return respond(request, row, choices=choices, is_changed=True)
    messages.success(request, "「あとで確かめる」の印を変えました。")
    return redirect(f"{request.cycle.url('indicators:entry')}#line-{row.key}")


def respond(request, row, **extra):
    context = {"detail": beside_line.of(row, request.cycle), **extra}
    return render(request, PART if request.htmx else PAGE, context)
