"""The rules that need what several apps hold, each with years that break it and years that do not."""

import datetime as dt

import pytest

from reports.document.findings import evidence, judged, support
from tests import years

RULES = (*evidence.RULES, *judged.RULES, *support.RULES)
ISSUE = {
    "key": "i1",
    "scene": "discharge",
    "text": "準備が間に合わない。",
    "current_state": "3割程度",
}
GOAL = {"scene": "discharge", "text": "安心して家に戻れる。"}
OUTCOME = {"key": "o1", "text": "切れ目のない支援", "placements": [{"activity": "a1"}]}
MODEL = {
    "activities": [{"key": "a1", "name": "退院支援ルール"}],
    "logic_models": [{"title": "入退院支援", "outcomes": [OUTCOME]}],
}
OWN = {
    "own_definitions": [
        {
            "key": "own-1",
            "name": "参加率",
            "unit": "％",
            "decimals": 1,
            "direction": "higher",
            "value_kind": "ratio",
        }
    ]
}
USES = {"indicator_uses": [{"indicator": "n1", "outcome": "o1"}]}


def measured(value, target="50"):
    """Return an outcome with an indicator of this year and its target."""
    indicator = {"key": "n1", "indicator": "own-1", "baseline_year": 2025}
    numbers = [(2025, "30"), (2026, value)]
    return (
        MODEL
        | OWN
        | USES
        | {
            "indicators": [indicator | {"targets": [{"fiscal_year": 2026, "value": target}]}],
            "measurements": [
                {"indicator": "own-1", "fiscal_year": one, "value": number, "source": "市"}
                for one, number in numbers
            ],
        }
    )


def evaluation(verdict=None, **more):
    row = {"key": "e1", "outcome": "o1", "activity": None, "council": None, "hindered": ""}
    judgements = [{"verdict": verdict}] if verdict else []
    return row | {"judgements": judgements} | more


def improvement(what="研修を開く。", **more):
    return {"key": "p1", "outcome": "o1", "activity": None, "council": None, "what": what} | more


def beside(*evaluations, improvements=()):
    return {
        "beside": {
            "evaluations": list(evaluations),
            "improvements": list(improvements),
        }
    }


def again(**more):
    row = improvement(**more)
    return beside(improvements=[row]) | {"before": {"improvements": [row]}}


def step(**more):
    return {"support_steps": [{"kind": "final", "position": 1} | more]}


def advised(held_on, response="none"):
    return step(held_on=held_on, advice=[{"text": "聞き取る。", "response": response}])


