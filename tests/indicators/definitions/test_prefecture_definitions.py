"""県の指標: officers define, towns take over under one key, what it counts is locked, changes are taken over by a press."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.definitions import catalogue
from indicators.models import (
    Indicator,
    OwnDefinition,
    OwnDefinitionVersion,
    PrefectureDefinition,
    PrefectureDefinitionVersion,
)
from municipalities.kernel.changes import PrefectureChange
from municipalities.models import Cycle, Municipality, Prefecture
from municipalities.prefecture_tenancy import reading_prefecture, within_prefecture
from municipalities.tenancy import within
from reports.document import assembly
from tests import world
from tests.indicators.rows import BASE

pytestmark = pytest.mark.django_db
LIST = "/p/99/2026/definitions/"
SAMPLE = "pref-99-sample"
HEAD = ("schema_version", "municipality", "fiscal_year")
NAME = "共通様式を使っている病院の割合"
TYPED = {
    "definition_key": "pref-99-0123456789",
    "base_version": "0",
    "name": "夜間の連絡先を決めている事業所の割合",
    "unit": "%",
    "decimals": "1",
    "direction": "higher",
    "value_kind": "ratio",
    "numerator": "夜間の連絡先を決めている事業所の数",
    "denominator": "事業所の数",
    "multiplier": "100",
    "data_source": "県の調査",
    "frequency": "毎年",
    "period_basis": "",
    "caution": "",
    "fiscal_year": "令和8年度",
}


@pytest.fixture
def officer(sign_in):
    return sign_in("officer")


@pytest.fixture
def prefecture(db):
    return Prefecture.objects.get(code="99")


def stored(key=SAMPLE):
    with reading_prefecture(Prefecture.objects.get(code="99")):
        return PrefectureDefinition.objects.get(key=key)


def as_typed(**changed):
    row = stored()
    told = {name: str(getattr(row, name)) for name in TYPED if hasattr(row, name)}
    return told | {"base_version": str(row.version)} | changed


def changed_by_the_prefecture(officer):
    sent = as_typed(
        denominator="回答のあった病院の数",
        change="break",
        change_year="R7",
        what_changed="回答のない病院を除くことにした",
    )
    assert officer.post(f"{LIST}{SAMPLE}/edit/", sent).status_code == 302


def take(client):
    return client.post(f"{BASE}catalogue/add/", {"code": [SAMPLE]})


def copy(cycle):
    with within(cycle.municipality):
        return OwnDefinition.objects.get(key=SAMPLE)


def test_an_officer_adds_a_definition_once_with_its_history(officer, prefecture, people):
    for _ in range(2):
        assert officer.post(f"{LIST}add/", TYPED).status_code == 302

    row = stored("pref-99-0123456789")
    assert (row.unit, row.fiscal_year, row.version) == ("％", 2026, 1)
    with reading_prefecture(prefecture):
        assert PrefectureChange.objects.of(row).get().actor == people["officer"]
        assert PrefectureDefinition.objects.count() == 2
    assert TYPED["name"] in officer.get(LIST).content.decode()


@pytest.mark.parametrize("key", ["", "pref-98-0123456789", "own-1", "pref-99-sample"])
def test_no_key_but_one_of_the_prefecture_is_taken(officer, prefecture, key):
    officer.post(f"{LIST}add/", TYPED | {"definition_key": key})

    with reading_prefecture(prefecture):
        (new,) = PrefectureDefinition.objects.exclude(key=SAMPLE)
        assert new.key.startswith("pref-99-")


def test_wrong_input_comes_back_with_a_sentence(officer, prefecture):
    response = officer.post(f"{LIST}add/", TYPED | {"denominator": "", "fiscal_year": ""})

    assert response.status_code == 422
    assert TYPED["name"] in response.content.decode()
    with reading_prefecture(prefecture):
        assert PrefectureDefinition.objects.count() == 1


def test_who_may_not_manage_reads_only_and_others_see_nothing(sign_in, prefecture):
    assert sign_in("editor").get(LIST).status_code == 404
    assert sign_in("other-officer").get(LIST).status_code == 404
    assert sign_in("editor").post(f"{LIST}{SAMPLE}/retire/").status_code == 404


def test_a_change_of_what_is_counted_is_a_version(officer, prefecture):
    response = officer.post(f"{LIST}{SAMPLE}/edit/", as_typed(denominator="病院と診療所の数"))
    assert response.status_code == 422
    assert "字句の修正か" in response.content.decode()

    changed_by_the_prefecture(officer)
    with reading_prefecture(prefecture):
        told = PrefectureDefinitionVersion.objects.get(fiscal_year=2025)
    assert (told.what_changed, told.is_break) == ("回答のない病院を除くことにした", True)
    assert "回答のない病院を除くことにした" in officer.get(LIST).content.decode()


def test_two_officers_are_told_of_each_other(officer, prefecture):
    first, second = as_typed(name="一人目の名称"), as_typed(name="二人目の名称")
    officer.post(f"{LIST}{SAMPLE}/edit/", first)

    response = officer.post(f"{LIST}{SAMPLE}/edit/", second)

    shown = response.content.decode()
    assert response.status_code == 409
    assert "一人目の名称" in shown
    assert "二人目の名称" in shown
    assert stored().name == "一人目の名称"


def test_a_retired_one_is_offered_no_more_until_it_is_again(officer, as_editor, cycle):
    officer.post(f"{LIST}{SAMPLE}/retire/")
    assert NAME not in as_editor.get(f"{BASE}catalogue/").content.decode()
    take(as_editor)
    with within(cycle.municipality):
        assert not OwnDefinition.objects.filter(key=SAMPLE).exists()

    officer.post(f"{LIST}{SAMPLE}/retire/", {"again": "1"})
    assert NAME in as_editor.get(f"{BASE}catalogue/").content.decode()


@pytest.mark.parametrize("text", ["きょうつう", "ＮＯＮＥ"])
def test_what_is_not_in_it_does_not_find_it(as_editor, cycle, text):
    assert NAME not in as_editor.get(f"{BASE}catalogue/?text={text}").content.decode()


@pytest.mark.parametrize("text", ["共通様式", "病院 割合", "共通様式　病院"])
def test_the_search_finds_it(as_editor, cycle, text):
    assert NAME in as_editor.get(f"{BASE}catalogue/?text={text}&scene=discharge").content.decode()


def test_the_kind_of_kana_does_not_matter(here):
    found = catalogue.matching(catalogue.entries(here), text="けあまねじゃー参加率")

    assert "退院前カンファレンスへのケアマネジャー参加率" in [one.definition.name for one in found]


def test_towns_take_it_over_under_one_key(as_editor, sign_in, cycle):
    assert "県の指標" in as_editor.get(f"{BASE}catalogue/").content.decode()
    take(as_editor)
    take(as_editor)
    sign_in("neighbour").post(f"/m/{world.THEIRS}/2026/indicators/catalogue/add/", {"one": SAMPLE})

    for code in (world.OURS, world.THEIRS):
        with within(Municipality.objects.get(code=code)):
            own = OwnDefinition.objects.get(key=SAMPLE)
            assert own.origin == SAMPLE
            assert own.denominator == "病院の数"
            assert OwnDefinitionVersion.objects.get(own_definition=own).fiscal_year == 2020
            assert Indicator.objects.get(cycle=Cycle.objects.get(fiscal_year=2026), code=SAMPLE)


def test_what_it_counts_is_locked_in_the_town(as_editor, cycle):
    take(as_editor)
    row = copy(cycle)
    at = f"{BASE}own/{SAMPLE}/edit/"
    assert "県内の市町村で同じ数え方" in as_editor.get(at).content.decode()

    sent = as_typed(name="別の名称", denominator="診療所の数", caution="市の注意", base_version="1")
    assert as_editor.post(at, sent).status_code == 302

    after = copy(cycle)
    assert (after.name, after.denominator) == (row.name, row.denominator)
    assert after.caution == "市の注意"


def test_the_catalogue_says_what_a_town_may_do_with_it(as_editor, cycle):
    take(as_editor)
    catalogue_page = as_editor.get(f"{BASE}catalogue/").content.decode()
    own = copy(cycle)

    assert "出所・注意を書く" in catalogue_page
    assert "この市町村から外す" in catalogue_page
    edit = as_editor.get(f"{BASE}own/{own.key}/edit/").content.decode()
    assert f"県の指標「{own}」の出所・注意を書く" in edit
    delete = as_editor.get(f"{BASE}own/{own.key}/delete/").content.decode()
    assert "県の指標を、この市町村から外す" in delete


def test_a_town_is_told_of_a_change_and_takes_it_over_by_a_press(as_editor, officer, cycle):
    take(as_editor)
    page = f"{BASE}{SAMPLE}/"
    assert "県がこの指標の定義を変えました" not in as_editor.get(page).content.decode()

    changed_by_the_prefecture(officer)
    shown = as_editor.get(page).content.decode()
    assert "県がこの指標の定義を変えました" in shown
    assert "回答のない病院を除くことにした" in shown
    assert copy(cycle).denominator == "病院の数"

    for _ in range(2):
        assert as_editor.post(f"{BASE}own/{SAMPLE}/catch-up/").status_code == 302
    own = copy(cycle)
    assert own.denominator == "回答のあった病院の数"
    with within(cycle.municipality):
        told = OwnDefinitionVersion.objects.filter(own_definition=own).order_by("fiscal_year")
        assert [one.fiscal_year for one in told] == [2020, 2025]
    shown = as_editor.get(page).content.decode()
    assert "県がこの指標の定義を変えました" not in shown
    assert "定義の移り変わり" in shown


def test_the_town_does_not_rewrite_the_versions_of_the_prefecture(as_editor, cycle):
    take(as_editor)
    at = f"{BASE}own/{SAMPLE}/versions/version-{SAMPLE}/"

    assert as_editor.get(f"{at}edit/").status_code == 404
    assert as_editor.post(f"{at}delete/", {"base_version": "1"}).status_code == 404


def test_a_town_hears_that_it_is_retired(as_editor, officer, cycle):
    take(as_editor)
    officer.post(f"{LIST}{SAMPLE}/retire/")

    assert "使用をやめました" in as_editor.get(f"{BASE}{SAMPLE}/").content.decode()


def test_a_document_bears_no_definition_of_another_prefecture(cycle, people, as_editor):
    take(as_editor)
    with within(cycle.municipality):
        document = assembly.assemble(cycle)
        own = document["own_definitions"]
        row = next(one for one in own if one["key"] == SAMPLE)
        foreign = row | {"key": "pref-13-sample", "definition_versions": []}
        head = {name: document[name] for name in HEAD}
        sent = head | {"own_definitions": [*own, foreign]}
        problems = assembly.load(cycle, sent, by=people["editor"])
    assert "ほかの都道府県の指標です" in problems[0].message


def test_the_list_takes_the_same_queries_for_any_number(officer, prefecture):
    officer.get(LIST)
    with CaptureQueriesContext(connection) as few:
        officer.get(LIST)
    with within_prefecture(prefecture):
        for n in range(10):
            PrefectureDefinition.objects.create(
                key=f"pref-99-{n}", name=f"指標{n}", unit="件", fiscal_year=2026
            )
    with CaptureQueriesContext(connection) as many:
        officer.get(LIST)

    assert len(many) == len(few) <= 20
