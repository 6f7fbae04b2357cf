"""docs/seed-coverage.csv, walked both ways: what it names stands where it points, and nothing else stands."""

import csv
import json
import re
import unicodedata
from pathlib import Path

import pytest

from indicators.models import Definition
from reports.choices import FIVE_STEPS, MemberPart, TextSection
from tests.reports.real_towns import REAL, TOLD, document

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]
COVERAGE = ROOT / "docs" / "seed-coverage.csv"
NUMBER = re.compile(r"\d+(?:\.\d+)?")
# Lists of the document whose rows are told one by one, by the kind that tells them.
LISTED = {
    "member": "support_members",
    "box": "report_texts",
    "before": "support_issues",
    "effect": "support_effects",
    "outlook": "support_outlooks",
}
# Lists of whose rows each is told.
ROWS = (
    "organizations",
    "issues",
    "activities",
    "indicator_uses",
    "measurements",
    "resources",
    "councils",
    "meetings",
    "contracts",
    "executions",
    "structures",
    "bases",
    "hearings",
    "hearing_topics",
    "published_surveys",
)


def coverage():
    with COVERAGE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


COVERED = coverage()
# Definitions stand in a file of the product instead: there the pointer is what is said.
DEFINED = [row for row in COVERED if row["document"] and not row["document"].endswith(".json")]
POINTING = [row for row in COVERED if row["pointer"] and row not in DEFINED]


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


@pytest.mark.parametrize("name", TOLD)
def test_every_row_of_a_real_town_is_told_in_the_coverage(name):
    """Nothing stands in a real town that the source does not have."""
    data = document(name)
    pointers = [row["pointer"] for row in POINTING if row["document"] == f"{name}.json"]
    placed = {
        f"/activities/{number}"
        for number, activity in enumerate(data.get("activities", []))
        for pointer in pointers
        if "/placements/" in pointer
        and at(data, re.sub(r"/note$", "", pointer))["activity"] == activity["key"]
    }
    rows = {
        f"/{part}/{number}"
        for part in (*ROWS, *LISTED.values())
        for number in range(len(data.get(part, [])))
    }
    rows |= {
        f"/support_steps/{step}/advice/{number}"
        for step, row in enumerate(data.get("support_steps", []))
        for number in range(len(row["advice"]))
    }
    told = {row for row in rows for one in pointers if f"{one}/".startswith(f"{row}/")}

    assert rows - told - placed == set()


def test_every_row_of_the_coverage_stands_somewhere():
    assert {row["kind"] for row in COVERED} == set(HOLDS)
    assert {row["waits_for"] for row in COVERED} == {""}
    assert [row for row in COVERED if bool(row["document"]) != bool(row["pointer"])] == []
    # Only what the report shows in pictures stands nowhere, and its note says so.
    nowhere = [row for row in COVERED if not row["pointer"]]
    assert [row for row in nowhere if "本文にない" not in row["note"]] == []
    assert len(nowhere) == 4


@pytest.mark.parametrize("row", DEFINED, ids=lambda row: row["item"])
def test_a_definition_stands_in_the_file_that_is_named(row):
    assert row["pointer"] in (ROOT / row["document"]).read_text(encoding="utf-8")


def wrong_in(rows):
    """Return the rows whose item is not found where they point."""
    documents = {f"{name}.json": document(name) for name in (*TOLD, "prefectures/15")}
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


def after_the_heading(item):
    """Return an item without what stands before its first wide space."""
    return item.partition("　")[2]


def holds_words(item, value, *_):
    """Every word of the item stands in the row: its text, its conclusion behind ⇒, its date."""
    told = plain("".join(value.get(name, "") for name in ("text", "conclusion", "due")))
    left, _, conclusion = after_the_heading(item).partition("⇒")
    words = [plain(word) for word in left.split("、")]
    return conclusion == value.get("conclusion", "") and all(word in told for word in words)


def is_box(item, value, *_):
    label = TextSection(value["section"]).label
    return item.startswith(f"{label}　") and bool(value["text"])


def is_member(item, value, whole_document, _):
    bodies = {row["key"]: row["name"] for row in whole_document["organizations"]}
    name = bodies.get(value.get("organization"), value.get("title", ""))
    return item == f"{MemberPart(value['part']).label}　{name}"


def is_step(item, value, *_):
    kinds = {kind.label: kind.value for kind in FIVE_STEPS}
    return value["kind"] == kinds[item] and value["situation"] and value["advice"]


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
    "member": is_member,
    "box": is_box,
    "advice": holds_words,
    "issue": holds_words,
    "before": holds_words,
    "effect": holds_words,
    "outlook": holds_words,
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


def told_of(name, kind):
    """Return the items of a kind and where they point, in the order of the report."""
    rows = [row for row in POINTING if row["kind"] == kind and row["document"] == f"{name}.json"]
    return [row["item"] for row in rows], [row["pointer"] for row in rows]


@pytest.mark.parametrize("name", REAL)
def test_every_step_of_the_support_is_in_the_coverage(name):
    assert told_of(name, "step")[0] == [kind.label for kind in FIVE_STEPS]


@pytest.mark.parametrize("name", REAL)
@pytest.mark.parametrize("kind", LISTED)
def test_each_row_of_the_supports_lists_is_told_once(name, kind):
    _, pointers = told_of(name, kind)
    part = LISTED[kind]

    assert sorted(pointers) == sorted(f"/{part}/{n}" for n in range(len(document(name)[part])))


@pytest.mark.parametrize("name", REAL)
def test_every_keyword_of_the_support_is_told(name):
    steps = document(name)["support_steps"]
    written = [
        line.partition("』")[0] + "』"
        for step in steps
        for line in step.get("keywords", "").split("\n")
        if line
    ]

    assert told_of(name, "keyword")[0] == written
