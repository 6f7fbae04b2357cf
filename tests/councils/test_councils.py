"""協議体: the list and its chart, one council, and adding, editing, deleting and moving."""

import re

import pytest

from councils.models import (
    Council,
    CouncilFunction,
    Meeting,
    Outreach,
    Seat,
)
from municipalities.kernel import submission_keys
from municipalities.models import Area, Change, Organization, TrashItem
from municipalities.tenancy import within
from tests import world
from tests.councils import meeting_samples as made

pytestmark = pytest.mark.django_db
LIST = "/m/990019/2026/councils/"


@pytest.fixture
def alone(here):
    """見本市 without any council."""
    made.no_councils()
    return here


@pytest.fixture
def plenary(alone):
    return Council.objects.create(
        key="plenary",
        name="在宅医療・介護連携推進協議体",
        kind="plenary",
        status="preparing",
        planned="令和6年度末",
        frequency="年2～4回程度",
        secretariat="高齢福祉課",
        position=1,
    )


def groups(plenary, *names):
    return [
        Council.objects.create(
            key=f"wg-{at}", name=name, kind="working_group", parent=plenary, position=at
        )
        for at, name in enumerate(names, 1)
    ]


def add(client, url, **fields):
    return client.post(url, {"submission_key": submission_keys.new(), **fields})


def page(client, url=LIST):
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def words(html):
    """Return what a page says, without its marks and spaces."""
    return re.sub(r"\s+", "", re.sub(r"<[^>]*>", "", html))


COUNCIL = {
    "kind": "plenary",
    "programme": "ours",
    "scene": "all",
    "status": "active",
    "audience": "adviser",
}


class TestTheList:
    def test_an_empty_one_shows_the_usual_pattern(self, alone, as_editor):
        told = page(as_editor)

        assert "全体会（年2～4回程度）の下に、コアメンバー会議と3つのWG" in told
        assert "<svg" not in told.split("<main")[1]

    def test_it_nests_councils_under_their_upper_one(self, plenary, as_editor):
        groups(plenary, "研修会WG", "普及啓発WG")
        told = page(as_editor)

        nested = told.index('id="plenary"') < told.index("council-rows", told.index('id="plenary"'))
        assert nested < told.index('id="wg-1"') < told.index('id="wg-2"')
        assert re.search(r'id="wg-1".*?</ul>\s*</li>\s*</ul>', told, re.DOTALL)

    def test_it_tells_kind_state_frequency_office_and_seats(self, plenary, as_editor):
        Seat.objects.create(council=plenary, key="s1", name="見本市医師会", role="core")
        Seat.objects.create(council=plenary, key="s2", name="病院", role="candidate")
        told = words(page(as_editor))

        assert "準備中（令和6年度末に設置の予定）" in told
        assert "全体会年2～4回程度事務局：高齢福祉課構成員1、候補1" in told

    def test_a_meeting_of_another_programme_is_told_apart(self, plenary, as_editor):
        Council.objects.create(
            key="care", name="個別会議", kind="care_meeting", programme="care_meeting_case"
        )

        assert "ほかの事業：地域ケア会議（個別）" in words(page(as_editor))

    def test_one_that_has_ended_is_listed_but_not_drawn(self, plenary, as_editor):
        Council.objects.create(key="old", name="旧懇話会", status="ended", ended="令和7年3月")
        told = page(as_editor)

        assert "終了（令和7年3月）" in told
        assert "旧懇話会" not in told.split("<svg", 1)[1].split("<svg")[-1].split("</svg>")[0]

    def test_a_circle_of_uppers_is_shown_all_the_same(self, plenary, as_editor):
        """Two people's edits can close one: nobody's council may vanish by it."""
        [group] = groups(plenary, "研修会WG")
        Council.objects.filter(pk=plenary.pk).update(parent=group)
        told = page(as_editor)

        assert 'id="plenary"' in told
        assert 'id="wg-1"' in told

    def test_a_viewer_reads_and_has_no_buttons(self, plenary, sign_in):
        told = page(sign_in("viewer"))

        assert plenary.name in told
        assert "会議体を追加する" not in told
        assert f"{LIST}plenary/edit/" not in told


