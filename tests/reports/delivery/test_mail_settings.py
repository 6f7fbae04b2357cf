"""The page on which a municipality chooses between attachment and link."""

import pytest

from municipalities.models import Change, Municipality
from tests import world

pytestmark = pytest.mark.django_db
URL = "/m/990019/2026/reports/mail-settings/"


def attaches():
    return Municipality.objects.get(code=world.OURS).attaches_reports


def test_it_switches_and_records(as_editor, here):
    assert as_editor.post(URL, {"way": "linked"}).status_code == 302

    assert not attaches()
    change = Change.objects.get(model="municipalities.municipality")
    assert change.after == {"attaches_reports": False}
    history = as_editor.get("/m/990019/2026/history/").content.decode()
    assert "報告書のPDFをメールに添付する" in history


def test_choosing_what_holds_already_records_nothing(as_editor, here):
    as_editor.post(URL, {"way": "attached"})

    assert attaches()
    assert not Change.objects.filter(model="municipalities.municipality").exists()


@pytest.mark.parametrize("way", ["", "fax"])
def test_a_strange_choice_is_explained(as_editor, way):
    response = as_editor.post(URL, {"way": way})

    assert response.status_code == 422
    assert attaches()


def test_only_who_edits_the_plan_may_choose(sign_in):
    assert sign_in("viewer").post(URL, {"way": "linked"}).status_code == 403
    assert sign_in("neighbour").post(URL, {"way": "linked"}).status_code == 404
    assert attaches()


def test_it_says_when_the_installation_attaches_nothing(as_editor, settings):
    settings.ATTACH_REPORTS = False
    assert "運営管理者の設定により" in as_editor.get(URL).content.decode()
