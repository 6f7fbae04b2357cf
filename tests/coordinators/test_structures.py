"""Structures of coordinators through the front door: list, page, writing, and those that neighbours share."""

import html
import re

import pytest

from coordinators.models import HeadingItem, Structure, StructurePartner
from municipalities.kernel import submission_keys
from municipalities.models import Change
from tests import world
from tests.coordinators import rows

pytestmark = pytest.mark.django_db

LIST = "/m/990019/2026/coordinators/"
TEAM = f"{LIST}team/"
SHARED = f"{LIST}shared/990027/joint/"
TAG = re.compile(r"<[^>]+>")
SPACE = re.compile(r"\s+")


def words(response):
    return SPACE.sub("", html.unescape(TAG.sub("", response.content.decode())))


def fields(**values):
    return {
        "name": "在宅医療相談窓口",
        "affiliation": "bodies",
        "coverage": "one",
        "audience": "adviser",
        "submission_key": submission_keys.new(),
        "base_version": "1",
    } | values


@pytest.fixture
def team(here):
    return rows.structure("team", name="相談窓口の体制", responsible="高齢福祉課")


class TestList:
    def test_shows_the_three_axes_and_who_writes_a_joint_one(self, as_editor, team):
        rows.post(team, people=4)
        rows.shared_by_neighbour()

        told = words(as_editor.get(LIST))

        assert "相談窓口の体制" in told
        assert "市町村の現場的コーディネーター" in told
        assert "4人" in told
        assert "見本町が記入しています" in told
        assert "②複数の自治体を対象" in told

    def test_says_what_the_levels_are_and_that_nobody_need_sort(self, as_editor, here):
        told = words(as_editor.get(LIST))

        assert "現場のコーディネーターをまとめる役" in told
        assert "必ずこの二つに分けて整理する必要はなく" in told

    def test_the_prefectures_posts_stand_apart_from_the_towns_number(self, as_editor, team):
        rows.post(team, people=3)
        rows.prefecture_post(name="見本県医師会")

        told = words(as_editor.get(LIST))

        assert "県の配置" in told
        assert "県で1回だけ数えます" in told
        assert "見本県医師会" in told
        assert "うち県の配置" not in told

    def test_a_year_shows_its_own_structures_only(self, as_editor, here):
        rows.structure("old", name="前の年の体制", fiscal_year=world.YEAR - 1)

        assert "前の年の体制" not in words(as_editor.get(LIST))

    def test_structures_move_among_ours(self, as_editor, team):
        rows.structure("second", position=51)
        as_editor.post(f"{LIST}second/up/")

        keys = list(
            Structure.objects.led()
            .filter(key__in=("team", "second"))
            .order_by("position")
            .values_list("key", flat=True)
        )
        assert keys == ["second", "team"]


class TestPage:
    def test_carries_everything_of_a_case(self, as_editor, team):
        team.axes_note = "「いずれも兼務」とだけ書かれている"
        team.background, team.source = "モデル事業を経て委託に移行", "令和5年度の報告書"
        team.save()
        rows.partner(team, world.THEIRS, responsible="見本町福祉課")
        desk = rows.post(
            team, people=43, desk="在宅医療相談窓口", qualifications="看護師", places="18区"
        )
        for number, (employment, duty, people) in enumerate(
            (
                ("full_time", "dedicated", 12),
                ("full_time", "concurrent", 22),
                ("part_time", "unstated", 9),
            )
        ):
            rows.staffing(desk, f"part-{number}", employment=employment, duty=duty, people=people)
        rows.item(rows.heading(team, applies_to="南区"), planned="2回/年", held=1)
        rows.item(
            rows.heading(team, "gain", "effect", text="重層的な体制"), "gain-1", text="効果あり"
        )
        rows.stage(team)

        told = words(as_editor.get(TEAM))

        for expected in (
            "「いずれも兼務」とだけ書かれている",
            "見本市：高齢福祉課",
            "見本町：見本町福祉課",
            "43人",
            "常勤・専従12人常勤・兼務22人非常勤9人",
            "看護師",
            "18区",
            "モデル事業を経て委託に移行",
            "多職種の連携づくり（南区）",
            "予定2回/年実施1回",
            "重層的な体制",
            "一次連携",
            "出典：令和5年度の報告書",
        ):
            assert expected in told, expected
        assert "合っていません" not in told

    def test_sums_that_do_not_agree_are_said(self, as_editor, team):
        rows.staffing(rows.post(team, people=5), people=3)

        assert "内訳の合計3人と人数5人が合っていません" in words(as_editor.get(TEAM))

    def test_what_people_typed_is_escaped_in_the_picture(self, as_editor, team):
        rows.post(team, desk="<script>窓口&", people=1)

        content = as_editor.get(TEAM).content.decode()

        assert "<script>窓口" not in content
        assert "&lt;script&gt;窓口&amp;" in content

    def test_a_viewer_reads_and_is_offered_nothing_to_write(self, sign_in, team):
        rows.item(rows.heading(team), planned="2回/年")
        response = sign_in("viewer").get(TEAM)

        assert response.status_code == 200
        assert "追加する" not in words(response)
        assert "<form" not in response.content.decode().split("<main", 1)[1].split("</main>")[0]


