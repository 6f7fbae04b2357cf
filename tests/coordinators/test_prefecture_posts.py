"""Posts that the prefecture keeps: its officers write them, its towns read them and never write."""

import re
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from coordinators.models import PrefecturePost, PublishedStructure
from coordinators.reading import prefecture_posts
from municipalities.kernel import changes
from municipalities.kernel.changes import PrefectureChange
from municipalities.models import MedicalArea, Municipality, Prefecture
from municipalities.pages import prefecture_pages
from municipalities.prefecture_tenancy import (
    NotWithinPrefecture,
    reading_prefecture,
    within_prefecture,
)
from tests import world
from tests.coordinators import rows
from tests.routes import a_published_structure

pytestmark = pytest.mark.django_db
LIST = "/p/99/2026/posts/"
FIELDS = {
    "base_version": "0",
    "row_key": "prefecturepost-0123456789",
    "name": "見本県医師会在宅医療推進センター",
    "level": "prefecture_lead",
    "area": "",
    "people": "2",
    "employment": "full_time",
    "duty": "dedicated",
    "qualifications": "看護師",
    "work": "市町村のコーディネーターの連絡会を開く",
    "source": "",
}


@pytest.fixture
def prefecture(db):
    rows.no_prefecture_posts()
    return Prefecture.objects.get(code="99")


@pytest.fixture
def inside(prefecture):
    with within_prefecture(prefecture):
        yield prefecture


@pytest.fixture
def officer(sign_in):
    return sign_in("officer")


def make(prefecture, key="post-1", **fields):
    with within_prefecture(prefecture):
        values = {"fiscal_year": 2026, "name": "見本県医師会", **fields}
        return PrefecturePost.objects.create(key=key, **values)


def test_an_officer_adds_a_post_with_its_history(officer, inside, people):
    assert officer.post(f"{LIST}add/", FIELDS).status_code == 302

    row = PrefecturePost.objects.get()
    assert (row.fiscal_year, row.people, row.version) == (2026, 2, 1)
    change = PrefectureChange.objects.of(row).get()
    assert (change.deed, change.actor) == ("create", people["officer"])
    shown = officer.get(LIST).content.decode()
    assert "見本県医師会在宅医療推進センター" in shown
    assert "合計　2人（1件）" in shown
    assert "常勤・専従" in re.sub(r"\s", "", shown)


def test_posts_that_stand_in_many_towns_are_counted_once_beside_those_of_the_towns(
    officer, sign_in, inside, as_editor
):
    PublishedStructure.objects.all().delete()
    make(inside, people=2)
    make(inside, key="post-2")
    for code, people in ((world.OURS, 3), (world.THEIRS, None)):
        copy = a_published_structure(code)
        PublishedStructure.objects.filter(pk=copy.pk).update(people=people)

    page = re.sub(r"\s", "", officer.get(LIST).content.decode())

    assert "見本県医師会" in as_editor.get(f"/m/{world.OURS}/2026/coordinators/").content.decode()
    assert "合計2人（2件。うち1件は人数の記載なし）" in page
    assert "3人（公開された体制2件。うち1件は人数の記載なし）" in page
    assert "<dt>合わせて</dt><dd>5人</dd>" in page


class TestSomeTowns:
    """A post of a 郡市医師会 that covers some towns of no 二次医療圏 of its own."""

    TWO = ",990019,990027,"

    def test_it_is_shown_in_these_towns_alone(self, officer, inside, as_editor, sign_in):
        chosen = FIELDS | {"towns": ["990019", "990027"]}
        assert officer.post(f"{LIST}add/", chosen).status_code == 302

        assert PrefecturePost.objects.get().towns == self.TWO
        assert "見本市、見本町" in officer.get(LIST).content.decode()
        shown = {
            code: [post.name for post in prefecture_posts.posts_shown_in(place, 2026)]
            for code, place in Municipality.objects.in_bulk(field_name="code").items()
        }
        assert shown[world.OURS] == shown[world.THEIRS] == [FIELDS["name"]]
        assert shown[world.PARTNER] == []
        page = as_editor.get(f"/m/{world.OURS}/2026/coordinators/").content.decode()
        assert "対象：見本市、見本町" in page

    def test_an_area_and_towns_at_once_are_asked_about(self, officer, inside):
        area = MedicalArea.objects.create(
            prefecture=inside, scheme="medical_2024", code="9901", name="見本"
        )
        both = FIELDS | {"area": area.pk, "towns": ["990019"]}

        refused = officer.post(f"{LIST}add/", both)

        assert refused.status_code == 422
        assert "どちらか一方を選んでください" in refused.content.decode()
        assert not PrefecturePost.objects.exists()

    def test_towns_of_another_prefecture_are_refused(self, officer, inside):
        assert officer.post(f"{LIST}add/", FIELDS | {"towns": ["082015"]}).status_code == 422


