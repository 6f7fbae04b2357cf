"""現状の数字: an issue shows the latest values of the indicators chosen for it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.figures import issue_figures
from indicators.models import Indicator, IssueFigure, Measurement, OwnDefinition
from logicmodels.models import Issue
from municipalities.models import Change

pytestmark = pytest.mark.django_db

PLAN = "/m/990019/2026/scenes/"
FIGURES = "/m/990019/2026/issues/issue-2/figures/"
TAG = re.compile(r"<[^>]+>|\s+")


def words(response):
    return TAG.sub("", response.content.decode())


@pytest.fixture
def followed(here):
    """Two indicators of the year, the first with values of three years, the second with none."""
    made = []
    for number in (1, 2):
        own = OwnDefinition.objects.create(
            key=f"own-figure-{number}", name=f"数{number}", unit="人"
        )
        indicator = Indicator(cycle=here, key=f"figure-{number}", position=100 + number)
        indicator.follow(own)
        indicator.save()
        made.append(indicator)
    for year, value in ((2024, 10), (2025, 1234), (2027, 99)):
        row = Measurement(
            key=f"v-{year}", fiscal_year=year, value=value, state="value", source="市の調査"
        )
        row.follow(made[0].own_definition)
        row.save()
    return made


def chosen(here):
    rows = IssueFigure.objects.filter(cycle=here, issue__key="issue-2")
    return sorted(rows.values_list("indicator__key", flat=True))


def test_the_plan_shows_the_latest_value_of_the_year_with_its_source(as_editor, followed, here):
    as_editor.post(FIGURES, {"indicators": ["figure-1", "figure-2"]})
    shown = words(as_editor.get(PLAN))

    assert "数1：1,234人令和7年度（2025年度）、市の調査" in shown
    assert "数2：（未入力）" in shown
    assert "99人" not in shown


def test_the_choice_is_proposed_again_and_can_be_taken_back(as_editor, followed, here):
    as_editor.post(FIGURES, {"indicators": ["figure-1", "figure-2"]})
    form = as_editor.get(FIGURES).context["form"]
    assert sorted(form.initial["indicators"]) == ["figure-1", "figure-2"]

    as_editor.post(FIGURES, {"indicators": ["figure-2"]})
    assert chosen(here) == ["figure-2"]
    as_editor.post(FIGURES)
    assert chosen(here) == []
    deeds = Change.objects.filter(model="indicators.issuefigure").values_list("deed", flat=True)
    assert sorted(deeds) == ["create", "create", "delete", "delete"]


def test_sending_twice_changes_nothing(as_editor, followed, here):
    posts = [as_editor.post(FIGURES, {"indicators": ["figure-1"]}) for _ in range(3)]

    assert {post.headers["Location"] for post in posts} == {f"{PLAN}#issue-2"}
    assert chosen(here) == ["figure-1"]
    assert Change.objects.filter(model="indicators.issuefigure").count() == 1


def test_an_indicator_that_is_not_of_the_year_is_refused(as_editor, followed, here):
    response = as_editor.post(FIGURES, {"indicators": ["figure-1", "somebodys"]})

    assert response.status_code == 422
    assert chosen(here) == []


def test_without_indicators_the_page_says_where_approximate_numbers_go(
    as_editor, here, monkeypatch
):
    monkeypatch.setattr(issue_figures, "choices", lambda cycle: [])

    assert "730人程度/月" in words(as_editor.get(FIGURES))


def test_all_issues_take_two_queries(followed, here):
    issues = Issue.objects.filter(cycle=here)
    for issue in issues:
        for indicator in followed:
            IssueFigure.objects.create(
                cycle=here,
                issue=issue,
                indicator=indicator,
                key=f"{issue.key}-{indicator.key}",
            )
    with CaptureQueriesContext(connection) as queries:
        figures = issue_figures.of(here)
        texts = [figure.text for one in figures.values() for figure in one]

    assert len(queries) == 2
    assert texts.count("1,234人") == len(issues)


def test_a_viewer_may_look_at_the_plan_but_not_choose(sign_in):
    viewer = sign_in("viewer")

    assert viewer.get(FIGURES).status_code == 403
    assert viewer.post(FIGURES, {"indicators": ["figure-1"]}).status_code == 403
