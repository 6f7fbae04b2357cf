"""Councils, contracts, coordinators and who was asked, as a report tells them: read from the seed's own documents."""

import json
from decimal import Decimal
from itertools import groupby

import pytest
from django.template.loader import render_to_string

from reports.document import shape
from reports.document.reading.asked import resources, surveys
from reports.document.reading.bodies import bodies
from reports.document.reading.councils import agreements
from reports.document.reading.plan import issues_by_key
from reports.document.reading.sharing import depths, in_tree_order
from reports.document.reading.year import _goals
from reports.document.year_bodies import Bodies
from reports.management.commands.load_demo import DOCUMENTS
from reports.paper.parts.bodies import Entry, Group, groups


def year(name):
    """Return a document of the demo with every default written out."""
    data = json.loads((DOCUMENTS / f"{name}.json").read_text(encoding="utf-8"))
    problems = []
    made = shape.checked(data, problems)
    assert problems == []
    return json.loads(made.model_dump_json())


def entries(name, code):
    [group] = [one for one in groups(bodies(year(name))) if one.code == code]
    return {one.title: one for one in group.entries}


def test_a_year_without_bodies_has_no_part_of_them():
    assert bodies({}) == Bodies()
    assert groups(Bodies()) == ()


def test_a_body_whose_name_stays_with_its_town_has_that_of_its_kind():
    document = year("990019-2026")
    (base,) = document["bases"]
    unnamed = document | {"bases": [base | {"organization": None, "name": ""}]}

    [group] = [one for one in groups(bodies(unnamed)) if one.code == "bases"]

    assert [one.title for one in group.entries] == ["在宅医療に必要な連携を担う拠点"]


def test_the_label_of_a_box_never_stands_without_its_text_unless_no_page_holds_both():
    group = Group(
        "meetings", "会議", (Entry("会議", boxes=(("次回", "6月"), ("要旨", "話\n" * 13))),)
    )
    drawn = render_to_string("reports/paper/_body_group.html", {"group": group})

    assert '<tr class="whole"><th scope="row">次回</th>' in drawn
    assert '<tr><th scope="row">要旨</th>' in drawn


def test_the_functions_of_a_council_are_numbered_with_their_details():
    council = entries("082015-2023", "councils")["在宅医療・介護連携推進協議体（仮）"]
    functions = dict(council.boxes)["機能"].split("\n")

    assert [line.strip()[0] for line in functions] == list("(((①②③(")
    assert "準備中（令和6年度末に設置の予定）" in council.facts


def test_working_groups_stand_below_their_council():
    councils = entries("082015-2023", "councils")

    assert councils["専門職向け研修会WG"].depth == 1


def test_the_answers_of_fukuchiyama_are_computed_half_up():
    survey = entries("262013-2023", "surveys")["介護認定の更新対象者に対するアンケート"]
    [table] = survey.tables

    assert [row[1:] for row in table.rows] == [
        ("160", "71.4％"),
        ("14", "6.3％"),
        ("29", "12.9％"),
        ("21", "9.4％"),
    ]


def test_the_answers_of_fukuchiyama_have_their_bars():
    survey = entries("262013-2023", "surveys")["介護認定の更新対象者に対するアンケート"]
    [table] = survey.tables

    assert list(table.shares) == [Decimal(one) for one in ("71.4", "6.3", "12.9", "9.4")]
    page = render_to_string("reports/paper/_body_table.html", {"table": table})
    assert 'd="M0 0h71.4v8h-71.4z"' in page


def a_survey(*questions):
    row = {"distributed": None, "respondents": 200} | dict.fromkeys(
        ("title", "target_text", "when", "way", "source", "note"), "調査"
    )
    return {"published_surveys": [row | {"questions": list(questions)}]}


def a_question(key, text, answers, **fields):
    rows = [
        {"label": label, "count": count, "percent": None, "rank": None}
        | ({"is_suppressed": True} if count is None else {})
        for label, count in answers.items()
    ]
    told = {"key": key, "number": "", "text": text, "respondents": None, "note": ""}
    return told | {"answers": rows} | fields


def test_questions_side_by_side_say_that_they_differ_and_hidden_answers_stay_hidden():
    done = a_question("done", "連携したことがある", {"薬局": 20, "訪問看護": None})
    wish = a_question(
        "wish", "連携してみたい", {"訪問看護": 90, "薬局": 140, "その他": 1}, beside_key="done"
    )
    [group] = groups(bodies(a_survey(done, wish)))
    *_, table = group.entries[0].tables

    assert table.title == "並べて見る（設問が異なります）：連携してみたい／連携したことがある"
    assert table.rows == (("訪問看護", "45.0％", "x"), ("薬局", "70.0％", "10.0％"))
    assert group.entries[0].tables[0].shares == (Decimal("10.0"), None)


