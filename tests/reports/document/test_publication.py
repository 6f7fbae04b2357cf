"""What the prefecture's copy holds of a report's document: texts marked for it, and no small number."""

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings

from municipalities.choices import Audience
from reports.choices import ReportStatus
from reports.document import assembly, copied_numbers, publication, shape, snapshot, weak
from reports.document.publication import WITHHELD, copy_of, published
from reports.document.reading import gather
from tests import world
from tests.reports import made_years
from tests.reports.copies import FEW, SECRET, SHOWN, told
from tests.reports.made_years import empty_year, headed

pytestmark = pytest.mark.django_db
CITY = 47_865
CHECKS = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.fixture
def document(here):
    report = world.report_of(kind="final")
    found = snapshot.report_document(report, submitted_at=None, status=ReportStatus.DRAFT)
    return json.loads(assembly.canonical(found))


def text_of(document):
    return assembly.canonical(document).decode()


@pytest.mark.parametrize("audience", [Audience.PREFECTURE, Audience.PUBLIC])
def test_what_is_marked_for_the_prefecture_is_in_the_copy(document, audience):
    document = told(document, audience)
    made = published(document, population=CITY)

    for name in ("desired_states", "issues", "logic_models", "support_tasks", "support_round"):
        assert made[name] == document[name]
    assert SHOWN in text_of(made["support_steps"])
    assert SECRET not in text_of(made)


@pytest.mark.parametrize("audience", [Audience.ADVISER, Audience.INTERNAL])
def test_of_all_other_texts_not_a_word_is(document, audience):
    document = told(document, audience)
    made = copy_of(document, population=CITY)

    assert SECRET in text_of(document)
    assert SECRET not in text_of(made.document)
    assert made.texts > 20
    assert WITHHELD in text_of(made.document)


def test_a_copy_that_withholds_nothing_tells_the_secret(document, monkeypatch):
    """The negative control of the two above."""
    monkeypatch.setattr(publication, "is_shown", lambda row: True)

    assert SECRET in text_of(published(told(document, Audience.ADVISER), population=CITY)["issues"])


def test_states_and_counts_of_the_rest_stay(document):
    document = told(document, Audience.ADVISER)
    document["support_steps"][0]["advice"][0] |= {
        "response": "adopted",
        "responded_on": "2026-11-02",
    }
    document["to_come"] = weak.points(document)
    review = gather(published(document, population=CITY))

    assert len(review.issues) == len(document["issues"])
    assert review.issues[0].priority == "高い" or review.issues[0].priority
    assert [one.text for one in review.issues] == [WITHHELD] * 3
    [advice] = review.steps[0].advice
    assert (advice.text, advice.response, advice.response_note) == (WITHHELD, "採用", "")
    assert advice.responded_on == "令和8年11月2日"
    assert review.to_come == tuple(document["to_come"])


def test_a_box_that_nobody_wrote_is_not_called_withheld(document):
    document = told(document, Audience.ADVISER)
    document["support_steps"][2]["situation"] = ""
    document["profile"]["strengths"] = ""

    review = gather(published(document, population=CITY))

    assert review.steps[2].situation == ""
    rhythm = f"{WITHHELD}（3年で一巡、見直しは年2～4回）"
    assert [box.text for box in review.features] == ["", *[WITHHELD] * 4, rhythm]


def test_a_shown_row_names_no_row_that_is_not(document):
    document = told(document, Audience.PREFECTURE)
    step, model = document["support_steps"][0], document["logic_models"][0]
    document["issues"][0] |= {"audience": "adviser", "text": SECRET}
    document["support_issues"][0] |= {"audience": "adviser", "text": SECRET}
    document["support_issues"].append(
        document["support_issues"][0] | {"key": "x", "issue": document["issues"][0]["key"]}
        | {"audience": "prefecture", "text": SHOWN}
    )  # fmt: skip
    document["activities"][0] |= {"audience": "adviser", "name": SECRET}
    step["advice"][0] |= {
        "issue": document["issues"][0]["key"],
        "activity": document["activities"][0]["key"],
        "outcome": model["outcomes"][0]["key"],
    }
    model["outcomes"][0]["placements"][0]["note"] = SECRET
    document["issue_figures"] = [
        {
            "key": "f",
            "issue": document["issues"][0]["key"],
            "indicator": "indicator-1",
            "position": 1,
        }
    ]

    made = published(document, population=CITY)
    review = gather(made)

    assert SECRET not in text_of(made)
    assert review.effects[0].answers == ""
    assert review.steps[0].advice[0].about == SHOWN
    assert made["issue_figures"] == []
    assert [row.place.text for row in review.logic_models[0].structure.rows] == [WITHHELD]
    document["logic_models"][0]["audience"] = "adviser"
    assert gather(published(document, population=CITY)).steps[0].advice[0].about == ""


