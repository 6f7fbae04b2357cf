"""好事例: written, published as a copy, found by others by its tags and words, taken up as a draft."""

import io
from importlib import import_module

import pytest
from django.apps import apps
from openpyxl import load_workbook

from councils.choices import Profession
from indicators.models import Measurement
from logicmodels.choices import WorkItem
from logicmodels.models import Activity
from municipalities.kernel import submission_keys
from municipalities.kernel.changes import Change
from municipalities.models import Municipality
from municipalities.tenancy import within
from reports.models import Practice, PublishedPractice
from reports.practice import library, publishing
from reports.practice.case import Case, Figure, freeze, thaw
from tests import world
from tests.indicators.rows import measure
from tests.indicators.rows import publish as publish_value

pytestmark = pytest.mark.django_db
PAGES = "/m/990019/2026/practices/"
THEIR_LIBRARY = "/m/990027/2026/practices/library/"
CASE = f"{THEIR_LIBRARY}2026/990019/practice-1/"
OFFICERS = "/p/99/2026/practices/"


@pytest.fixture
def practice(here):
    return Practice.objects.select_related("cycle__municipality__prefecture").get(key="practice-1")


@pytest.fixture
def copy(practice, people):
    return publishing.publish(practice, by=people["editor"])


@pytest.fixture
def as_neighbour(sign_in):
    return sign_in("neighbour")


def posted(**changes):
    values = {
        "title": "勉強会を続ける",
        "activity": "",
        "scene": "daily_care",
        "key_person": "physician",
        "second_person": "unstated",
        "work_item": "training",
        "second_item": "none",
        "background": "",
        "outline": "2か月に1回、1時間の会を開く。",
        "hardship": "",
        "result": "",
        "help_received": "",
        "contact": "見本市高齢者支援課",
        "audience": "public",
        "base_version": "1",
        "submission_key": submission_keys.new(),
    }
    return values | changes


def publish(client, key="practice-1"):
    """Press the button as somebody who has just looked at the page."""
    page = client.get(f"{PAGES}{key}/")
    return client.post(f"{PAGES}{key}/publish/", {"seen": page.context["seen"]}, follow=True)


def cards(client, query="", *, page=THEIR_LIBRARY):
    """Return the cards of a library, without the filter above them."""
    return client.get(page + query).text.split("</form>")[-1]


class TestWriting:
    def test_an_editor_writes_a_case_from_an_activity(self, as_editor, here):
        form = as_editor.get(f"{PAGES}add/?activity=activity-1").context["form"]
        assert form["title"].value() == Activity.objects.get(key="activity-1").name
        assert form["scene"].value() == "discharge"

        answer = as_editor.post(f"{PAGES}add/", posted(), follow=True)

        assert "勉強会を続ける" in answer.text
        row = Practice.objects.get(title="勉強会を続ける")
        assert row.cycle_id == here.pk
        assert Change.objects.filter(key=row.key, deed="create").exists()

    def test_what_is_missing_or_told_twice_is_said_and_what_was_typed_stays(self, as_editor, here):
        wrong = posted(outline="", second_person="physician")

        answer = as_editor.post(f"{PAGES}add/", wrong)

        assert answer.status_code == 422
        assert "取組の概要を入力してください" in answer.text
        assert "取組のキーパーソンと同じものが選ばれています" in answer.text
        assert "勉強会を続ける" in answer.text
        assert not Practice.objects.filter(title="勉強会を続ける").exists()

    def test_an_activity_of_another_year_or_town_cannot_be_chosen(self, as_editor):
        with within(Municipality.objects.get(code=world.THEIRS)):
            theirs = Activity.objects.first()
        answer = as_editor.post(f"{PAGES}add/", posted(activity=str(theirs.pk)))
        assert answer.status_code == 422

    def test_who_only_reads_writes_nothing(self, sign_in):
        viewer = sign_in("viewer")
        assert viewer.get(PAGES).status_code == 200
        assert "好事例を書く" not in viewer.get(PAGES).text
        assert viewer.post(f"{PAGES}add/", posted()).status_code == 403


