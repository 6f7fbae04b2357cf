"""The numbers of a profile: typed as offices write them, kept by year, refused in words."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.arithmetic.printing import printed
from indicators.models import Measurement
from municipalities.kernel import submission_keys
from municipalities.models import Change
from municipalities.tenancy import within

pytestmark = pytest.mark.django_db
EDIT = "/m/990019/2026/figures/{}/edit/"
ADD = "/m/990019/2026/figures/{}/add/"
FORM = {"state": "value", "finality": "final", "source": "住民基本台帳", "base_version": "1"}


def values(cycle, code="population_total"):
    with within(cycle.municipality):
        rows = Measurement.objects.filter(definition__code=code).order_by("fiscal_year", "key")
        return [(row.fiscal_year, row.value) for row in rows]


def edit(client, value, code="population_total", **other):
    return client.post(EDIT.format(code), FORM | {"value": value} | other)


def add(client, value, year, code="population_total", **other):
    form = FORM | {"value": value, "fiscal_year": year, "submission_key": submission_keys.new()}
    return client.post(ADD.format(code), form | other)


@pytest.mark.parametrize(
    "typed", ["48,123", "４８１２３", "48123人", "４８，１２３ 人", " 48 123 ", "+48123", "48123.0"]
)
def test_a_number_is_read_as_offices_write_it(as_editor, cycle, typed):
    assert edit(as_editor, typed).status_code == 302
    assert (2025, Decimal(48123)) in values(cycle)


@pytest.mark.parametrize(
    "typed",
    ["八万", "1_000", "1e3", "NaN", "①", "10~20", "-5", "▲５", "47865.5", "48123件", "－", "不明"],
)
def test_what_is_no_count_of_people_is_refused_and_kept(as_editor, cycle, typed):
    before = values(cycle)
    response = edit(as_editor, typed)

    assert response.status_code == 422
    assert typed in response.content.decode()
    assert values(cycle) == before


@pytest.mark.parametrize("typed", ["120", "-3", "100.1％", "0.339"])
def test_what_is_no_percentage_is_refused(as_editor, cycle, typed):
    assert edit(as_editor, typed, "aging_rate_65").status_code == 422


def test_percentages_are_read_with_their_sign(as_editor, cycle):
    assert edit(as_editor, "３４．５％", "aging_rate_65").status_code == 302
    assert (2025, Decimal("34.5")) in values(cycle, "aging_rate_65")


def test_a_missing_value_has_its_reason(as_editor, cycle):
    without = edit(as_editor, "")
    contradiction = edit(as_editor, "5", state="unknown")
    saved = edit(as_editor, "", state="unknown")

    assert (without.status_code, contradiction.status_code) == (422, 422)
    assert saved.status_code == 302
    assert (2025, None) in values(cycle)
    assert "不明" in as_editor.get("/m/990019/2026/profile/").content.decode()


def test_zero_is_a_value(as_editor, cycle):
    edit(as_editor, "0")

    assert (2025, Decimal(0)) in values(cycle)
    assert "0人" in as_editor.get("/m/990019/2026/profile/").content.decode()


def test_another_years_value_leaves_the_earlier_ones(as_editor, cycle):
    before = values(cycle)
    response = add(as_editor, "47,000", "令和8年度")

    assert response.status_code == 302
    assert values(cycle) == [*before, (2026, Decimal(47000))]
    assert "47,000人" in as_editor.get("/m/990019/2026/profile/").content.decode()
    assert "47,000人" not in as_editor.get("/m/990019/2025/profile/").content.decode()


@pytest.mark.parametrize("year", ["令和9年度", "令和50年度", "2099"])
def test_a_year_after_the_pages_year_is_refused(as_editor, cycle, year):
    before = values(cycle)
    response = add(as_editor, "47,000", year)

    assert response.status_code == 422
    assert "令和8年度（2026年度）までの年度を入力してください" in response.content.decode()
    assert values(cycle) == before


def test_the_same_source_gives_one_value_a_year(as_editor, cycle):
    add(as_editor, "47,000", "令和8年度")
    again = add(as_editor, "47,001", "令和8年度")
    other = add(as_editor, "47,002", "令和8年度", source="市の推計")

    assert again.status_code == 422
    assert "同じ出典ですでに入力されています" in again.content.decode()
    assert other.status_code == 302


def test_a_figure_that_was_never_entered_leads_to_its_form(as_editor, cycle):
    with within(cycle.municipality):
        Measurement.objects.filter(definition__code="population_total").delete()

    response = as_editor.get(EDIT.format("population_total"))

    assert response.headers["Location"] == ADD.format("population_total")
    assert "（未入力）" in as_editor.get("/m/990019/2026/profile/").content.decode()


def test_saving_the_same_number_is_no_change(as_editor, cycle):
    with within(cycle.municipality):
        row = Measurement.objects.get(key="aging-65-2025")
        count = Change.objects.count()
    same = {"as_of": "2025-10-01", "source": row.source, "note": row.note}
    edit(as_editor, "33.9", "aging_rate_65", **same)

    with within(cycle.municipality):
        assert Change.objects.count() == count


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [("6.25", 1, "6.3％"), ("-6.25", 1, "−6.3％"), ("51", 1, "51.0％"), ("270685", 0, "270,685％")],
)
def test_numbers_are_printed_half_up_and_grouped(value, decimals, text):
    assert printed(Decimal(value), state="value", unit="％", decimals=decimals) == text


def test_entering_a_value_takes_few_statements(as_editor):
    """Five let the person in; then the row, its UPDATE, its Change and the draft."""
    source = "見本県の例示（実在しない値）"
    with CaptureQueriesContext(connection) as queries:
        assert edit(as_editor, "48123", source=source).status_code == 302
    statements = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]

    assert len(statements) <= 10