def cells(response):
    book = load_workbook(BytesIO(response.content))
    return {sheet.title: [list(row) for row in sheet.values] for sheet in book}


def test_the_workbook_counts_a_post_of_many_towns_once(officer, inside):
    PublishedStructure.objects.all().delete()
    make(inside, people=2)
    make(inside, key="post-2", name="見本郡医師会", towns=",990019,990027,", people=1)
    copy = a_published_structure(world.OURS)
    PublishedStructure.objects.filter(pk=copy.pk).update(people=3, partners=",990027,")

    sheets = cells(officer.get(f"{LIST}export/"))

    head, *rows = sheets["配置と体制"]
    found = [dict(zip(head, row, strict=True)) for row in rows]
    assert [one["人数"] for one in found] == [2, 1, 3]
    assert [one["対象"] for one in found] == ["全域", "見本市、見本町", "見本市、見本町"]
    assert found[1]["対象の自治体コード"] == "990019、990027"
    assert {one["単位"] for one in found} == {"人"}
    assert sheets["合計"][1:] == [
        [2026, "都道府県の配置", 2, 3, "人", 0],
        [2026, "市町村の体制", 1, 3, "人", 0],
        [2026, "合わせて", 3, 6, "人", 0],
    ]


def test_a_new_year_begins_with_the_posts_of_the_year_before(officer, inside):
    make(inside, people=2, towns=",990019,")
    page = officer.get("/p/99/2027/posts/").content.decode()
    assert "令和8年度（2026年度）の配置を写す" in page

    for _ in range(2):
        assert officer.post("/p/99/2027/posts/copy/").status_code == 302

    row = PrefecturePost.objects.get(fiscal_year=2027)
    assert (row.people, row.towns, row.version) == (2, ",990019,", 1)
    assert PrefectureChange.objects.of(row).get().deed == "create"
    assert PrefecturePost.objects.filter(fiscal_year=2026).count() == 1
    assert "配置を写す" not in officer.get("/p/99/2027/posts/").content.decode()


def test_pressed_twice_one_post_is_made(officer, inside):
    for _ in range(2):
        assert officer.post(f"{LIST}add/", FIELDS).status_code == 302

    assert PrefecturePost.objects.count() == 1


def test_a_key_that_no_form_gave_is_never_taken(officer, inside):
    officer.post(f"{LIST}add/", FIELDS | {"row_key": "mine"})

    assert re.fullmatch(r"prefecturepost-[0-9a-f]{10}", PrefecturePost.objects.get().key)


def test_bad_input_says_what_to_do_and_keeps_what_was_typed(officer, inside):
    response = officer.post(f"{LIST}add/", FIELDS | {"people": "二人くらい"})

    assert response.status_code == 422
    assert "連絡会を開く" in response.content.decode()
    assert not PrefecturePost.objects.exists()


def test_an_edit_on_an_old_version_merges_or_asks(officer, inside, people):
    row = make(inside, people=1)
    theirs = PrefecturePost.objects.get(pk=row.pk)
    theirs.qualifications = "保健師"
    changes.save_versioned(
        theirs, by=people["operator"], expected_version=1, fields=("qualifications",)
    )
    mine = FIELDS | {"base_version": "1", "name": "見本県医師会", "qualifications": ""}

    assert officer.post(f"{LIST}post-1/edit/", mine).status_code == 302
    row.refresh_from_db()
    assert (row.people, row.qualifications) == (2, "保健師")

    response = officer.post(f"{LIST}post-1/edit/", mine | {"qualifications": "看護師"})
    assert response.status_code == 409
    assert "ほかの人が保存した内容：保健師" in response.content.decode()
    row.refresh_from_db()
    assert row.qualifications == "保健師"


