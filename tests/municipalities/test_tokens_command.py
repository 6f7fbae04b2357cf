"""`manage.py create_token`: its last word opens the API."""

import datetime as dt
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client

from municipalities.kernel.tokens import digest_of
from municipalities.models import Token
from tests import world

pytestmark = pytest.mark.django_db
DOCUMENT = f"/api/v1/m/{world.OURS}/{world.YEAR}/document"


def output_of(*arguments):
    out = StringIO()
    call_command("create_token", *arguments, stdout=out)
    return out.getvalue()


def status_with(secret):
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    return client.get(DOCUMENT).status_code


def test_the_last_word_is_a_bearer():
    secret = output_of("editor").split()[-1]

    assert status_with(secret) == 200
    assert status_with(secret[:-1]) == 401


def test_the_secret_itself_is_not_kept():
    secret = output_of("editor", "--label", "集計用").split()[-1]

    token = Token.objects.get()
    assert token.digest == digest_of(secret)
    assert secret not in str([getattr(token, field.attname) for field in Token._meta.fields])
    assert token.label == "集計用"


def test_a_token_can_be_made_for_a_number_of_days():
    secret = output_of("editor", "--days", "30").split()[-1]

    assert status_with(secret) == 200
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=30, minutes=1)):
        assert status_with(secret) == 401


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nobody"], "There is no active account nobody."),
        (["viewer"], "There is no active account viewer."),
        (["editor", "--label", "x" * 61], "A label has at most 60 characters."),
        (["editor", "--days", "0"], "A token is good for at least one day."),
    ],
)
def test_what_cannot_be_made_is_refused(people, arguments, sentence):
    people["viewer"].is_active = False
    people["viewer"].save(update_fields=["is_active"])

    with pytest.raises(CommandError) as caught:
        output_of(*arguments)

    assert str(caught.value) == sentence
    assert not Token.objects.exists()


@pytest.mark.parametrize("production", [True, False])
def test_demo_accounts_get_no_token_in_production(people, settings, production):
    settings.PRODUCTION = production
    people["editor"].is_demo = True
    people["editor"].save(update_fields=["is_demo"])

    if not production:
        assert output_of("editor").split()[-1]
        return
    with pytest.raises(CommandError, match="no place in production"):
        output_of("editor")
