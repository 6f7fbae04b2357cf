"""From the pieces of a prefecture's addresses to its rows; what is another prefecture's is absent."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from reports.models import Progress


def town(prefecture, code):
    """Return a municipality of the prefecture. Raises Http404."""
    return get_object_or_404(prefecture.municipalities.without_wards(), code=code)


def submitted_place(prefecture, number, year):
    """Return the municipality of a report submitted in this year. Raises Http404."""
    if number.fiscal_year != year:
        raise Http404
    place = town(prefecture, number.municipality_code)
    get_object_or_404(
        Progress,
        municipality=place,
        fiscal_year=year,
        kind=number.kind,
        serial=number.serial,
        submitted_on__isnull=False,
    )
    return place


def towns_of(prefecture, codes):
    """Return the municipalities of these codes by code. Raises Http404 if one is not the prefecture's."""
    found = {
        one.code: one for one in prefecture.municipalities.without_wards() if one.code in codes
    }
    if len(found) != len(set(codes)):
        raise Http404
    return found