class TestTheChart:
    def test_texts_are_escaped(self, plenary, as_editor):
        Council.objects.filter(pk=plenary.pk).update(name='<b>"全体会"&')
        Seat.objects.create(council=plenary, key="s1", name="<script>x</script>")
        for url in (LIST, f"{LIST}print/"):
            told = page(as_editor, url)
            drawn = told[told.index('<figure class="council-chart"') :]
            assert "<script>x" not in drawn
            assert "&lt;script&gt;x" in drawn
            assert "&lt;b&gt;&quot;全体会&quot;&amp;" in drawn

    def test_numbers_are_written_without_separators(self, plenary, as_editor):
        groups(plenary, *(f"部会{at}" for at in range(20)))
        told = page(as_editor)
        [box] = re.findall(r'<svg[^>]*viewBox="([^"]*)"[^>]*font-size="13"', told)

        assert all(part.isdigit() for part in box.split())
        assert int(box.split()[3]) > 1000

    def test_the_paper_is_landscape_and_bears_town_and_year(self, plenary, as_editor):
        told = page(as_editor, f"{LIST}print/")

        assert "council_print.css" in told
        assert "見本県見本市" in told
        assert "令和8年度" in told


class TestOneCouncil:
    def test_it_shows_all_that_is_known(self, plenary, as_editor):
        plenary.purpose, plenary.area = "目線合わせ", Area.objects.create(key="n", name="北部圏域")
        plenary.save()
        told = words(page(as_editor, f"{LIST}plenary/"))

        for text in ("目線合わせ", "北部圏域", "年2～4回程度", "高齢福祉課", "令和6年度末"):
            assert text in told

    def test_a_working_group_shows_theme_and_goals_and_a_plenary_does_not(self, plenary, as_editor):
        [group] = groups(plenary, "研修会WG")
        group.theme, group.goal_short = "専門職向け研修", "年2回の研修"
        group.save()
        told = words(page(as_editor, f"{LIST}wg-1/"))

        assert "テーマ専門職向け研修" in told
        assert "重点目標（短期）年2回の研修" in told
        assert "一緒に取り組みたい関係団体（未記入）" in told
        assert "重点目標" not in words(page(as_editor, f"{LIST}plenary/"))

    def test_it_lists_the_meetings_of_this_year_alone(self, plenary, as_editor):
        for year, number in ((2026, 1), (2025, 7)):
            Meeting.objects.create(
                council=plenary, key=f"m{year}", fiscal_year=year, number=number, planned="10月頃"
            )
        told = page(as_editor, f"{LIST}plenary/")

        assert "第1回" in told
        assert "第7回" not in told

    def test_an_unknown_one_is_absent(self, alone, as_editor):
        assert as_editor.get(f"{LIST}nowhere/").status_code == 404


