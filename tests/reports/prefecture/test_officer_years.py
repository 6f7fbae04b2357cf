"""Which year an officer's pages open, which they offer, and which are not there at all."""

import pytest

from municipalities.entrance import known_years
from municipalities.models import Membership, User
from reports.models import Progress, YearProgress
from reports.prefecture.years import this_year
from tests.reports import progress_rows as rows

pytestmark = pytest.mark.django_db
EMPTY = "の記録は、まだありません。記録のある最も新しい年度を表示しています。"


@pytest.fixture
def nothing():
    Progress.objects.all().delete()
    YearProgress.objects.all().delete()


def opened(client, code="99"):
    return client.get(f"/p/{code}/").headers["Location"]


def page(client, year, tail=""):
    return client.get(f"/p/99/{year}/{tail}").content.decode()


@pytest.mark.parametrize("what", ["begun", "submitted", "entered", "due"])
def test_an_officer_begins_with_todays_year_where_it_has_anything(sign_in, nothing, what):
    """Also where the newest submission is years old."""
    rows.submitted(rows.ours(), fiscal_year=2023)
    officer, today = User.objects.get(username="officer"), this_year()
    {
        "begun": lambda: rows.counted(rows.ours(), today),
        "submitted": lambda: rows.submitted(rows.ours(), fiscal_year=today),
        "entered": lambda: rows.entered(rows.ours(), officer, fiscal_year=today),
        "due": lambda: rows.due(30, officer, year=today),
    }[what]()

    assert opened(sign_in("officer")) == f"/p/99/{today}/"
    assert EMPTY not in page(sign_in("officer"), today)


def test_else_with_the_newest_year_that_has_and_is_told(sign_in, nothing):
    rows.counted(rows.ours(), 2023)
    rows.submitted(rows.ours(), fiscal_year=2022)
    client, today = sign_in("officer"), this_year()

    assert opened(client) == "/p/99/2023/"
    shown = page(client, 2023)
    assert EMPTY in shown
    assert f'<a href="/p/99/{today}/">令和' in shown.split(EMPTY)[1]
    for year in (2022, today):
        assert EMPTY not in page(client, year)


def test_next_years_drafts_do_not_pull_the_officer_ahead(sign_in, nothing):
    rows.counted(rows.ours(), this_year() + 1)

    assert opened(sign_in("officer")) == f"/p/99/{this_year()}/"
    # It is offered all the same.
    assert f'<a href="/p/99/{this_year() + 1}/">' in page(sign_in("officer"), this_year())


@pytest.mark.parametrize("tail", ["", "steps/", "values/", "findings/"])
def test_the_switch_offers_every_year_that_was_begun(sign_in, nothing, tail):
    rows.counted(rows.ours(), 2021)

    shown = page(sign_in("officer"), this_year(), tail)
    for year in (2021, this_year()):
        assert f'href="/p/99/{year}/{tail}"' in shown


def test_nationwide_the_list_opens_todays_year(sign_in, nothing):
    rows.submitted(rows.ours(), fiscal_year=2023)
    rows.counted(rows.ours(), this_year())
    Membership.objects.filter(user__username="officer").update(scope_kind="nation", scope_code="JP")

    response = sign_in("officer").get("/p/")
    assert response.context["year"] == this_year()
    assert f'<a href="?year={this_year()}"' in response.content.decode()


@pytest.mark.parametrize("year", [1900, known_years.PROGRAMME_BEGAN - 1, this_year() + 2, 2099])
@pytest.mark.parametrize(
    "tail", ["", "steps/", "m/990027/", "m/990027/entry/", "requests/", "practices/improved/"]
)
def test_a_year_that_nobody_knows_is_not_there(sign_in, year, tail):
    response = sign_in("officer").get(f"/p/99/{year}/{tail}")

    assert response.status_code == 404
    shown = response.content.decode()
    assert f'<a href="/p/99/{this_year()}/">令和' in shown
    assert f'href="/p/99/{year}/' not in shown.split("<main")[1].split("</main>")[0]


def test_nothing_is_entered_in_a_year_that_nobody_knows(sign_in):
    asked = {"interim-status": "submitted", "interim-seen": "0", "final-seen": "0"}

    assert sign_in("officer").post("/p/99/1900/m/990035/entry/", asked).status_code == 404
    assert sign_in("officer").post("/p/99/1900/files/comparison/").status_code == 404


def test_the_programmes_first_year_and_the_next_are_there(sign_in):
    for year in (known_years.PROGRAMME_BEGAN, this_year() + 1):
        assert sign_in("officer").get(f"/p/99/{year}/").status_code == 200


def test_a_stranger_learns_of_no_year(sign_in):
    shown = sign_in("officer").get("/p/08/1900/")

    assert shown.status_code == 404
    assert "の画面はありません" not in shown.content.decode()


def test_the_interface_refuses_the_same_years(sign_in):
    client = sign_in("officer")

    assert client.get("/api/v1/p/99/1900/progress").status_code == 404
    assert client.get(f"/api/v1/p/99/{this_year()}/progress").status_code == 200


def test_the_years_of_the_operators_dates_lead_where_they_say(sign_in):
    client = sign_in("operator")
    shown = client.get("/manage/periods/").content.decode()

    for year in (this_year(), this_year() + 1):
        assert f'<a href="?year={year}"' in shown
    assert 'action="/manage/periods/?year=' in shown
    assert f'action="/manage/periods/?year={this_year()}"' in shown
