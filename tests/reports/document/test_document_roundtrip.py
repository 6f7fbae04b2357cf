"""What goes into a year comes out of it again: made-up years, stable bytes, few queries."""

import copy
import json
from decimal import Decimal

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings

from logicmodels.models import Issue
from municipalities.models import Change
from reports.document import assembly, shape
from tests.reports import made_bodies, made_years
from tests.reports.made_years import AWKWARD, empty_year, headed

pytestmark = pytest.mark.django_db
# The hash of FIXED's document.
GOLDEN = "193d388afacddaa8a249bb5028e918b753e6e8db738aeed4798177d43ca8b132"
NUMBERS = {"value", "numerator", "denominator", "percent", "fte"}


def whole(part, item):
    """Return a row with its defaults written out, its numbers normalised and its lists by key."""
    filled = part.schema.model_validate_json(json.dumps(item)).model_dump(mode="json")
    return tidy(filled)


def tidy(value):
    if isinstance(value, list):
        rows = [tidy(one) for one in value]
        return sorted(rows, key=lambda row: row["key"] if isinstance(row, dict) else row)
    if not isinstance(value, dict):
        return value
    return {
        name: plain_number(one) if name in NUMBERS and is_number(one) else tidy(one)
        for name, one in value.items()
    }


def is_number(text):
    return (
        isinstance(text, str)
        and text.lstrip("-").replace(".", "", 1).isascii()
        and (text.lstrip("-").replace(".", "", 1).isdigit())
    )


def plain_number(text):
    number = f"{Decimal(text) + 0:f}"
    return number.rstrip("0").rstrip(".") if "." in number else number


GENEROUS = settings(
    derandomize=True,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.large_base_example,
    ],
)


@given(parts=made_years.parts())
@settings(GENEROUS, max_examples=60)
def test_any_year_comes_back_as_it_was_sent(here, people, parts):
    comes_back(parts, by=people["editor"])


@given(parts=made_bodies.parts())
# Making a year with so many bodies smaller takes minutes; the problem's pointer says where to look.
@settings(GENEROUS, max_examples=15, phases=[Phase.explicit, Phase.generate])
def test_any_bodies_come_back_as_they_were_sent(here, people, parts):
    comes_back(parts, by=people["editor"])


def comes_back(parts, *, by):
    """Load, dump, load, dump: the rows are those sent, the bytes stay, nothing is written twice."""
    sent = headed(parts)
    with empty_year() as cycle:
        assert assembly.load(cycle, copy.deepcopy(sent), by=by, vouched=True) == []
        first = assembly.assemble(cycle)
        written = Change.objects.count()

        assert assembly.load(cycle, json.loads(json.dumps(first)), by=by, vouched=True) == []
        second = assembly.assemble(cycle)

        assert assembly.canonical(second) == assembly.canonical(first)
        assert Change.objects.count() == written
        for part in (one for one in shape.PARTS if one.inside is None):
            found = first[part.name] or []
            expected = parts.get(part.name) or []
            found, expected = ([one] if isinstance(one, dict) else one for one in (found, expected))
            by_key = {one["key"]: tidy(one) for one in found}
            assert by_key == {one["key"]: whole(part, one) for one in expected}