class TestWriting:
    def test_a_council_is_added_at_the_end(self, plenary, as_editor):
        answer = add(as_editor, f"{LIST}add/", name="推進会議", **COUNCIL)

        assert (answer.status_code, answer.headers["Location"]) == (302, LIST)
        row = Council.objects.get(name="推進会議")
        assert (row.position, row.parent) == (2, None)
        assert Change.objects.filter(model="councils.council", row=row.pk).count() == 1

    def test_one_to_stand_below_another_is_proposed_there(self, plenary, as_editor):
        told = page(as_editor, f"{LIST}add/?parent=plenary")

        assert f'<option value="{plenary.pk}" selected>' in told

    def test_times_the_wrong_way_round_are_asked_about_and_kept(self, alone, as_editor):
        answer = add(as_editor, f"{LIST}add/", name="会", times_min=4, times_max="２", **COUNCIL)
        told = answer.content.decode()

        assert answer.status_code == 422
        assert "最少（4回）以上の数字で入力してください" in told
        assert 'value="２"' in told
        assert not Council.objects.filter(name="会").exists()

    def test_a_planned_time_is_read_as_people_speak(self, alone, as_editor):
        add(as_editor, f"{LIST}add/", name="会", planned="R6年度末", **COUNCIL)

        assert Council.objects.get(name="会").planned == "令和6年度末"

    def test_the_fields_of_a_working_group_have_a_fieldset_of_their_own(self, alone, as_editor):
        told = page(as_editor, f"{LIST}add/")
        [fieldset] = re.findall(
            r"<fieldset(?:(?!</fieldset>).)*ワーキンググループ（WG）の.*?</fieldset>",
            told,
            re.DOTALL,
        )

        for name in ("theme", "goal_long", "goal_short", "bodies_wanted"):
            assert f'name="{name}"' in fieldset
        assert 'name="purpose"' not in fieldset

    def test_a_council_is_edited(self, plenary, as_editor):
        answer = as_editor.post(
            f"{LIST}plenary/edit/", COUNCIL | {"base_version": "1", "name": "全体会"}
        )

        assert answer.headers["Location"] == f"{LIST}plenary/"
        assert Council.objects.get(key="plenary").name == "全体会"

    def test_it_is_put_below_neither_itself_nor_one_that_stands_below_it(self, plenary, as_editor):
        [group] = groups(plenary, "研修会WG")
        below = Council.objects.create(key="deep", name="小さなWG", parent=group)
        url, form = f"{LIST}plenary/edit/", COUNCIL | {"base_version": "1", "name": plenary.name}
        for upper, sentence in (
            (plenary, "自分自身を上位の会議体にはできません"),
            (group, "「研修会WG」はこの会議体の下にあるため"),
            (below, "「小さなWG」はこの会議体の下にあるため"),
        ):
            answer = as_editor.post(url, form | {"parent": upper.pk})
            assert answer.status_code == 422
            assert sentence in answer.content.decode()
            assert Council.objects.get(key="plenary").parent is None
        offered = page(as_editor, url)
        assert f'<option value="{below.pk}"' not in offered

    def test_another_of_ours_may_stand_above_it(self, plenary, as_editor):
        other = Council.objects.create(key="other", name="推進会議")
        form = COUNCIL | {"base_version": "1", "name": plenary.name, "parent": other.pk}

        assert as_editor.post(f"{LIST}plenary/edit/", form).status_code == 302
        assert Council.objects.get(key="plenary").parent == other

    def test_councils_beside_each_other_trade_places(self, plenary, as_editor):
        groups(plenary, "研修会WG", "普及啓発WG")
        answer = as_editor.post(f"{LIST}wg-2/up/")

        assert answer.headers["Location"] == f"{LIST}#wg-2"
        rows = Council.objects.filter(parent=plenary).order_by("position")
        assert [row.key for row in rows] == ["wg-2", "wg-1"]

    def test_it_goes_with_its_parts_and_comes_back(self, plenary, as_editor):
        Seat.objects.create(council=plenary, key="s1", name="見本市医師会")
        CouncilFunction.objects.create(council=plenary, key="f1", text="目的の共有")
        as_editor.post(f"{LIST}plenary/delete/", {"base_version": "1"})
        assert not Council.objects.filter(key="plenary").exists()

        item = TrashItem.objects.get(kind="councils.council")
        as_editor.post(f"/m/990019/2026/trash/{item.pk}/restore/")
        back = Council.objects.get(key="plenary")
        assert Seat.objects.get(council=back).name == "見本市医師会"

    def test_one_with_others_below_it_stays(self, plenary, as_editor):
        groups(plenary, "研修会WG")
        answer = as_editor.post(f"{LIST}plenary/delete/", {"base_version": "1"})

        assert answer.status_code == 409
        assert "研修会WG" in answer.content.decode()
        assert Council.objects.filter(key="plenary").exists()

    def test_a_viewer_may_write_nothing(self, plenary, sign_in):
        client = sign_in("viewer")
        for deed in ("edit", "delete", "up", "functions/add", "partners/add"):
            assert client.post(f"{LIST}plenary/{deed}/").status_code == 403


class TestFunctions:
    def test_they_are_numbered_with_their_details(self, plenary, as_editor):
        for at, (text, is_detail) in enumerate(
            [("共有", False), ("在り方", False), ("テーマ", True), ("目標", True), ("評価", False)]
        ):
            CouncilFunction.objects.create(
                council=plenary, key=f"f{at}", text=text, is_detail=is_detail, position=at
            )
        told = words(page(as_editor, f"{LIST}plenary/"))

        order = [
            told.index(part) for part in ("(1)共有", "(2)在り方", "①テーマ", "②目標", "(3)評価")
        ]
        assert order == sorted(order)

    def test_one_is_added_edited_moved_and_deleted(self, plenary, as_editor):
        for text in ("共有", "評価"):
            answer = add(as_editor, f"{LIST}plenary/functions/add/", text=text)
            assert answer.headers["Location"] == f"{LIST}plenary/#functions"
        row = CouncilFunction.objects.get(text="評価")
        url = f"{LIST}functions/{row.key}"
        as_editor.post(f"{url}/up/")
        form = {"base_version": "2", "text": "WGの評価", "is_detail": "on"}
        as_editor.post(f"{url}/edit/", form)
        rows = CouncilFunction.objects.filter(council=plenary)
        assert [(one.text, one.is_detail) for one in rows] == [("WGの評価", True), ("共有", False)]

        as_editor.post(f"{url}/delete/", {"base_version": "3"})
        assert [one.text for one in rows.all()] == ["共有"]


