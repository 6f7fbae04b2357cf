"""課題整理表 through the front door: desired states, issues, their order and their deletion."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logicmodels.models import DesiredState, Issue
from municipalities.kernel import changes, submission_keys
from municipalities.models import Change, TrashItem
from municipalities.pages.ordering import distinct
from surveys.models import IssueEvidence

pytestmark = pytest.mark.django_db

YEAR = "/m/990019/2026/"
PLAN = f"{YEAR}scenes/"
TAG = re.compile(r"<[^>]+>|\s+")


def words(response):
    return TAG.sub("", response.content.decode())


def keys(client, scene):
    sheets = {sheet.scene.value: sheet for sheet in client.get(PLAN).context["sheets"]}
    return [issue.key for issue in sheets[scene].issues]


def post_issue(client, **values):
    form = {
        "scene": "emergency",
        "text": "連絡先が分からない",
        "priority": "undecided",
        "audience": "adviser",
        "submission_key": submission_keys.new(),
    }
    return client.post(f"{YEAR}issues/add/", form | values)


def test_scenes_stand_in_the_order_of_the_plan_the_whole_first(as_editor):
    sheets = as_editor.get(PLAN).context["sheets"]

    assert [sheet.scene.label for sheet in sheets] == [
        "すべての場面",
        "日常の療養支援",
        "入退院支援",
        "急変時の対応",
        "看取り",
    ]


def test_an_issue_shows_how_things_stand_what_lacks_and_why(as_editor, here):
    written = {
        "current_state": "入退院件数は730人程度/月",
        "gap": "家族に伝わっていない",
        "cause": "窓口が部署ごとに分かれている",
        "priority": "high",
    }
    post_issue(as_editor, **written)

    issue = Issue.objects.get(text="連絡先が分からない")
    assert {name: getattr(issue, name) for name in written} == written
    shown = words(as_editor.get(PLAN))
    for text in ("入退院件数は730人程度/月", "家族に伝わっていない", "窓口が部署ごと", "高い"):
        assert text in shown


def test_the_scene_of_the_address_is_proposed(as_editor):
    page = as_editor.get(f"{YEAR}issues/add/?scene=end_of_life")

    assert page.context["form"].initial["scene"] == "end_of_life"


def test_what_a_request_says_nothing_of_stays_as_it_is(as_editor, here):
    """A form that was opened before a choice was added neither fails nor resets it."""
    Issue.objects.filter(cycle=here, key="issue-2").update(priority="low", audience="internal")
    form = {"scene": "emergency", "text": "書き直した", "base_version": 1}
    response = as_editor.post(f"{YEAR}issues/issue-2/edit/", form)

    row = Issue.objects.get(cycle=here, key="issue-2")
    assert response.status_code == 302
    assert (row.text, row.priority, row.audience) == ("書き直した", "low", "internal")


def test_a_choice_nobody_knows_is_refused(as_editor):
    assert post_issue(as_editor, priority="urgent").status_code == 422


def test_the_whole_has_a_desired_state_of_its_own(as_editor, here):
    address = f"{PLAN}all/goal/edit/"
    text = "全ての市民が、住み慣れた地域で安心して暮らせる。"
    as_editor.post(address, {"text": text, "audience": "public", "base_version": 0})

    goal = DesiredState.objects.get(cycle=here, scene="all")
    assert (goal.text, goal.audience) == (text, "public")
    assert text in words(as_editor.get(PLAN))


def test_before_the_first_issue_a_towns_own_example_teaches(as_editor, here):
    IssueEvidence.objects.filter(cycle=here).delete()
    Issue.objects.filter(cycle=here).delete()
    shown = words(as_editor.get(PLAN))

    assert "茨城県水戸市、令和5年度（2023年度）" in shown
    assert "協議体が未設置であるため" in shown


def test_a_viewer_reads_the_plan_without_buttons(sign_in):
    shown = words(sign_in("viewer").get(f"{PLAN}?arrange=1"))

    for deed in ("追加する", "編集する", "数字を選ぶ", "上へ"):
        assert deed not in shown


class TestMoving:
    @pytest.fixture
    def three(self, here):
        IssueEvidence.objects.filter(cycle=here).delete()
        Issue.objects.filter(cycle=here).delete()
        for key in "abc":
            Issue.objects.create(cycle=here, key=key, text=key, scene="emergency", position=7)
        Issue.objects.create(cycle=here, key="other", text="x", scene="all", position=7)

    @pytest.mark.parametrize(
        ("key", "way", "expected"),
        [
            ("c", "up", ["a", "c", "b"]),
            ("a", "down", ["b", "a", "c"]),
            ("a", "up", ["a", "b", "c"]),
            ("c", "down", ["a", "b", "c"]),
        ],
    )
    def test_changes_places_with_the_neighbour(self, as_editor, three, key, way, expected):
        response = as_editor.post(f"{YEAR}issues/{key}/{way}/?arrange=1")

        assert response.headers["Location"] == f"{PLAN}?arrange=1#{key}"
        assert keys(as_editor, "emergency") == expected
        assert keys(as_editor, "all") == ["other"]

    def test_at_the_end_nothing_is_written(self, as_editor, three):
        before = Change.objects.count()
        as_editor.post(f"{YEAR}issues/a/up/")

        assert Change.objects.count() == before

    def test_does_not_overwrite_what_somebody_writes_meanwhile(self, as_editor, three, people):
        """The form opened before the move still saves: positions are not in it."""
        as_editor.post(f"{YEAR}issues/b/up/")
        form = {"scene": "emergency", "text": "書き直した", "base_version": 1}
        response = as_editor.post(f"{YEAR}issues/b/edit/", form)

        assert response.status_code == 302
        assert Issue.objects.get(key="b").text == "書き直した"
        assert keys(as_editor, "emergency")[0] == "b"

    def test_is_asked_for_by_a_button_only(self, as_editor, three):
        assert as_editor.get(f"{YEAR}issues/b/up/").status_code == 405


@given(st.lists(st.integers(0, 50)))
def test_distinct_positions_rise_and_change_only_what_must(positions):
    places = distinct(sorted(positions))

    assert all(one < other for one, other in itertools.pairwise(places))
    assert all(place >= position for place, position in zip(places, sorted(positions), strict=True))
    if len(set(positions)) == len(positions):
        assert places == sorted(positions)


class TestDeleting:
    def test_an_issue_goes_to_the_trash_and_comes_back(self, as_editor, here, people):
        post_issue(as_editor, priority="high")
        issue = Issue.objects.get(text="連絡先が分からない")
        gone = as_editor.post(
            f"{YEAR}issues/{issue.key}/delete/", {"base_version": issue.version}, follow=True
        )

        item = TrashItem.objects.get(title=issue.text)
        assert f'action="{YEAR}trash/{item.pk}/restore/"' in gone.content.decode()
        assert not Issue.objects.filter(key=issue.key).exists()
        as_editor.post(f"{YEAR}trash/{item.pk}/restore/")
        assert Issue.objects.get(key=issue.key).priority == "high"

    def test_what_was_changed_meanwhile_is_asked_again(self, as_editor, here, people):
        issue = Issue.objects.get(cycle=here, key="issue-2")
        issue.text = "ほかの人の文"
        changes.save_versioned(issue, by=people["editor"], expected_version=1, fields=["text"])
        response = as_editor.post(f"{YEAR}issues/issue-2/delete/", {"base_version": 1})

        assert response.status_code == 409
        assert "ほかの人の文" in words(response)
        assert Issue.objects.filter(pk=issue.pk).exists()

    def test_a_desired_state_goes_to_the_trash(self, as_editor, here):
        address = f"{PLAN}end_of_life/goal/delete/"
        as_editor.post(address, {"base_version": 1})

        assert not DesiredState.objects.filter(cycle=here, scene="end_of_life").exists()
        assert TrashItem.objects.filter(title__startswith="看取り：").exists()
        again = as_editor.get(address, follow=True)
        assert "まだ書かれていません" in words(again)

    def test_deleting_is_offered_where_a_row_is_edited_and_not_for_what_is_not_there(
        self, as_editor
    ):
        written = as_editor.get(f"{PLAN}discharge/goal/edit/").content.decode()
        unwritten = as_editor.get(f"{PLAN}all/goal/edit/").content.decode()

        assert f'href="{PLAN}discharge/goal/delete/"' in written
        assert f'href="{PLAN}all/goal/delete/"' not in unwritten

    def test_the_trash_is_found_from_the_plan_the_activities_and_the_year(self, as_editor):
        for page in (PLAN, f"{YEAR}activities/", YEAR):
            assert f'href="{YEAR}trash/"' in as_editor.get(page).content.decode()
