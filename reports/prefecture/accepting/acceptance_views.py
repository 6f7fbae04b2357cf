"""受理する, 受理を取り消す, and several at once from the table."""

import re

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from municipalities.access import Permission, requires
from reports.choices import ReportKind
from reports.numbers import PATTERN, ReportNumber
from reports.prefecture import places
from reports.prefecture.accepting import acceptance
from reports.prefecture.standing import arranging
from reports.prefecture.standing.standing import lines_of

NUMBER = re.compile(PATTERN)
NOTHING_CHOSEN = "受理する報告書を、表の「選ぶ」で選んでください。"


@require_POST
@requires(Permission.MANAGE_PREFECTURE)
def accept(request, year, number):
    return _perform(request, year, number, deed=acceptance.accept, done="受理しました。")


@require_POST
@requires(Permission.MANAGE_PREFECTURE)
def take_back(request, year, number):
    return _perform(request, year, number, deed=acceptance.take_back, done="受理を取り消しました。")


def _perform(request, year, number, *, deed, done):
    """Do it and go back to the page whose button was pressed."""
    prefecture = request.scope.prefecture
    place = places.submitted_place(prefecture, number, year)
    try:
        deed(place, number, by=request.user)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    else:
        messages.success(request, f"{place.name}の報告書（受付番号{number}）を{done}")
        tell_of_interim(request, year, [number])
    if request.POST.get("back") == "report":
        return redirect("prefecture:report", prefecture.code, year, number)
    return redirect("prefecture:municipality_year", prefecture.code, year, place.code)


@require_POST
@requires(Permission.MANAGE_PREFECTURE)
def accept_chosen(request, year):
    """Accept what was ticked in the table; a number that is not ours makes the whole request absent."""
    prefecture = request.scope.prefecture
    numbers = chosen_numbers(request, year)
    towns = places.towns_of(prefecture, {number.municipality_code for number in numbers})
    chosen = [(towns[number.municipality_code], number) for number in numbers]
    count, refused = acceptance.accept_all(chosen, by=request.user)
    tell(request, count, refused)
    tell_of_interim(request, year, {*numbers} - {one.number for one in refused})
    return redirect(back_to_table(request, year))


def chosen_numbers(request, year):
    """Return the numbers that were ticked, each once. Raises Http404 for what no table of ours offers."""
    texts = dict.fromkeys(request.POST.getlist("number"))
    if not all(NUMBER.fullmatch(text) for text in texts):
        raise Http404
    numbers = [ReportNumber.parse(text) for text in texts]
    if any(number.fiscal_year != year for number in numbers):
        raise Http404
    return numbers


def tell(request, count, refused):
    """Say how many were accepted, and of each other one why not."""
    if count:
        messages.success(request, f"{count}件の報告書を受理しました。")
    for one in refused:
        messages.warning(
            request, f"{one.place}（受付番号{one.number}）は受理していません。{one.reason}"
        )
    if not (count or refused):
        messages.warning(request, NOTHING_CHOSEN)


def tell_of_interim(request, year, numbers):
    """Say of accepted final reports whose interim report is not accepted yet."""
    towns = {one.municipality_code for one in numbers if one.kind == ReportKind.FINAL}
    if not towns:
        return
    lines = (one for one in lines_of(request.scope, year) if one.place.code in towns)
    if told := acceptance.left_behind(one for one in lines if one.final.is_accepted):
        messages.warning(request, told)


def back_to_table(request, year):
    """Return the address of the table as it was filtered and sorted."""
    address = reverse("prefecture:progress", args=[request.scope.prefecture.code, year])
    return address + arranging.arranged([], request.GET).query
