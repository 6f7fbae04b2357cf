"""Years of a town as documents: the demo's own, and one with so many rows of each kind."""

import json
from pathlib import Path
from typing import Any

from bench import boards
from municipalities.choices import Scene
from reports.choices import SHEET_BOXES
from reports.document import assembly

DEMO = Path(assembly.__file__).parent / "demo"
# The town whose texts and values the made-up years repeat, and the year that shows every kind of row.
ISSUES_OF, ROWS_OF = "082015-2023", "990019-2026"
# Values of one indicator go back so many years; more of them come from other sources.
YEARS_BACK = 50
FIRST_TARGET = 2000
HEAD = ("schema_version", "municipality", "fiscal_year")
SUPPORT = ("support_members", "support_tasks")
EFFECTS = ("support_issues", "support_effects", "support_outlooks")
STEPS = ("support_steps", *SUPPORT, *EFFECTS)
NUMBERS = ("own_definitions", "indicators", "indicator_uses", "issue_figures", "measurements")

Row = dict[str, Any]


def demo(name: str) -> Row:
    """Return one of the demo's documents."""
    return json.loads((DEMO / f"{name}.json").read_text(encoding="utf-8"))


def document_of(
    *, code: str, name: str, fiscal_year: int, partners: list[str], length: int = 1
) -> Row:
    """Return a year with so many rows of each kind as it has partners, as far as a year holds so many.

    The texts are the demo's in turn; `length` of them make one row's text. What can hang on one row
    hangs on the first: its partners, results, values, targets, outcomes and links are so many, too.
    """
    own, source, rows = demo(ISSUES_OF), demo(ROWS_OF), len(partners)
    texts = [row["text"] for row in own["issues"]]
    return {
        **{part: own[part] for part in ("schema_version", "profile")},
        "municipality": {"code": code, "name": name, "prefecture": "県"},
        "fiscal_year": fiscal_year,
        "issues": [
            {"key": f"issue-{n + 1}", "position": n, "text": texts[n % len(texts)] * length}
            for n in range(rows)
        ],
        "desired_states": [
            {"key": scene.value, "scene": scene.value, "text": texts[0] * length}
            for scene in list(Scene)[:rows]
        ],
        "support_steps": [_step(own["support_steps"], n, length=length) for n in range(rows)],
        **_support(source, rows),
        **_bodies(source, rows),
        "activities": [_activity(source["activities"], n, rows) for n in range(rows)],
        "logic_models": [_model(source["logic_models"][0], n, rows) for n in range(rows)],
        **boards.boards(
            source,
            partners=partners,
            bodies=[_again(source["organizations"], n)["key"] for n in range(rows)],
            state=next(iter(Scene)).value,
        ),
        **_numbers(source, rows),
        "waivers": [_waiver(n) for n in range(rows)],
        "measurements": [
            *(_figure(own["measurements"], n, fiscal_year) for n in range(rows)),
            *(_value(n, fiscal_year) for n in range(rows)),
            *(_other_value(n, fiscal_year) for n in range(1, rows)),
        ],
    }


def _waiver(n: int) -> Row:
    """Return a waived finding: of the year as a whole first, then of one issue each."""
    rule, place = ("P01", f"issue-{n + 1}") if n else ("Q02", "dementia")
    row = {"key": f"waiver-{n + 1}", "rule": rule, "place": place, "label": "見送ったもの"}
    return row | {"reason": "次年度に、協議体で話し合う。"}


def in_parts(document: Row) -> tuple[Row, ...]:
    """Return the plan of a year, its steps, numbers and boards: one document may change so many rows."""
    head = {name: document[name] for name in HEAD}
    later = (STEPS, NUMBERS, *boards.STEPS)
    told = {name for part in later for name in part}
    plan = {name: part for name, part in document.items() if name not in told}
    return plan, *(head | {name: document[name] for name in names} for names in later)


def form() -> list[Row]:
    """Return the boxes that a report needs, each with a sentence."""
    return [
        {"key": section.value.replace("_", "-"), "section": section.value, "text": "話し合った。"}
        for section in SHEET_BOXES
    ]


def _again(rows: list[Row], n: int) -> Row:
    """Return the n-th row of a list that begins anew where it ends; keys stay apart."""
    row = rows[n % len(rows)]
    return row | {"key": f"{row['key']}-{n}" if n else row["key"]}


def _step(steps: list[Row], n: int, *, length: int) -> Row:
    step = _again(steps, n)
    items = step.get("advice", []) * length
    advice = [
        row | {"key": f"{step['key']}-{place + 1}", "position": place}
        for place, row in enumerate(items)
    ]
    situation = "\n".join([step["situation"]] * length)
    return step | {"situation": situation, "advice": advice, "position": n + 1}


def _support(source: Row, rows: int) -> Row:
    """Return who takes part in the support, its tasks and what came of it; they hang on the first rows."""
    return {
        part: [_supporting(source, part, n) for n in range(rows)] for part in (*SUPPORT, *EFFECTS)
    }


def _supporting(source: Row, part: str, n: int) -> Row:
    row, body = _again(source[part], n), _again(source["organizations"], n)
    there = {"step": "pre-meeting-1", "issue": "issue-1", "answers": "before-1"}
    there |= {"organization": body["key"], "position": n}
    return row | {name: key for name, key in there.items() if name in row}