FIXED = {
    "profile": {"key": "profile", "strengths": '葛󠄀城市 𠮷 "引用"\n二行目'},
    "desired_states": [
        {"key": key, "scene": scene, "text": AWKWARD[0]}
        for key, scene in (("b", "emergency"), ("B", "discharge"), ("a_b", "all"))
    ],
    "issues": [
        {"key": key, "text": f"{key}の課題", "position": position}
        for position, key in ((1, "a_b"), (1, "a-b"), (1, "aB"), (1, "Ab"), (1, "a1"), (0, "z"))
    ],
    "measurements": [
        {
            "key": key,
            "indicator": "aging_rate_65",
            "fiscal_year": year,
            "value": value,
            "source": f"出典{key}",
        }
        for key, year, value in (
            ("x", 2030, "26.20"),
            ("X", 2030, "99999999999.9999"),
            ("w", 2029, "-0"),
        )
    ],
    "support_steps": [
        {"key": "two", "kind": "interim_2", "position": 2, "held_on": "2031-11-06"},
        {
            "key": "one",
            "kind": "interim_1",
            "position": 1,
            "advice": [{"key": "b", "text": "助言"}, {"key": "a", "text": "二つ目\nの行"}],
        },
    ],
    "councils": [
        {"key": "wg", "name": "ワーキンググループ", "parent": "whole", "position": 1},
        {
            "key": "whole",
            "name": AWKWARD[2],
            "kind": "plenary",
            "times_min": 2,
            "times_max": 4,
            "position": 2,
            "council_partners": [{"key": "p", "partner": "990019"}],
            "seats": [
                {"key": "b", "name": "在宅支援診療所・病院", "is_named_later": True},
                {"key": "a", "name": "後方支援病院", "role": "candidate"},
            ],
        },
    ],
    "meetings": [
        {
            "key": "m",
            "council": "wg",
            "held_on": "2031-07-01",
            "attendance": [{"key": "x", "profession": "physician", "people": 3}],
        }
    ],
    "decisions": [{"key": "d", "meeting": "m", "text": "合意", "desired_state": "b"}],
    "contracts": [{"key": "c", "name": "見本医師会", "title": "相談窓口"}],
    "executions": [{"key": "e", "work_item": "training", "contract": "c"}],
    "structures": [
        {
            "key": "s",
            "name": "体制",
            "posts": [
                {"key": "b", "fte": "1.50", "upper": "a", "position": 1},
                {"key": "a", "name": "本部", "people": 3, "position": 2},
            ],
        }
    ],
    "bases": [{"key": "k", "name": "見本医師会", "number_text": "33か所"}],
    "questionnaires": [
        {
            "key": "f",
            "title": "調査票",
            "asked": [
                {
                    "key": "n",
                    "text": "何回訪問しましたか。",
                    "kind": "number",
                    "smallest": "0",
                    "largest": "31.5",
                    "options": [{"key": "o", "label": "わからない"}],
                }
            ],
        }
    ],
    "survey_rounds": [{"key": "w", "questionnaire": "f", "title": "調査の実施"}],
    "published_surveys": [
        {
            "key": "v",
            "title": "調査",
            "questions": [
                {
                    "key": "q",
                    "text": "どこで過ごしたいですか。",
                    "answers": [{"key": "h", "label": "自宅", "percent": "51.0"}],
                }
            ],
        }
    ],
    "issue_evidence": [{"key": "e", "issue": "z", "question": "q"}],
    "resources": [{"key": "r", "name": "病院", "count_text": "730人程度/月"}],
}


def test_the_bytes_are_the_same_on_every_database(here, people):
    """The hash is a constant: a database that sorts or rounds in its own way would change it."""
    with empty_year() as cycle:
        assert assembly.load(cycle, headed(FIXED), by=people["editor"]) == []
        content = assembly.canonical(assembly.assemble(cycle))

    assert [one["key"] for one in json.loads(content)["issues"]] == [
        "z",
        "Ab",
        "a-b",
        "a1",
        "aB",
        "a_b",
    ]
    assert [one["value"] for one in json.loads(content)["measurements"]] == [
        "0",
        "99999999999.9999",
        "26.2",
    ]
    assert assembly.sha256(content) == GOLDEN


def test_the_order_of_the_sent_rows_does_not_matter(here, people):
    upside_down = {
        name: list(reversed(part)) if isinstance(part, list) else part
        for name, part in FIXED.items()
    }
    with empty_year() as cycle:
        assembly.load(cycle, headed(upside_down), by=people["editor"])

        assert assembly.sha256(assembly.canonical(assembly.assemble(cycle))) == GOLDEN


