"""The values of one indicator: computed from their parts, asked about when strange, never blocked by it."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from indicators.choices import Finality
from indicators.measurements.values import standing
from indicators.models import Measurement
from municipalities.kernel import submission_keys
from municipalities.models import Change, TrashItem
from municipalities.tenancy import within
from tests.indicators.rows import BASE, follow, measure, stored

pytestmark = pytest.mark.django_db
PAGE = f"{BASE}indicator-1/"
EDIT = f"{PAGE}values/value-1/edit/"
FORM = {"state": "value", "finality": "final", "source": "市内病院への調査（見本）"}


def edit(client, **typed):
    return client.post(EDIT, FORM | {"base_version": "1"} | typed)


def add(client, year="令和8年度", **typed):
    form = FORM | {"fiscal_year": year, "submission_key": submission_keys.new()} | typed
    return client.post(f"{PAGE}values/add/", form)


def shown(client, url=PAGE):
    return client.get(url).content.decode()


def test_a_value_is_computed_from_its_parts(as_editor, cycle):
    assert add(as_editor, numerator="２００", denominator="300件").status_code == 422
    assert add(as_editor, numerator="２００", denominator="３００").status_code == 302
    # 200 ÷ 300 × 100, to the places that the column keeps.
    assert (2026, Decimal("66.6667"), "value") in stored(cycle, "own-1")
    assert "66.7％" in shown(as_editor)
    assert "200／300" in shown(as_editor)


@pytest.mark.parametrize("typed", ["66.7", "66.7％", "６６．７"])
def test_a_value_that_agrees_with_its_parts_is_kept(as_editor, cycle, typed):
    assert add(as_editor, numerator="2", denominator="3", value=typed).status_code == 302
    assert (2026, Decimal("66.6667"), "value") in stored(cycle, "own-1")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"numerator": "2", "denominator": "3", "value": "66.6"}, "計算すると66.7％です"),
        ({"numerator": "2", "denominator": ""}, "両方を入力するか、両方とも空けてください"),
        ({"numerator": "", "denominator": "3", "value": "5"}, "両方を入力するか"),
        ({"numerator": "2", "denominator": "0"}, "分母が0のとき"),
        ({"numerator": "-2", "denominator": "3"}, "0以上の数字"),
        ({"value": ""}, "値がない理由を選んでください"),
        ({"value": "5", "source": ""}, "出典を入力してください"),
    ],
)
def test_what_contradicts_itself_is_refused_in_words(as_editor, cycle, typed, message):
    before = stored(cycle, "own-1")
    response = add(as_editor, **typed)

    assert response.status_code == 422
    assert message in response.content.decode()
    assert stored(cycle, "own-1") == before


def test_opening_and_saving_a_computed_value_is_no_change(as_editor, cycle):
    with within(cycle.municipality):
        count = Change.objects.count()
    form = as_editor.get(EDIT).context["form"]
    typed = {name: form.initial.get(name) for name in ("numerator", "denominator", "value")}

    assert edit(as_editor, **typed).status_code == 302
    with within(cycle.municipality):
        assert Change.objects.count() == count


def test_other_parts_give_another_value(as_editor, cycle):
    assert edit(as_editor, numerator="52", denominator="130", value="").status_code == 302
    assert stored(cycle, "own-1") == [(2025, Decimal(40), "value")]


@pytest.mark.parametrize(
    ("state", "mark"),
    [
        ("not_entered", "（未入力）"),
        ("not_applicable", "－"),
        ("unknown", "不明"),
        ("suppressed", "x"),
    ],
)
def test_each_state_without_a_value_can_be_said_with_its_reason(as_editor, cycle, state, mark):
    response = edit(as_editor, state=state, value="", note="病院が1つのため")
    page = shown(as_editor)

    assert response.status_code == 302
    assert stored(cycle, "own-1") == [(2025, None, state)]
    assert mark in page
    assert "病院が1つのため" in page


def test_zero_is_a_value(as_editor, cycle):
    edit(as_editor, numerator="0", denominator="130", value="")

    assert stored(cycle, "own-1") == [(2025, Decimal(0), "value")]
    assert "0.0％" in shown(as_editor)


def test_day_and_finality_stand_beside_the_value(as_editor):
    add(as_editor, value="35", as_of="R8.12.31", finality="preliminary")

    assert "令和8年12月末現在・速報" in shown(as_editor)
    assert "令和8年12月末現在・速報" in shown(as_editor, BASE)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"numerator": "150", "denominator": "130"}, "分子が分母より大きくなっています"),
        ({"value": "120"}, "0％から100％の間にありません"),
        ({"value": "-3"}, "0％から100％の間にありません"),
        ({"value": "315"}, "の10倍です"),
        ({"value": "45"}, "30％を超えて増えています"),
    ],
)
def test_what_is_strange_is_saved_and_asked_about(as_editor, typed, message):
    assert message not in shown(as_editor)
    assert add(as_editor, **typed).status_code == 302
    assert message in shown(as_editor)


def test_entering_a_value_takes_few_statements(as_editor):
    """Five let the person in; then the indicator, the row, its UPDATE, its Change and the draft."""
    with CaptureQueriesContext(connection) as queries:
        assert edit(as_editor, value="33.3", numerator="", denominator="").status_code == 302
    statements = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]

    assert len(statements) <= 10


def test_a_count_below_nothing_is_refused(as_editor, cycle):
    follow(cycle, "consultation_desk_cases")
    url = f"{BASE}consultation_desk_cases/values/add/"
    form = FORM | {"fiscal_year": "2026", "submission_key": submission_keys.new(), "value": "-1"}

    assert as_editor.post(url, form).status_code == 422


def test_a_count_has_no_parts_to_type(as_editor, cycle):
    follow(cycle, "consultation_desk_cases")
    page = as_editor.get(f"{BASE}consultation_desk_cases/values/add/").content.decode()

    assert 'name="value"' in page
    assert 'name="numerator"' not in page


def test_the_values_of_other_years_stay_and_later_ones_are_not_shown(as_editor, cycle):
    measure(cycle, "own-1", 2027, 77)
    add(as_editor, value="35")

    assert "35.0％" in shown(as_editor)
    assert "31.5％" in shown(as_editor)
    assert "77.0％" not in shown(as_editor)
    assert add(as_editor, year="令和9年度", value="35").status_code == 422


def test_a_value_goes_to_the_trash_and_comes_back(as_editor, cycle):
    response = as_editor.post(f"{PAGE}values/value-1/delete/", {"base_version": "1"})

    assert response.status_code == 302
    assert stored(cycle, "own-1") == []
    with within(cycle.municipality):
        item = TrashItem.objects.get(kind="indicators.measurement")
    as_editor.post(f"/m/990019/2026/trash/{item.pk}/restore/")
    assert stored(cycle, "own-1") == [(2025, Decimal("31.5"), "value")]


def test_a_value_of_another_indicator_is_absent_here(as_editor, cycle):
    assert as_editor.get(f"{PAGE}values/population-2025/edit/").status_code == 404


def test_two_people_change_different_fields_of_a_value(as_editor, cycle):
    same = {"numerator": "41", "denominator": "130", "value": "31.5"}
    edit(as_editor, **same, note="先に保存")
    response = edit(as_editor, **same, finality="preliminary")

    assert response.status_code == 302
    with within(cycle.municipality):
        row = Measurement.objects.get(key="value-1")
        assert (row.note, row.finality) == ("先に保存", "preliminary")


@given(
    rows=st.lists(
        st.tuples(st.integers(2020, 2023), st.sampled_from(list(Finality)), st.booleans()),
        max_size=8,
    )
)
def test_the_firmest_number_stands_for_its_year(rows):
    values = [
        Measurement(
            key=f"k{place}",
            fiscal_year=year,
            finality=finality,
            state="value" if has_value else "unknown",
            value=1 if has_value else None,
        )
        for place, (year, finality, has_value) in enumerate(rows)
    ]
    found = standing(values)

    assert set(found) == {value.fiscal_year for value in values}
    for value in values:
        chosen = found[value.fiscal_year]
        assert chosen.value is not None or value.value is None
        if value.value is not None and value.finality == "final":
            assert chosen.finality == "final"
