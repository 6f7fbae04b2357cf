"""The values over HTTP: read in the long format, entered all or not at all, tried without a trace."""

import json

import pytest
from django.test import Client

from indicators.models import Measurement
from municipalities.models import Change
from tests import world
from tests.reports.api_clients import errors_of, with_token

pytestmark = pytest.mark.django_db
ADDRESS = f"/api/v1/m/{world.OURS}/{world.YEAR}/measurements"
VALUE = {
    "municipality_code": world.OURS,
    "indicator": "own-1",
    "fiscal_year": 2024,
    "value": "48.2",
    "source": "病院への調査",
}


@pytest.fixture
def client(people):
    return with_token(people["editor"])


@pytest.fixture
def send(client):
    def post(*items, query="", by=None):
        return (by or client).post(
            ADDRESS + query, json.dumps({"items": items}), content_type="application/json"
        )

    return post


def told(response):
    return {error["pointer"]: error["message"] for error in errors_of(response)}


def test_a_value_is_entered_and_read_again(client, send, here):
    response = send(VALUE | {"finality": "速報", "as_of": "2025-03-31", "note": "=1+1"})

    assert response.status_code == 200
    body = response.json()
    assert (body["new"], body["changed"], body["same"], body["dry_run"]) == (1, 0, 0, False)
    assert body["items"][0]["pointer"] == "/items/0"
    (item,) = [
        one for one in client.get(ADDRESS).json()["items"] if one["source"] == VALUE["source"]
    ]
    assert item == {
        "municipality_code": "990019",
        "indicator": "own-1",
        "fiscal_year": 2024,
        "value": "48.2",
        "numerator": None,
        "denominator": None,
        "state": "value",
        "finality": "preliminary",
        "as_of": "2025-03-31",
        "source": "病院への調査",
        "note": "=1+1",
    }


def test_one_change_tells_of_every_row_that_was_written(people, send, here):
    send(VALUE, VALUE | {"fiscal_year": 2023})

    written = Change.objects.filter(deed="import", key__startswith="own-1-")
    assert [one.after["value"] for one in written] == ["48.2", "48.2"]
    assert all(one.actor == people["editor"] and one.row for one in written)


def test_sending_back_what_was_read_changes_nothing(client, send, here):
    items = client.get(ADDRESS).json()["items"]
    before = Change.objects.count()

    body = send(*items).json()

    assert (body["new"], body["changed"], body["same"]) == (0, 0, len(items))
    assert Change.objects.count() == before


def test_a_stored_value_is_changed_with_old_and_new_told(send, here):
    item = VALUE | {"fiscal_year": 2025, "source": "市内病院への調査（見本）"}

    body = send(item | {"value": 40}).json()

    assert body["changed"] == 1
    entry = body["items"][0]
    assert entry["result"] == "changed"
    assert entry["before"]["value"] == "31.5"
    assert entry["after"]["value"] == "40"
    # The parts of the old value are no parts of the new one.
    assert entry["after"]["numerator"] is None
    stored = Measurement.objects.get(key="value-1")
    assert (stored.value, stored.version) == (40, 2)


def test_what_is_not_written_of_a_stored_value_stays(send, here):
    send(VALUE | {"finality": "forecast", "note": "推計"})

    send(VALUE | {"value": "50"})

    stored = Measurement.objects.get(source=VALUE["source"])
    assert (stored.value, stored.finality, stored.note) == (50, "forecast", "推計")


@pytest.mark.parametrize("query", ["?dry_run=1", "?dry_run=true"])
def test_a_dry_run_tells_the_same_and_writes_nothing(send, here, query):
    before = Change.objects.count(), Measurement.objects.count()

    body = send(VALUE, query=query).json()

    assert body["new"] == 1
    assert body["dry_run"] is True
    assert (Change.objects.count(), Measurement.objects.count()) == before
    assert send(VALUE).json()["new"] == 1