class TestWriting:
    def test_adding_offers_the_three_patterns_in_words(self, as_editor, here):
        told = words(as_editor.get(f"{LIST}add/"))

        assert "①関係団体等に所属（医師会などの団体に" in told
        assert "②自治体に所属（市区町村の職員が" in told
        assert "③大学・NPO法人等に所属（大学やNPO法人等に" in told

    def test_a_new_structure_is_ours_and_of_this_year(self, as_editor, here):
        response = as_editor.post(f"{LIST}add/", fields())

        assert response.status_code == 302
        made = Structure.objects.get(name="在宅医療相談窓口")
        assert made.fiscal_year == world.YEAR
        assert made.municipality == here.municipality
        assert made.affiliation == "bodies"
        assert Change.objects.of(made).exists()

    def test_without_a_name_nothing_is_made_and_the_words_stay(self, as_editor, here):
        response = as_editor.post(f"{LIST}add/", fields(name="", background="書きかけの背景"))

        assert response.status_code == 422
        assert "体制の名称を入力してください" in words(response)
        assert "書きかけの背景" in words(response)
        assert not Structure.objects.filter(background="書きかけの背景").exists()

    def test_editing_and_deleting_with_all_parts(self, as_editor, team):
        rows.staffing(rows.post(team))
        rows.item(rows.heading(team))
        rows.stage(team)
        assert as_editor.post(f"{TEAM}edit/", fields(name="新しい名")).status_code == 302
        team.refresh_from_db()
        assert team.name == "新しい名"

        response = as_editor.post(f"{TEAM}delete/", {"base_version": team.version})

        assert response.status_code == 302
        assert not Structure.objects.filter(key="team").exists()
        assert as_editor.get(TEAM).status_code == 404

    def test_a_heading_is_proposed_for_the_kind_of_its_place(self, as_editor, team):
        form = as_editor.get(f"{TEAM}headings/add/?kind=effect").context["form"]
        assert form["kind"].value() == "effect"
        assert "" not in dict(form.fields["kind"].choices)
        as_editor.post(
            f"{TEAM}headings/add/",
            {"kind": "effect", "text": "円滑な相談", "submission_key": submission_keys.new()},
        )

        assert "円滑な相談" in words(as_editor.get(TEAM))

    def test_items_and_stages_are_added_and_moved(self, as_editor, team):
        head = rows.heading(team)
        rows.item(head)
        as_editor.post(
            f"{TEAM}headings/head/items/add/",
            {"text": "事例検討会", "planned": "4回/年", "submission_key": submission_keys.new()},
        )
        added = HeadingItem.objects.get(text="事例検討会")
        assert (added.structure, added.heading) == (team, head)
        as_editor.post(f"{TEAM}items/{added.key}/up/")
        told = words(as_editor.get(TEAM))
        assert told.index("事例検討会") < told.index("多職種連携会議の開催")

        as_editor.post(
            f"{TEAM}stages/add/",
            {"name": "二次連携", "text": "複数の職種", "submission_key": submission_keys.new()},
        )
        assert "二次連携" in words(as_editor.get(TEAM))

    def test_headings_of_one_kind_move_among_themselves(self, as_editor, team):
        rows.heading(team, "a", position=1)
        rows.heading(team, "b", "effect", position=2)
        rows.heading(team, "c", position=3)
        as_editor.post(f"{TEAM}headings/c/up/")

        found = team.heading_set.filter(kind="activity").order_by("position")
        assert [row.key for row in found] == ["c", "a"]


