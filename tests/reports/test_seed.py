"""The real towns of the demo: complete, as their source has it, and told in docs/seed-coverage.csv."""

import csv
import json
import re
import unicodedata
from contextlib import contextmanager
from pathlib import Path

import pytest

from indicators.choices import Finality, ValueState
from indicators.models import Definition, IndicatorUse, Measurement
from logicmodels.choices import OutcomeLevel
from logicmodels.models import Activity, DesiredState, Outcome, OutcomeLink, Placement
from municipalities import demo
from municipalities.choices import CARE_SCENES, Role
from municipalities.codes import validate_code
from municipalities.models import Cycle, Municipality, Prefecture
from municipalities.tenancy import within
from reports.choices import StepKind
from reports.document import assembly, shape
from tests import world
from tests.reports.test_document_roundtrip import tidy, whole

pytestmark = pytest.mark.django_db
MITO, FUKUCHIYAMA = "082015-2023", "262013-2023"
REAL = (MITO, FUKUCHIYAMA)
COVERAGE = Path(__file__).resolve().parents[2] / "docs" / "seed-coverage.csv"
NUMBER = re.compile(r"\d+(?:\.\d+)?")
# The rows of 福知山市's table that are marked （再）.
REPEATS = {*range(15, 20), *range(26, 31), *range(33, 39), 41, 46}
KINDS = {"figure", "date", "organization", "step", "activity", "indicator", "keyword", "text"}
PARTS_TO_COME = {
    "report sections",
    "councils",
    "coordinators",
    "contracts",
    "bases",
    "surveys",
    "bodies and coordinators",
    "pictures",
    "area names",
}


def document(name):
    return json.loads((world.DEMO / f"{name}.json").read_text(encoding="utf-8"))


def coverage():
    with COVERAGE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


COVERED = coverage()
POINTING = [row for row in COVERED if row["pointer"]]


@contextmanager
def loaded(name, by):
    """Load a document into the new year of a new municipality."""
    data = document(name)
    place = data["municipality"]
    prefecture, _ = Prefecture.objects.get_or_create(
        code=place["code"][:2], defaults={"name": place["prefecture"], "kana": "けん"}
    )
    town = Municipality.objects.create(
        code=place["code"], name=place["name"], kana="し", kind="city", prefecture=prefecture
    )
    with within(town):
        cycle = Cycle.objects.create(fiscal_year=data["fiscal_year"])
        cycle.municipality = town
        assert assembly.load(cycle, data, by=by) == []
        yield cycle


@pytest.fixture
def year_of(people):
    return lambda name: loaded(name, people["editor"])


@pytest.fixture
def fukuchiyama(year_of):
    with year_of(FUKUCHIYAMA) as cycle:
        yield cycle