def test_the_head_names_the_copy_and_the_prefecture(document):
    document["report"]["approvals"] = [{"who": "課長", "approved_on": "2026-11-01"}]
    document["support_steps"][4] |= {"kind": "other", "title": SECRET}
    document["report"] |= {"step": document["support_steps"][4]["key"], "step_label": SECRET}

    head = gather(published(document, population=CITY)).head

    assert head.copy_label == "都道府県用の写し"
    assert head.recipients == ("見本県",)
    assert head.step_label == "その他の打合せ"
    assert "課長" not in text_of(published(document, population=CITY))


def test_bodies_are_named_without_notes_and_only_where_the_copy_names_them(document):
    document["organizations"][0]["note"] = SECRET
    document["organizations"].append(
        {"key": "nobody", "name": "載らない団体", "kind": "other", "note": ""}
    )
    made = published(document, population=CITY)

    assert SECRET not in text_of(made)
    assert "載らない団体" not in text_of(made)
    assert gather(made).profile == gather(document).profile


def test_the_indicators_that_are_not_shown_are_counted_beside_the_others(document):
    shown = published(told(document, Audience.PREFECTURE), population=CITY)
    rest = published(told(document, Audience.ADVISER), population=CITY)
    document["report_texts"] = []
    alone = published(document, population=CITY)

    assert gather(shown).indicator_comment == SHOWN
    sentence = "ほかの1件の指標は、県への写しには載せていません。"
    assert gather(rest).indicator_comment == f"{WITHHELD}\n{sentence}"
    assert gather(alone).indicator_comment == sentence
    assert gather(rest).indicators == ()


def measured(document, value, **words):
    """Put an indicator of patients into the document with a value of this and the last year."""
    row = {
        "indicator": "home_visit_patients",
        "numerator": None,
        "denominator": None,
        "state": "value",
        "finality": "final",
        "as_of": None,
        "source": "医師会の調査",
        "note": f"うち{FEW}人は新規",
    }
    document["measurements"] += [
        row | {"key": "now", "fiscal_year": 2026, "value": value} | words,
        row | {"key": "before", "fiscal_year": 2025, "value": "31", "note": ""},
    ]
    document["indicators"].append(
        {
            "key": "patients",
            "indicator": "home_visit_patients",
            "baseline_year": 2025,
            "note": "",
            "position": 9,
            "audience": "prefecture",
            "targets": [],
        }
    )
    document["definitions"].append(
        {
            "code": "home_visit_patients",
            "name": "訪問診療を受けた患者数",
            "unit": "人／月（平均）",
            "decimals": 0,
            "direction": "neutral",
            "value_kind": "count",
            "scenes": "",
        }
    )
    return document


def line_of(made):
    return next(one for one in gather(made).indicators if one.name == "訪問診療を受けた患者数")


def test_a_small_number_is_an_x_with_its_legend(document):
    made = copy_of(measured(document, FEW), population=CITY)
    row = next(one for one in made.document["measurements"] if one["key"] == "now")
    line = line_of(made.document)

    assert row["state"] == "suppressed"
    assert (row["value"], row["numerator"], row["denominator"], row["note"]) == (None,) * 3 + ("",)
    assert (line.this, line.last) == ("x", "31人／月（平均）")
    assert line.note == "x：数が少ないため表示していません"
    assert made.values == 1


NO_PARTS, BOTH = copied_numbers.NO_PARTS, copied_numbers.BOTH
UNKNOWN = {"numerator": None, "denominator": None}
MANY, SMALL = {"numerator": "20", "denominator": "50"}, {"numerator": "6", "denominator": "50"}


@pytest.mark.parametrize(
    ("before", "now", "note"),
    [
        (UNKNOWN, UNKNOWN, NO_PARTS),
        (MANY, UNKNOWN, NO_PARTS),
        (SMALL, UNKNOWN, BOTH),
        (MANY, SMALL, copied_numbers.LEGEND),
        (MANY, MANY, ""),
    ],
)
def test_a_share_without_its_parts_is_not_called_small(document, before, now, note):
    document["indicators"][0] |= {"audience": "prefecture", "note": ""}
    own = next(one for one in document["measurements"] if one["indicator"] == "own-1")
    document["measurements"] = [
        own | {"key": key, "fiscal_year": year, "value": "40"} | numbers
        for key, year, numbers in (("one", 2025, before), ("two", 2026, now))
    ]

    assert gather(published(document, population=CITY)).indicators[0].note == note


