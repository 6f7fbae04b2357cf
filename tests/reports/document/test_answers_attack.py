"""Whoever solves all that copies tell of a survey finds no hidden answer narrower than its threshold."""

import copy
import json
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indicators.disclosure import answers, tables
from reports import document
from reports.document import copied_answers, publication
from tests.attacks import tries
from tests.reports.answers_reader import REST, Reader, too_narrow

CITY, YEAR, LEAST, WIDE = 77_306, 2026, {"residents": 10, "professionals": 5}, 100_000
TARGETS = st.sampled_from(list(LEAST))


def question(key, counts, *, kind="single", rest=0, answered=None, percents=(), ranked=False):
    """Return a question as a town has stored it. Of `percents` only the percentage is known."""
    answered = sum(counts) + rest if answered is None else answered
    order = sorted(counts, reverse=True)
    rows = [
        {
            "key": f"{key}-{place}",
            "label": f"{place}",
            "count": count,
            "percent": None,
            "position": place,
        }
        | {"rank": order.index(count) + 1 if ranked else None}
        for place, count in enumerate(counts)
    ]
    for place in percents:
        share = Decimal(counts[place] * 100) / answered
        rows[place] |= {
            "count": None,
            "percent": str(share.quantize(Decimal("0.1"), ROUND_HALF_UP)),
        }
    return {
        "key": key,
        "kind": kind,
        "respondents": answered,
        "answers": rows,
        "true": {row["key"]: count for row, count in zip(rows, counts, strict=True)},
    }


def survey(*questions, respondents=None, target="residents"):
    """Return a survey and what is true of it."""
    truth = {
        one["key"]: {
            "answers": one["true"],
            "answered": one["respondents"],
            "rest": max(one["respondents"] - sum(one["true"].values()), 0),
            "adds_up": one["kind"] != "multiple",
            "is_of_survey": one["respondents"] == respondents,
            "wide": WIDE,
        }
        for one in questions
    }
    return {"target": target, "respondents": respondents, "questions": list(questions)}, truth


def found_out(asked, *, population=CITY, **programme):
    """Return the cells that the copy of one survey gives away."""
    row, truth = asked
    [told] = copied_answers.surveys([row], population=population)
    reader = Reader()
    reader.reads(told, truth, **programme)
    return too_narrow(reader, truth, least=LEAST[row["target"]])


counts = st.lists(st.one_of(st.integers(0, 12), st.integers(0, 60)), min_size=1, max_size=5)
rests = st.one_of(st.just(0), st.integers(0, 30))


@tries(60)
@given(counts.filter(sum), rests, TARGETS, st.booleans(), st.sampled_from(["single", "unstated"]))
def test_one_question_gives_nothing_away(counts, rest, target, ranked, kind):
    asked = question("q", counts, kind=kind, rest=rest, ranked=ranked)

    assert found_out(survey(asked, target=target)) == []


@tries(60)
@given(counts.filter(any), st.integers(0, 30), TARGETS, st.booleans())
def test_nor_do_several_answers_of_each(counts, more, target, ranked):
    asked = question("q", counts, kind="multiple", answered=max(counts) + more, ranked=ranked)

    assert found_out(survey(asked, target=target)) == []


@tries(60)
@given(counts.filter(any), st.integers(20, 9_000), st.sets(st.integers(0, 4)), TARGETS)
def test_nor_percentages_as_they_were_printed(counts, rest, places, target):
    asked = question("q", counts, rest=rest, percents=[one for one in places if one < len(counts)])

    assert found_out(survey(asked, target=target)) == []


@tries(60)
@given(counts.filter(any), rests, TARGETS, st.data())
def test_nor_a_question_to_those_alone_who_gave_an_answer(counts, rest, target, data):
    first = question("q", counts, rest=rest)
    some = [place for place, count in enumerate(counts) if 0 < count < first["respondents"]]
    assume(some)
    place = data.draw(st.sampled_from(some))
    yes = data.draw(st.integers(0, counts[place]))
    second = question("r", [yes, counts[place] - yes])
    asked = survey(first, second, respondents=sum(counts) + rest, target=target)

    assert found_out(asked, asked_of={"r": ("q", f"q-{place}")}) == []


