"""What a copy tells of the answers of a survey: never a count that is too small, nor one by which it follows."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from reports.document import copied_answers
from reports.document.reading import asked

CITY, TOWN, VILLAGE = 77_306, 12_000, 1_500


def survey(*counts, kind="single", target="residents", respondents=None, percents=()):
    answers = [
        {"key": f"a{place}", "label": f"{place}", "count": count, "percent": None, "rank": None}
        for place, count in enumerate(counts)
    ]
    answers += [
        {"key": f"p{place}", "label": f"p{place}", "count": None, "percent": percent, "rank": None}
        for place, percent in enumerate(percents)
    ]
    total = sum(counts) if respondents is None and counts else respondents
    question = {"key": "q", "number": "", "text": "問", "kind": kind, "note": ""}
    return {
        "title": "調査",
        "target": target,
        "target_text": "",
        "when": "",
        "way": "",
        "distributed": None,
        "respondents": None,
        "source": "",
        "note": "",
        "questions": [question | {"respondents": total, "answers": answers}],
    }


def shown(row, *, population=CITY):
    [made] = copied_answers.surveys([row], population=population)
    told = {one["key"]: one["count"] for one in made["questions"][0]["answers"]}
    return [told[one["key"]] for one in row["questions"][0]["answers"]]


def test_the_published_table_of_a_city_is_told_whole():
    assert shown(survey(160, 14, 29, 21)) == [160, 14, 29, 21]


def test_a_small_count_takes_another_one_with_it():
    counts = shown(survey(160, 4, 29, 31))

    assert counts[1] is None
    assert counts.count(None) >= 2


def test_professionals_may_be_fewer():
    assert shown(survey(60, 6, 20, target="professionals")) == [60, 6, 20]
    assert None in shown(survey(60, 6, 20))


def test_of_a_village_no_count_is_told():
    assert shown(survey(160, 14, 29, 21), population=VILLAGE) == [None] * 4


def test_a_percentage_with_its_base_is_a_count():
    few = survey(kind="multiple", respondents=200, percents=("2.0", "40.0"))
    [made] = copied_answers.surveys([few], population=CITY)
    told = [one["percent"] for one in made["questions"][0]["answers"]]

    assert told == [None, "40.0"]


def test_a_percentage_without_a_base_tells_no_count():
    row = survey(percents=("51.0",))
    [made] = copied_answers.surveys([row], population=CITY)

    assert made["questions"][0]["answers"][0]["percent"] == "51.0"


def test_what_is_hidden_reads_x():
    [made] = copied_answers.surveys([survey(160, 4, 29, 31)], population=CITY)
    [line] = asked.surveys({"published_surveys": [made]})
    [answer] = [one for one in line.questions[0].answers if one.label == "1"]

    assert (answer.count, answer.percent) == ("x", "x")


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 40), min_size=2, max_size=4).filter(lambda counts: sum(counts) > 9))
def test_no_hidden_count_can_be_computed_from_the_rest(counts):
    """The attacker tries every split of what is missing: each hidden small count could be several."""
    told = shown(survey(*counts))
    hidden = [place for place, count in enumerate(told) if count is None]
    missing = sum(counts) - sum(count for count in told if count is not None)
    possible = [
        split for split in product(range(missing + 1), repeat=len(hidden)) if sum(split) == missing
    ]

    for place, at in enumerate(hidden):
        if 0 < counts[at] < 10 and len(hidden) < len(counts) + 1:
            assert len({split[place] for split in possible}) > 1
    assert all(count is None or count == 0 or count >= 10 for count in told)


def test_the_profession_of_few_people_is_not_told():
    one = {"profession": "care_manager", "people": 4}

    assert copied_answers.hearing(one) == {"profession": "unstated", "people": None}
    assert copied_answers.hearing(one | {"people": 5}) == one | {"people": 5}
