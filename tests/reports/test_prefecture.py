"""The prefecture officer sees states and dates of their own municipalities, and no text."""

import pytest

from municipalities.models import Municipality, Prefecture
from tests import world

pytestmark = pytest.mark.django_db
PAGE = "/p/99/2026/"


def test_every_municipality_of_the_prefecture_has_its_line(sign_in):
    Municipality.objects.create(
        code="990035",
        name="見本村",
        kana="みほんむら",
        kind="village",
        prefecture=Prefecture.objects.get(code="99"),
    )
    page = sign_in("officer").get(PAGE).content.decode()

    assert page.count("提出済み（") == 2
    assert page.count("提出なし") == 4
    assert world.CANARY not in page


def test_home_leads_the_officer_to_this_years_page(sign_in):
    client = sign_in("officer")

    assert client.get("/").headers["Location"] == "/p/99/"
    assert client.get("/p/99/").headers["Location"].startswith("/p/99/20")


def test_another_prefecture_is_absent(sign_in):
    absent = sign_in("other-officer").get("/p/97/2026/")
    foreign = sign_in("other-officer").get(PAGE)

    assert (absent.status_code, foreign.status_code) == (404, 404)
    assert sign_in("other-officer").get("/p/98/2026/").status_code == 200
    assert sign_in("editor").get(PAGE).status_code == 404


def test_the_page_takes_few_queries_for_a_whole_prefecture(sign_in, django_assert_max_num_queries):
    prefecture = Prefecture.objects.get(code="99")
    for number in range(180):
        Municipality.objects.create(
            code=f"97{number:04}", name="村", kana="むら", kind="village", prefecture=prefecture
        )
    client = sign_in("officer")
    with django_assert_max_num_queries(10):
        client.get(PAGE)
