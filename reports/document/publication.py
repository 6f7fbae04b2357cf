"""What the prefecture receives of a report: texts that are marked for it, numbers after disclosure.

Pure: a report's document in, the document of the copy out. A part that nobody has decided about is
left out. States and counts of the rest stay: a row that is not shown keeps its place, its text says so.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indicators.disclosure.values import NOTHING_EARLIER, Earlier
from municipalities.choices import Audience
from municipalities.models import Profile
from reports.choices import StepKind, TextSection
from reports.document import copied_answers, copied_numbers, shape, weak

if TYPE_CHECKING:
    from collections.abc import Iterator

    Row = dict[str, Any]
    # Keys of rows that are not shown, by the column that points at them.
    Hidden = dict[str, set[str]]

COPY_LABEL = "都道府県用の写し"
WITHHELD = "県への写しには載せていません"
FOR_THE_PREFECTURE = frozenset({Audience.PREFECTURE.value, Audience.PUBLIC.value})


@dataclass(frozen=True, slots=True)
class Rest:
    """What stays of a row that is not shown: WITHHELD stands for its `text`, `states` are kept."""

    text: str
    states: tuple[str, ...] = ()


# Parts whose rows have an audience. What a rest does not name takes its default.
RESTS = {
    "desired_states": Rest("text", ("scene",)),
    "issues": Rest("text", ("scene", "priority", "position")),
    "activities": Rest("name", ("scene", "status", "position")),
    "logic_models": Rest("title", ("scene", "position")),
    "support_round": Rest("theme", ("scenes",)),
    "support_steps": Rest("situation", ("kind", "position", "held_on", "style")),
    "advice": Rest(
        "text", ("scene", "response", "responded_on", "origin", "confirmed_on", "position")
    ),
    "support_tasks": Rest("text", ("state", "step", "position")),
    "report_texts": Rest("text", ("section", "is_left_empty")),
    "support_issues": Rest("text", ("position",)),
    "support_effects": Rest("text", ("position",)),
    "support_outlooks": Rest("text", ("position",)),
    "carried": Rest("reason", ("part", "row_key", "is_left_out", "is_unchanged", "confirmed_on")),
    "resources": Rest("name", ("kind", "position")),
    "councils": Rest("name", ("kind", "status", "position")),
    "meetings": Rest("title", ("council", "held_on", "scene")),
    "decisions": Rest("text", ("meeting", "meeting_lead", "kind", "position")),
    "evaluations": Rest("text"),
    "judgements": Rest("reasons", ("verdict", "position")),
    "improvements": Rest("what", ("kind", "position")),
    "contracts": Rest("title", ("kind", "state", "position")),
    "executions": Rest("note", ("work_item", "scene", "execution", "position")),
    "structures": Rest("name", ("affiliation", "coverage", "position")),
    "bases": Rest("note", ("host_kind", "state", "position")),
    "hearings": Rest("gist", ("position",)),
    "hearing_topics": Rest("title", ("scene", "position")),
    "published_surveys": Rest("title", ("target", "position")),
}
# Parts whose rows lie in those of another part.
INSIDE = {"advice": "support_steps", "judgements": "evaluations"}
LATER = frozenset({"evaluations", "improvements"})
SCHEMAS = {part.name: part.schema for part in shape.PARTS}
# Facts without an audience: what the form's head, bodies and counts say.
FACTS = (
    "schema_version",
    "municipality",
    "fiscal_year",
    "contractors",
    "participants",
    "support_members",
)
# In no copy: no paper prints the first two; from what an issue is drawn is told where its texts are; why a
# finding was waived is for advisers.
LEFT_OUT = ("areas", "own_definitions", "issue_evidence", "waivers")
# Columns of shown rows that would name a row that is not shown.
POINTERS = {
    "advice": ("issue", "activity", "outcome"),
    "support_issues": ("issue",),
    "support_effects": ("answers",),
    "decisions": ("desired_state", "issue", "logic_model", "activity"),
    "evaluations": ("outcome", "activity", "council"),
    "improvements": (
        "outcome",
        "indicator",
        "activity",
        "council",
        "merged_into",
        "judgement",
        "decision",
    ),
    "councils": ("parent",),
    "contracts": ("parent",),
    "executions": ("contract",),
}
# Columns that point at areas, which no copy names.
OF_AREAS = {"activities", "councils", "resources"}


@dataclass(frozen=True, slots=True)
class Copy:
    """The document for the prefecture, and how many texts and values of the report it does not show.

    `waiting` rows would be shown if their audience were 県まで.
    """

    document: dict[str, Any]
    texts: int
    values: int
    waiting: int


def published(document: dict[str, Any], *, population: int | None) -> dict[str, Any]:
    """Return what may go to the prefecture of a report's document of the newest version."""
    return copy_of(document, population=population).document


