"""県の支援の記録: the officer writes it, it is counted, and the towns that it concerns read it."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from municipalities import town_codes
from municipalities.kernel.changes import PrefectureChange
from municipalities.models import Prefecture
from municipalities.prefecture_tenancy import (
    NotWithinPrefecture,
    reading_prefecture,
    within_prefecture,
)
from reports.choices import SupportKind
from reports.models import SupportRecord
from reports.support import record_counts
from tests import world
from tests.reports.progress_rows import town

pytestmark = pytest.mark.django_db
LOG = "/p/99/2026/support-log/"
FIELDS = {
    "base_version": "0",
    "row_key": "supportrecord-0123456789",
    "kind": "dispatch",
    "theme": "指標の選び方",
    "held_on": "令和8年10月頃",
    "times": "3",
    "is_hands_on": "on",
    "towns": [world.OURS],
    "discharge": "on",
    "done": "指標の案を一緒に作った",
    "by_whom": "保健師1人",
    "participants": "",
    "outcome": "案が3つまとまった",
}
TOWN_PAGE = f"/m/{world.OURS}/2026/support/"


@pytest.fixture
def officer(sign_in):
    return sign_in("officer")


def prefecture(code="99"):
    return Prefecture.objects.get(code=code)


def record(towns=(), code="99", **values):
    row = {"fiscal_year": 2026, "kind": "training", "theme": "見本の研修", "held_on": "2026年6月"}
    with within_prefecture(prefecture(code)):
        number = SupportRecord.objects.count()
        key = {"key": f"record-{number}", "towns": town_codes.write(towns)}
        return SupportRecord.objects.create(**row | key | values)


def stored():
    with reading_prefecture(prefecture()):
        return list(SupportRecord.objects.all())


class TestWriting:
    def test_an_officer_writes_changes_and_deletes_one_with_its_history(self, officer, people):
        for _ in range(2):
            assert officer.post(f"{LOG}add/", FIELDS).status_code == 302
        (row,) = stored()
        assert (row.times, row.is_hands_on, row.town_codes) == (3, True, (world.OURS,))
        assert [scene.value for scene in row.scenes] == ["discharge"]
        page = officer.get(LOG).content.decode()
        for words in ("指標の選び方", "伴走支援", "見本市", "行った人：保健師1人"):
            assert words in page

        edit = f"{LOG}{row.key}/edit/"
        assert (
            'value="990019" id="id_towns_0" checked'
            in " ".join(officer.get(edit).content.decode().split())
            or "checked" in officer.get(edit).content.decode()
        )
        changed = FIELDS | {"base_version": "1", "towns": []}
        assert officer.post(edit, changed).status_code == 302
        assert stored()[0].is_for_all
        assert "管内のすべての市町村" in officer.get(LOG).content.decode()

        assert officer.post(f"{LOG}{row.key}/delete/", {"base_version": "1"}).status_code == 409
        assert officer.post(f"{LOG}{row.key}/delete/", {"base_version": "2"}).status_code == 302
        assert stored() == []
        with reading_prefecture(prefecture()):
            deeds = PrefectureChange.objects.of(row).values_list("deed", "actor")
            assert list(deeds) == [
                (deed, people["officer"].pk) for deed in ("delete", "edit", "create")
            ]

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"theme": ""}, "テーマを入力してください"),
            ({"kind": "nonsense"}, "種類"),
            ({"held_on": "そのうち"}, "時期"),
            ({"held_on": "令和7年6月"}, "この記録は令和8年度（2026年度）の分です"),
            ({"held_on": "令和9年4月1日"}, "この記録は令和8年度（2026年度）の分です"),
            ({"times": "0"}, "回数"),
            ({"towns": ["082015"]}, "「082015」は、この都道府県の市町村のコードではありません"),
        ],
    )
    def test_bad_input_says_what_to_do_and_writes_nothing(self, officer, fields, words):
        response = officer.post(f"{LOG}add/", FIELDS | fields)

        assert response.status_code == 422
        assert words in response.content.decode()
        assert "案が3つまとまった" in response.content.decode()
        assert stored() == []

    @pytest.mark.parametrize(
        "held_on", ["令和8年4月1日", "令和9年3月31日", "令和8年度", "令和9年3月末"]
    )
    def test_the_ends_of_the_year_belong_to_it(self, officer, held_on):
        assert officer.post(f"{LOG}add/", FIELDS | {"held_on": held_on}).status_code == 302

    def test_two_officers_keep_what_only_one_touched(self, officer):
        officer.post(f"{LOG}add/", FIELDS)
        edit = f"{LOG}{stored()[0].key}/edit/"
        first = FIELDS | {"base_version": "1", "towns": [world.THEIRS]}
        assert officer.post(edit, first).status_code == 302
        second = FIELDS | {"base_version": "1", "outcome": "来月また集まる"}
        assert officer.post(edit, second).status_code == 302
        assert (stored()[0].town_codes, stored()[0].outcome) == ((world.THEIRS,), "来月また集まる")

        third = FIELDS | {"base_version": "1", "towns": [world.PARTNER]}
        response = officer.post(edit, third)
        assert response.status_code == 409
        assert "ほかの人が保存した内容：見本町" in response.content.decode()

    def test_another_year_and_another_prefecture_are_absent(self, officer, sign_in):
        officer.post(f"{LOG}add/", FIELDS)
        key = stored()[0].key
        assert officer.get(f"/p/99/2025/support-log/{key}/edit/").status_code == 404
        assert sign_in("other-officer").get(LOG).status_code == 404
        assert (
            sign_in("other-officer").get(f"/p/98/2026/support-log/{key}/edit/").status_code == 404
        )

    def test_towns_and_advisers_have_no_way_in(self, sign_in):
        for username in ("editor", "approver", "adviser", "contributor"):
            assert sign_in(username).post(f"{LOG}add/", FIELDS).status_code == 404


class TestWhatTheTownReads:
    def test_it_reads_what_concerns_it_and_nothing_else(self, sign_in):
        record([world.OURS], theme="うちの町の派遣")
        record(theme="みんなの研修")
        record([world.THEIRS], theme="よその町の派遣")
        record([world.OURS], theme="昨年の派遣", fiscal_year=2025)
        record(theme="となり県の研修", code="98")
        page = sign_in("editor").get(TOWN_PAGE).content.decode()

        assert "うちの町の派遣" in page
        assert "みんなの研修" in page
        for other in ("よその町の派遣", "昨年の派遣", "となり県の研修"):
            assert other not in page
        # Which other towns there were is nothing that it is told.
        assert "見本町" not in page

    def test_it_never_writes(self):
        row = record([world.OURS])
        with reading_prefecture(prefecture()), pytest.raises(NotWithinPrefecture):
            SupportRecord.objects.filter(pk=row.pk).update(theme="x")

    def test_without_any_the_page_has_no_such_part(self, sign_in):
        assert "県の支援の記録" not in sign_in("editor").get(TOWN_PAGE).content.decode()


class TestCounting:
    def test_the_page_and_the_file_tell_the_same(self, officer):
        record(times=2)
        record([world.OURS], kind="dispatch", times=3, is_hands_on=True)
        record([world.OURS, world.THEIRS], kind="dispatch", is_hands_on=True)
        counts = officer.get(LOG).context["counts"]

        assert (counts.total.records, counts.total.times, counts.total.towns) == (3, 6, 3)
        assert (counts.hands_on.times, counts.hands_on.towns) == (4, 2)
        of_towns = {one.code: (one.times, one.hands_on) for one in counts.towns}
        assert of_towns == {world.OURS: (6, 4), world.THEIRS: (3, 1), world.PARTNER: (2, 0)}

        book = load_workbook(io.BytesIO(officer.get(f"{LOG}export/").content))
        _, *totals = book["集計"].iter_rows(values_only=True)
        assert totals[-2:] == [(2026, "合計", 3, 6, 3), (2026, "うち伴走支援", 2, 4, 2)]
        _, *towns = book["市町村別"].iter_rows(values_only=True)
        assert {line[0]: line[-2:] for line in towns} == of_towns
        assert len(list(book["記録"].iter_rows())) == 4

    def test_the_steps_of_each_town_tell_it_too(self, officer):
        record([world.OURS], times=3, is_hands_on=True)
        rows = officer.get("/p/99/2026/steps/").context["matrix"].rows

        assert {row.place.code: row.support.times for row in rows}[world.OURS] == 3
        assert "見本の研修" in officer.get(f"/p/99/2026/m/{world.OURS}/").content.decode()

    def test_records_stand_in_the_order_of_their_times(self, officer):
        for held_on in ("令和8年12月", "令和8年5月頃", "令和8年6月1日"):
            record(held_on=held_on)
        lines = officer.get(LOG).context["lines"]

        assert [line.row.held_on for line in lines] == [
            "令和8年5月頃",
            "令和8年6月1日",
            "令和8年12月",
        ]

    def test_the_same_few_queries_for_many(self, officer):
        def queries():
            with CaptureQueriesContext(connection) as found:
                officer.get(LOG)
            return len(found)

        record()
        officer.get(LOG)
        few = queries()
        for number in range(60):
            record([town(number).code])
        assert queries() == few <= 20


TOWNS = {f"99000{n}": f"町{n}" for n in range(5)}
RECORDS = st.builds(
    SupportRecord,
    kind=st.sampled_from(SupportKind.values),
    times=st.integers(1, 9),
    is_hands_on=st.booleans(),
    towns=st.sets(st.sampled_from(sorted(TOWNS))).map(town_codes.write),
)


@given(st.lists(RECORDS))
def test_counts_agree_with_a_walk_over_records_and_towns(rows):
    found = record_counts.counted(rows, TOWNS)

    given_to = {code: [] for code in TOWNS}
    for row in rows:
        for code in row.town_codes or TOWNS:
            given_to[code].append(row)
    for one in found.towns:
        assert one.times == sum(row.times for row in given_to[one.code])
        assert one.hands_on == sum(row.times for row in given_to[one.code] if row.is_hands_on)
        assert sum(one.by_kind) == one.times
    assert found.total.times == sum(row.times for row in rows) == sum(k.times for k in found.kinds)
    assert found.total.towns == sum(bool(theirs) for theirs in given_to.values())
    assert found.hands_on.towns == sum(
        any(row.is_hands_on for row in theirs) for theirs in given_to.values()
    )