class TestPublishing:
    def test_a_copy_is_read_by_every_town_with_the_size_of_the_town(
        self, as_editor, as_neighbour, here
    ):
        assert as_neighbour.get(CASE).status_code == 404

        assert "公開しました。" in publish(as_editor).text

        page = as_neighbour.get(CASE).text
        for words in ("入院時の情報を一枚にそろえる", "介護支援専門員", "見本市高齢者支援課"):
            assert words in page

    def test_where_no_statistic_knows_the_town_its_own_population_tells_the_size(
        self, as_editor, as_neighbour, cycle
    ):
        with within(cycle.municipality):
            Measurement.objects.filter(code="population_total").delete()
        measure(cycle, "population_total", 2025, 48_000)
        publish(as_editor)

        assert PublishedPractice.objects.get(key="practice-1").population == 48_000
        assert "3万人以上10万人未満" in cards(as_neighbour, "?size=s3")
        assert "48,000人" in as_neighbour.get(CASE).text
        assert "3万人以上10万人未満" in as_neighbour.get(CASE).text
        assert "人口が分からない事例が" not in as_neighbour.get(f"{THEIR_LIBRARY}?size=s1").text

    def test_a_statistic_goes_before_the_towns_own_figure(self, as_editor, cycle):
        measure(cycle, "population_total", 2025, 48_000)
        publish_value("population_total", 2020, 9_000)
        publish(as_editor)

        assert PublishedPractice.objects.get(key="practice-1").population == 9_000

    def test_cases_of_towns_of_unknown_size_are_counted_beside_a_size(
        self, as_neighbour, copy, sign_in
    ):
        PublishedPractice.objects.update(population=None)

        for client, page in ((as_neighbour, THEIR_LIBRARY), (sign_in("officer"), OFFICERS)):
            asked = client.get(f"{page}?size=s3&scene={copy.scene}").text
            assert "人口が分からない事例が1件あります" in asked
            assert "人口規模：不明" in cards(client, page=page)
            assert "人口が分からない事例が" not in client.get(page).text
            assert "人口が分からない事例が" not in client.get(f"{page}?size=s3&q=どこにもない").text

    def test_later_words_stay_at_home_until_they_are_published(self, as_editor, as_neighbour, copy):
        row = Practice.objects.get(key="practice-1")
        later = posted(title="あとで直した題名", base_version=str(row.version))
        as_editor.post(f"{PAGES}practice-1/edit/", later)

        assert "あとで直した題名" not in as_neighbour.get(CASE).text
        assert "もう一度公開してください" in as_editor.get(f"{PAGES}practice-1/").text

    def test_what_changed_while_somebody_looked_is_not_published(self, as_editor, here):
        answer = as_editor.post(f"{PAGES}practice-1/publish/", {"seen": "0" * 64})

        assert answer.status_code == 409
        assert "確かめていた間に内容が変わりました" in answer.text
        assert not PublishedPractice.objects.exists()

    @pytest.mark.parametrize("audience", ["internal", "adviser"])
    def test_a_case_for_the_house_is_not_published(self, as_editor, practice, audience):
        Practice.objects.filter(pk=practice.pk).update(audience=audience)

        answer = publish(as_editor)

        assert "先に「見せる範囲」を変えてください" in answer.text
        assert not PublishedPractice.objects.exists()

    def test_narrowing_deleting_and_withdrawing_take_the_copy_back(
        self, as_editor, as_neighbour, here
    ):
        publish(as_editor)
        as_editor.post(f"{PAGES}practice-1/withdraw/")
        assert as_neighbour.get(CASE).status_code == 404

        publish(as_editor)
        version = Practice.objects.get(key="practice-1").version
        as_editor.post(
            f"{PAGES}practice-1/edit/", posted(audience="prefecture", base_version=str(version))
        )
        assert as_neighbour.get(CASE).status_code == 404

        publish(as_editor)
        version = Practice.objects.get(key="practice-1").version
        as_editor.post(f"{PAGES}practice-1/delete/", {"base_version": str(version)})
        assert not PublishedPractice.objects.exists()
        assert not Practice.objects.exists()

    def test_an_activity_that_fewer_may_read_is_not_named(self, practice):
        activity = Activity.objects.get(key="activity-1")
        practice.activity, activity.audience = activity, "internal"
        assert publishing.copy_of(practice).case.activity == ""

        activity.audience = "public"
        assert publishing.copy_of(practice).case.activity == "退院支援ルールの見直し"


