"""Pages that say nothing, behind the same middleware as every page of the product."""

from django.http import HttpResponse
from django.urls import path

from config.urls import urlpatterns as addresses
from municipalities.access import Permission, public, requires


@public
def empty(request):
    """Nobody is signed in: the middleware alone."""
    return HttpResponse("")


@requires(Permission.VIEW_PLAN)
def empty_in_a_year(request):
    """The middleware and the letting-in: session, person, memberships, place, year."""
    return HttpResponse("")


@requires(Permission.READ_SUBMITTED)
def empty_in_review(request, report_number):
    """The letting-in of an adviser to one report."""
    return HttpResponse("")


urlpatterns = [
    path("empty/", empty),
    path("m/<code:municipality>/<fy:fiscal_year>/empty/", empty_in_a_year),
    path("review/<number:report_number>/empty/", empty_in_review),
    *addresses,
]
