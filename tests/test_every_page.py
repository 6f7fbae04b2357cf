"""Promises that hold for every page: declared, closed to strangers and neighbours, open to whom it names."""

import re
from copy import copy
from http.cookies import SimpleCookie

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path

from config.urls import urlpatterns as real_urlpatterns
from municipalities.access import ROLE_PERMISSIONS, declared_by
from municipalities.choices import Role
from municipalities.models import User
from tests import world
from tests.routes import MUNICIPAL_PAGES, ONE_IN, OUR_PAGES, sampled

METHODS = ("get", "post")
# They see what a viewer sees, with a button or two: whether they may in is data, of every fifth page it is tried.
LIKE_OTHERS = {Role.APPROVER, Role.MANAGER}
ONE_IN_FIVE = OUR_PAGES[::ONE_IN]
# What the second wall says before each statement on PostgreSQL.
ANNOUNCEMENT = re.compile(r"^SELECT set_config\(.*?\); ")
# 409: a deletion that does not say which version it was asked about.
ANSWERS = {200, 302, 405, 409, 422}


@pytest.fixture(scope="module")
def sessions(django_db_setup, django_db_blocker):
    """The cookies of the whole cast, signed in once: the walk opens some thousand pages."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield {user.username: cookies_of(user) for user in User.objects.all()}
        transaction.set_rollback(True)


def cookies_of(user):
    client = Client()
    client.force_login(user)
    return client.cookies


@pytest.fixture(scope="module")
def browser():
    """One client for the whole walk: each new one would build the middleware anew, 2 ms of its CPU."""
    return Client()


@pytest.fixture
def sign_in(sessions, browser, db):
    """Return the client with the session of this name alone, whatever an earlier page did to it."""

    def enter(username):
        browser.cookies = copy(sessions[username])
        return browser

    return enter


def address(route, code=world.OURS):
    """Return a route's sample in a town."""
    return route.url(code=code)


def is_public(route):
    declared = declared_by(route.view)
    return declared is not None and declared.public


def asks_a_permission(route):
    declared = declared_by(route.view)
    return declared is not None and declared.permission is not None


def test_every_page_declares_who_may_see_it():
    assert [str(route) for route in OUR_PAGES if declared_by(route.view) is None] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "route", [one for one in sampled(OUR_PAGES) if not is_public(one)], ids=str
)
def test_sends_a_signed_out_visitor_to_the_login_page(route, browser):
    url = address(route)
    browser.cookies = SimpleCookie()
    for method in METHODS:
        response = getattr(browser, method)(url)
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/account/login/")


@pytest.mark.django_db
@pytest.mark.parametrize("route", sampled(MUNICIPAL_PAGES), ids=str)
def test_is_absent_for_strangers_and_neighbours(route, sign_in):
    """404 with the body of an address that does not exist: its being there is not told."""
    url = address(route)
    absent = sign_in("neighbour").get("/m/990019/1999/nowhere/")
    for username in ("neighbour", "neighbour-adviser", "stranger", "officer", "operator"):
        client = sign_in(username)
        for method in METHODS:
            response = getattr(client, method)(url)
            assert response.status_code == 404, (username, method)
            assert b"CANARY" not in response.content
            assert len(response.headers) == len(absent.headers)


@pytest.mark.django_db
@pytest.mark.parametrize("route", [*filter(asks_a_permission, OUR_PAGES)], ids=str)
def test_is_open_to_those_with_its_permission_and_explains_itself_to_the_others(route, sign_in):
    permission, url = declared_by(route.view).permission, address(route)
    for username, role in roles_that_may_come_near(route):
        if (
            role in LIKE_OTHERS
            and permission in ROLE_PERMISSIONS[role]
            and route not in ONE_IN_FIVE
        ):
            continue
        may = permission in ROLE_PERMISSIONS[role]
        # A page refuses before it looks at the method; on every fifth both are tried, and in the API.
        for method in METHODS if may or route.is_api or route in ONE_IN_FIVE else ("post",):
            status = getattr(sign_in(username), method)(url).status_code
            assert status in (ANSWERS if may else {403}), (username, method, status)
            if may and method == "post":
                # What it may have used up is laid anew for the next one.
                url = address(route)


def roles_that_may_come_near(route):
    """Yield the cast for whom this address is not absent: its own people, or all where it has none."""
    for username, (role, kind, code) in world.CAST.items():
        if route.scope_kind is None or (route.scope_kind, route.scope_code) == (kind, code):
            yield username, role


@pytest.mark.django_db
@pytest.mark.parametrize("route", sampled(OUR_PAGES), ids=str)
def test_a_get_shows_no_neighbours_text_and_changes_nothing(route, sign_in):
    """No INSERT, UPDATE or DELETE by opening a page, but for an adviser's first look; one opening for both promises."""
    url = address(route)
    for username in ("editor", "adviser", "operator"):
        client = sign_in(username)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url)
        assert world.CANARY.encode() not in response.content
        assert username == "adviser" or [*writes(queries)] == [], username


def writes(queries):
    """Yield the statements that change a row, but for those of signing in."""
    for sql in (ANNOUNCEMENT.sub("", query["sql"]) for query in queries):
        if (
            sql.split()[0] in {"INSERT", "UPDATE", "DELETE"}
            and "django_session" not in sql
            and "usersessions" not in sql
            # When a secret was last used, to the hour: its holder looks for it.
            and "last_used_at" not in sql
        ):
            yield sql


@pytest.mark.django_db
@pytest.mark.parametrize(
    "route", [one for one in sampled(MUNICIPAL_PAGES) if "<int:pk>" in one.path], ids=str
)
def test_our_address_with_the_neighbours_row_is_absent_or_empty_of_it(route, sign_in):
    """The fence, not the address, decides: a foreign primary key under our own code finds nothing."""
    theirs = world.report_of(world.THEIRS).pk
    may_write = declared_by(route.view).permission in ROLE_PERMISSIONS[Role.EDITOR]
    client = sign_in("editor" if may_write else "approver")
    for method in METHODS:
        assert getattr(client, method)(route.url(pk=theirs)).status_code in {404, 405}


def undeclared(request):
    raise AssertionError("an undeclared view must not run")


urlpatterns = [
    *real_urlpatterns,
    path("undeclared/", undeclared),
    path("m/<code:municipality>/undeclared/", undeclared),
]


@pytest.mark.django_db
@pytest.mark.urls("tests.test_every_page")
def test_a_view_that_declares_nothing_is_refused(sign_in, settings):
    """The negative control of the walk: the middleware, not good will, refuses."""
    assert sign_in("editor").get("/undeclared/").status_code == 403
    assert sign_in("editor").get("/m/990019/undeclared/").status_code == 403
    assert Client().get("/undeclared/").status_code == 302


@pytest.mark.django_db
def test_trailing_pieces_of_wrong_kinds_are_absent(as_editor):
    for url in (
        "/m/99001/2026/",
        "/m/990019/26/",
        "/m/990019/2026/scenes/nowhere/goal/edit/",
        "/review/990019-2026-yearly-1/",
    ):
        assert as_editor.get(url).status_code == 404