def led_past(counts, places, more):
    """Return a round as it is registered: whoever gave one of these answers was not put the second question.

    無回答 is an answer like the others, so that a table adds up to whom it was asked of.
    """
    first = question("q", counts)
    asked = first["respondents"] - sum(counts[place] for place in places)
    yes = min(more, asked)
    second = question("r", [yes, asked - yes])
    return survey(first, second, respondents=first["respondents"]), {
        "led_past": {"r": ("q", [f"q-{place}" for place in places])}
    }


@tries(120)
@given(
    st.lists(st.one_of(st.integers(0, 12), st.integers(0, 60)), min_size=2, max_size=5),
    st.sets(st.integers(0, 4), min_size=1, max_size=3),
    st.integers(0, 200),
)
def test_nor_a_question_past_which_some_answers_led(counts, places, more):
    places = sorted(place for place in places if place < len(counts))
    assume(places)
    # Of fewer than ten everything is hidden but how many they are: where nobody was led past, they gave the rest.
    assume(sum(counts) >= max(LEAST.values()))
    assume(sum(counts) > sum(counts[place] for place in places))
    asked, programme = led_past(counts, places, more)

    assert found_out(asked, **programme) == []


# Of 33 only 30 were asked on; of 54 only 28, which is 3 beside the 23 that are shown.
LED_PAST = [([20, 10, 3], [2]), ([23, 11, 7, 3, 10], [0, 3])]


@pytest.mark.parametrize(("counts", "places"), LED_PAST)
def test_with_the_safeguard_off_how_many_were_asked_tells_who_was_led_past(
    counts, places, monkeypatch
):
    """The negative control: by themselves both tables are safe."""
    asked, programme = led_past(counts, places, 100)

    assert found_out(asked, **programme) == []
    monkeypatch.setattr(answers, "_parts", lambda *_: False)
    assert [one[1] for one in found_out(asked, **programme)] == [f"q-{counts.index(3)}"]


def copies_of(states, *, remembers=True):
    """Return each of these states of one question as told in a copy, one submitted after the other."""
    documents = []
    for asked, _ in states:
        earlier = copied_answers.earlier(documents if remembers else [], fiscal_year=YEAR)
        told = copied_answers.surveys([asked], population=CITY, earlier=earlier)
        documents.append({"fiscal_year": YEAR, "published_surveys": told})
    return [one["published_surveys"][0] for one in documents]


def found_out_together(states, *, remembers=True):
    """Return what all copies give away of the last state; what had been told before it was small is lost."""
    copies = copies_of(states, remembers=remembers)
    narrow = too_narrow(reader_of(copies, states), states[-1][1], least=10)
    return [one for one in narrow if one not in lost(one, copies, states)]


def reader_of(copies, states):
    reader = Reader()
    for one, (_, truth) in zip(copies, states, strict=True):
        reader.reads(one, truth)
    return reader


def lost(cell, copies, states):
    """Return what is narrow for who holds the copies before this cell was as it is, and of today's nothing."""
    question, key, count, _, _ = cell
    before = len(states)
    while before and number_of(states[before - 1][1][question], key) == count:
        before -= 1
    closed = copy.deepcopy(states[-1][0])
    for one in closed["questions"]:
        one |= {"respondents": None}
        for answer in one["answers"]:
            answer |= {"count": None, "percent": None, "rank": None, "is_suppressed": True}
    reader = reader_of([*copies[:before], closed], [*states[:before], states[-1]])
    return [(*one[:3], *cell[3:]) for one in too_narrow(reader, states[-1][1], least=10)]


def number_of(counts, key):
    return counts["rest"] if key == REST else counts["answers"].get(key)


