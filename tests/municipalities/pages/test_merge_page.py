"""The merge page says whose text was saved first: a colleague's, or one's own from another window."""

import re

import pytest

from logicmodels.models import Activity, DesiredState
from municipalities.models import Membership, Organization, User

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


def test_what_is_chosen_from_a_list_is_told_in_words_and_chosen_again(as_editor, here):
    """Codes and ids are nobody's words: state and body appear by their labels, mine in a list."""
    ishikai, hokenjo = (Organization.objects.get(key=key) for key in ("ishikai", "hokenjo"))
    address = "/m/990019/2026/activities/activity-1/edit/"
    form = {"name": "名称", "scene": "discharge", "work_item": "training", "execution": "direct"}
    form |= {"funding": "unstated", "audience": "adviser", "base_version": "1"}
    theirs = form | {"status": "done", "executor": hokenjo.pk}
    mine = form | {"status": "stopped", "executor": ""}

    as_editor.post(address, theirs)
    asked = as_editor.post(address, mine)
    page = asked.content.decode()

    assert asked.status_code == 409
    assert [one["theirs"] for one in asked.context["conflicts"]] == ["終了", hokenjo.name]
    assert [one["base"] for one in asked.context["conflicts"]] == ["実施中", ishikai.name]
    assert '<option value="stopped" selected>中止</option>' in page
    assert '<option value="" selected>（指定しない）</option>' in page
    answer = asked.context["settled"] | mine | {"base_version": "2", "choose-executor": "theirs"}
    assert as_editor.post(address, answer).status_code == 302
    row = Activity.objects.get(cycle=here, key="activity-1")
    assert (row.status, row.executor) == ("stopped", hokenjo)


def test_a_row_saved_a_thousand_times_is_still_saved_without_a_merge(as_editor, here):
    """The version goes through the page: with a separator (1,234) it would be read as another one."""
    DesiredState.objects.filter(cycle=here, scene="end_of_life").update(version=1234)
    page = as_editor.get(GOAL).content.decode()
    shown = re.search(r'name="base_version" value="([^"]*)"', page)[1]

    answer = as_editor.post(
        GOAL, {"base_version": shown, "text": "千回目の文", "audience": "adviser"}
    )

    assert shown == "1234"
    assert answer.status_code == 302
