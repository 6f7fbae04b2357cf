"""The documents of the demo's real towns: complete, as their source has it, and nothing invented."""

import pytest

from indicators.models import IndicatorUse, Measurement
from logicmodels.choices import OutcomeLevel
from logicmodels.models import Activity, DesiredState, Outcome, OutcomeLink, Placement
from municipalities.choices import CARE_SCENES
from municipalities.codes import validate_code
from reports.choices import SHEET_BOXES, AdviceResponse, MemberPart
from reports.document import assembly, shape
from tests.reports.document.test_document_roundtrip import tidy, whole
from tests.reports.real_towns import FUKUCHIYAMA, IZU, MITO, REAL, document, loaded

pytestmark = pytest.mark.django_db
# The rows of 福知山市's table that are marked （再）.
REPEATS = {*range(15, 20), *range(26, 31), *range(33, 39), 41, 46}


@pytest.fixture
def year_of(people):
    return lambda name: loaded(name, people["editor"])


@pytest.fixture
def fukuchiyama(year_of):
    with year_of(FUKUCHIYAMA) as cycle:
        yield cycle


# --- The documents


@pytest.mark.parametrize("name", REAL)
def test_a_real_towns_document_comes_out_as_it_lies_in_the_file(name, year_of):
    data = document(name)

    with year_of(name) as cycle:
        found = assembly.assemble(cycle)

    for part in (one for one in shape.PARTS if one.inside is None):
        expected = data.get(part.name) or []
        expected = [expected] if isinstance(expected, dict) else expected
        rows = found[part.name] or []
        rows = [rows] if isinstance(rows, dict) else rows
        assert tidy(rows) == tidy([whole(part, row) for row in expected]), part.name


@pytest.mark.parametrize("name", REAL)
def test_a_real_towns_document_has_its_true_code(name):
    validate_code(document(name)["municipality"]["code"])


@pytest.mark.parametrize("name", REAL)
def test_every_value_of_a_real_town_has_its_source(name):
    values = document(name)["measurements"]

    assert values
    assert [row["key"] for row in values if not row["source"].strip()] == []


@pytest.mark.parametrize("name", REAL)
def test_a_ratio_that_was_worked_out_is_that_of_its_counts(name, year_of):
    with year_of(name):
        rows = list(Measurement.objects.exclude(denominator=None).select_related("definition"))
    off = [
        row.key
        for row in rows
        if round(row.numerator / row.denominator * row.definition.multiplier, 1) != row.value
    ]

    assert off == []


# --- 福知山市's table


def placements_in_order():
    rows = Placement.objects.select_related("outcome", "activity")
    return sorted(rows, key=lambda row: (row.outcome.position, row.position))


def test_fukuchiyama_has_55_rows_18_of_them_repeats(fukuchiyama):
    seen, repeats = set(), set()
    for number, row in enumerate(placements_in_order(), start=1):
        if row.activity_id in seen:
            repeats.add(number)
        seen.add(row.activity_id)

    assert number == 55
    assert repeats == REPEATS
    assert len(repeats) == 18
    assert len(seen) == Activity.objects.count() == 37


def test_fukuchiyama_has_six_outcomes_under_one_desired_state(fukuchiyama):
    six = Outcome.objects.filter(level=OutcomeLevel.INTERMEDIATE)
    final = Outcome.objects.get(level=OutcomeLevel.FINAL)
    links = OutcomeLink.objects.all()

    assert [row.subject for row in six] == [
        "入退院支援",
        "日常の療養支援",
        "急変時の対応",
        "看取り",
        "多職種・多機関連携",
        "健康危機",
    ]
    assert DesiredState.objects.get().text == final.text
    assert {(link.cause_id, link.effect_id) for link in links} == {
        (row.pk, final.pk) for row in six
    }


def test_fukuchiyama_uses_20_indicators_in_21_places(fukuchiyama):
    uses = list(IndicatorUse.objects.select_related("indicator", "outcome"))
    codes = [use.indicator.code for use in uses]

    assert len(uses) == 21
    assert len(set(codes)) == 20
    assert {code for code in codes if codes.count(code) > 1} == {"ict_network_patients"}
    assert sorted(code for code in codes if code.startswith("own-")) == [
        "own-home-visit-dentists",
        "own-professions-in-exchange",
    ]


def test_an_activity_of_every_scene_stands_in_all_of_them(fukuchiyama):
    for activity in Activity.objects.all():
        scenes = {row.outcome.scene for row in placements_in_order() if row.activity == activity}
        expected = "all" if scenes >= set(CARE_SCENES) else None
        assert activity.scene in ({expected} if expected else scenes), activity.name


def test_what_drifted_between_repeats_stays_in_the_note(fukuchiyama):
    rows = dict(enumerate(placements_in_order(), start=1))

    assert "ケース検討を目的とした" in rows[41].note
    assert rows[41].activity == rows[14].activity
    assert rows[15].note == "※各職種に要相談"
    assert rows[2].note == ""


@pytest.mark.parametrize("name", REAL)
def test_a_real_town_fills_every_box_of_the_sheet(name):
    boxes = {row["section"]: row["text"] for row in document(name)["report_texts"]}

    assert set(boxes) == set(SHEET_BOXES)
    assert all(boxes.values())


@pytest.mark.parametrize("name", REAL)
def test_no_answer_to_advice_is_invented_for_a_real_town(name):
    items = [one for step in document(name)["support_steps"] for one in step["advice"]]

    assert items
    assert {one.get("response", AdviceResponse.NONE) for one in items} == {AdviceResponse.NONE}
    assert not any(step.get("held_on") for step in document(name)["support_steps"])


@pytest.mark.parametrize("name", REAL)
def test_a_real_town_names_no_adviser(name):
    rows = [row for row in document(name)["support_members"] if row["part"] == MemberPart.ADVISER]

    assert [row["title"] for row in rows] == ["所属の記載なし"]


def test_izu_carries_no_invented_desired_state(year_of):
    with year_of(IZU):
        assert not DesiredState.objects.exists()


def test_mito_carries_no_invented_desired_state(year_of):
    with year_of(MITO):
        assert not DesiredState.objects.exists()
        assert "掲載されていない" in Activity.objects.get(key="activity-1").description