def plain(value):
    """Return a value as text in which numbers have no separators and one width."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return re.sub(r"(?<=\d),(?=\d)", "", unicodedata.normalize("NFKC", text))


def numbers_in(value):
    return set(NUMBER.findall(plain(value)))


def at(whole_document, pointer):
    """Return what lies at a JSON pointer. Raises LookupError."""
    value = whole_document
    for piece in pointer.removeprefix("/").split("/"):
        value = value[int(piece) if isinstance(value, list) else piece]
    return value


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


@pytest.mark.parametrize("name", REAL)
def test_every_row_of_a_real_town_is_told_in_the_coverage(name):
    """Nothing stands in a real town that the source does not have."""
    data = document(name)
    pointers = [row["pointer"] for row in POINTING if row["document"] == f"{name}.json"]
    placed = {
        f"/activities/{number}"
        for number, activity in enumerate(data["activities"])
        for pointer in pointers
        if "/placements/" in pointer
        and at(data, re.sub(r"/note$", "", pointer))["activity"] == activity["key"]
    }
    parts = ("organizations", "issues", "activities", "indicator_uses", "measurements")
    rows = {
        f"/{part}/{number}"
        for part in (*parts, "support_steps")
        for number in range(len(data.get(part, [])))
    }
    told = {row for row in rows for one in pointers if f"{one}/".startswith(f"{row}/")}

    assert rows - told - placed == set()


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


def test_mito_carries_no_invented_desired_state(year_of):
    with year_of(MITO):
        assert not DesiredState.objects.exists()
        assert "掲載されていない" in Activity.objects.get(key="activity-1").description


# --- docs/seed-coverage.csv


def test_every_row_of_the_coverage_stands_somewhere_or_waits():
    assert {row["kind"] for row in COVERED} == KINDS
    assert {row["waits_for"] for row in COVERED} - {""} == PARTS_TO_COME
    assert [row for row in COVERED if bool(row["document"]) != bool(row["pointer"])] == []
    assert [row for row in COVERED if not row["pointer"] and not row["waits_for"]] == []


def wrong_in(rows):
    """Return the rows whose item is not found where they point."""
    documents = {f"{name}.json": document(name) for name in REAL}
    names = dict(Definition.objects.values_list("code", "name"))
    wrong = []
    for row in rows:
        whole_document = documents[row["document"]]
        try:
            value = at(whole_document, row["pointer"])
        except LookupError:
            wrong.append(row["item"])
            continue
        if not HOLDS[row["kind"]](row["item"], value, whole_document, names):
            wrong.append(row["item"])
    return wrong


def named(item):
    """Return the name in an item, without what is said of it in brackets."""
    return plain(re.split(r"[（「]", item.strip("『』"))[0]).strip()


def holds_numbers(item, value, *_):
    return bool(value) and numbers_in(item) <= numbers_in(value)


def holds_name(item, value, *_):
    return named(item) in plain(value) if value else "「-」" in item


def holds_text(item, value, *_):
    return bool(value)


def is_step(item, value, *_):
    return StepKind(value["kind"]).label == item and value["situation"] and value["advice"]


def is_placement(item, value, whole_document, _):
    """The number, the （再） and the name are those computed from the document."""
    order = [
        (outcome["position"], row["position"], row)
        for outcome in whole_document["logic_models"][0]["outcomes"]
        for row in outcome.get("placements", [])
    ]
    rows = [row for *_, row in sorted(order, key=lambda one: one[:2])]
    keys = [row["activity"] for row in rows]
    number = rows.index(value)
    again = "（再）" if value["activity"] in keys[:number] else ""
    activity = next(row for row in whole_document["activities"] if row["key"] == value["activity"])
    return item == f"{number + 1} {again}{activity['name']}"


def is_use(item, value, whole_document, names):
    followed = {row["key"]: row["indicator"] for row in whole_document["indicators"]}
    own = {row["key"]: row["name"] for row in whole_document["own_definitions"]}
    code = followed[value["indicator"]]
    name = item.removeprefix("（再）")
    return name in {own.get(code), names.get(code)} or name in value.get("note", "")


HOLDS = {
    "figure": holds_numbers,
    "date": lambda *found: holds_numbers(*found) and holds_name(*found),
    "organization": holds_name,
    "keyword": holds_name,
    "text": holds_text,
    "step": is_step,
    "activity": is_placement,
    "indicator": is_use,
}


def test_everything_in_the_coverage_stands_where_it_points():
    assert wrong_in(POINTING) == []


def test_what_stood_elsewhere_would_be_found():
    """Negative control: shift each row's item by one; text boxes hold no item to compare."""
    checked = [row for row in POINTING if row["kind"] not in {"text", "organization"}]
    for kind in sorted({row["kind"] for row in checked}):
        rows = [row for row in checked if row["kind"] == kind]
        shifted = [
            row | {"item": other["item"]}
            for row, other in zip(rows, rows[1:] + rows[:1], strict=True)
            if row["item"] != other["item"]
        ]
        assert wrong_in(shifted), kind
    assert wrong_in([checked[0] | {"pointer": "/measurements/999"}])


@pytest.mark.parametrize("name", REAL)
def test_every_step_of_the_support_is_in_the_coverage(name):
    found = [
        row["item"]
        for row in POINTING
        if row["kind"] == "step" and row["document"] == f"{name}.json"
    ]

    assert found == StepKind.labels


# --- The demo


def test_every_town_of_the_demo_has_an_editor():
    towns = {path.stem[:6] for path in world.DEMO.glob("*.json")}
    editors = {
        code
        for _, _, memberships in demo.ACCOUNTS
        for role, _, code in memberships
        if role == Role.EDITOR
    }

    assert editors == towns


def test_mihon_shows_every_state_a_value_can_be_in(cycle, people):
    with within(cycle.municipality):
        problems = assembly.load(cycle, document("990019-2026"), by=people["editor"])
        values = list(Measurement.objects.all())
        scenes = {row.scene for row in Activity.objects.all()}
    assert not problems

    assert {row.state for row in values} == set(ValueState)
    assert all(row.as_of for row in values if row.finality == Finality.PRELIMINARY)
    assert scenes == {*CARE_SCENES, "all"}
