"""A body larger than anything of ours is refused by what its head says, before it is read."""

import pytest
from django.conf import settings
from django.test import RequestFactory

from municipalities.entrance.middleware import RefuseLargeBodies
from tests import world
from tests.reports.api_clients import errors_of, with_token

pytestmark = pytest.mark.django_db
IMPORT = f"/m/{world.OURS}/{world.YEAR}/indicators/import/"
API = f"/api/v1/m/{world.OURS}/{world.YEAR}/measurements"
TOO_MUCH = str(settings.LARGEST_BODY + 1)


def test_a_page_says_what_to_do(as_editor):
    response = as_editor.post(IMPORT, {}, CONTENT_LENGTH=TOO_MUCH)

    assert response.status_code == 413
    page = response.content.decode()
    assert "送信された内容が大きすぎます" in page
    assert "5MBまで" in page


def test_whoever_is_not_signed_in_is_refused_alike(client):
    assert client.post("/account/login/", {}, CONTENT_LENGTH=TOO_MUCH).status_code == 413


def test_the_api_says_it_in_its_own_form(people):
    response = with_token(people["editor"]).post(
        API, "{}", content_type="application/json", CONTENT_LENGTH=TOO_MUCH
    )

    assert response.status_code == 413
    assert response.headers["Content-Type"] == "application/json"
    assert "大きすぎます" in errors_of(response)[0]["message"]


@pytest.mark.parametrize(
    ("length", "passes"),
    [
        (str(settings.LARGEST_BODY), True),
        (TOO_MUCH, False),
        ("9" * 30, False),
        ("", True),
        ("-1", True),
        ("１２３", True),
        ("9" * 5000, True),
    ],
)
def test_the_limit_is_the_announced_length_and_nothing_is_read(length, passes):
    class Unread:
        def read(self, *_):
            raise AssertionError("The body was read")

    request = RequestFactory().post("/", CONTENT_LENGTH=length)
    request._stream = Unread()
    let_in = []
    RefuseLargeBodies(lambda _: let_in.append(True))(request)

    assert bool(let_in) is passes
