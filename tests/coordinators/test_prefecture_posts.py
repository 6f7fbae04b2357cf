"""Posts that the prefecture keeps: its officers write them, its towns read them and never write."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coordinators.models import PrefecturePost, PublishedStructure
from municipalities import prefecture_pages
from municipalities.kernel import changes
from municipalities.kernel.changes import PrefectureChange
from municipalities.models import Prefecture
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
