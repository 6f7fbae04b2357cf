"""The two ways into the API: a token, and the browser's session with its CSRF token."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from municipalities.kernel import tokens
from municipalities.models import Membership, Token
from tests import world
from tests.reports.api_clients import DOCUMENT, REPORTS, bearing, errors_of, with_token

pytestmark = pytest.mark.django_db
NEW = {"data": '{"kind": "final"}', "content_type": "application/json"}


@pytest.fixture
def browser(people):
    """An editor's browser that sends its CSRF token only where the test does."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(people["editor"])
    return client


@pytest.fixture
def csrf(browser):
    browser.get(f"/m/{world.OURS}/{world.YEAR}/issues/add/")
    return {"X-CSRFToken": browser.cookies["csrftoken"].value}


def test_a_token_opens_what_its_holder_may(people):
    client = with_token(people["editor"])

    assert client.get(DOCUMENT).status_code == 200
    assert client.post(REPORTS, **NEW).status_code == 200


def test_a_session_reads(browser):
    assert browser.get(DOCUMENT).status_code == 200


@pytest.mark.parametrize(
    ("method", "url"),
    [("post", REPORTS), ("put", DOCUMENT), ("post", f"{REPORTS}/1/submit")],
)
def test_a_session_that_writes_without_its_csrf_token_is_refused(browser, method, url):
    response = getattr(browser, method)(url, **NEW)

    assert response.status_code == 403
    assert errors_of(response)


def test_a_session_that_writes_with_its_csrf_token_may(browser, csrf):
    assert browser.post(REPORTS, headers=csrf, **NEW).status_code == 200
    tag = browser.get(DOCUMENT).headers["ETag"]
    response = browser.put(
        DOCUMENT,
        browser.get(DOCUMENT).content,
        content_type="application/json",
        headers={**csrf, "If-Match": tag},
    )
    assert response.status_code == 200


def test_another_sites_page_cannot_use_the_session(browser, csrf):
    headers = {**csrf, "Origin": "https://evil.example"}

    assert browser.post(REPORTS, headers=headers, **NEW).status_code == 403


def revoked(user):
    secret, token = tokens.issue(tokens.TokenKind.API, user=user, label="test")
    tokens.revoke(token)
    return bearing(secret)


def expired(user):
    return with_token(user, expires_at=timezone.now() - dt.timedelta(seconds=1))


def deactivated(user):
    client = with_token(user)
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    return client


def unknown(user):
    return bearing("no-token-of-ours")


def empty(user):
    return bearing("")


def digest(user):
    """What lies in the table opens nothing."""
    _, token = tokens.issue(tokens.TokenKind.API, user=user, label="test")
    return bearing(token.digest)


@pytest.mark.parametrize("client_of", [revoked, expired, deactivated, unknown, empty, digest])
def test_a_token_that_does_not_count_is_refused(people, client_of):
    response = client_of(people["editor"]).get(DOCUMENT)

    assert response.status_code == 401
    assert errors_of(response)


def test_a_token_that_has_not_expired_yet_counts(people):
    client = with_token(people["editor"], expires_at=timezone.now() + dt.timedelta(minutes=1))

    assert client.get(DOCUMENT).status_code == 200


def test_a_wrong_token_does_not_act_as_whoever_is_signed_in(browser):
    response = browser.get(DOCUMENT, headers={"Authorization": "Bearer nonsense"})

    assert response.status_code == 401


def test_a_token_opens_no_page(people):
    """Only under the API's address: a page would take it for a session without a CSRF check."""
    client = with_token(people["editor"])

    assert client.get(f"/m/{world.OURS}/{world.YEAR}/").status_code == 302


def test_a_token_is_worth_what_its_holder_is_worth_today(people):
    client = with_token(people["editor"])
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Membership.objects.filter(user=people["editor"]).update(valid_to=yesterday)

    assert client.get(DOCUMENT).status_code == 404


@pytest.mark.parametrize(("production", "status"), [(True, 401), (False, 200)])
def test_demo_accounts_have_no_way_in_in_production(people, settings, production, status):
    settings.PRODUCTION = production
    editor = people["editor"]
    editor.is_demo = True
    editor.save(update_fields=["is_demo"])
    browser = Client()
    browser.force_login(editor)

    assert with_token(editor).get(DOCUMENT).status_code == status
    assert browser.get(DOCUMENT).status_code == status


def test_a_session_without_the_second_factor_that_is_required_is_refused(people, settings, browser):
    """The pages send it to set one up; without this the API would be the way round."""
    settings.REQUIRE_MFA = True

    assert browser.get(DOCUMENT).status_code == 403
    assert with_token(people["editor"]).get(DOCUMENT).status_code == 200


def test_using_a_token_is_noted(people):
    client = with_token(people["editor"])
    client.get(DOCUMENT)

    assert Token.objects.get(user=people["editor"]).last_used_at is not None
