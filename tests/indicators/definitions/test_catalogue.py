"""Choosing what to follow: searching the catalogue, adding once, definitions of one's own."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.definitions import catalogue, resembling
from indicators.models import Indicator, OwnDefinition
from municipalities.kernel import submission_keys
from municipalities.models import Change, TrashItem
from municipalities.tenancy import within
from tests.indicators.rows import BASE, HOME_DEATH, follow, measure, publish

pytestmark = pytest.mark.django_db
ADD = f"{BASE}catalogue/add/"
OWN = {
    "name": "多職種の顔の見える会の参加者数",
    "unit": "人（延べ）",
    "decimals": "0",
    "direction": "neutral",
    "value_kind": "count",
    "multiplier": "1",
}


def page(client, query=""):
    return client.get(f"{BASE}catalogue/{query}").content.decode()


def followed(cycle):
    with within(cycle.municipality):
        return list(
            Indicator.objects.filter(cycle=cycle)
            .order_by("position", "pk")
            .values_list("code", flat=True)
        )


def names(found):
    return [entry.definition.name for entry in found]


def test_every_definition_of_the_catalogue_can_be_chosen(as_editor, here):
    found = catalogue.entries(here)

    assert len([entry for entry in found if entry.names_scenes]) == 80
    assert names(found)[0] == "退院前カンファレンスへのケアマネジャー参加率"
    assert all(entry.definition.name in page(as_editor) for entry in found[:20])


def test_the_national_core_comes_before_the_rest(here):
    national = [entry for entry in catalogue.entries(here) if entry.names_scenes]
    core = [entry.is_core for entry in national]

    assert 4 <= sum(core) <= 10
    assert core == sorted(core, reverse=True)


@pytest.mark.parametrize("text", ["ＩＣＴ", "ict 患者", "情報共有　登録者数"])
def test_it_is_searched_whatever_the_width_of_the_letters(here, text):
    found = catalogue.matching(catalogue.entries(here), text=text)

    assert "情報共有ICTで連携された患者数（登録者数）" in names(found)
    assert "自宅死の割合" not in names(found)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("みとり", "在宅看取り数"),
        ("ざいたくミトリ", "在宅看取り数"),
        ("ほうもんしんりょう", "訪問診療を受けた患者数"),
        ("ＡＣＰ", "人生の最終段階の医療・ケアを家族等と話し合ったことがある人の割合"),
        ("人生会議", "人生の最終段階の医療・ケアを家族等と話し合ったことがある人の割合"),
    ],
)
def test_it_is_found_as_it_is_read_and_as_people_call_it(here, text, name):
    found = names(catalogue.matching(catalogue.entries(here), text=text))

    assert name in found
    # The negative control: not everything is found.
    assert "訪問看護事業所数" not in found


def test_it_is_filtered_by_scene_and_level(here):
    found = catalogue.matching(catalogue.entries(here), scene="end_of_life", level="final_outcome")
    national = [entry for entry in found if entry.names_scenes]

    assert national
    assert {entry.definition.logic_level for entry in national} == {"final_outcome"}
    assert all("看取り" in entry.scenes for entry in national)


def test_a_search_without_result_says_what_to_do(as_editor):
    assert "言葉を短くするか" in page(as_editor, "?text=どこにもない言葉")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("口腔ケア", "訪問歯科診療を受けた患者数"),
        ("満足度", "希望した場所で最期を迎えられた人の割合"),
        ("看取り率", "在宅看取り数"),
        ("ショートステイ", "要介護3以上で在宅サービスを利用している人の割合"),
        ("おくすり", "訪問薬剤管理指導を受けた患者数"),
    ],
)
def test_what_is_not_in_the_catalogue_is_said_with_what_comes_near_it(as_editor, text, name):
    shown = page(as_editor, f"?text={text}")
    assert f"「{text}」の指標は、カタログにありません。関係のある指標を示しています。" in shown
    assert name in shown
    assert "/own/add/" in shown
    # The negative control: not everything is near.
    assert "人口10万人あたり居宅介護支援事業所数" not in shown


def test_what_is_in_the_catalogue_is_not_called_absent(as_editor):
    assert "カタログにありません" not in page(as_editor, "?text=看取り")
    assert "絞り込みを外すと" in page(as_editor, "?text=看取り&level=context")


def test_several_are_added_at_once_at_the_end_of_the_list(as_editor, cycle):
    before = followed(cycle)
    response = as_editor.post(ADD, {"code": [HOME_DEATH, "acp_discussed_rate"]})

    assert response.status_code == 302
    assert followed(cycle) == [*before, HOME_DEATH, "acp_discussed_rate"]


def test_the_button_of_one_adds_that_one_whatever_is_ticked(as_editor, cycle):
    before = followed(cycle)
    as_editor.post(ADD, {"code": ["acp_discussed_rate"], "one": HOME_DEATH})

    assert followed(cycle) == [*before, HOME_DEATH]


def test_pressing_twice_adds_one(as_editor, cycle):
    for _ in range(2):
        as_editor.post(ADD, {"one": HOME_DEATH})

    assert followed(cycle).count(HOME_DEATH) == 1
    assert "この年度の指標に入っています" in page(as_editor, "?text=自宅死の割合")


@pytest.mark.parametrize("codes", [[], ["no_such_code"], ["ltc_certification_rate_unspecified"]])
def test_what_is_not_in_the_catalogue_adds_nothing(as_editor, cycle, codes):
    before = followed(cycle)
    response = as_editor.post(ADD, {"code": codes}, follow=True)

    assert followed(cycle) == before
    assert "加える指標を選んでから" in response.content.decode()


def test_what_is_added_is_told_in_the_history(as_editor, cycle):
    as_editor.post(ADD, {"one": HOME_DEATH})

    with within(cycle.municipality):
        change = Change.objects.filter(model="indicators.indicator").first()
        assert (change.key, change.deed) == (HOME_DEATH, "create")


def test_a_viewer_sees_the_catalogue_without_its_buttons(sign_in, cycle):
    viewer = sign_in("viewer")

    assert "この年度の指標に加える" not in page(viewer)
    assert viewer.post(ADD, {"one": HOME_DEATH}).status_code == 403


def make_own(client, **other):
    form = OWN | {"submission_key": submission_keys.new()} | other
    return client.post(f"{BASE}own/add/", form)


def test_an_own_definition_is_followed_in_the_year_at_once(as_editor, cycle):
    response = make_own(as_editor)

    assert response.status_code == 302
    with within(cycle.municipality):
        own = OwnDefinition.objects.get(name=OWN["name"])
    assert own.key.startswith("own-")
    assert followed(cycle)[-1] == own.key


def test_one_press_makes_one_definition(as_editor, cycle):
    key = submission_keys.new()
    for _ in range(2):
        make_own(as_editor, submission_key=key)

    with within(cycle.municipality):
        assert OwnDefinition.objects.filter(name=OWN["name"]).count() == 1


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"value_kind": "ratio"}, "分母に何を使うか"),
        ({"unit": "%", "value_kind": "ratio", "denominator": "全数"}, "倍率を100に"),
        ({"multiplier": "0"}, "1以上"),
        ({"decimals": "5"}, "4桁まで"),
        ({"name": ""}, "名称を入力してください"),
    ],
)
def test_a_definition_that_cannot_be_counted_is_refused_in_words(as_editor, wrong, message):
    response = make_own(as_editor, **wrong)

    assert response.status_code == 422
    assert message in response.content.decode()


def test_a_half_width_percent_becomes_the_one_sign(as_editor, cycle):
    make_own(as_editor, unit="%", value_kind="ratio", denominator="全数", multiplier="100")

    with within(cycle.municipality):
        assert OwnDefinition.objects.get(name=OWN["name"]).unit == "％"


def test_a_definition_in_use_stays_and_says_where(as_editor, cycle):
    response = as_editor.post(f"{BASE}own/own-1/delete/", {"base_version": "1"})

    assert response.status_code == 409
    assert "ほかの内容から使われているため、削除できません" in response.content.decode()
    with within(cycle.municipality):
        assert OwnDefinition.objects.filter(key="own-1").exists()


def test_a_definition_nobody_uses_goes_to_the_trash(as_editor, cycle):
    with within(cycle.municipality):
        OwnDefinition.objects.create(key="own-spare", name="使わない指標", unit="件")

    response = as_editor.post(f"{BASE}own/own-spare/delete/", {"base_version": "1"})

    assert response.status_code == 302
    with within(cycle.municipality):
        assert not OwnDefinition.objects.filter(key="own-spare").exists()
        assert TrashItem.objects.get(title="使わない指標").fiscal_year == 0


def test_an_indicator_taken_out_and_added_again_finds_its_values(as_editor, cycle):
    indicator = follow(cycle, HOME_DEATH)
    measure(cycle, HOME_DEATH, 2025, 14)
    as_editor.post(f"{BASE}{HOME_DEATH}/delete/", {"base_version": indicator.version})

    assert HOME_DEATH not in followed(cycle)
    as_editor.post(ADD, {"one": HOME_DEATH})
    assert "14.0％" in as_editor.get(f"{BASE}{HOME_DEATH}/").content.decode()


def test_the_neighbour_cannot_follow_our_own_definition(sign_in, cycle):
    with within(cycle.municipality):
        OwnDefinition.objects.create(key="own-secret", name="当市だけの指標", unit="件")
    neighbour = sign_in("neighbour")
    their_base = BASE.replace("990019", "990027")

    neighbour.post(f"{their_base}catalogue/add/", {"one": "own-secret"})

    assert "当市だけの指標" not in neighbour.get(their_base).content.decode()
    assert neighbour.get(f"{their_base}own/own-secret/edit/").status_code == 404


def test_a_code_that_no_database_holds_is_no_code(here):
    """SQLite would find nothing; PostgreSQL breaks."""
    with CaptureQueriesContext(connection) as asked:
        found = catalogue.named(["a\x00b", "\x00", "own-1"])

    assert [one.key for one in found] == ["own-1"]
    assert not any("\x00" in one["sql"] for one in asked)


class TestFiguresOfStatistics:
    """Whatever a statistic tells of the town can be followed, not the programme's indicators alone."""

    CODE = "home_visit_clinics"

    def test_are_offered_with_the_statistic_that_tells_them(self, as_editor, cycle):
        publish(self.CODE, 2023, 12, dataset="医療施設調査")
        publish("house_call_clinics", 2023, 12, place=("municipality", "990027"))

        shown = page(as_editor)

        assert f'value="{self.CODE}"' in shown
        assert "医療施設調査（令和5年度（2023年度）まで）" in shown
        assert 'value="house_call_clinics"' not in shown

    def test_are_followed_like_any_other(self, as_editor, cycle):
        publish(self.CODE, 2023, 12, dataset="医療施設調査")

        as_editor.post(ADD, {"code": [self.CODE]})

        assert self.CODE in followed(cycle)

    def test_are_not_followed_where_nothing_is_told_of_the_town(self, as_editor, cycle):
        publish(self.CODE, 2023, 12, place=("municipality", "990027"))

        as_editor.post(ADD, {"code": [self.CODE]})

        assert self.CODE not in followed(cycle)

    def test_stand_beside_those_whose_names_are_nearly_the_same(self, as_editor, cycle):
        publish(self.CODE, 2023, 12, dataset="医療施設調査")

        shown = page(as_editor, "?text=訪問診療を実施した診療所数")

        _, beside = shown.split("と名前の似た指標", 1)
        assert "訪問診療を実施している診療所・病院数" in beside
        assert "医療施設（静態）調査 / NDB / 地方厚生局届出" in beside


@pytest.mark.parametrize(
    ("one", "other", "is_alike"),
    [
        ("訪問診療を実施した診療所数", "訪問診療を実施している診療所・病院数", True),
        ("人口", "住民基本台帳人口", True),
        ("高齢化率（65歳以上）", "高齢化率（65歳以上・住民基本台帳）", True),
        (
            "在宅看取りを実施した診療所数",
            "在宅看取り（ターミナルケア）を実施している診療所・病院数",
            True,
        ),
        ("人口", "人口10万人あたり居宅介護支援事業所数", False),
        ("医師数", "協議体・ワーキングの開催回数", False),
        ("在宅復帰率", "自宅死の割合", False),
        ("", "", False),
    ],
)
def test_names_that_people_take_for_each_other(one, other, is_alike):
    assert resembling.are_alike(one, other) is is_alike
    assert resembling.are_alike(other, one) is is_alike