def test_who_is_overtaken_while_merging_merges_again(officer, inside, people, monkeypatch):
    row = make(inside, people=1)

    def theirs(version, **values):
        other = PrefecturePost.objects.get(pk=row.pk)
        for name, value in values.items():
            setattr(other, name, value)
        changes.save_versioned(
            other, by=people["operator"], expected_version=version, fields=tuple(values)
        )

    def overtaken(*args, **kwargs):
        merged = merge(*args, **kwargs)
        monkeypatch.setattr(changes, "merge", merge)
        theirs(2, source="県の資料")
        return merged

    merge = changes.merge
    theirs(1, qualifications="保健師")
    monkeypatch.setattr(changes, "merge", overtaken)
    mine = FIELDS | {"base_version": "1", "name": "見本県医師会", "qualifications": ""}

    assert officer.post(f"{LIST}post-1/edit/", mine).status_code == 302
    row.refresh_from_db()
    assert (row.people, row.qualifications, row.source) == (2, "保健師", "県の資料")


def test_the_deeds_of_a_row_are_in_sight(officer, inside):
    """Columns of texts share the room, so that the last one is not scrolled out."""
    make(inside, work="連絡会を開く。" * 50)

    assert 'class="table stack fitting"' in officer.get(LIST).content.decode()


def test_a_post_is_deleted_for_good_after_a_question(officer, inside):
    row = make(inside)

    assert "元に戻せません" in officer.get(f"{LIST}post-1/delete/").content.decode()
    assert officer.post(f"{LIST}post-1/delete/", {"base_version": "9"}).status_code == 409
    assert officer.post(f"{LIST}post-1/delete/", {"base_version": "1"}).status_code == 302
    assert not PrefecturePost.objects.exists()
    change = PrefectureChange.objects.of(row).get(deed="delete")
    assert change.before["name"] == "見本県医師会"


def test_posts_move(officer, inside):
    make(inside, "first", position=1)
    make(inside, "second", position=2)

    officer.post(f"{LIST}second/up/")

    assert [row.key for row in PrefecturePost.objects.all()] == ["second", "first"]


def test_another_year_shows_nothing_of_this_one(officer, prefecture):
    make(prefecture, fiscal_year=2025)

    assert "まだ登録されていません" in officer.get(LIST).content.decode()
    assert officer.get(f"{LIST}post-1/edit/").status_code == 404


def test_another_prefecture_is_absent(sign_in, prefecture):
    make(prefecture)
    stranger = sign_in("other-officer")

    assert stranger.get(LIST).status_code == 404
    assert stranger.post(f"{LIST}post-1/edit/", FIELDS).status_code == 404
    assert stranger.get("/p/98/2026/posts/post-1/edit/").status_code == 404
    assert "見本県医師会" not in stranger.get("/p/98/2026/posts/").content.decode()


def test_towns_have_no_way_in(sign_in, prefecture):
    make(prefecture)
    for username in ("editor", "approver", "manager", "adviser", "contributor"):
        assert sign_in(username).post(f"{LIST}add/", FIELDS).status_code == 404


def test_a_town_reads_and_writing_is_an_error(prefecture, people):
    """The fence refuses; its negative control: within the prefecture the same lines write."""
    row = make(prefecture)

    def write():
        row.people = 9
        changes.save_versioned(row, by=people["editor"], expected_version=1, fields=("people",))

    with reading_prefecture(prefecture):
        assert PrefecturePost.objects.get() == row
        with pytest.raises(NotWithinPrefecture):
            write()
        with pytest.raises(NotWithinPrefecture):
            prefecture_pages.delete(row, by=people["editor"])
    with within_prefecture(prefecture):
        write()
        assert PrefecturePost.objects.get().people == 9


def test_the_list_takes_the_same_few_queries_for_many(officer, prefecture):
    def queries():
        with CaptureQueriesContext(connection) as found:
            officer.get(LIST)
        return len(found)

    make(prefecture)
    officer.get(LIST)
    few = queries()
    for number in range(50):
        make(prefecture, f"many-{number}")
    assert queries() == few <= 10