class TestHeld:
    def test_is_saved_from_the_page(self, as_editor, team):
        point = rows.item(rows.heading(team), planned="2回/年")
        response = as_editor.post(f"{TEAM}items/point/held/", {"held": "２", "base_version": "1"})

        assert response.headers["Location"].endswith("#item-point")
        point.refresh_from_db()
        assert (point.held, point.text, point.planned) == (2, "多職種連携会議の開催", "2回/年")

    def test_what_is_no_number_is_said_and_kept(self, as_editor, team):
        point = rows.item(rows.heading(team), planned="2回/年", held=1)
        response = as_editor.post(
            f"{TEAM}items/point/held/", {"held": "二回くらい", "base_version": "1"}
        )

        assert response.status_code == 422
        assert "二回くらい" in response.content.decode()
        point.refresh_from_db()
        assert point.held == 1

    def test_two_who_counted_are_asked(self, as_editor, team):
        rows.item(rows.heading(team), planned="2回/年")
        as_editor.post(f"{TEAM}items/point/held/", {"held": "1", "base_version": "1"})

        assert (
            as_editor.post(
                f"{TEAM}items/point/held/", {"held": "2", "base_version": "1"}
            ).status_code
            == 409
        )


class TestPartners:
    def test_a_partner_is_named_and_then_reads(self, as_editor, sign_in, team):
        typed = {
            "partner": "見本町",
            "responsible": "福祉課",
            "submission_key": submission_keys.new(),
        }
        response = as_editor.post(f"{TEAM}partners/add/", typed)

        assert response.status_code == 302
        assert StructurePartner.objects.get(structure=team).responsible == "福祉課"
        theirs = sign_in("neighbour").get("/m/990027/2026/coordinators/shared/990019/team/")
        assert "見本市が記入しています" in words(theirs)

    def test_neither_ourselves_nor_one_twice(self, as_editor, team):
        rows.partner(team, world.THEIRS)
        for town in ("見本市", "990027", "どこにもない町"):
            typed = {"partner": town, "submission_key": submission_keys.new()}
            response = as_editor.post(f"{TEAM}partners/add/", typed)
            assert response.status_code == 422, town
        assert StructurePartner.objects.filter(structure=team).count() == 1

    def test_the_section_of_one_is_corrected_and_one_is_taken_out(self, as_editor, sign_in, team):
        row = rows.partner(team, world.THEIRS)
        as_editor.post(f"{TEAM}partners/with/edit/", {"responsible": "健康課", "base_version": "1"})
        row.refresh_from_db()
        assert row.responsible == "健康課"

        as_editor.post(f"{TEAM}partners/with/delete/", {"base_version": row.version})
        theirs = "/m/990027/2026/coordinators/shared/990019/team/"
        assert sign_in("neighbour").get(theirs).status_code == 404


class TestSharedByANeighbour:
    def test_reads_complete_and_offers_nothing_to_write(self, as_editor, here):
        rows.shared_by_neighbour()
        response = as_editor.get(SHARED)
        told = words(response)

        for expected in (
            "見本町が記入しています",
            "見本町医師会",
            "常勤・専従3人",
            "予定2回/年実施1回",
            "一次連携",
        ):
            assert expected in told, expected
        assert "編集する" not in told
        assert 'method="post"' not in response.content.decode().split("<main", 1)[1]

    def test_is_not_found_where_ours_are_written(self, as_editor, here):
        made = rows.shared_by_neighbour()
        joint = f"{LIST}joint/"
        for address in (
            joint,
            f"{joint}edit/",
            f"{joint}delete/",
            f"{joint}posts/add/",
            f"{joint}posts/joint-desk/",
            f"{joint}posts/joint-desk/edit/",
            f"{joint}headings/joint-head/edit/",
            f"{joint}items/joint-point/held/",
            f"{joint}stages/joint-stage/delete/",
            f"{joint}partners/with/delete/",
        ):
            assert as_editor.get(address).status_code == 404, address
            assert as_editor.post(address, {"held": "9"}).status_code in {404, 405}, address
        made.refresh_from_db()
        assert made.name == "二つの町の体制"

    def test_one_that_is_not_shared_with_us_is_absent(self, as_editor, here):
        made = rows.shared_by_neighbour()
        assert as_editor.get(SHARED).status_code == 200
        assert as_editor.get(f"{LIST}shared/990035/joint/").status_code == 404
        assert as_editor.get(SHARED.replace("2026", "2025")).status_code == 404
        assert made.key == "joint"

    def test_our_own_is_not_read_under_the_address_of_shared_ones(self, as_editor, team):
        assert as_editor.get(f"{LIST}shared/990019/team/").status_code == 404