def test_canonical_bytes_are_sorted_utf8_without_floats(here):
    content = assembly.canonical(assembly.assemble(here))

    def no_float(text):
        raise AssertionError(text)

    data = json.loads(content, parse_float=no_float)
    assert list(data) == sorted(data)
    assert "見本市".encode() in content
    assert b": " not in content
    with pytest.raises(ValueError, match="JSON compliant"):
        assembly.canonical({"value": float("nan")})


def many(count):
    """Return a year with so many rows in every list."""
    return headed(
        {
            "issues": [{"key": f"i{n}", "text": "課題", "position": n} for n in range(count)],
            "measurements": [
                {
                    "key": f"m{n}",
                    "indicator": "population_total",
                    "fiscal_year": 1950 + n % 80,
                    "value": str(n),
                    "source": f"出典{n}",
                }
                for n in range(count)
            ],
            "support_steps": [
                {"key": f"s{n}", "kind": "interim_1", "position": n} for n in range(count)
            ],
        }
    )


def queries_of(deed):
    with CaptureQueriesContext(connection) as queries:
        deed()
    return len(queries)


def test_assembling_asks_once_for_each_table(here, people):
    """But for none whose rows would lie in the rows of an empty one."""
    heads = {None, *(part for part in shape.PARTS if part.name in many(1))}
    asked = [part for part in shape.PARTS if part.inside in heads]
    counts = {}
    for count in (1, 100):
        with empty_year() as cycle:
            assert assembly.load(cycle, many(count), by=people["editor"]) == []
            counts[count] = queries_of(lambda cycle=cycle: assembly.assemble(cycle))

    assert counts[1] == counts[100] == len(asked)
    assert queries_of(lambda: assembly.assemble(here)) == len(shape.PARTS)


def test_loading_reads_as_often_for_one_row_as_for_a_hundred(here, people):
    """Sending what is stored and sending what is refused write nothing: all their queries read."""
    counts = {}
    for count in (1, 100):
        with empty_year() as cycle:
            document, refused = many(count), many(count)
            refused["measurements"][-1]["indicator"] = "nowhere"
            assembly.load(cycle, document, by=people["editor"])
            counts[count] = [
                queries_of(lambda c=cycle, d=data: assembly.load(c, d, by=people["editor"]))
                for data in (document, refused)
            ]

    assert counts[1] == counts[100]
    # The savepoint and its end, the lock on the municipality, the definitions, one for each table.
    assert counts[1][0] <= len(shape.PARTS) + 4


def test_every_unique_constraint_is_foreseen_by_the_plan():
    """A constraint the plan does not know would surface as somebody else's save."""
    for part in shape.PARTS:
        foreseen = {
            ("key",),
            tuple(name.removesuffix("_id") for name in part.model.FOUND_BY),
        }
        owners = {"municipality", "cycle", "fiscal_year"}
        foreseen = {tuple(name for name in names if name not in owners) for names in foreseen}
        for constraint in part.model._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint):
                names = tuple(name for name in constraint.fields if name not in owners)
                # Keys that are once in the whole document are once in each row around them too.
                is_foreseen = any(set(one) <= set(names) for one in foreseen)
                assert is_foreseen or (part.single and names == ()), constraint


def words_of(part, name):
    """Return the words that a column may hold by the published schema; None where it is free."""
    schema = part.schema.model_json_schema()
    described = schema["properties"][name]
    kind = described.get("$ref", "").rpartition("/")[2]
    return schema.get("$defs", {}).get(kind, described).get("enum")


def test_the_schema_offers_the_words_that_the_columns_take():
    for part in shape.PARTS:
        for name in set(part.fields) & set(part.schema.model_fields):
            choices = part.model._meta.get_field(name).choices
            if choices and (words := words_of(part, name)):
                assert set(words) == {value for value, _ in choices}, (part.name, name)


def test_the_reports_document_leaves_out_what_stays_in_the_office(here):
    Issue.objects.filter(cycle=here, key="issue-1").update(audience="internal")

    inside = assembly.assemble(here)
    outside = assembly.assemble(here, for_report=True)

    assert "issue-1" in [row["key"] for row in inside["issues"]]
    assert "issue-1" not in [row["key"] for row in outside["issues"]]