class TestSeats:
    SEAT = {"role": "core", "profession": "physician", "consent": "agreed"}

    def test_they_stand_by_role_with_profession_people_and_consent(self, plenary, as_editor):
        body = Organization.objects.create(key="med", name="見本市歯科医師会")
        add(as_editor, f"{LIST}plenary/seats/add/", organization=body.pk, people=2, **self.SEAT)
        candidate = {"role": "candidate", "profession": "unstated", "consent": "asked"}
        add(
            as_editor,
            f"{LIST}plenary/seats/add/",
            name="在宅療養支援診療所・病院",
            is_named_later="on",
            **candidate,
        )
        told = words(page(as_editor, f"{LIST}plenary/"))

        assert "見本市歯科医師会医師2人合意済み" in told
        assert "在宅療養支援診療所・病院団体は後で決める－－依頼中" in told
        assert told.index("コアメンバー（1）") < told.index("候補（1）")

    def test_without_a_body_a_name_is_asked_for(self, plenary, as_editor):
        answer = add(as_editor, f"{LIST}plenary/seats/add/", note="会長", **self.SEAT)

        assert answer.status_code == 422
        assert "団体・部署を選ぶか、名称を入力してください" in answer.content.decode()
        assert "会長" in answer.content.decode()

    def test_the_role_of_a_new_one_is_proposed(self, plenary, as_editor):
        told = page(as_editor, f"{LIST}plenary/seats/add/?role=candidate")

        assert '<option value="candidate" selected>' in told

    def test_they_move_within_their_role(self, plenary, as_editor):
        for at, (name, role) in enumerate([("甲", "core"), ("病院", "candidate"), ("乙", "core")]):
            Seat.objects.create(council=plenary, key=f"s{at}", name=name, role=role, position=at)
        as_editor.post(f"{LIST}seats/s2/up/")

        told = words(page(as_editor, f"{LIST}plenary/")).split("構成員を追加する")[0]
        assert told.index("コアメンバー（2）") < told.index("乙") < told.rindex("甲")


class TestOutreach:
    def test_one_is_written_and_read(self, plenary, as_editor):
        url = f"{LIST}plenary/outreach/add/"
        form = {"name": "見本県栄養士会", "when": "令和6年5月頃", "text": "目的を説明"}
        assert add(as_editor, url, **form).headers["Location"].endswith("plenary/#outreach")

        told = words(page(as_editor, f"{LIST}plenary/"))
        assert "見本県栄養士会令和6年5月頃－目的を説明－" in told
        row = Outreach.objects.get(council=plenary)
        form = form | {"base_version": "1", "result": "参加に合意"}
        as_editor.post(f"{LIST}outreach/{row.key}/edit/", form)
        assert Outreach.objects.get(pk=row.pk).result == "参加に合意"


def test_the_neighbours_council_is_absent_under_our_address(alone, as_editor):
    with within(world.cycle_of(world.THEIRS).municipality):
        theirs = Council.objects.create(key="theirs-alone", name="見本町の全体会")
        Seat.objects.create(council=theirs, key="theirs-seat", name="見本町診療所")
    for path in (
        "theirs-alone/",
        "theirs-alone/edit/",
        "theirs-alone/delete/",
        "theirs-alone/seats/add/",
        "seats/theirs-seat/edit/",
        "shared/990027/theirs-alone/",
    ):
        assert as_editor.get(f"{LIST}{path}").status_code == 404
    assert as_editor.post(f"{LIST}theirs-alone/up/").status_code == 404
    assert "見本町の全体会" not in page(as_editor)
