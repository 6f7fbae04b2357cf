"""課題の根拠にする: a compared public figure stands at an issue with its year and source, once."""

import pytest

from indicators.models import Indicator, IssueFigure, Measurement, PublishedValue
from tests import world
from tests.indicators.rows import follow, measure, publish, stored

SHARE = "aging_rate_75"
COMPARE = f"/m/990019/{world.YEAR}/compare/"
PAGE = f"{COMPARE}{SHARE}/issue/"
PLAN = f"/m/990019/{world.YEAR}/scenes/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted(here):
    Measurement.objects.filter(code=SHARE).delete()
    publish(SHARE, 2015, 11)
    publish(SHARE, 2020, 13)
    publish(SHARE, 2020, 15, place=("municipality", "990027"))


def ground(client, issue="issue-1"):
    return client.post(PAGE, {"issue": issue}, follow=True)


def shown_at(cycle, issue="issue-1"):
    rows = IssueFigure.objects.filter(cycle=cycle, issue__key=issue, indicator__code=SHARE)
    return rows.count()


def test_the_comparison_leads_to_it(counted, as_editor, sign_in):
    query = f"{COMPARE}?indicator={SHARE}"
    assert f'href="{PAGE}"' in as_editor.get(query).text
    assert PAGE not in sign_in("viewer").get(query).text
    assert sign_in("viewer").post(PAGE, {"issue": "issue-1"}).status_code == 403


def test_the_newest_value_stands_at_the_issue_with_its_year_and_source(counted, here, as_editor):
    assert not Indicator.objects.filter(cycle=here, code=SHARE).exists()
    assert "13.0％" in as_editor.get(PAGE).text

    answer = ground(as_editor)

    assert "課題の根拠にしました" in answer.text
    assert [(year, int(value)) for year, value, _ in stored(here, SHARE)] == [(2020, 13)]
    html = answer.text
    assert "13.0％" in html
    assert "令和2年度（2020年度）、国勢調査" in html
    assert shown_at(here) == 1


def test_pressed_twice_it_is_there_once(counted, here, as_editor):
    ground(as_editor)
    assert "すでに根拠にしています" in as_editor.get(PAGE).text

    assert "すでにこの課題の根拠です" in ground(as_editor).text
    assert shown_at(here) == len(stored(here, SHARE)) == 1


def test_it_stands_behind_the_figures_that_are_there(counted, here, as_editor):
    before = list(IssueFigure.objects.filter(issue__key="issue-1").order_by("position"))
    ground(as_editor)

    rows = list(IssueFigure.objects.filter(issue__key="issue-1").order_by("position", "pk"))
    assert rows[:-1] == before
    assert rows[-1].indicator.code == SHARE


def test_what_the_town_has_entered_itself_stays_and_is_shown(counted, here, as_editor):
    follow(here, SHARE)
    measure(here, SHARE, 2024, 20)
    assert "入力した値が並びます" in as_editor.get(PAGE).text

    ground(as_editor)

    assert [year for year, *_ in stored(here, SHARE)] == [2024]
    assert shown_at(here) == 1


def test_without_a_choice_the_page_asks(counted, here, as_editor):
    for issue in ("", "nobody"):
        answer = as_editor.post(PAGE, {"issue": issue})
        assert answer.status_code == 422
        assert "根拠にする課題" in answer.text
    assert shown_at(here) == 0


def test_of_a_figure_that_is_not_published_nothing_is_linked(counted, here, as_editor):
    PublishedValue.objects.filter(place_code="990019").delete()

    assert (
        "この年度までに公表された統計に、この市区町村の値はありません" in as_editor.get(PAGE).text
    )
    assert as_editor.post(PAGE, {"issue": "issue-1"}).status_code == 422
    assert shown_at(here) == 0
    assert as_editor.get(f"{COMPARE}nothing/issue/").status_code == 404


def test_an_issue_of_a_neighbour_cannot_be_chosen(counted, sign_in):
    publish(SHARE, 2021, 12, place=("municipality", "990027"), dataset="別の統計")
    answer = sign_in("neighbour").post(PAGE, {"issue": "issue-1"})
    assert answer.status_code == 404
