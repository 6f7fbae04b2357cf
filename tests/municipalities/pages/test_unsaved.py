"""A session or a page that expired while somebody wrote: nothing typed is lost, nothing is saved unasked."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from logicmodels.models import DesiredState
from municipalities.models import Change, Membership
from municipalities.tenancy import within
from tests import world

pytestmark = pytest.mark.django_db
GOAL = "/m/990019/2026/scenes/end_of_life/goal/edit/"
OURS = {"Origin": "http://testserver"}
TYPED = "書きかけの長い文。" * 1_000 + "👨‍👩‍👧‍👦葛󠄀𠮷\n二行目"


def sign_in_again(client):
    client.post("/account/login/", {"login": "editor", "password": world.PASSWORD})


def stored(cycle):
    with within(cycle.municipality):
        return DesiredState.objects.get(cycle=cycle, scene="end_of_life")


def test_after_signing_in_again_the_text_stands_in_the_form_unsaved(as_editor, cycle):
    Session.objects.all().delete()
    sent = as_editor.post(GOAL, {"base_version": "1", "text": TYPED}, headers=OURS)
    assert sent.headers["Location"].startswith("/account/login/?next=")
    sign_in_again(as_editor)

    page = as_editor.get(GOAL).content.decode()

    assert TYPED in page
    assert "まだ保存していません" in page
    assert stored(cycle).version == 1
    response = as_editor.post(GOAL, {"base_version": "1", "text": TYPED})
    assert response.status_code == 302
    assert stored(cycle).text == TYPED
    with within(cycle.municipality):
        assert Change.objects.of(stored(cycle)).filter(deed="edit").count() == 1


def test_the_text_is_shown_once_and_on_its_own_page_only(as_editor):
    Session.objects.all().delete()
    as_editor.post(GOAL, {"base_version": "1", "text": TYPED}, headers=OURS)
    sign_in_again(as_editor)

    assert TYPED not in as_editor.get(GOAL.replace("end_of_life", "emergency")).content.decode()
    assert TYPED in as_editor.get(GOAL).content.decode()
    assert TYPED not in as_editor.get(GOAL).content.decode()


def test_what_another_site_sends_is_not_kept(as_editor):
    """The negative control: without this a stranger could put words into somebody's form."""
    Session.objects.all().delete()
    for origin in ({}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
        as_editor.post(GOAL, {"base_version": "1", "text": "よその文"}, headers=origin)
    sign_in_again(as_editor)

    assert "よその文" not in as_editor.get(GOAL).content.decode()


def test_a_page_whose_protection_expired_shows_its_text_again(people, cycle):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people["editor"])
    sent = client.post(GOAL, {"base_version": "1", "text": TYPED}, headers=OURS)

    assert sent.headers["Location"] == GOAL
    assert TYPED in client.get(GOAL).content.decode()
    assert stored(cycle).version == 1


def test_a_forged_request_is_refused_as_before(people, cycle):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people["editor"])
    forged = {"Origin": "https://evil.example"}

    assert client.post(GOAL, {"base_version": "1", "text": "x"}, headers=forged).status_code == 403
    assert stored(cycle).version == 1


@pytest.mark.parametrize("version", ["9" * 5000, "９" * 9, "-1", "9" * 10])
def test_a_version_that_is_none_keeps_no_page_from_opening(as_editor, version):
    Session.objects.all().delete()
    as_editor.post(GOAL, {"base_version": version, "text": TYPED}, headers=OURS)
    sign_in_again(as_editor)

    response = as_editor.get(GOAL)

    assert response.status_code == 200
    assert 'name="base_version" value="0"' in response.content.decode()


class TestWhenTheRightEndsWithThePageOpen:
    """M03: refused for good; the text is offered for copying, once, and kept nowhere."""

    def end_term(self, people, username):
        Membership.objects.filter(user=people[username]).update(valid_to="2020-12-31")

    @pytest.mark.parametrize("status", [403, 404])
    def test_the_refusal_shows_what_was_typed(self, as_editor, people, cycle, status):
        if status == 403:
            Membership.objects.filter(user=people["editor"]).update(role="viewer")
        else:
            self.end_term(people, "editor")
        response = as_editor.post(GOAL, {"base_version": "1", "text": TYPED}, headers=OURS)

        assert response.status_code == status
        assert TYPED in response.content.decode()
        assert "保存していません" in response.content.decode()
        assert stored(cycle).version == 1
        assert "unsaved" not in as_editor.session

    def test_of_an_adviser_as_well(self, as_adviser, people):
        self.end_term(people, "adviser")
        address = "/review/990019-2026-interim-1/lessons/method/edit/"
        response = as_adviser.post(
            address, {"base_version": "0", "text": "<b>型</b>"}, headers=OURS
        )

        assert response.status_code == 404
        assert "&lt;b&gt;型&lt;/b&gt;" in response.content.decode()

    def test_what_was_chosen_or_sent_by_another_site_is_not_shown(self, as_editor, people):
        self.end_term(people, "editor")
        sent = {"base_version": "1", "text": "よその文", "scene": "end_of_life"}
        ours = as_editor.post(GOAL, sent, headers=OURS).content.decode()
        theirs = as_editor.post(GOAL, sent, headers={"Origin": "https://evil.example"})

        assert "end_of_life" not in ours
        assert "よその文" in ours
        assert "よその文" not in theirs.content.decode()

    def test_an_ordinary_absence_says_nothing_of_it(self, as_editor):
        for method in (as_editor.get, as_editor.post):
            assert "入力した文" not in method("/m/990027/2026/").content.decode()
