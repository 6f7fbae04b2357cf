"""What an adviser is typing survives a closed browser: kept under the report, for its author only."""

import pytest

from municipalities.kernel import submission_keys
from municipalities.kernel.drafts import Draft
from municipalities.models import Membership
from tests import world

pytestmark = pytest.mark.django_db
NUMBER = f"{world.OURS}-{world.YEAR}-interim-1"
REVIEW = f"/review/{NUMBER}/"
FORMS = {
    f"{REVIEW}lessons/method/edit/": f"method-{NUMBER}",
    f"{REVIEW}advice/add/": f"own-advice-new-{NUMBER}",
    f"{REVIEW}advice/own-advice-1/edit/": f"own-advice-own-advice-1-{NUMBER}",
}


def keep(client, key, **fields):
    return client.post(f"{REVIEW}drafts/{key}/", {"base_version": "1"} | fields)


@pytest.mark.parametrize("address", FORMS)
def test_the_form_names_its_draft_and_gets_it_back(as_adviser, address):
    key = FORMS[address]
    name = "texts" if address.endswith("add/") else "text"
    assert f'data-draft-url="{REVIEW}drafts/{key}/"' in as_adviser.get(address).content.decode()

    assert keep(as_adviser, key, **{name: "書きかけの助言"}).status_code == 200

    page = as_adviser.get(address).content.decode()
    assert "保存していない入力があります" in page
    assert f'action="{REVIEW}drafts/{key}/discard/"' in page
    assert "書きかけの助言" in as_adviser.get(f"{address}?draft").content.decode()


def test_saving_drops_it(as_adviser, here):
    key = FORMS[f"{REVIEW}lessons/method/edit/"]
    keep(as_adviser, key, text="書きかけ")
    as_adviser.post(f"{REVIEW}lessons/method/edit/", {"base_version": "0", "text": "書いた"})

    assert not Draft.objects.exists()


def test_discarding_drops_it_and_leads_back_to_the_report(as_adviser, here):
    key = f"own-advice-new-{NUMBER}"
    keep(as_adviser, key, texts="書きかけ")
    response = as_adviser.post(f"{REVIEW}drafts/{key}/discard/")

    assert response.headers["Location"] == REVIEW
    assert not Draft.objects.exists()


def test_another_adviser_does_not_see_it(as_adviser, sign_in, people, here):
    Membership.objects.filter(user=people["neighbour-adviser"]).update(scope_code=world.OURS)
    keep(as_adviser, f"method-{NUMBER}", text="私の書きかけ")

    other = sign_in("neighbour-adviser").get(f"{REVIEW}lessons/method/edit/?draft")
    assert "私の書きかけ" not in other.content.decode()


def test_staff_and_advisers_after_their_term_keep_none(as_adviser, as_editor, people, here):
    assert keep(as_editor, "method", text="職員の文").status_code == 403
    Membership.objects.filter(user=people["adviser"]).update(valid_to="2020-12-31")

    assert keep(as_adviser, "method", text="あとの文").status_code == 404
    assert not Draft.objects.exists()


def test_own_advice_is_added_once_and_its_draft_dropped(as_adviser, here, people):
    key = f"own-advice-new-{NUMBER}"
    keep(as_adviser, key, texts="書きかけ")
    page = as_adviser.get(f"{REVIEW}advice/add/?draft")
    step = page.context["form"].fields["step"].queryset.first()
    fields = {"step": step.pk, "texts": "書きかけ", "scene": "all"}
    as_adviser.post(f"{REVIEW}advice/add/", fields | {"submission_key": submission_keys.new()})

    assert not Draft.objects.exists()


def test_the_form_beside_a_meeting_keeps_its_typing_too(as_adviser, here):
    """The year's own desk, without a report: the form on the list is the one that was left."""
    desk = f"/review/m/{world.OURS}/{world.YEAR}/"
    key = f"own-advice-new-{world.YEAR}"
    page = as_adviser.get(f"{desk}advice/").content.decode()
    assert f'data-draft-url="{desk}drafts/{key}/"' in page

    as_adviser.post(f"{desk}drafts/{key}/", {"base_version": "0", "texts": "話の途中の文"})
    assert "話の途中の文" in as_adviser.get(f"{desk}advice/").content.decode()

    response = as_adviser.post(f"{desk}drafts/{key}/discard/")
    assert response.headers["Location"] == f"{desk}advice/"
    assert "話の途中の文" not in as_adviser.get(f"{desk}advice/").content.decode()