@tries(60)
@given(
    st.lists(st.integers(0, 40), min_size=3, max_size=4).filter(any),
    st.lists(st.tuples(st.integers(0, 3), st.integers(-12, 12)), min_size=1, max_size=2),
    rests,
)
def test_nor_do_the_copies_of_a_year_with_a_table_that_was_corrected(counts, changes, rest):
    """A small answer stays as it is; others are corrected between two submissions."""
    found = [list(counts)]
    for place, change in changes:
        now = list(found[-1])
        if place < len(now):
            now[place] = max(now[place] + change, 0)
        found.append(now)
    states = [survey(question("q", now, rest=rest)) for now in found]

    assert found_out_together(states) == []


def asked_again():
    """Return a table of which the second copy hides what the first has told, and the other way round."""
    first = survey(question("q", [160, 4, 29, 31]))
    return [first, survey(question("q", [160, 4, 40, 31], answered=235))]


def test_copies_that_do_not_remember_are_found_out():
    """The negative control: each copy is safe by itself, two of them are not."""
    states = asked_again()

    assert all(not found_out_together([one]) for one in states)
    assert found_out_together(states, remembers=False) == [("q", "q-1", 4, 4, 4)]
    assert found_out_together(states) == []


def test_a_corrected_table_is_told_whole_where_nothing_in_it_is_small():
    states = [survey(question("q", [160, 40, 29])), survey(question("q", [160, 41, 29]))]
    [_, told] = copies_of(states)

    assert [one["count"] for one in told["questions"][0]["answers"]] == [160, 41, 29]


def test_the_same_table_reads_the_same_in_every_copy():
    state = asked_again()[0]
    first, second = copies_of([state, state])

    assert first == second


def test_with_the_complement_switched_off_one_copy_is_enough(monkeypatch):
    """The negative control of the second step."""
    asked = survey(question("q", [160, 4, 29, 31]))

    assert found_out(asked) == []
    monkeypatch.setattr(tables, "hidden", lambda table: frozenset(table.primary()))
    assert found_out(asked) == [("q", "q-1", 4, 4, 4)]


@pytest.mark.parametrize(
    "asked",
    [
        # Three who gave no answer are few as well.
        lambda: survey(question("q", [160, 29, 31], rest=3)),
        # 0.1 per cent of 9,000 are between five and thirteen.
        lambda: survey(question("q", [4_000, 9, 4_991], percents=[1])),
        # Ranks and a table in order of size tell that ten is between eleven and one.
        lambda: survey(question("q", [160, 11, 10, 1], ranked=True)),
        lambda: survey(question("q", [160, 11, 10, 1])),
        # Nobody has said that each gave one answer, but they add up.
        lambda: survey(question("q", [160, 4, 29, 31], kind="unstated")),
    ],
    ids=["rest", "digits", "ranks", "order", "unstated"],
)
def test_what_was_found_stays_mended(asked):
    assert found_out(asked()) == []


def test_a_question_to_few_does_not_say_how_many():
    first, second = question("q", [192, 8]), question("r", [5, 3])
    [told] = copied_answers.surveys([survey(first, second, respondents=200)[0]], population=CITY)

    assert told["questions"][1]["respondents"] is None
    assert found_out(survey(first, second, respondents=200), asked_of={"r": ("q", "q-1")}) == []


DEMO = sorted((Path(document.__file__).parent / "demo").glob("*.json"))


@pytest.mark.parametrize("path", DEMO, ids=lambda path: path.stem)
def test_nor_do_the_tables_of_the_demo(path):
    """All surveys of all years that the demo brings, with what a town of unknown size may tell."""
    for asked in json.loads(path.read_bytes()).get("published_surveys", ()):
        row = read(asked)
        row["questions"] = [one for one in row["questions"] if is_counted(one)]
        for one in row["questions"]:
            one["true"] = {answer["key"]: answer["count"] for answer in one["answers"]}
        _, truth = survey(*row["questions"], respondents=row["respondents"])
        reader = Reader()
        reader.reads(copied_answers.surveys([row], population=None)[0], truth)

        assert too_narrow(reader, truth, least=20) == []


def read(asked):
    schema = publication.SCHEMAS["published_surveys"]
    return schema.model_validate_json(json.dumps(asked)).model_dump(mode="json")


def is_counted(asked):
    """Percentages of nobody knows how many tell no count."""
    return asked["respondents"] and all(one["count"] is not None for one in asked["answers"])