def test_one_wrong_row_keeps_all_from_being_written(send, here):
    before = Measurement.objects.count()

    response = send(
        VALUE,
        VALUE | {"indicator": "nobody"},
        VALUE | {"fiscal_year": 2023},
        VALUE | {"fiscal_year": 2022, "value": "八十"},
    )

    assert response.status_code == 422
    assert set(told(response)) == {"/items/1/indicator", "/items/3/value"}
    assert Measurement.objects.count() == before


def test_a_value_told_twice_is_refused(send):
    assert "0行目にもあります" in told(send(VALUE, VALUE))["/items/1"]


def test_a_row_of_the_neighbour_is_named_and_nothing_else_of_it(send):
    response = send(VALUE | {"municipality_code": world.THEIRS})

    assert "見本町（990027）の行です" in told(response)["/items/0/municipality_code"]
    assert b"CANARY" not in response.content


def test_a_town_that_is_not_written_is_that_of_the_address(send, here):
    item = {name: value for name, value in VALUE.items() if name != "municipality_code"}

    assert send(item).json()["new"] == 1


def test_own_and_national_codes_of_this_town_only(send, here):
    assert send(VALUE | {"indicator": "population_total", "value": "47,000人"}).status_code == 200
    assert "/items/0/indicator" in told(send(VALUE | {"indicator": "own-99"}))


def test_a_strange_value_is_asked_about_and_written(send, here):
    body = send(VALUE | {"value": None, "numerator": 9, "denominator": 3}).json()

    assert body["new"] == 1
    assert {one["pointer"] for one in body["warnings"]} == {"/items/0/value"}
    assert any("分子が分母より大きく" in one["message"] for one in body["warnings"])


def test_an_empty_row_is_counted_and_touches_nothing(send, here):
    body = send(VALUE | {"value": None}).json()

    assert (body["untouched"], body["new"]) == (1, 0)


def test_more_than_two_thousand_rows_are_refused(send, here):
    rows = [VALUE | {"source": f"調査{number}"} for number in range(2001)]

    assert "2,000行まで" in told(send(*rows))["/items"]
    assert Measurement.objects.filter(source__startswith="調査").count() == 0


def test_more_rows_than_a_file_may_hold_are_refused_unread(send, monkeypatch):
    """A hundred thousand of them had kept a process busy for a minute and a half."""
    monkeypatch.setattr("indicators.entering.entering.enter", None)

    response = send(*[{"indicator": "a", "fiscal_year": 1}] * 20_001)

    assert response.status_code == 422
    assert told(response) == {"/items": "行が多すぎます。20000行までに分けて送ってください。"}


@pytest.mark.parametrize(
    ("item", "pointer"),
    [
        (VALUE | {"value": True}, "/items/0/value"),
        (VALUE | {"values": 1}, "/items/0/values"),
        ({"indicator": "own-1"}, "/items/0/fiscal_year"),
        (VALUE | {"source": ""}, "/items/0/source"),
        (VALUE | {"value": 1e-7}, "/items/0/value"),
        ([], "/items/0"),
    ],
)
def test_a_malformed_row_is_told_by_its_place(send, item, pointer):
    response = send(item)

    assert response.status_code == 422
    assert list(told(response)) == [pointer]


def test_a_session_enters_values_with_its_csrf_token_only(people, send, here):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(people["editor"])

    assert send(VALUE, by=browser).status_code == 403
    page = browser.get(f"/m/{world.OURS}/{world.YEAR}/indicators/import/")
    token = page.content.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    response = browser.post(
        ADDRESS,
        json.dumps({"items": [VALUE]}),
        content_type="application/json",
        headers={"X-CSRFToken": token},
    )
    assert response.status_code == 200


def test_viewers_read_and_do_not_write(people, send):
    viewer = with_token(people["viewer"])

    assert viewer.get(ADDRESS).status_code == 200
    assert send(VALUE, by=viewer).status_code == 403
    assert send(VALUE, query="?dry_run=1", by=viewer).status_code == 403


def test_values_after_the_year_are_not_listed(client, here):
    earlier = ADDRESS.replace("2026", "2024")

    assert client.get(earlier).status_code == 404
    years = {one["fiscal_year"] for one in client.get(ADDRESS).json()["items"]}
    assert max(years) <= 2026
