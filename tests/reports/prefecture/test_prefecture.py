"""The prefecture officer finds the year and every municipality, and no text."""

import re

import pytest
from django.utils import timezone

from municipalities.japanese import fiscal
from municipalities.models import Municipality, Prefecture
from reports.models import Progress
from tests import world

pytestmark = pytest.mark.django_db
PAGE = "/p/99/2026/"


def test_every_municipality_of_the_prefecture_has_its_line(sign_in):
    page = sign_in("officer").get(PAGE).content.decode()

    for name in ("見本市", "見本町", "見本村"):
        assert f">{name}</a>" in page
    # Two interim reports are there; the village has neither, and nobody has a final one.
    assert page.count('<p class="paper">') == 2
    assert len(re.findall(r"\s未提出\s", page)) == 4
    assert world.CANARY not in page


def test_every_submitted_report_of_a_kind_is_shown(sign_in):
    ours = Municipality.objects.get(code=world.OURS)
    for serial, day in ((2, "2026-10-05"), (3, "2027-02-01")):
        Progress.objects.create(
            municipality=ours,
            fiscal_year=2026,
            kind="interim",
            serial=serial,
            status="submitted",
            submitted_on=day,
        )
    page = sign_in("officer").get(PAGE).content.decode()

    assert "1回目　提出済み" in page
    assert "2回目　提出済み" in page
    assert "2026年10月5日（月）" in page
    assert "3回目　提出済み" in page
    assert "2027年2月1日（月）" in page


def test_home_leads_the_officer_to_the_prefecture(sign_in):
    assert sign_in("officer").get("/").headers["Location"] == "/p/99/"


def test_every_year_leads_to_the_others_and_to_this_one(sign_in):
    Progress.objects.update(fiscal_year=2024)
    this_year = fiscal.fiscal_year_of(timezone.localdate())
    client = sign_in("officer")

    for year in (2024, this_year, 2022):
        page = client.get(f"/p/99/{year}/").content.decode()
        for linked in (2024, this_year, year):
            assert f'href="/p/99/{linked}/"' in page
        assert f'href="/p/99/{year}/" aria-current="page"' in page


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
