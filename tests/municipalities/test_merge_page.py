"""The merge page says whose text was saved first: a colleague's, or one's own from another window."""

import pytest

from municipalities.models import Membership, User

pytestmark = pytest.mark.django_db
GOAL = "/m/990019/2026/scenes/end_of_life/goal/edit/"


@pytest.fixture
def as_colleague(sign_in, people):
    colleague = User.objects.create(username="colleague", display_name="高齢福祉課 係員")
    own = people["editor"].memberships.get()
    Membership.objects.create(
        user=colleague,
        role=own.role,
        scope_kind=own.scope_kind,
        scope_code=own.scope_code,
        valid_from=own.valid_from,
    )
    people["colleague"] = colleague
    return sign_in("colleague")


def saved_on_the_first_version(client, text):
    return client.post(GOAL, {"base_version": "1", "text": text})


def test_ones_own_other_window_is_named_as_such(as_editor):
    saved_on_the_first_version(as_editor, "一つ目の画面の文")
    page = saved_on_the_first_version(as_editor, "二つ目の画面の文").content.decode()

    assert "別の画面で先に保存されています" in page
    assert "ほかの人が" not in page
    assert "先に保存された文" in page


def test_a_colleagues_save_is_named_as_theirs(as_editor, as_colleague):
    saved_on_the_first_version(as_colleague, "係員の文")
    page = saved_on_the_first_version(as_editor, "担当者の文").content.decode()

    assert "ほかの人が先に保存しました" in page
    assert "高齢福祉課 係員が" in page
    assert "別の画面" not in page
