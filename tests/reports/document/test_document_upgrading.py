"""Documents of earlier versions are read as today's."""

import json

from reports.document import assembly
from reports.document.differing.bodies_parts import BODIES
from reports.document.reading import gather
from reports.document.upgrading import NEWEST, upgraded
from tests import world

ADVICE = "聞き取りを続ける。\n\n数字で確かめる。"


def of_version_1():
    document = json.loads(world.DOCUMENT.read_text(encoding="utf-8"))
    steps = document["support_steps"]
    for name in [name for name in document if name.startswith(("support_", "report_"))]:
        del document[name]
    old = [row | {"advice": ADVICE if row["key"] == "interim-1" else ""} for row in steps]
    return document | {"schema_version": 1, "support_steps": old}


def test_a_file_of_the_first_version_is_loaded_with_its_advice_in_items(here, people):
    assert assembly.load(here, of_version_1(), by=people["editor"]) == []

    steps = {row["key"]: row for row in assembly.assemble(here)["support_steps"]}
    assert [row["text"] for row in steps["interim-1"]["advice"]] == [
        "聞き取りを続ける。",
        "数字で確かめる。",
    ]


def test_a_submitted_paper_of_the_first_version_stays_readable():
    report = {
        "number": "990019-2026-interim-1",
        "kind": "interim",
        "kind_label": "中間報告",
        "step_label": "",
        "status_label": "提出済み",
        "submitted_on": "2026-10-20",
        "recipients": [],
    }
    # A paper of that time knows nothing of councils, contracts and the like.
    later = {part.name for part in BODIES}
    document = {name: rows for name, rows in of_version_1().items() if name not in later} | {
        "issues": [
            {
                "key": "a",
                "text": "連絡が遅い。",
                "scene": "all",
                "current_state": "",
                "gap": "",
                "cause": "",
                "priority": "high",
            }
        ],
        "logic_models": [],
        "activities": [],
        "indicators": [],
        "indicator_uses": [],
        "issue_figures": [],
        "measurements": [],
        "figures": [],
        "report": report,
    }
    review = gather(document, sha256="0" * 64)

    assert [one.text for one in review.steps[2].advice] == [
        "聞き取りを続ける。",
        "数字で確かめる。",
    ]
    assert review.issues_before == ("連絡が遅い。",)


def test_what_is_no_document_of_a_known_version_is_left_alone():
    for strange in (None, [], {"schema_version": "1"}, {"schema_version": NEWEST + 1}):
        assert upgraded(strange) is strange
    assert upgraded({"schema_version": 1, "support_steps": 3})["support_steps"] == 3
    assert upgraded({"schema_version": 1, "support_steps": [3]})["support_steps"] == [3]
