"""The promise of every municipal page: the same few queries for one row and for many.

Two towns stand beside each other for the whole module, the neighbour's year with one row more of every kind and
ours with sixty-one: building them for each page would take longer than all pages together.
"""

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import path

from config.urls import urlpatterns as real_urlpatterns
from logicmodels.models import Issue
from municipalities.access import Permission, requires
from reports.document.shape import PARTS
from reports.paper.rendering.client import studio
from reports.paper.rendering.protocol import Outcome
from tests import world
from tests.crowd import crowd
from tests.routes import MUNICIPAL_PAGES, Route, sampled

MOST_QUERIES = 20
# A whole year is assembled in memory from every table, one query each.
WHOLE_YEAR = {
    "review/m/<code:municipality>/<fy:fiscal_year>/",
    "m/<code:municipality>/<fy:fiscal_year>/findings/",
    "m/<code:municipality>/<fy:fiscal_year>/findings/of/<slug:part>/<slug:row_key>/",
    "m/<code:municipality>/<fy:fiscal_year>/handover/",
    "m/<code:municipality>/<fy:fiscal_year>/handover/pdf/",
    "m/<code:municipality>/<fy:fiscal_year>/year/",
    "m/<code:municipality>/<fy:fiscal_year>/year/sheet.pdf",
}
# Who opens a page in the town with few rows, and in that with many.
FEW = {"code": world.THEIRS, "adviser": "neighbour-adviser", "editor": "neighbour"}
MANY = {"code": world.OURS, "adviser": "adviser", "editor": "editor"}


@pytest.fixture(scope="module", autouse=True)
def crowded(django_db_setup, django_db_blocker):
    """The two towns; what a test changes is rolled back before them."""
    with django_db_blocker.unblock(), transaction.atomic():
        crowd(range(1), code=world.THEIRS)
        crowd(range(61), code=world.OURS)
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def no_paper(monkeypatch):
    """Papers are not drawn: what a drawing shows was asked for before it, and drawing takes seconds."""
    monkeypatch.setattr(studio, "exchange", lambda _request, **_limits: (Outcome.DONE, 1, b"%PDF"))


@pytest.mark.django_db
@pytest.mark.parametrize("route", sampled(MUNICIPAL_PAGES), ids=str)
def test_takes_the_same_few_queries_for_one_and_for_many_rows(route, sign_in):
    few, many = (queries_of(route, sign_in, town) for town in (FEW, MANY))

    tables = len(PARTS) if route.path in WHOLE_YEAR else 0
    assert len(few) == len(many) <= MOST_QUERIES + tables


def queries_of(route, sign_in, town):
    """Return the queries of a page that was opened before."""
    client = sign_in(town["adviser" if route.path.startswith("review/") else "editor"])
    url = route.url(code=town["code"])
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return queries


@requires(Permission.VIEW_PLAN)
def asking_for_each_row(request):
    return HttpResponse("".join(one.cycle.label for one in Issue.objects.order_by("pk")))


ASKING = "m/<code:municipality>/<fy:fiscal_year>/asking/"
urlpatterns = [*real_urlpatterns, path(ASKING, asking_for_each_row)]


@pytest.mark.django_db
@pytest.mark.urls("tests.test_queries_of_every_page")
def test_a_page_that_asks_for_each_row_is_found_out(sign_in):
    """The negative control of the walk."""
    route = Route(ASKING, asking_for_each_row)
    few, many = (queries_of(route, sign_in, town) for town in (FEW, MANY))
    assert len(many) == len(few) + 60