def _bodies(source: Row, rows: int) -> Row:
    bodies = [_again(source["organizations"], n) for n in range(rows)]
    named = [
        row | {"name": f"{row['name']}（{n}）" if n else row["name"]}
        for n, row in enumerate(bodies)
    ]
    hung = [{"organization": row["key"], "position": n} for n, row in enumerate(bodies)]
    return {
        "organizations": named,
        "contractors": [
            row | {"key": f"contractor-{n + 1}", "desk": "在宅医療・介護連携相談窓口"}
            for n, row in enumerate(hung)
        ],
        "participants": [row | {"key": f"participant-{n + 1}"} for n, row in enumerate(hung)],
        "areas": [
            {"key": f"area-{n + 1}", "name": f"第{n + 1}圏域", "position": n} for n in range(rows)
        ],
    }


def _activity(activities: list[Row], n: int, rows: int) -> Row:
    """Return the n-th activity with one of every part; the first has so many of each."""
    parts = range(1, rows + 1) if n == 0 else (f"of-{n + 1}",)
    first = activities[0]
    bodies = demo(ROWS_OF)["organizations"]
    return first | {
        "key": f"activity-{n + 1}",
        "name": f"{activities[n % len(activities)]['name']}（{n}）",
        "area": f"area-{n + 1}",
        "position": n,
        "partners": [
            {"key": f"partner-{mark}", "organization": _again(bodies, place)["key"]}
            for place, mark in enumerate(parts)
        ],
        "milestones": [first["milestones"][0] | {"key": f"milestone-{mark}"} for mark in parts],
        "results": [first["results"][0] | {"key": f"result-{mark}"} for mark in parts],
    }


def _model(model: Row, n: int, rows: int) -> Row:
    """Return the n-th model with one outcome; the first has so many, all leading to a last one."""
    if n:
        row = {"key": f"outcome-of-{n + 1}", "text": model["outcomes"][0]["text"]}
        return model | {"key": f"model-{n + 1}", "position": n, "outcomes": [row], "links": []}
    keys = [f"outcome-{number + 1 if number == 0 else number + 2}" for number in range(rows)]
    outcomes = [
        {
            "key": key,
            "scene": model["scene"],
            "text": f"{model['outcomes'][0]['text']}（{number}）",
            "position": number,
            "placements": _placements(number),
        }
        for number, key in enumerate(keys)
    ]
    last = {"key": "outcome-2", "level": "final", "scene": model["scene"], "text": model["title"]}
    return model | {
        "key": "model-1",
        "outcomes": [*outcomes, last],
        "links": [
            {"key": f"link-{number + 1}", "cause": key, "effect": "outcome-2"}
            for number, key in enumerate(keys)
        ],
    }


def _placements(number: int) -> list[Row]:
    """Return the outcome's own activity, and beside it the first one, which serves them all."""
    own = {"key": f"placement-{number + 1}", "activity": f"activity-{number + 1}", "position": 1}
    again = {"key": f"placement-again-{number}", "activity": "activity-1", "position": 2}
    return [own, again] if number else [own]


def _numbers(source: Row, rows: int) -> Row:
    (own,) = [row for row in source["own_definitions"] if row["key"] == "own-1"]
    target = {"fiscal_year": FIRST_TARGET, "value": "60"}
    first = [
        {"key": f"target-{n + 1}", "fiscal_year": FIRST_TARGET + n, "value": "60"}
        for n in range(rows)
    ]
    return {
        "own_definitions": [
            own | {"key": f"own-{n + 1}", "name": f"{own['name']}（{n}）"} for n in range(rows)
        ],
        "indicators": [
            {
                "key": f"indicator-{n + 1}",
                "indicator": f"own-{n + 1}",
                "position": n,
                "targets": [{"key": f"target-of-{n + 1}", **target}] if n else first,
            }
            for n in range(rows)
        ],
        "indicator_uses": [
            {"key": f"use-{n + 1}", "indicator": f"indicator-{n + 1}", "outcome": "outcome-1"}
            for n in range(rows)
        ],
        "issue_figures": [
            {"key": f"shown-{n + 1}", "indicator": f"indicator-{n + 1}", "issue": "issue-1"}
            for n in range(rows)
        ],
    }


def _figure(figures: list[Row], n: int, last_year: int) -> Row:
    """Return the n-th national value: the figures of one year, then those of the year before."""
    year = last_year - n // len(figures)
    return figures[n % len(figures)] | {"key": f"figure-{n}", "fiscal_year": year, "as_of": None}


def _value(n: int, last_year: int) -> Row:
    """Return the n-th value of the first own indicator: a year each, then another source."""
    return {
        "key": f"value-{n + 1}",
        "indicator": "own-1",
        "fiscal_year": last_year - n % YEARS_BACK,
        "value": "31.5",
        "source": f"市内病院への調査{n // YEARS_BACK + 1}",
    }


def _other_value(n: int, last_year: int) -> Row:
    row = {"key": f"value-of-{n + 1}", "indicator": f"own-{n + 1}", "value": "31.5"}
    return row | {"fiscal_year": last_year, "source": "市内病院への調査"}