def test_percentages_without_a_number_of_answers_are_told_as_printed():
    survey = entries("222224-2023", "surveys")["令和4年度高齢者等実態調査"]

    assert [table.rows[0][-1] for table in survey.tables] == ["51.0％", "31.2％"]


def test_a_percentage_and_a_rank_are_told_as_the_survey_prints_them():
    answers = [
        {"label": "移送サービス", "count": None, "percent": "25.25", "rank": 1},
        {"label": "外出同行", "count": None, "percent": None, "rank": 2},
        {"label": "見守り", "count": 3, "percent": "25.25", "rank": None},
    ]
    survey = {"distributed": None, "respondents": 7} | dict.fromkeys(
        ("title", "target_text", "when", "way", "source", "note"), "調査"
    )
    question = {"number": "問1", "text": "何が要りますか。", "respondents": None, "note": ""}
    [line] = surveys(
        {"published_surveys": [survey | {"questions": [question | {"answers": answers}]}]}
    )

    assert [one.percent for one in line.questions[0].answers] == ["25.25％　1位", "2位", "42.9％"]


def test_resources_stand_kind_by_kind_as_on_their_page():
    document = year("262013-2023")
    kinds = [line.kind for line in resources(document)]

    assert [kind for kind, _ in groupby(kinds)] == list(dict.fromkeys(kinds))
    assert kinds[0] == "病院"


def test_an_issue_tells_what_it_is_drawn_from():
    document = year("262013-2023")
    told = {key: line.figures for key, line in issues_by_key(document).items()}

    assert told["issue-9"][-1] == "根拠：ヒアリング　退院カンファレンス"
    [asked] = [line for line in told["issue-11"] if line.startswith("根拠：")]
    assert asked.startswith("根拠：介護予防・日常生活圏域ニーズ調査　希望する生活場所、在宅生活")


def test_an_issue_tells_nothing_of_a_survey_that_stays_in_the_house():
    document = year("262013-2023")
    document["hearing_topics"] = []

    assert issues_by_key(document)["issue-9"].figures == ()


def test_both_sides_of_a_topic_stand_beside_each_other():
    topic = entries("262013-2023", "hearings")["退院カンファレンス"]
    [table] = topic.tables

    assert table.heads == ("ケアマネジャー", "市立福知山市民病院")
    assert len(table.rows) == 1


def test_a_subcontract_stands_below_its_contract():
    contracts = entries("141003-2023", "contracts")

    assert sorted(one.depth for one in contracts.values()) == [0, 0, 1]


@pytest.mark.parametrize("name", [path.stem for path in sorted(DOCUMENTS.glob("*.json"))])
def test_every_year_of_the_demo_reads_complete(name):
    """Nothing that a council, contract or structure holds gets lost between document and paper."""
    document = year(name)
    told = json.dumps(
        [
            [one.title, one.facts, one.boxes, [t.rows for t in one.tables]]
            for group in groups(bodies(document))
            for one in group.entries
        ],
        ensure_ascii=False,
    )

    for part, texts in (
        ("councils", ("name", "purpose", "theme", "note")),
        ("contracts", ("title", "expectation", "reality", "gap", "agreement", "merits")),
        ("structures", ("name", "background", "axes_note")),
    ):
        for row in document[part]:
            for text in texts:
                assert json.dumps(row[text], ensure_ascii=False)[1:-1] in told


def test_rows_in_a_circle_are_not_lost():
    rows = [{"key": "a", "parent": "b"}, {"key": "b", "parent": "a"}, {"key": "c", "parent": None}]

    assert {row["key"] for row in in_tree_order(rows, "parent")} == {"a", "b", "c"}
    assert depths(rows, "parent")["c"] == 0


def test_a_goal_is_a_draft_until_a_meeting_has_agreed_to_it():
    goal = {"key": "g", "scene": "end_of_life", "text": "望む場所で過ごせる"}
    council = {"key": "c", "name": "全体会"}
    meeting = {
        "key": "m",
        "council": "c",
        "title": "",
        "number": 1,
        "held_on": "2026-05-20",
        "planned": "",
    }
    decision = {"kind": "agreed", "desired_state": "g", "meeting": "m", "meeting_lead": ""}
    document = {"councils": [council], "meetings": [meeting], "decisions": [decision]}

    [draft] = [one for one in _goals([goal], {}) if one.text]
    [agreed] = [one for one in _goals([goal], agreements(document)) if one.text]

    assert draft.agreed == ""
    assert agreed.agreed == "協議体で合意　全体会 第1回 （令和8年5月20日）"
    assert agreements(document | {"decisions": [decision | {"kind": "continued"}]}) == {}