MISSED, MET = measured("20"), measured("60")
BEFORE = {"support_issues": [{"key": "b1", "text": "連絡が当日になる。"}]}
BY_ACTIVITY = {"outcome": None, "activity": "a1"}
BY_INDICATOR = {"outcome": None, "indicator": "n1"}
BY_ANOTHER = {"outcome": None, "indicator": "n2"}
TRAINED = {
    "key": "a1",
    "name": "多職種研修会",
    "work_item": "training",
    "results": [{"text": "1回開いた。"}],
}
TRAINING = {"activities": [TRAINED]}
SURVEY = {"published_surveys": [{"key": "s1"}]}
BROKEN = {
    "P01": [{"issues": [ISSUE | {"current_state": ""}]}, {"issues": [ISSUE]}],
    "C01": [
        MODEL,
        {"logic_models": [{"title": "看取り", "outcomes": [{"text": "話し合えている"}]}]},
    ],
    "Q01": [
        {"desired_states": [GOAL]},
        MODEL | {"profile": {"key": "profile", "responsible_section": "高齢福祉課"}},
    ],
    "Q02": [MODEL, {"desired_states": [GOAL]}],
    "M05": [TRAINING, MODEL | TRAINING],
    "X02": [MISSED | beside(evaluation("advanced")), MET | beside(evaluation("not_advanced"))],
    "X03": [
        MISSED | beside(evaluation()),
        MISSED | beside(evaluation(hindered="様式が引き継がれなかった。")),
        MISSED | beside(evaluation(hindered="様式。"), improvements=[improvement(**BY_ANOTHER)]),
    ],
    "X04": [
        MISSED | again(),
        MISSED | again(**BY_ACTIVITY),
        MISSED | again(**BY_INDICATOR),
    ],
    "X05": [advised("2026-09-26"), advised("2026-05-01")],
    "X06": [step(situation="報告した。"), BEFORE | step(held_on="2026-11-01")],
    "X07": [
        {"support_outlooks": [{"text": one}]} for one in ("協議会を開く。", "人材を見つける。")
    ],
}
TOPICS = "認知症の人が、感染症や災害のときにも安心できる。"
FINE = {
    "P01": [
        {"issues": [ISSUE], "desired_states": [GOAL]},
        {"issues": [ISSUE | {"scene": "all"}], "desired_states": [GOAL]},
        measured("40")
        | {
            "issues": [ISSUE | {"current_state": ""}],
            "desired_states": [GOAL],
            "issue_figures": [{"issue": "i1", "indicator": "n1"}],
        },
    ],
    "C01": [MISSED, {}],
    # It is written, or a number tells it; nothing has begun.
    "Q01": [
        MODEL | {"profile": {"key": "profile", "review_rhythm": "毎年2月の全体会で見直す。"}},
        MODEL | {"profile": {"key": "profile", "review_years": 3}},
        MODEL | {"profile": {"key": "profile", "reviews_min": 2}},
        {},
    ],
    "Q02": [{"desired_states": [GOAL | {"text": TOPICS}]}, {}],
    # It serves an outcome that is measured; it was surveyed; it has not been held; it is no training.
    "M05": [
        MISSED | TRAINING,
        TRAINING | {"beside": SURVEY},
        {"activities": [TRAINED | {"results": []}]},
        {"activities": [TRAINED | {"work_item": "consultation"}]},
    ],
    "X02": [
        MET | beside(evaluation("advanced")),
        MISSED | beside(evaluation("partly")),
        MISSED | beside(),
    ],
    "X03": [
        MET | beside(evaluation()),
        MISSED | beside(evaluation(hindered="様式。"), improvements=[improvement()]),
        MISSED | beside(evaluation(hindered="様式。"), improvements=[improvement(**BY_ACTIVITY)]),
        MISSED | beside(evaluation(hindered="様式。"), improvements=[improvement(**BY_INDICATOR)]),
    ],
    "X04": [
        MET | again(),
        MET | again(**BY_INDICATOR),
        MISSED | again(**BY_ANOTHER),
        MISSED | again() | {"before": {"improvements": [improvement("出向いて聞く。")]}},
        MISSED | beside(improvements=[improvement()]),
    ],
    "X05": [advised("2026-09-27"), advised("2026-05-01", "declined"), advised(None)],
    "X06": [
        BEFORE
        | step(situation="報告した。")
        | {"support_effects": [{"text": "決めた。", "answers": "b1"}]},
        step(held_on="2027-03-01"),
    ],
    "X07": [
        {"support_outlooks": [{"text": "協議会を開く。", "due": "秋ごろ"}]},
        {"support_outlooks": [{"text": "R6末までに協議会を設ける。"}]},
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


def test_what_an_unexplained_miss_lacks_is_named():
    (place,) = years.found(RULES, "X03", years.year(**MISSED, **beside(evaluation())))

    assert place.words["what"] == "要因と改善策"
    assert place.label == "切れ目のない支援"


def test_what_is_said_again_of_an_indicator_bears_its_name():
    (place,) = years.found(RULES, "X04", years.year(**MISSED, **again(**BY_INDICATOR)))

    assert place.label == "参加率"


def test_an_answer_is_asked_for_after_sixty_days():
    parts = advised("2026-09-26")

    assert not years.found(RULES, "X05", years.year(today=dt.date(2026, 11, 25), **parts))
    assert years.found(RULES, "X05", years.year(today=dt.date(2026, 11, 26), **parts))


def test_verdicts_are_those_of_the_evaluation_sheet():
    (told,) = judged.verdicts(years.year(**MISSED, **beside())).values()

    assert {str(one.label) for one in told} == {"現状値より悪化"}