def copy_of(
    document: dict[str, Any],
    *,
    population: int | None,
    earlier: Earlier = NOTHING_EARLIER,
    asked_earlier: copied_answers.Earlier = copied_answers.NOTHING_EARLIER,
) -> Copy:
    """Return the copy for the prefecture, and what it leaves out.

    `population` is that of the municipality by a published statistic, None where none is known;
    `earlier` and `asked_earlier` are what its earlier copies have told and hidden of values and answers.
    """
    indicators = [row for row in document["indicators"] if is_shown(row)]
    codes = copied_numbers.codes_shown(document, indicators)
    out = copied_numbers.hidden(document, codes=codes, population=population, earlier=earlier)
    hidden = _hidden_keys(document)
    made = _rows(document, hidden) | _around(document)
    lacking = copied_numbers.lacking_parts(document, out=out, population=population)
    made |= copied_numbers.parts(document, indicators=indicators, out=out, lacking=lacking)
    made |= _asked(made, population=population, earlier=asked_earlier)
    made["report_texts"] = _texts(
        made["report_texts"], copied_numbers.not_shown(document, indicators)
    )
    made["issue_figures"] = [
        row for row in made["issue_figures"] if row["issue"] not in hidden["issue"]
    ]
    made["organizations"] = _named(document["organizations"], made)
    made["context"] |= _later_meetings(document)
    return Copy(
        made,
        texts=sum(1 for _ in withheld(document)),
        values=len(out),
        waiting=_waiting(document),
    )


def _rows(document: dict[str, Any], hidden: dict[str, set[str]]) -> dict[str, Any]:
    """Return what is told as it is, and of the parts the rows that are shown."""
    facts = {name: document[name] for name in FACTS}
    return facts | {name: _part(document, name, hidden) for name in RESTS if name not in INSIDE}


def _around(document: dict[str, Any]) -> dict[str, Any]:
    """Return what stands around the rows: the report, the municipality, what is shared with it."""
    return {
        "report": _head(document),
        "to_come": weak.points(_without_names(document)),
        "profile": _profile(document["profile"]),
        "profile_pictures": [row for row in document["profile_pictures"] if is_shown(row)],
        "shared": _shared(document),
        "prefecture_posts": document.get("prefecture_posts", []),
    }


def _waiting(document: dict[str, Any]) -> int:
    """Return how many rows are not shown yet."""
    return sum(
        not is_shown(row)
        for name in (*RESTS, "indicators", "profile_pictures")
        for row in rows_of(document, name)
    )


def is_shown(row: Row) -> bool:
    return row["audience"] in FOR_THE_PREFECTURE


def rows_of(document: dict[str, Any], name: str) -> list[Row]:
    """Return the rows of a part: of one inside another those of all its rows, of the support itself it or none."""
    if name in INSIDE:
        return [one for around in document.get(INSIDE[name], ()) for one in around[name]]
    if name == "support_round":
        return [one for one in (document[name],) if one]
    # Reports of before there were evaluations have none.
    return list(document.get(name, ()) if name in LATER else document[name])


def withheld(document: dict[str, Any]) -> Iterator[str]:
    """Yield the texts of a report that its copy does not show."""
    for name, rest in RESTS.items():
        yield from (
            row[rest.text]
            for row in rows_of(document, name)
            if row[rest.text] and not is_shown(row)
        )
    for row in document["indicators"]:
        if not is_shown(row):
            yield row["indicator"]
    profile = document["profile"] or {}
    yield from filter(None, (profile.get(name) for name in Profile.KEPT_TEXTS))


def _part(document: dict[str, Any], name: str, hidden: Hidden) -> Any:
    rows = [_row(name, row, hidden) for row in rows_of(document, name)]
    return next(iter(rows), None) if name == "support_round" else rows


def _row(name: str, row: Row, hidden: Hidden) -> Row:
    made = _shown(name, row, hidden) if is_shown(row) else rest_of(name, row)
    if name == "support_steps":
        made = made | {"advice": [_row("advice", one, hidden) for one in row["advice"]]}
    return made


def rest_of(name: str, row: Row) -> Row:
    """Return a row that is not shown: its states, and WITHHELD where it had a text."""
    rest = RESTS[name]
    kept = {field: row[field] for field in ("key", "audience", *rest.states)}
    kept[rest.text] = WITHHELD if row[rest.text] or row.get("organization") else ""
    found: Row = SCHEMAS[name].model_validate_json(json.dumps(kept)).model_dump(mode="json")
    return found


def _shown(name: str, row: Row, hidden: Hidden) -> Row:
    """Return a shown row without what it says of rows that are not."""
    if name in OF_AREAS:
        row = row | {"area": None}
    if name == "evaluations":
        row = row | {"judgements": [_row("judgements", one, hidden) for one in row["judgements"]]}
    if name == "logic_models":
        return row | {"outcomes": [_outcome(one, hidden["activity"]) for one in row["outcomes"]]}
    return row | {
        # Papers of before an indicator could be changed do not name one.
        column: None
        for column in POINTERS.get(name, ())
        if row.get(column) in hidden[column]
    }


