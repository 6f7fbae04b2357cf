"""取組台帳 through the front door: the list, one activity, its parts, deleting."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logicmodels.activities.register import folded
from logicmodels.choices import LETTERS_2015, WorkItem, work_item_with_letter
from logicmodels.models import (
    Activity,
    ActivityPartner,
    ActivityResult,
    Milestone,
    Placement,
)
from municipalities.kernel import submission_keys
from municipalities.models import Change, Organization, TrashItem

pytestmark = pytest.mark.django_db

LIST = "/m/990019/2026/activities/"
FIRST = f"{LIST}activity-1/"
TAG = re.compile(r"<[^>]+>|\s+")


def make(cycle, key, **values):
    return Activity.objects.create(cycle=cycle, key=key, **{"name": key, "position": 50} | values)


def fields(**values):
    """What the form sends, as a browser fills it in."""
    return {
        "name": "多職種が参画する研修の実施",
        "scene": "daily_care",
        "work_item": "training",
        "status": "planned",
        "execution": "direct",
        "funding": "unstated",
        "audience": "adviser",
        "submission_key": submission_keys.new(),
        "base_version": "1",
    } | values


def names(response):
    """Return the names of the listed activities by scene, as the page groups them."""
    return {
        group.scene.value: [activity.name for activity in group.activities]
        for group in response.context["groups"]
    }


def words(response):
    return TAG.sub("", response.content.decode())


class TestList:
    def test_groups_by_scene_in_the_order_of_the_plan_under_its_desired_state(
        self, as_editor, here
    ):
        make(here, "late", scene="end_of_life", position=1)
        make(here, "whole", scene="all", position=99)
        response = as_editor.get(LIST)

        assert list(names(response)) == [
            "all",
            "daily_care",
            "discharge",
            "emergency",
            "end_of_life",
        ]
        assert names(response)["all"] == ["whole"]
        assert "late" in names(response)["end_of_life"]
        assert "望む暮らしを続けられる" in words(response)

    def test_shows_who_for_whom_how_often_and_where_it_is_used(self, as_editor, here):
        row = Activity.objects.get(cycle=here, key="activity-1")
        row.target_group, row.times_min, row.times_max = "市内の病院", 2, 4
        row.save()
        shown = words(as_editor.get(LIST))

        for word in (
            "見本市医師会委託",
            "協力：見本保健所",
            "市内の病院",
            "年2～4回",
            "エ医療・介護",
        ):
            assert word in shown
        places = Placement.objects.filter(activity=row).count()
        assert f"{places}か所" in shown

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("scene=emergency", {"夜間ｺｰﾙ", "ICT研修"}),
            ("item=training", {"ICT研修", "看取り研修"}),
            ("q=ict", {"ICT研修"}),
            ("q=コール", {"夜間ｺｰﾙ"}),
            ("q=研修+看取り", {"看取り研修"}),
            ("scene=emergency&item=training&q=研修", {"ICT研修"}),
        ],
    )
    def test_is_cut_by_scene_item_and_words_of_any_width(self, as_editor, here, query, expected):
        Activity.objects.filter(cycle=here).exclude(key="activity-1").delete()
        make(here, "a", name="夜間ｺｰﾙ", scene="emergency")
        make(here, "b", name="ICT研修", scene="emergency", work_item="training")
        make(here, "c", name="看取り研修", scene="end_of_life", work_item="training")
        response = as_editor.get(f"{LIST}?{query}")

        assert {name for group in names(response).values() for name in group} == expected
        assert f"うち{len(expected)}件" in words(response)

    def test_a_filter_nobody_knows_cuts_nothing(self, as_editor, here):
        response = as_editor.get(f"{LIST}?scene=home&item=z&page=x")

        assert response.status_code == 200
        assert "退院支援ルールの見直し" in words(response)

    def test_what_is_found_nowhere_says_so(self, as_editor):
        assert "当てはまる取組はありません" in words(as_editor.get(f"{LIST}?q=どこにもない"))

    def test_200_rows_are_paged_and_printed_whole(self, as_editor, here):
        for number in range(200):
            make(here, f"n-{number}", scene="end_of_life")
        total = Activity.objects.filter(cycle=here).count()
        first, printed = as_editor.get(LIST), as_editor.get(f"{LIST}?print=1")

        assert sum(map(len, names(first).values())) == 100
        assert sum(map(len, names(printed).values())) == total
        assert "css/plan.css" in printed.content.decode()
        assert "取組を追加する" not in words(printed)

    def test_a_viewer_reads_it_without_buttons(self, sign_in):
        response = sign_in("viewer").get(f"{LIST}?arrange=1")

        assert response.status_code == 200
        assert "取組を追加する" not in words(response)
        assert "並べ替える" not in words(response)

    def test_before_the_first_it_teaches_with_a_towns_example(self, as_editor, here):
        Placement.objects.all().delete()
        for part in (ActivityPartner, Milestone, ActivityResult, Activity):
            part.objects.filter(cycle=here).delete()
        shown = words(as_editor.get(LIST))

        assert "茨城県水戸市" in shown
        assert "令和5年度（2023年度）" in shown
        assert "取組を追加する" in shown


class TestAdding:
    def test_keeps_every_field(self, as_editor, here):
        body = Organization.objects.get(key="ishikai")
        form = fields(
            description="年に4回\n集まる",
            executor=body.pk,
            times_min="２",
            times_max="4回",
            budget="1,200,000円",
            settled="0",
            frequency="月1回",
            period="令和8年度末まで",
        )
        response = as_editor.post(f"{LIST}add/", form)

        row = Activity.objects.get(cycle=here, name=form["name"])
        assert response.status_code == 302
        assert (row.times_min, row.times_max, row.budget, row.settled) == (2, 4, 1_200_000, 0)
        assert (row.executor, row.scene, row.description) == (body, "daily_care", "年に4回\n集まる")
        page = words(as_editor.get(f"{LIST}{row.key}/"))
        for shown in ("年2～4回", "1,200,000円", "決算額0円", "月1回", "令和8年度末まで", "直営"):
            assert shown in page

    def test_goes_behind_the_others(self, as_editor, here):
        as_editor.post(f"{LIST}add/", fields())

        last = Activity.objects.filter(cycle=here).order_by("-position").first()
        assert last.name == fields()["name"]

    def test_the_scene_of_the_address_is_proposed(self, as_editor):
        response = as_editor.get(f"{LIST}add/?scene=emergency")

        assert response.context["form"].initial["scene"] == "emergency"
        assert as_editor.get(f"{LIST}add/?scene=home").status_code == 200

    def test_too_few_times_at_most_are_refused_by_their_field(self, as_editor, here):
        response = as_editor.post(f"{LIST}add/", fields(times_min="5", times_max="4"))

        assert response.status_code == 422
        assert list(response.context["form"].errors) == ["times_max"]
        assert not Activity.objects.filter(name=fields()["name"]).exists()

    def test_a_name_that_is_there_is_asked_about_and_may_be_saved_anyway(self, as_editor, here):
        make(here, "there", name="ＩＣＴ研修")
        form = fields(name="ICT研修")
        asked = as_editor.post(f"{LIST}add/", form)

        assert asked.status_code == 422
        assert "同じ名称の取組があります" in words(asked)
        assert f'href="{LIST}there/"' in asked.content.decode()
        assert not Activity.objects.filter(name="ICT研修").exists()
        saved = as_editor.post(f"{LIST}add/", form | {"same_name": "on"})
        assert saved.status_code == 302
        assert Activity.objects.filter(name="ICT研修").count() == 1

    def test_the_question_is_not_there_for_a_new_name(self, as_editor):
        assert "same_name" not in as_editor.get(f"{LIST}add/").context["form"].fields

    def test_a_body_of_the_neighbour_cannot_be_chosen(self, as_editor, here):
        ours = set(Organization.objects.values_list("pk", flat=True))
        foreign = next(pk for pk in range(1, 99) if pk not in ours)

        response = as_editor.post(f"{LIST}add/", fields(executor=foreign))

        assert response.status_code == 422
        assert list(response.context["form"].errors) == ["executor"]


def test_an_edit_is_kept_and_recorded(as_editor, here):
    form = fields(name="退院支援ルールの見直し（第2版）", scene="discharge")
    response = as_editor.post(f"{FIRST}edit/", form)

    row = Activity.objects.get(cycle=here, key="activity-1")
    assert response.headers["Location"] == FIRST
    assert row.name == form["name"]
    history = words(
        as_editor.get(f"/m/990019/2026/history/?model=logicmodels.activity&key={row.key}")
    )
    assert form["name"] in history
    assert "この年度のすべての記録を見る" in history


def test_a_moved_activity_changes_places_with_its_neighbour_of_the_scene(as_editor, here):
    for number, (key, scene) in enumerate(
        [("x", "emergency"), ("between", "daily_care"), ("y", "emergency"), ("z", "emergency")]
    ):
        make(here, key, scene=scene, position=200 + number)
    response = as_editor.post(f"{LIST}z/up/?scene=emergency&arrange=1")

    assert response.headers["Location"] == f"{LIST}?scene=emergency&arrange=1#z"
    assert names(as_editor.get(f"{LIST}?scene=emergency"))["emergency"][-3:] == ["x", "z", "y"]
    deeds = Change.objects.filter(deed="move").values_list("key", flat=True)
    assert set(deeds) == {"y", "z"}


class TestDeleting:
    def test_a_placed_one_stays_and_its_places_are_told(self, as_editor, here):
        row = Activity.objects.get(cycle=here, key="activity-1")
        response = as_editor.post(f"{FIRST}delete/", {"base_version": row.version})

        assert response.status_code == 409
        assert "取組の配置" in words(response)
        assert Activity.objects.filter(pk=row.pk).exists()

    def test_one_goes_with_its_parts_and_comes_back_with_them(self, as_editor, here):
        row = make(here, "going", name="やめる取組")
        Milestone.objects.create(cycle=here, key="m-going", activity=row, text="節目の文")
        asked = as_editor.get(f"{LIST}going/delete/")
        gone = as_editor.post(f"{LIST}going/delete/", {"base_version": 1}, follow=True)

        assert "節目の文" in words(asked)
        assert "元に戻す" in words(gone)
        assert not Activity.objects.filter(key="going").exists()
        item = TrashItem.objects.get(title="やめる取組")
        as_editor.post(f"/m/990019/2026/trash/{item.pk}/restore/")
        back = Activity.objects.get(key="going")
        assert [one.text for one in back.milestone_set.all()] == ["節目の文"]


class TestParts:
    @pytest.mark.parametrize(
        ("place", "values", "shown"),
        [
            ("milestones", {"text": "協議体を設置する", "due": "令和6年度末"}, "令和6年度末"),
            ("milestones", {"text": "案", "due_on": "R8.9.30"}, "令和8年9月30日"),
            (
                "results",
                {"text": "意見交換会", "held_on": "令和8年7月9日", "participants": "1,024人"},
                "1,024人",
            ),
            ("results", {"text": "見学", "when": "秋ごろ"}, "秋ごろ"),
        ],
    )
    def test_is_added_edited_and_deleted_from_the_activitys_page(
        self, as_editor, here, place, values, shown
    ):
        make(here, "own")
        page = f"{LIST}own/"
        key = {"submission_key": submission_keys.new()}
        added = as_editor.post(f"{page}{place}/add/", values | key)

        assert added.headers["Location"] == f"{page}#{place}"
        assert shown in words(as_editor.get(page))
        (row,) = getattr(as_editor.get(page).context["sheet"], place)
        address = f"{page}{place}/{row.key}/"
        edited = as_editor.post(f"{address}edit/", values | {"text": "直した文", "base_version": 1})
        assert edited.status_code == 302
        assert "直した文" in words(as_editor.get(page))
        assert f'href="{address}delete/"' in as_editor.get(f"{address}edit/").content.decode()
        as_editor.post(f"{address}delete/", {"base_version": 2})
        assert "直した文" not in TAG.sub("", as_editor.get(page).content.decode().split("<h1>")[1])

    def test_results_stand_by_their_days(self, as_editor, here):
        row = make(here, "own")
        for key, day in (("r-1", None), ("r-2", "2026-09-01"), ("r-3", "2026-04-01")):
            ActivityResult.objects.create(cycle=here, key=key, activity=row, held_on=day, text=key)
        sheet = as_editor.get(f"{LIST}own/").context["sheet"]

        assert [one.key for one in sheet.results] == ["r-3", "r-2", "r-1"]

    def test_a_body_takes_part_once(self, as_editor, here):
        row, body = make(here, "own"), Organization.objects.get(key="hokenjo")
        posts = [
            as_editor.post(
                f"{LIST}own/partners/add/",
                {"organization": body.pk, "role": "講師", "submission_key": submission_keys.new()},
            )
            for _ in range(2)
        ]

        assert [post.status_code for post in posts] == [302, 422]
        assert "すでにこの取組の協力団体に入っています" in words(posts[1])
        partner = ActivityPartner.objects.get(activity=row)
        again = as_editor.post(
            f"{LIST}own/partners/{partner.key}/edit/",
            {"organization": body.pk, "role": "会場", "base_version": 1},
        )
        assert again.status_code == 302

    def test_belongs_to_the_activity_of_the_address(self, as_editor, here):
        make(here, "own")

        assert as_editor.get(f"{LIST}own/milestones/milestone-1/edit/").status_code == 404


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=30))
def test_width_and_case_make_no_difference_to_a_search(text):
    assert folded(folded(text)) == folded(text)
    wide = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)
    assert folded(wide) == folded(text)


def test_eight_items_bear_the_letters_of_2015():
    assert "".join(LETTERS_2015.values()) == "アイウエオカキク"
    assert work_item_with_letter("training") == "カ 医療・介護関係者の研修"
    assert work_item_with_letter(WorkItem.EVALUATION) == "対応策の評価と改善"


@pytest.mark.parametrize(
    ("least", "most", "expected"),
    [
        (None, None, ""),
        (2, 4, "年2～4回"),
        (4, 4, "年4回"),
        (0, None, "年0回以上"),
        (None, 3, "年3回まで"),
    ],
)
def test_times_in_words(least, most, expected):
    assert Activity(times_min=least, times_max=most).times == expected
