"""What the rules find in the demo towns, read by hand where it says why.

福知山市 (domain.md 6.2): the twenty indicators of its table lack source, value, target and target year; activities
marked 「（再）」 stand at four and five outcomes; fifteen stand at one outcome of 日常の療養支援; five are 「要相談」. Its
outcome on disasters has no indicator. C08 finds nothing: the pairs that the seed words alike were joined when its
document was written. 水戸市 has no logic model yet: all its activities are one finding, not five.
"""

import datetime as dt
from collections import Counter, defaultdict

import pytest
from django.urls import reverse

from reports.document.findings import looking
from tests.indicators.rule_years import DEMO, demo, looked_at

TODAY = dt.date(2026, 11, 26)
# Rule and number of places.
EXPECTED = {
    "032115-2023": "G01 4, M01 1, M02 1",
    "082015-2023": "C02 1, C10 5, G01 4, M04 2, P01 3, P02 1, P03 1, Q01 1, Q02 3, X07 3",
    "112399-2023": "G01 4, M01 1, M02 1, M04 1",
    "112411-2023": "G01 4",
    "131164-2023": "G01 4, M01 1, M02 2, M04 2",
    "141003-2023": "G01 4, M01 1, M02 3, M04 1",
    "151009-2023": "G01 4, M01 1, M02 3, M04 1",
    "222224-2023": "C02 1, C10 6, G01 4, I05 2, I06 2, I07 2, I19 2, P01 3, P03 1, Q01 1, Q02 3, X07 3",
    "262013-2023": (
        "C01 1, C07 5, C09 1, C10 37, C12 5, G01 1, G04 1, I01 6, I04 20, I05 20, I06 20, I07 20, "
        "I14 1, I17 1, I18 1, I21 1, M01 1, M02 2, M03 2, P03 2, Q01 1, Q02 1, V02 1, X07 4"
    ),
}
# The invented towns: a year that is over, one that runs, a thin one and a village with next to nothing.
INVENTED = {
    # Of the two values of 訪問診療, 147 and 151, the one that stands by the rule of sources leads to less than is aimed at.
    "990019-2024": "C02 1, C10 2, G01 3, G04 1, I04 1, I05 1, I06 1, I07 1, P01 2, P03 2, P04 1, Q01 1, Q02 3, V12 3",
    "990019-2025": (
        "C02 9, C10 4, C12 1, G01 2, G04 2, I01 1, I02 1, I04 1, I05 2, I06 1, I07 1, I10 1, I11 1, I18 1, "
        "I20 15, M01 1, M02 2, M03 1, M05 1, P01 2, P04 1, Q02 2, V04 3, V07 1, V12 2"
    ),
    "990019-2026": (
        "C02 7, C07 1, C10 8, C12 1, G01 1, G04 1, I01 1, I02 1, I04 1, I05 2, I06 1, I07 1, I20 9, M01 1, "
        "M03 1, M04 1, P01 1, Q02 1, V04 3, V06 2, V07 3, V12 2, X02 1"
    ),
    "990027-2025": "C02 1, G01 4, I05 1, I06 1, I07 1, I19 1, P01 1, P03 1, Q01 1, Q02 3",
    "990027-2026": "C02 1, G01 3, I05 1, I06 1, I07 1, I19 1, P03 1, Q01 1, Q02 3, V04 1, V07 1",
    "990035-2026": "C02 1, C10 1, G01 3, G04 1, I19 1, Q01 1, Q02 3, V12 1",
}
EVERY = EXPECTED | INVENTED


def looked(name):
    return looking.look_over(looked_at(demo(name), today=TODAY))


@pytest.mark.parametrize("name", EVERY)
def test_a_town_is_told_what_its_document_lacks(name):
    counted = Counter(one.rule.id for one in looked(name).open)

    assert ", ".join(f"{rule} {count}" for rule, count in sorted(counted.items())) == EVERY[name]


def test_every_town_of_the_demo_is_expected_to_hear_something():
    assert {path.stem for path in DEMO.glob("*-20??.json")} == set(EVERY)


def test_what_fukuchiyama_hears_is_what_a_reader_of_its_report_sees():
    found = looked("262013-2023").open
    by_rule = defaultdict(list)
    for one in found:
        by_rule[one.rule.id].append(one.place.label)

    assert by_rule["C09"] == ["望む形で在宅療養を行うことができるよう、必要な支援が受けられる"]
    assert "多職種が参画する研修の実施" in by_rule["C07"]
    assert "訪問診療を行う医師増加を目指した研修会等の実施" in by_rule["C12"]
    assert by_rule["G01"] == ["看取り"]


def test_the_example_town_has_waived_one_finding_and_says_why():
    (waived,) = looked("990019-2026").waived

    assert waived.finding.rule.id == "Q02"
    assert "令和9年度（2027年度）" in waived.row["reason"]


# domain.md 6.2: goals, issues, chain, indicators, values, evaluation, bodies, the year as a whole.
RULES_OF_THE_FIELD = {"G": 7, "P": 4, "C": 12, "I": 22, "V": 13, "X": 7, "M": 5, "Q": 2}


def test_all_seventy_two_rules_of_the_field_exist_and_no_other():
    wanted = {
        f"{letter}{number:02}"
        for letter, most in RULES_OF_THE_FIELD.items()
        for number in range(1, most + 1)
    }

    assert len(wanted) == 72
    assert {rule.id for rule in looking.RULES} == wanted


@pytest.mark.parametrize("name", EVERY)
def test_every_finding_leads_to_the_page_where_it_is_mended(name):
    for one in looked(name).open:
        assert reverse(one.rule.way.page, args=[name[:6], name[7:], *one.place.args]), one.rule.id


def test_every_rule_stands_once_and_tells_where_it_is_mended():
    numbers = [rule.id for rule in looking.RULES]

    assert len(set(numbers)) == len(numbers)
    assert all(
        one.message
        and one.why
        and one.example
        and one.source
        and one.way.page
        and "{" not in one.title
        for one in looking.RULES
    )
    assert {rule.theme for rule in looking.RULES} == set(looking.THEMES)