def _hidden_keys(document: dict[str, Any]) -> Hidden:
    models = [row for row in rows_of(document, "logic_models") if not is_shown(row)]
    return {
        "issue": _not_shown(document, "issues"),
        "activity": _not_shown(document, "activities"),
        "answers": _not_shown(document, "support_issues"),
        "indicator": _not_shown(document, "indicators"),
        "outcome": {one["key"] for model in models for one in model["outcomes"]},
        "desired_state": _not_shown(document, "desired_states"),
        "logic_model": {model["key"] for model in models},
        "merged_into": _not_shown(document, "activities"),
        "council": _not_shown(document, "councils"),
        "decision": _not_shown(document, "decisions"),
        "judgement": _judgements_not_shown(document),
        "parent": _not_shown(document, "councils") | _not_shown(document, "contracts"),
        "contract": _not_shown(document, "contracts"),
    }


def _asked(
    made: dict[str, Any], *, population: int | None, earlier: copied_answers.Earlier
) -> dict[str, Any]:
    """Return what people were asked, after disclosure."""
    return {
        "published_surveys": copied_answers.surveys(
            made["published_surveys"], population=population, earlier=earlier
        ),
        "hearings": [copied_answers.hearing(row) for row in made["hearings"]],
        "hearing_topics": [_without_hearings(row) for row in made["hearing_topics"]],
    }


def _without_hearings(topic: Row) -> Row:
    """Return a topic whose voices do not say in which hearing they were heard."""
    return topic | {"voices": [one | {"hearing": None} for one in topic["voices"]]}


def _shared(document: dict[str, Any]) -> dict[str, Any]:
    """Return what others share with the municipality, as far as its lead lets the prefecture read it.

    Meetings of a joint council travel in the copy of its lead.
    """
    shared = document.get("shared") or {}
    if not shared:
        return {}
    heads = ("councils", "contracts", "structures")
    rows = {name: [row for row in shared.get(name, ()) if is_shown(row)] for name in heads}
    return {"towns": shared["towns"]} | {name: found for name, found in rows.items() if found}


def _later_meetings(document: dict[str, Any]) -> dict[str, list[Row]]:
    """Return our own meetings of the next year that judged this one, as a copy tells of those of this year."""
    rows = [row for row in document["context"].get("later_meetings", ()) if not row["lead_code"]]
    silent = {"number": None}
    told = [
        row if is_shown(row) else row | silent | {"title": WITHHELD if row["title"] else ""}
        for row in rows
    ]
    return {"later_meetings": told} if told else {}


def _not_shown(document: dict[str, Any], name: str) -> set[str]:
    return {row["key"] for row in rows_of(document, name) if not is_shown(row)}


def _judgements_not_shown(document: dict[str, Any]) -> set[str]:
    hidden = _not_shown(document, "evaluations")
    return _not_shown(document, "judgements") | {
        one["key"]
        for row in rows_of(document, "evaluations")
        if row["key"] in hidden
        for one in row["judgements"]
    }


def _outcome(outcome: Row, hidden: set[str]) -> Row:
    silent = {"note": "", "assumption": ""}
    places = [
        place | silent if place["activity"] in hidden else place for place in outcome["placements"]
    ]
    return outcome | {"placements": places}


def _head(document: dict[str, Any]) -> Row:
    """Return the head of the copy: it goes to the prefecture, and who approved it is the town's own."""
    head = document["report"] | {
        "copy_label": COPY_LABEL,
        "recipients": [document["municipality"]["prefecture"]],
        "approvals": [],
    }
    for step in document["support_steps"]:
        if step["key"] == head["step"] and not is_shown(step):
            head["step_label"] = str(StepKind(step["kind"]).label)
    return head


def _without_names(document: dict[str, Any]) -> dict[str, Any]:
    """Return the report's document without the names of meetings that are not shown: a point would tell them."""
    steps = [row if is_shown(row) else row | {"title": ""} for row in document["support_steps"]]
    return document | {"support_steps": steps}


def _profile(profile: Row | None) -> Row | None:
    """Return 自治体概要 without the texts of the town's own, which have no audience of their own."""
    if profile is None:
        return None
    return profile | {name: WITHHELD for name in Profile.KEPT_TEXTS if profile.get(name)}


def _texts(rows: list[Row], sentence: str) -> list[Row]:
    """Return the texts; how many indicators are not shown stands beside the indicators."""
    section = TextSection.INDICATOR_COMMENT.value
    if not sentence:
        return rows
    found = next((row for row in rows if row["section"] == section), None)
    text = "\n".join(filter(None, (found["text"] if found else "", sentence)))
    base = found or {"key": "indicator-comment", "section": section, "is_left_empty": False}
    told = base | {"text": text, "audience": Audience.PREFECTURE.value}
    return [*(row for row in rows if row is not found), told]


def _named(organizations: list[Row], made: dict[str, Any]) -> list[Row]:
    """Return the bodies that the copy names, without the notes on them."""
    keys = {row["executor"] for row in made["activities"]} | set(_bodies_in(made))
    return [row | {"note": ""} for row in organizations if row["key"] in keys]


def _bodies_in(value: Any) -> Iterator[str]:
    """Yield the keys of bodies that rows anywhere in a copy name in their column `organization`."""
    if isinstance(value, dict):
        if isinstance(value.get("organization"), str):
            yield value["organization"]
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _bodies_in(one)
