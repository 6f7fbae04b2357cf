"""Posts of a structure: their forms, the post above, the parts of their people."""

import html
import re

import pytest

from coordinators.models import Post, Staffing
from municipalities.kernel import submission_keys
from municipalities.models import Organization
from tests.coordinators import rows

pytestmark = pytest.mark.django_db

TEAM = "/m/990019/2026/coordinators/team/"
TAG = re.compile(r"<[^>]+>|\s+")


def words(response):
    return TAG.sub("", html.unescape(response.content.decode()))


def fields(**values):
    return {
        "organization": "",
        "name": "市内の病院",
        "level": "municipal_field",
        "role": "coordinator",
        "submission_key": submission_keys.new(),
        "base_version": "1",
    } | values


@pytest.fixture
def team(here):
    return rows.structure("team")


def test_a_post_takes_the_name_of_its_body_from_the_register(as_editor, team):
    body = Organization.objects.get(key="ishikai")
    response = as_editor.post(
        f"{TEAM}posts/add/", fields(organization=body.pk, name="", people="４", fte="2.5")
    )

    assert response.status_code == 302
    made = Post.objects.get(structure=team)
    assert (made.name, made.people, str(made.fte)) == (body.name, 4, "2.50")
    assert f"{body.name}" in words(as_editor.get(TEAM))


def test_a_post_may_leave_everything_open(as_editor, team):
    as_editor.post(f"{TEAM}posts/add/", fields(name="", level="unstated"))

    made = Post.objects.get(structure=team)
    assert (made.people, made.level, made.name) == (None, "unstated", "")
    assert "市町村（区分の記載なし）" in words(as_editor.get(TEAM))


@pytest.mark.parametrize("typed", ["多数", "-1", "99999", "2.5"])
def test_what_is_no_count_is_said_and_nothing_is_written(as_editor, team, typed):
    response = as_editor.post(f"{TEAM}posts/add/", fields(people=typed))

    assert response.status_code == 422
    assert "人数は、" in words(response)
    assert typed in response.content.decode()
    assert not Post.objects.filter(structure=team).exists()


class TestTheOneAbove:
    def choices(self, response):
        return {value for value, _ in response.context["form"].fields["upper"].choices if value}

    def test_is_of_the_same_structure_and_never_below(self, as_editor, team):
        top = rows.post(team, "top", level="municipal_lead")
        middle = rows.post(team, "middle", upper=top)
        rows.post(team, "bottom", upper=middle)
        beside = rows.post(team, "beside")
        rows.post(rows.structure("other"), "foreign")

        response = as_editor.get(f"{TEAM}posts/middle/edit/")

        found = {choice.value for choice in self.choices(response)}
        assert found == {top.pk, beside.pk}

    def test_a_circle_is_refused_with_a_sentence(self, as_editor, team):
        top = rows.post(team, "top")
        below = rows.post(team, "below", upper=top)

        response = as_editor.post(f"{TEAM}posts/top/edit/", fields(upper=below.pk))

        assert response.status_code == 422
        assert "この配置の下にある配置は選べません" in words(response)
        top.refresh_from_db()
        assert top.upper_id is None

    def test_a_post_of_another_structure_is_refused(self, as_editor, team):
        rows.post(team, "desk")
        foreign = rows.post(rows.structure("other"), "foreign")

        response = as_editor.post(f"{TEAM}posts/desk/edit/", fields(upper=foreign.pk))

        assert response.status_code == 422

    def test_a_post_to_which_others_are_joined_stays(self, as_editor, team):
        top = rows.post(team, "top")
        rows.post(team, "below", upper=top)

        response = as_editor.post(f"{TEAM}posts/top/delete/", {"base_version": "1"})

        assert response.status_code == 409
        assert Post.objects.filter(pk=top.pk).exists()


class TestStaffing:
    def test_parts_are_added_edited_moved_and_deleted(self, as_editor, team):
        desk = rows.post(team, "desk", people=4)
        for employment, people in (("full_time", "2"), ("part_time", "1")):
            response = as_editor.post(
                f"{TEAM}posts/desk/staffings/add/",
                {
                    "employment": employment,
                    "duty": "dedicated",
                    "people": people,
                    "submission_key": submission_keys.new(),
                },
            )
            assert response.headers["Location"].endswith("posts/desk/#staffing")
        first, second = Staffing.objects.filter(post=desk)
        assert first.structure == team
        told = words(as_editor.get(f"{TEAM}posts/desk/"))
        assert "内訳の合計3人と人数4人が合っていません" in told

        as_editor.post(
            f"{TEAM}staffings/{second.key}/edit/",
            {"employment": "part_time", "duty": "dedicated", "people": "2", "base_version": "1"},
        )
        assert "合っていません" not in words(as_editor.get(f"{TEAM}posts/desk/"))

        as_editor.post(f"{TEAM}staffings/{second.key}/up/")
        assert Staffing.objects.filter(post=desk).first() == second

        as_editor.post(f"{TEAM}staffings/{first.key}/delete/", {"base_version": first.version + 1})
        assert list(Staffing.objects.filter(post=desk)) == [second]

    def test_a_part_needs_its_number(self, as_editor, team):
        rows.post(team, "desk")
        typed = {"employment": "full_time", "duty": "dedicated", "people": ""}
        response = as_editor.post(
            f"{TEAM}posts/desk/staffings/add/", typed | {"submission_key": submission_keys.new()}
        )

        assert response.status_code == 422
        assert "人数を入力してください" in words(response)


def test_a_viewer_may_read_a_post_and_not_write_it(sign_in, team):
    rows.staffing(rows.post(team, "desk", people=1))
    viewer = sign_in("viewer")

    assert "内訳を追加する" not in words(viewer.get(f"{TEAM}posts/desk/"))
    assert viewer.post(f"{TEAM}posts/desk/edit/", fields()).status_code == 403
    assert viewer.post(f"{TEAM}posts/desk/staffings/add/", {"people": "1"}).status_code == 403
