"""A municipality's first year: an account by command, the year by one button."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from municipalities.models import Cycle, Membership, Municipality
from municipalities.tenancy import within
from reports.models import SupportStep
from reports.year.opening import open_year
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def village(db):
    return Municipality.objects.get(code=world.PARTNER)


def make_account(capsys, **options):
    words = {
        "name": "見本村 担当者",
        "email": "mura@example.jp",
        "role": "editor",
        "scope": "990035",
    }
    call_command("create_account", "mura-editor", **words | options)
    return capsys.readouterr().out.split()[-1]


def test_from_nothing_to_the_first_board(village, capsys):
    password = make_account(capsys)
    client = Client()
    client.post("/account/login/", {"login": "mura-editor", "password": password})

    page = client.get("/m/990035/").content.decode()
    opened = client.post("/m/990035/years/", follow=True)

    assert "まだ年度が始まっていません" in page
    assert "を始めました。" in opened.content.decode()
    with within(village):
        assert Cycle.objects.count() == 1
        assert SupportStep.objects.count() == 5


def test_opening_twice_changes_nothing(here, people):
    first = open_year(1999, by=people["editor"])
    steps = SupportStep.objects.filter(cycle=first).count()

    assert open_year(1999, by=people["editor"]) == first
    assert SupportStep.objects.filter(cycle=first).count() == steps == 5


def test_a_viewer_is_told_who_starts_the_year(village, people, sign_in):
    Membership.objects.filter(user=people["viewer"]).update(scope_code="990035")
    page = sign_in("viewer").get("/m/990035/").content.decode()

    assert "この自治体の担当者が始めます" in page
    assert not re.search("を始める</button>", page)


@pytest.mark.parametrize(
    "wrong", [{"scope": "990036"}, {"role": "operator"}, {"role": "editor", "scope": "JP"}]
)
def test_an_account_without_a_fitting_scope_is_refused(village, capsys, wrong):
    with pytest.raises(CommandError):
        make_account(capsys, **wrong)


def test_a_login_is_taken_once(village, capsys):
    make_account(capsys)
    with pytest.raises(CommandError):
        make_account(capsys)