class TestLibrary:
    @pytest.mark.parametrize(
        ("query", "is_found"),
        [
            ("", True),
            ("scene=discharge", True),
            ("scene=emergency", False),
            ("person=care_manager", True),
            ("person=physician", False),
            ("item=information_sharing&prefecture=99", True),
            ("prefecture=98", False),
            ("q=病院　ｹｱﾏﾈｼﾞｬｰ", True),
            ("q=存在しない言葉", False),
            ("scene=nobody&size=x", True),
        ],
    )
    def test_a_case_is_found_by_its_tags_and_words(self, as_neighbour, copy, query, is_found):
        page = as_neighbour.get(f"{THEIR_LIBRARY}?{query}").text
        assert ("入院時の情報を一枚にそろえる" in page) is is_found

    def test_towns_are_found_by_their_size(self, copy):
        for population, code in ((9_999, "s1"), (10_000, "s2"), (300_000, "s5")):
            PublishedPractice.objects.update(population=population)
            fits = [
                size.code
                for size in library.SIZES
                if library.found(PublishedPractice.objects.for_towns(), {"size": size.code})
            ]
            assert fits == [code]

    def test_officers_read_what_their_own_towns_let_out_to_them(self, practice, people, sign_in):
        Practice.objects.filter(pk=practice.pk).update(audience="prefecture")
        practice.refresh_from_db()
        publishing.publish(practice, by=people["editor"])
        officer, neighbour = sign_in("officer"), sign_in("neighbour")

        assert "入院時の情報を一枚にそろえる" in officer.get(OFFICERS).text
        assert officer.get(f"{OFFICERS}2026/990019/practice-1/").status_code == 200
        assert "入院時の情報を一枚にそろえる" not in neighbour.get(THEIR_LIBRARY).text
        assert neighbour.get(CASE).status_code == 404

    def test_an_officer_of_another_prefecture_reads_only_what_is_public(
        self, practice, people, sign_in
    ):
        other = sign_in("other-officer")
        for audience, status in (("prefecture", 404), ("public", 200)):
            Practice.objects.filter(pk=practice.pk).update(audience=audience)
            publishing.publish(practice, by=people["editor"])
            page = other.get("/p/98/2026/practices/2026/990019/practice-1/")
            assert page.status_code == status


class TestBorrowing:
    def test_a_case_becomes_one_draft_however_often_it_is_pressed(self, as_neighbour, copy):
        for _ in range(2):
            answer = as_neighbour.post(f"{CASE}borrow/", follow=True)
            assert answer.status_code == 200
        assert "すでに取組を作っています" in answer.text

        with within(Municipality.objects.get(code=world.THEIRS)):
            (row,) = Activity.objects.filter(key__startswith="case-")
        assert (row.name, row.scene, row.status) == (copy.title, "discharge", "considered")
        assert row.work_item == "information_sharing"
        assert "参考にした事例：見本県見本市　令和8年度（2026年度）" in row.description

    def test_who_only_reads_borrows_nothing(self, sign_in, copy):
        viewer = sign_in("viewer")
        page = "/m/990019/2026/practices/library/2026/990019/practice-1/"
        assert viewer.post(f"{page}borrow/").status_code == 403


