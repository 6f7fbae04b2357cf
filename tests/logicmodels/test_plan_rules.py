"""The rules of desired states, issues and logic models, each with years that break it and years that do not."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logicmodels.rules import RULES, words
from municipalities.kernel.findings import look
from tests import years

GOOD = "市民が、最期まで本人の望む場所で、安心して過ごせる。"
LONG = "市民が、" + "住み慣れた家で安心して、" * 12


def goals(*texts, scenes=("daily_care", "discharge", "emergency", "end_of_life")):
    return {
        "desired_states": [
            {"scene": scene, "text": text} for scene, text in zip(scenes, texts, strict=False)
        ]
    }


def issues(*rows):
    return {"issues": [{"text": "困っている。", "scene": "discharge"} | row for row in rows]}


def activities(*rows):
    return {
        "activities": [{"key": f"a{n}", "name": f"取組{n}"} | row for n, row in enumerate(rows)]
    }


def outcome(key, *placed, level="intermediate", notes="", **more):
    places = [{"key": f"{key}-{n}", "activity": one, "note": notes} for n, one in enumerate(placed)]
    return {"key": key, "text": f"成果{key}", "level": level, "placements": places} | more


def model(*outcomes, links=()):
    rows = [{"cause": cause, "effect": effect} for cause, effect in links]
    return {"logic_models": [{"title": "看取り", "outcomes": list(outcomes), "links": rows}]}


def many(count, **row):
    return activities(*({"name": f"{chr(0x4E00 + n * 7)}の取組"} | row for n in range(count)))


ALL_SCENES = goals(GOOD, GOOD, GOOD, GOOD)
MADE_BY = {"executor": "ishikai", "target_group": "住民", "period": "10月"}
BODIES = {
    "organizations": [
        {"key": "ishikai", "name": "医師会", "kind": "medical_association"},
        {"key": "ka", "name": "高齢者支援課", "kind": "own_section"},
    ]
}
TOP = {"priority": "high"}
FINAL = outcome("o9", level="final")

BROKEN = {
    "G01": [{}, goals(GOOD) | {"support_round": {"scenes": ["discharge"]}}],
    "G02": [
        goals("市は看取りの体制を整備する。"),
        goals("医師会が中心となって在宅医療を推進していく。"),
    ],
    "G03": [
        goals("市民が望む暮らしのために医療と介護が連携する。"),
        goals("住民のための多職種の研修会の開催"),
    ],
    "G05": [goals(GOOD, GOOD), goals(GOOD, f"{GOOD[:-1]} ")],
    "G06": [goals("市民が安心できる"), goals(LONG)],
    "G07": [
        goals("市民が安心して暮らし、かつ望む場所で最期を迎えられる。"),
        goals("医療・介護・福祉・保健が市民を支えている。"),
    ],
    "P02": [
        issues({"text": "相談窓口がない。"}),
        issues({"text": "訪問診療を行う診療所が不足している"}),
    ],
    "P03": [issues({}, {}), issues(*[TOP] * 6)],
    "P04": [ALL_SCENES, goals(GOOD, GOOD) | issues({"scene": "daily_care"})],
    "C02": [activities({}), activities({}, {}) | model(outcome("o1", "a1"))],
    "C03": [model(outcome("o1")), model(outcome("o1"), FINAL) | ALL_SCENES],
    "C04": [model(outcome("o1")), many(1) | model(outcome("o1", "a0"), FINAL)],
    "C05": [
        many(1) | model(outcome("o1", "a0", level="final")),
        many(1) | model(outcome("o1", "a0", level="final"), outcome("o2")),
    ],
    "C06": [
        model(outcome("o1"), outcome("o2"), links=[("o1", "o2"), ("o2", "o1")]),
        model(
            outcome("o1"),
            outcome("o2"),
            outcome("o3"),
            links=[("o1", "o2"), ("o2", "o3"), ("o3", "o2")],
        ),
    ],
    "C07": [
        many(1) | model(*(outcome(f"o{n}", "a0") for n in range(4))),
        many(2) | model(*(outcome(f"o{n}", "a0", "a1") for n in range(5))),
    ],
    "C08": [
        activities({"name": "多職種研修会の開催"}, {"name": "多職種の研修会の開催"}),
        activities(
            {"name": "退院支援ルールの見直し"},
            {"name": "退院支援ルールの見直し（再）※医師会に要相談"},
        ),
    ],
    "C09": [
        many(13) | model(outcome("o1", *(f"a{n}" for n in range(13)))),
        many(15) | model(outcome("o1", *(f"a{n}" for n in range(15)))),
    ],
    "C10": [activities({}), BODIES | activities(MADE_BY | {"period": ""})],
    "C11": [
        activities({"execution": "direct"}),
        BODIES | activities({"executor": "ka"}, {"executor": "ka"}),
    ],
    "C12": [
        many(1) | model(outcome("o1", "a0", notes="※医師会に要相談")),
        many(1) | model(outcome("o1", "a0", notes="各職種に要相談"), outcome("o2", "a0")),
    ],
}
FINE = {
    "G01": [ALL_SCENES, goals(GOOD, GOOD) | {"support_round": {"scenes": ["discharge"]}}],
    "G02": [
        goals("行政に頼らず、市民が助け合って暮らせるまちをつくる取組を推進する。"),
        goals(GOOD),
    ],
    "G03": [goals(GOOD), goals("本人と家族が、連携した支援を受けて暮らせる。")],
    "G05": [goals(GOOD, "入院した人が、安心して家に戻れるまちである。"), goals(GOOD)],
    "G06": [goals(GOOD), goals("市民が、" + "あ" * 116)],
    "G07": [
        goals(GOOD),
        goals("医療・介護の支えで、市民が安心して過ごせる。市民が、仲間・家族と暮らせる。"),
    ],
    "P02": [
        issues({"text": "退院の前に、本人がだれに相談すればよいか分からない。"}),
        issues({"text": "相談窓口がない。", "gap": "家族が病院を何度も訪ねている。"}),
    ],
    "P03": [issues(TOP, {"priority": "low"}), issues(*[TOP] * 5)],
    "P04": [ALL_SCENES | issues({"scene": "all"}), goals(GOOD) | issues({"scene": "daily_care"})],
    "C02": [many(1) | model(outcome("o1", "a0")), activities({"status": "stopped"})],
    "C03": [
        model(outcome("o1"), outcome("o2"), FINAL, links=[("o1", "o2"), ("o2", "o9")]),
        model(outcome("o1", scene="daily_care")) | goals(GOOD),
    ],
    "C04": [
        many(1) | model(outcome("o1", "a0")),
        many(1) | model(outcome("o1", "a0"), FINAL, links=[("o1", "o9")]),
    ],
    "C05": [
        many(1) | model(outcome("o1", "a0"), FINAL, links=[("o1", "o9")]),
        model(FINAL),
    ],
    "C06": [
        model(outcome("o1"), outcome("o2"), links=[("o1", "o2")]),
        model(
            outcome("o1"),
            outcome("o2"),
            outcome("o3"),
            links=[("o1", "o3"), ("o2", "o3"), ("o1", "o2")],
        ),
    ],
    "C07": [
        many(1) | model(*(outcome(f"o{n}", "a0") for n in range(3))),
        many(4) | model(*(outcome(f"o{n}", f"a{n}") for n in range(4))),
    ],
    "C08": [
        activities({"name": "多職種研修会の開催"}, {"name": "ACP出前講座"}),
        activities(
            {"name": "多職種研修会の開催"}, {"name": "多職種の研修会の開催", "status": "stopped"}
        ),
    ],
    "C09": [many(12) | model(outcome("o1", *(f"a{n}" for n in range(12)))), model(outcome("o1"))],
    "C10": [
        BODIES | activities(MADE_BY),
        activities({"execution": "direct", "target_group": "住民", "milestones": [{"text": "案"}]}),
    ],
    "C11": [
        BODIES | activities({"execution": "direct"}, {"executor": "ishikai"}),
        BODIES | activities({"executor": "ka", "partners": [{"organization": "ishikai"}]}),
        activities({}),
    ],
    "C12": [
        many(1) | model(outcome("o1", "a0", notes="医師会と相談済み")),
        many(1, status="done") | model(outcome("o1", "a0", notes="※医師会に要相談")),
    ],
}


def cases(table):
    return [
        pytest.param(rule, parts, id=f"{rule}-{n}")
        for rule in table
        for n, parts in enumerate(table[rule])
    ]


def test_every_rule_has_its_cases():
    assert {rule.id for rule in RULES} == set(BROKEN) == set(FINE)
    assert all(len(table[rule]) >= 2 for table in (BROKEN, FINE) for rule in table)


@pytest.mark.parametrize(("rule", "parts"), cases(BROKEN))
def test_a_year_that_breaks_a_rule_is_told_so(rule, parts):
    assert years.found(RULES, rule, years.year(**parts))


@pytest.mark.parametrize(("rule", "parts"), cases(FINE))
def test_a_year_that_keeps_a_rule_hears_nothing(rule, parts):
    assert not years.found(RULES, rule, years.year(**parts))


def test_an_open_question_has_six_months():
    parts = BROKEN["C12"][0]

    assert not years.found(RULES, "C12", years.year(today=dt.date(2026, 9, 30), **parts))
    assert years.found(RULES, "C12", years.year(today=dt.date(2026, 10, 1), **parts))


def test_without_any_outcome_all_activities_are_one_finding():
    year = years.year(**many(40))
    (place,) = years.found(RULES, "C02", year)

    assert place.key == ""
    told = [one.message for one in look(RULES, year) if one.rule.id == "C02"]
    assert told == ["取組をつなげる成果が、まだありません"]
    linked = years.year(**many(2), **model(outcome("o1", "a0")))
    told = [one.message for one in look(RULES, linked) if one.rule.id == "C02"]
    assert told == ["どの成果にもつながらない取組です"]


def test_a_choice_of_scenes_limits_what_is_missing_not_what_is_written():
    chosen = {"support_round": {"scenes": ["end_of_life"]}} | many(13)
    crowded = model(outcome("o1", *(f"a{n}" for n in range(13)), scene="daily_care"))

    assert [one.label for one in years.found(RULES, "G01", years.year(**chosen))] == ["看取り"]
    assert years.found(RULES, "C09", years.year(**chosen, **crowded))


@given(st.permutations(range(6)))
def test_what_is_found_does_not_hang_on_the_order_of_rows(order):
    names = [
        f"{one}の{two}を行う研修会" for one in ("住民", "医師", "病院") for two in ("連携", "入院")
    ]
    named = activities(*({"key": f"k{n}", "name": names[n], "position": 1} for n in order))

    places = years.found(RULES, "C10", years.year(**named))

    assert {place.key for place in places} == {f"k{n}" for n in range(6)}


@pytest.mark.parametrize(
    ("text", "is_of_the_office"),
    [
        ("町は連携を図る", True),
        ("県が支援する", True),
        ("住民は市に支援されて推進する", False),
        ("市は大きい", False),
    ],
)
def test_an_office_is_known_by_its_deed(text, is_of_the_office):
    assert words.is_of_the_office(text) is is_of_the_office
