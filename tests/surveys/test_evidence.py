"""Evidence of issues: chosen at the result, shown at the issue, one query for a page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from logicmodels.models import Issue
from municipalities.kernel.changes import Change
from surveys import evidence
from surveys.models import HearingTopic, IssueEvidence, PublishedQuestion, PublishedSurvey

pytestmark = pytest.mark.django_db
YEAR = "/m/990019/2026/"
LIST = f"{YEAR}surveys/"


@pytest.fixture
def issue(here):
    return Issue.objects.create(cycle=here, key="i", text="自宅で過ごせない", scene="discharge")


@pytest.fixture
def question(here):
    survey = PublishedSurvey.objects.create(cycle=here, key="s", title="更新対象者の調査")
    return PublishedQuestion.objects.create(
        cycle=here, survey=survey, key="q", number="問11", text="どこで生活したいですか"
    )


@pytest.fixture
def topic(here):
    return HearingTopic.objects.create(cycle=here, key="t", title="日程調整")


def test_a_result_is_chosen_as_evidence_and_shown_at_the_issue(as_editor, issue, question):
    url = f"{LIST}questions/q/issues/"
    assert "自宅で過ごせない" in as_editor.get(url).content.decode()
    as_editor.post(url, {"issues": ["i"]})

    for page in (f"{YEAR}scenes/", f"{YEAR}scenes/discharge/"):
        shown = as_editor.get(page).content.decode()
        assert "問11 どこで生活したいですか" in shown
        assert f"{LIST}s/#question-q" in shown
    assert "自宅で過ごせない" in as_editor.get(f"{LIST}s/").content.decode()


def test_what_is_no_longer_ticked_goes_and_is_recorded(as_editor, issue, topic):
    url = f"{LIST}topics/t/issues/"
    as_editor.post(url, {"issues": ["i"]})
    assert "日程調整" in as_editor.get(f"{YEAR}scenes/").content.decode()
    as_editor.post(url, {"issues": []})

    assert not IssueEvidence.objects.filter(topic=topic).exists()
    assert Change.objects.filter(model="surveys.issueevidence", deed="delete").exists()


def test_what_is_chosen_twice_is_there_once(as_editor, issue, topic):
    for _ in range(2):
        as_editor.post(f"{LIST}topics/t/issues/", {"issues": ["i"]})

    assert IssueEvidence.objects.filter(topic=topic).count() == 1


def test_an_issue_that_is_not_there_is_refused(as_editor, issue, topic):
    response = as_editor.post(f"{LIST}topics/t/issues/", {"issues": ["nobody"]})

    assert response.status_code == 422
    assert not IssueEvidence.objects.filter(topic=topic).exists()


def test_a_result_takes_its_evidence_along(as_editor, here, issue, question):
    IssueEvidence.objects.create(cycle=here, key="e", issue=issue, question=question)
    as_editor.post(f"{LIST}questions/q/delete/", {"base_version": 1})

    assert not IssueEvidence.objects.filter(key="e").exists()


def test_the_evidence_of_all_issues_is_one_query(here, issue, question, topic):
    IssueEvidence.objects.create(cycle=here, key="e", issue=issue, question=question)
    IssueEvidence.objects.create(cycle=here, key="f", issue=issue, topic=topic, position=1)

    with CaptureQueriesContext(connection) as queries:
        found = evidence.by_issue(here)
        names = [(str(row), str(row.question and row.question.survey)) for row in found[issue.pk]]

    assert len(queries) == 1
    assert names == [
        ("問11 どこで生活したいですか", "更新対象者の調査"),
        ("日程調整", "None"),
    ]