def test_the_workbook_has_the_fields_of_the_ministrys_library(as_editor, here):
    answer = as_editor.get(f"{PAGES}practice-1/export/")

    rows = list(load_workbook(io.BytesIO(answer.content)).active.values)
    labels = [row[0] for row in rows[1:]]
    assert labels[:7] == [
        "題名",
        "年度",
        "取組場面",
        "取組のキーパーソン",
        "取組の実施内容",
        "都道府県による支援状況",
        "都道府県・市町村",
    ]
    # A figure that nobody knows keeps its place in the form.
    assert labels[7:10] == ["人口規模", "高齢者人口", "高齢化率"]
    told = {row[0]: row[1] for row in rows[1:]}
    assert told["取組のキーパーソン"] == "介護支援専門員"
    assert told["取組の概要"].startswith("市内の病院とケアマネジャーで")


class TestTheOfficersWorkbook:
    EXPORT = f"{OFFICERS}2026/990019/practice-1/export/"

    def test_it_holds_the_copy_as_it_was_published(self, sign_in, copy, practice):
        officer = sign_in("officer")
        Practice.objects.filter(pk=practice.pk).update(outline="公開のあとで書き直した概要。")
        assert f'href="{self.EXPORT}"' in officer.get(f"{OFFICERS}2026/990019/practice-1/").text

        book = load_workbook(io.BytesIO(officer.get(self.EXPORT).content))
        told = {row[0]: row[1] for row in book.active.values}
        assert told["題名"] == copy.title
        assert told["都道府県・市町村"] == "見本県見本市"
        assert told["取組の概要"].startswith("市内の病院とケアマネジャーで")

    def test_what_a_town_keeps_within_its_prefecture_is_absent_elsewhere(
        self, practice, people, sign_in
    ):
        Practice.objects.filter(pk=practice.pk).update(audience="prefecture")
        practice.refresh_from_db()
        publishing.publish(practice, by=people["editor"])

        assert sign_in("officer").get(self.EXPORT).status_code == 200
        elsewhere = self.EXPORT.replace("/p/99/", "/p/98/")
        assert sign_in("other-officer").get(elsewhere).status_code == 404
        assert sign_in("neighbour").get(self.EXPORT).status_code == 404

    def test_a_town_that_reads_it_has_no_such_button(self, as_neighbour, copy):
        assert "export/" not in as_neighbour.get(CASE).text


def test_a_copy_read_and_frozen_again_is_the_same():
    case = Case(
        title="=題名",
        town="見本市",
        prefecture="見本県",
        fiscal_year=2026,
        scene="all",
        key_people=(Profession.NURSE.value,),
        work_items=(WorkItem.TRAINING.value,),
        figures=(Figure("人口", "100人", "見本の統計"),),
        background="",
        outline="概要\n二行目",
        hardship="",
        result="",
        help_received="",
        activity="",
        contact="",
    )
    frozen = freeze(case)
    assert thaw(frozen.content) == case
    assert freeze(thaw(frozen.content)).sha256 == frozen.sha256


class TestCopiesOfBefore:
    """Copies that were made before they said which activity they began from."""

    told = staticmethod(import_module("reports.migrations.0016_prefecture_alone").tell_activities)

    def unkeyed(self, practice, people, audience="public"):
        activity = Activity.objects.get(key="activity-1")
        Activity.objects.filter(pk=activity.pk).update(audience=audience)
        Practice.objects.filter(pk=practice.pk).update(activity=activity, audience="public")
        practice.refresh_from_db()
        row = publishing.publish(practice, by=people["editor"])
        PublishedPractice.objects.update(activity_key="")
        return row

    def key(self):
        self.told(apps, None)
        return PublishedPractice.objects.get(key="practice-1").activity_key

    def test_the_key_is_written_where_the_copy_tells_the_activity(self, practice, people):
        sha256 = self.unkeyed(practice, people).sha256

        assert self.key() == "activity-1"
        assert PublishedPractice.objects.get(key="practice-1").sha256 == sha256

    def test_what_the_copy_does_not_tell_stays_untold(self, practice, people):
        self.unkeyed(practice, people, audience="internal")

        assert self.key() == ""

    def test_an_activity_that_has_another_name_now_is_not_guessed(self, practice, people):
        self.unkeyed(practice, people)
        Activity.objects.filter(key="activity-1").update(name="別の取組")

        assert self.key() == ""
