"""What a year holds beside its plan: councils, contracts, coordinators' structures, hearings, surveys, resources.

Patterns are the rows of the demo's document. What hangs on a row hangs a hundredfold on the first one.
"""

from collections.abc import Mapping
from typing import Any

from councils.choices import Profession
from municipalities.choices import CARE_SCENES, Scene

Row = dict[str, Any]
# In this order, each a document of its own: one may change so many rows.
STEPS = (
    ("councils",),
    ("meetings", "decisions"),
    ("contracts", "executions", "bases"),
    ("structures",),
    ("resources", "hearings", "hearing_topics", "published_surveys", "issue_evidence"),
    ("questionnaires",),
    ("practices",),
)
# The first one is that of the demo's base.
SCENES = (Scene.DISCHARGE, *(scene for scene in CARE_SCENES if scene != Scene.DISCHARGE))
# A meeting counts a profession once, and a base has one row for each scene.
ONCE = {"attendance": ("profession", Profession), "base_functions": ("scene", SCENES)}
# What a row after the first hangs on.
BELOW = {
    "councils": {"kind": "working_group", "parent": "council-1"},
    "contracts": {"kind": "sub", "parent": "contract-1"},
    "posts": {"upper": "post-1"},
}
ABOVE = ("parent", "upper")
ON_THE_FIRST = {
    "council": "council-1",
    "meeting": "meeting-1",
    "contract": "contract-1",
    "hearing": "hearing-1",
}
CONTRACTED = {"execution": "partly_contracted", "contract": "contract-1"}
# A decision changes one of these, evidence is one of those; a year has as many of each.
CHANGED = ("issue", "desired_state", "logic_model", "activity")
EVIDENCE = ("topic", "question")


def boards(source: Row, *, partners: list[str], bodies: list[str], state: str) -> Row:
    """Return these parts of a year with one row for each partner, who are municipalities' codes.

    `bodies` are the keys of the year's organizations, `state` is that of its first desired state.
    """
    made = _Making(partners, bodies)
    plain = ("councils", "meetings", "executions", "structures", "bases", "resources")
    plain += ("hearings", "hearing_topics", "published_surveys", "practices", "questionnaires")
    first = source | {
        "councils": [_shared(source["councils"][0], "council_partners")],
        "contracts": [_shared(source["contracts"][0], "contract_partners")],
        "executions": [source["executions"][0] | CONTRACTED],
        "practices": [source["practices"][0] | {"activity": None}],
    }
    targets = {name: f"{name.rpartition('_')[2]}-1" for name in (*CHANGED, *EVIDENCE)}
    targets["desired_state"] = state
    return {
        **{part: made.rows(part, first[part][0]) for part in (*plain, "contracts")},
        "decisions": made.pointing("decision", source["decisions"][0], CHANGED, targets),
        "issue_evidence": made.pointing("evidence", source["issue_evidence"][0], EVIDENCE, targets),
    }


def _shared(row: Row, name: str) -> Row:
    """Return a row that a partner reads with the town."""
    return row | {name: [{"key": "partner-1", "partner": ""}]}


class _Making:
    """The rows of one year."""

    def __init__(self, partners: list[str], bodies: list[str]) -> None:
        self.partners, self.bodies = partners, bodies

    def rows(self, part: str, first: Row) -> list[Row]:
        stem = first["key"].removesuffix("-1")
        return [
            self.row(part, first, n, f"{stem}-{n + 1}", is_first=n == 0)
            for n in range(len(self.partners))
        ]

    def row(self, part: str, first: Row, n: int, key: str, *, is_first: bool) -> Row:
        """Return the n-th row by a pattern, with its own parts; only a first one has many of them."""
        own = {
            "position": n + 1,
            "number": n + 1 if part == "meetings" else first.get("number"),
            "organization": self.bodies[n % len(self.bodies)],
            "partner": self.partners[n],
            **ON_THE_FIRST,
        }
        row = {name: own.get(name, value) for name, value in first.items() if name not in ABOVE}
        lists = {name: parts[0] for name, parts in first.items() if isinstance(parts, list)}
        for name, pattern in lists.items():
            row[name] = self.parts(name, pattern, key, is_first=is_first)
        return row | {"key": key} | (BELOW.get(part, {}) if n else {})

    def parts(self, name: str, first: Row, above: str, *, is_first: bool) -> list[Row]:
        """Return what hangs on a row: so many where it is the first, else one."""
        stem = first["key"].removesuffix("-1")
        field, values = ONCE.get(name, ("", ()))
        many = len(values) if field else len(self.partners)
        found = []
        for n in range(min(many, len(self.partners)) if is_first else 1):
            key = f"{stem}-{n + 1}" if is_first else f"{stem}-of-{above}"
            row = self.row(name, first, n, key, is_first=is_first and n == 0)
            found.append(row | ({field: list(values)[n]} if field else {}))
        return found

    def pointing(
        self, stem: str, first: Row, names: tuple[str, ...], targets: Mapping[str, str]
    ) -> list[Row]:
        """Return rows of which each points at one thing, as many to each of them."""
        plain = {name: value for name, value in first.items() if name not in names}
        if stem == "evidence":
            plain["issue"] = "issue-1"
        return [
            plain
            | {"key": f"{stem}-{n + 1}", "position": n + 1}
            | {names[n % len(names)]: targets[names[n % len(names)]]}
            for n in range(len(self.partners) * len(names))
        ]
