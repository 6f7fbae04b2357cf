"""One indicator of a prefecture's municipalities over HTTP: statistics, or what was submitted."""

import pytest

from indicators.models import SubmittedValue
from tests.indicators.rows import publish
from tests.reports.api_clients import errors_of, with_token

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/p/99/2026/comparison"


@pytest.fixture
def ask(people):
    def get(query, username="officer"):
        return with_token(people[username]).get(f"{ADDRESS}?{query}")

    return get


def test_what_was_submitted_comes_with_its_reply(ask):
    SubmittedValue.objects.filter(municipality__code="990019").update(reply="国勢調査です。")
    body = ask("indicator=population_total&origin=submitted").json()
    ours, theirs, absent = body["items"]

    assert (body["origin"], body["indicator"]) == ("submitted", "population_total")
    assert (ours["municipality_code"], ours["value"]) == ("990019", "47865")
    assert (ours["state"], ours["reply"]) == ("value", "国勢調査です。")
    assert theirs["municipality_code"] == "990027"
    assert (absent["value"], absent["state"]) == (None, "not_entered")


def test_a_hidden_value_has_no_number(ask):
    SubmittedValue.objects.filter(municipality__code="990019").update(
        state="suppressed", value=None
    )
    item = ask("indicator=population_total&origin=submitted").json()["items"][0]

    assert (item["value"], item["numerator"], item["state"]) == (None, None, "suppressed")


def test_statistics_are_of_one_dataset_alone(ask):
    for code, year, value, dataset in (
        ("990019", 2020, "100", "統計A"),
        ("990027", 2020, "200", "統計A"),
        ("990019", 2024, "999", "統計B"),
    ):
        publish("home_visit_providers", year, value, place=("municipality", code), dataset=dataset)
    items = ask("indicator=home_visit_providers").json()["items"]

    assert [one["value"] for one in items] == ["100", "200", None]
    assert {one["source"] for one in items} == {"統計A", None}


@pytest.mark.parametrize("origin", ["statistics", "submitted"])
def test_an_unknown_indicator_is_refused_in_words(ask, origin):
    answer = ask(f"indicator=nobody&origin={origin}")

    assert answer.status_code == 422
    assert "登録されていません" in errors_of(answer)[0]["message"]


def test_nobody_else_asks(ask):
    assert ask("indicator=population_total", "editor").status_code == 404
    assert ask("indicator=population_total", "other-officer").status_code == 404
    assert ask("origin=submitted").status_code == 422