def test_a_figure_of_the_form_without_its_parts_is_not_called_small(document):
    rate = {"code": "ltc_certification_rate_no2", "fiscal_year": 2025, "value": "0.4"}
    document["figures"].append(
        document["figures"][0] | rate | {"name": "第2号の認定率", "unit": "％", "note": ""}
    )
    document["measurements"].append(
        document["measurements"][0]
        | UNKNOWN
        | {"key": "no2", "indicator": rate["code"], "fiscal_year": 2025, "value": "0.4"}
    )

    assert gather(published(document, population=CITY)).figures[-1].note == NO_PARTS


def test_without_disclosure_the_small_number_is_there(document, monkeypatch):
    """The negative control."""
    monkeypatch.setattr(copied_numbers.values, "hidden", lambda rows, **_: frozenset())
    line = line_of(published(measured(document, FEW), population=CITY))

    assert (line.this, line.note) == ("7人／月（平均）", "")


def test_the_threshold_is_that_of_the_population(document):
    measured(document, "15")

    assert line_of(published(document, population=CITY)).this == "15人／月（平均）"
    assert line_of(published(document, population=9_000)).this == "x"
    assert line_of(published(document, population=None)).this == "x"
    assert line_of(published(document, population=1_999)).last == "x"


def test_an_own_indicator_follows_its_definition(document):
    document["indicators"][0]["audience"] = "prefecture"
    own = next(one for one in document["measurements"] if one["indicator"] == "own-1")
    own |= {"fiscal_year": 2026, "value": "12", "numerator": "6", "denominator": "50"}

    assert gather(published(document, population=CITY)).indicators[0].this == "x"
    own |= {"value": "40", "numerator": "20"}
    assert gather(published(document, population=CITY)).indicators[0].this == "40.0％"


def test_the_figures_of_the_form_stay_but_for_a_small_one(document):
    few = {"code": "ltc_certification_rate_no2", "fiscal_year": 2025, "value": "0.4"}
    document["figures"].append(
        document["figures"][0] | few | {"name": "第2号の認定率", "unit": "％", "note": ""}
    )
    document["measurements"].append(
        document["measurements"][0]
        | {"key": "no2", "indicator": few["code"], "fiscal_year": 2025, "value": "0.4"}
        | {"numerator": "7", "denominator": "1750"}
    )
    made = gather(published(document, population=CITY))
    before = gather(document)

    assert made.figures[:-1] == before.figures[:-1]
    assert (made.figures[-1].value, made.figures[-1].note) == ("x", copied_numbers.LEGEND)


def test_values_that_no_page_of_the_copy_prints_are_not_in_it(document):
    measured(document, FEW)
    document["indicators"][-1]["audience"] = "adviser"

    assert "home_visit_patients" not in text_of(published(document, population=CITY))


def test_every_part_of_the_document_was_decided_about(document):
    decided = {*publication.FACTS, *publication.RESTS, *publication.LEFT_OUT}
    decided -= set(publication.INSIDE)
    made = published(document, population=CITY)

    assert set(document) == {*made, *publication.LEFT_OUT, "areas", "own_definitions"}
    assert decided <= set(document)
    with_audience = {
        part.name for part in shape.PARTS if "audience" in part.fields and part.in_report
    }
    # Why a finding was waived is for advisers; no copy has it.
    kept = {"waivers"}
    assert with_audience - kept == {*publication.RESTS, "indicators", "profile_pictures"}


def test_copying_changes_nothing_of_the_document(document):
    before = copy.deepcopy(document)
    published(document, population=CITY)

    assert document == before


def test_a_year_without_support_has_a_copy_too(document):
    document |= {"support_round": None, "profile": None, "support_steps": []}

    assert gather(published(document, population=CITY)).steps == ()


@given(parts=made_years.parts())
@settings(derandomize=True, deadline=None, max_examples=20, suppress_health_check=CHECKS)
def test_of_any_year_there_is_a_copy_that_can_be_read(here, people, parts):
    with empty_year() as cycle:
        assembly.load(cycle, copy.deepcopy(headed(parts)), by=people["editor"])
        document = json.loads(assembly.canonical(assembly.assemble(cycle, for_report=True)))
        document |= {
            "figures": [],
            "definitions": [],
            "context": {"statistics": []},
            "to_come": [],
            "report": world_head(),
        }
        secret = told(document, Audience.ADVISER)

    made = published(secret, population=None)

    assert SECRET not in text_of(made)
    assert gather(made).head.copy_label


def world_head():
    return {
        "number": "990019-2026-final-1",
        "kind": "final",
        "kind_label": "最終報告",
        "step": None,
        "step_label": "",
        "status_label": "提出済み",
        "submitted_on": None,
        "recipients": [],
    }
