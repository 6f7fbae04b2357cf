"""What the rules of indicators find in the demo towns, and that they read no more than one query.

Expected by reading the documents. 福知山市 is the measure of domain.md 6.2: its table has twenty indicators at six
outcomes, all of them counts, none with a value of its own, baseline, target or source. Two more only show how
things stand for issues; nothing is asked of them. Of its names one joins two things (「情報共有、意見交換をする場」);
the pair 個別・圏域 of the seed is two indicators in the document. Its support has chosen 看取り, which has two indicators.
"""

from collections import Counter

import pytest

from indicators.rules import RULES
from indicators.rules.reading import definition_rows
from municipalities.kernel.findings import look
from tests.indicators import rule_years
from tests.indicators.rule_years import demo, looked_at

EXPECTED = {
    # No number is followed.
    "082015-2023": {},
    "151009-2023": {},
    # Two surveys that were asked once, without a goal; both tell of 看取り and 日常.
    "222224-2023": {"I05": 2, "I06": 2, "I07": 2, "I19": 2},
    # V02: the share of offices in the network was told for 2022, not for the year of the document.
    "262013-2023": {
        "I01": 6,
        "I04": 20,
        "I05": 20,
        "I06": 20,
        "I07": 20,
        "I14": 1,
        "I17": 1,
        "I18": 1,
        "I21": 1,
        "V02": 1,
    },
}


def counted(name):
    return dict(Counter(one.rule.id for one in look(RULES, looked_at(demo(name)))))


@pytest.mark.parametrize("name", EXPECTED)
def test_a_demo_town_is_told_what_its_document_lacks(name):
    assert counted(name) == EXPECTED[name]


def test_the_example_town_is_told_what_was_left_open_on_purpose():
    found = look(RULES, looked_at(demo("990019-2026")))
    told = {(one.rule.id, one.place.label) for one in found}
    # Two numbers of which it is not clear yet how they are to be counted.
    assert {label for rule, label in told if rule == "I05"} == {
        "急変時に多職種が連携したケース数",
        "感染症発生時に多職種連携し在宅療養支援をした数",
    }
    # Eleven patients of one trial office: too few to be shown, too few to be believed.
    trial = "希望した場所で最期を迎えられた人の割合　令和8年度（2026年度）"
    assert {("V06", trial), ("V07", trial)} <= told
    # The one own definition that does not say how often; the two others do.
    assert [label for rule, label in told if rule == "I04"] == [
        "退院前カンファレンスへのケアマネジャー参加率"
    ]
    # A survey of residents stands at an outcome, and the chosen scenes have indicators.
    assert not {"I18", "I19", "I03", "I08", "V03", "V05"} & {rule for rule, _ in told}


def test_a_village_without_a_station_is_not_asked_for_a_number_it_cannot_have():
    # V12: twelve users in September, where fourteen are aimed at.
    assert counted("990035-2026") == {"I19": 1, "V12": 1}


@pytest.mark.parametrize("name", ["262013-2023", "990019-2026"])
def test_definitions_are_read_in_one_query(name, here, django_assert_num_queries):
    document = rule_years.document(demo(name))
    with django_assert_num_queries(1):
        rows = definition_rows(document)
    assert rows == {code: rule_years.definitions(document)[code] for code in rows}
    assert rows
