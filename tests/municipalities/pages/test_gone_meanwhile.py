"""Somebody deletes a row between another's reading and writing: a page that says so, never a broken one."""

import pytest
from django.db import IntegrityError
from django.http import Http404

from indicators.figures import issue_figures
from indicators.models import IssueFigure
from logicmodels.logic import placing_views
from logicmodels.models import Issue, LogicModel, Placement
from municipalities.kernel import submission_keys
from municipalities.pages import editing

pytestmark = pytest.mark.django_db
YEAR = "/m/990019/2026"


def test_a_row_that_is_gone_when_it_is_saved_is_not_found(as_editor, monkeypatch):
    save = editing.save

    def late(request, row, **options):
        IssueFigure.objects.filter(issue=row).delete()
        Issue.objects.filter(pk=row.pk).delete()
        return save(request, row, **options)

    monkeypatch.setattr(editing, "save", late)
    forms = {
        "base_version": "1",
        "scene": "discharge",
        "text": "書き換えた課題",
        "priority": "high",
    }
    response = as_editor.post(f"{YEAR}/issues/issue-1/edit/", forms)

    assert response.status_code == 404


def test_commands_on_a_model_that_is_gone_are_not_found(as_editor, monkeypatch, here):
    model = LogicModel.objects.get(key="model-1")
    model.cycle = here
    read = placing_views.model_of(type("Request", (), {"cycle": here})(), "model-1")
    read.pk = 10**9
    monkeypatch.setattr(placing_views, "model_of", lambda *_: read)

    for command in ("move", "detach", "split"):
        response = as_editor.post(f"{YEAR}/logic/model-1/placements/placement-1/{command}/")
        assert response.status_code == 404, command
    assert Placement.objects.filter(key="placement-1").exists()


def test_figures_of_an_issue_that_is_gone_are_not_found(here, people):
    issue = Issue.objects.get(key="issue-1")
    issue.pk = 10**9

    with pytest.raises(Http404):
        issue_figures.choose(issue, [], by=people["editor"])


def test_a_part_of_a_row_that_is_gone_is_refused_in_words(as_editor, here, monkeypatch):
    """Only the commit tells that a row points at nothing; the form comes back with what was typed."""

    def once(*_, deed, **__):
        raise IntegrityError("FOREIGN KEY constraint failed")

    monkeypatch.setattr(submission_keys, "once", once)
    response = as_editor.post(
        f"{YEAR}/activities/activity-1/results/add/",
        {"submission_key": submission_keys.new(), "text": "研修会を開いた", "when": "6月"},
    )

    assert response.status_code == 422
    page = response.content.decode()
    assert "ほかの人が削除しています" in page
    assert "研修会を開いた" in page
