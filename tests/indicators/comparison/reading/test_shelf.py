"""Columns that are remembered compose every page as reading them anew would, for their own kind of reader alone."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.choices import PlaceKind
from indicators.comparison.judging.telling import WITHHELD
from indicators.comparison.places import places_of_prefecture
from indicators.comparison.reading import shelf
from indicators.comparison.reading.reading import Reader, comparison
from indicators.comparison.selection import selection_of
from indicators.comparison.shape import Origin
from indicators.models import Dataset, Definition, PublishedValue, SubmittedValue
from indicators.publishing import marking
from municipalities.choices import Role, ScopeKind
from municipalities.models import HealthCentre, Membership, Prefecture
from municipalities.prefecture_tenancy import within_prefecture
from tests.indicators.comparison.planted import CODE, SHARE, plant, submit, tell, tell_shares, town

pytestmark = pytest.mark.django_db
PAGE = "/p/98/2026/compare/"
OTHER = "home_death_rate"
TOKEN = re.compile(r'"\w{64}"')
TABLE = re.compile(r'\b(?:FROM|JOIN) "(\w+)"')
VALUES = {model._meta.db_table for model in (PublishedValue, SubmittedValue)}
# Addresses an officer goes through: each reads nothing that the first one, which asks for everything, has read.
CLICKED = (
    f"?sort={SHARE}",
    f"?sort=-{SHARE}",
    "?only=q1",
    f"?only=q1&sort={SHARE}",
    "?scene=end_of_life",
    f"?indicator={SHARE}",
    f"?indicator={OTHER}&indicator={SHARE}",
    f"?town={town(3)}",
    f"?view=strip&focus={SHARE}",
)


@pytest.fixture(autouse=True)
def fresh():
    begin_anew()
    yield
    begin_anew()


@pytest.fixture
def officer(sign_in):
    return sign_in("other-officer")


@pytest.fixture
def told():
    plant(12)
    tell_shares(2020, {at: (100 + 9 * at, 1000) for at in range(1, 13)})
    tell(OTHER, 2020, {at: 30 - at for at in range(1, 10)})


def begin_anew():
    cache.clear()
    shelf.forget()


def opened(client, query="", page=PAGE):
    """Return the page from its heading on, without the token of its form, and what was read of values."""
    with CaptureQueriesContext(connection) as taken:
        response = client.get(page + query)
    assert response.status_code == 200
    tables = {name for one in taken for name in TABLE.findall(one["sql"])}
    return TOKEN.sub("", response.content.decode()).partition("<h1>")[2], tables & VALUES


@pytest.mark.usefixtures("told")
def test_another_address_is_composed_of_what_was_read_and_is_what_reading_would_have_made(officer):
    opened(officer)
    composed = {query: opened(officer, query) for query in CLICKED}

    assert [read for _, read in composed.values()] == [set()] * len(CLICKED)
    for query, (page, _) in composed.items():
        begin_anew()
        made, read = opened(officer, query)
        assert read
        assert page == made


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("query", ["?pool=3", "?year=2020", "?group=nation", "?origin=submitted"])
def test_other_numbers_are_other_columns(officer, query):
    tell(SHARE, 2020, {"98": 12, "47": 13}, kind=PlaceKind.PREFECTURE)
    submit("home_death_rate", 2025, {at: (30 + at, 200) for at in range(1, 10)})
    first, _ = opened(officer)
    asked, read = opened(officer, query)

    assert read
    assert asked != first
    begin_anew()
    assert opened(officer, query)[0] == asked


@pytest.mark.usefixtures("told")
def test_a_column_that_is_not_there_is_not_asked_for_again(officer):
    tell("deaths", 2020, {"990019": 5})
    opened(officer, f"?indicator={SHARE}")
    _, read = opened(officer, f"?indicator={SHARE}&indicator=deaths")
    _, again = opened(officer, f"?indicator={SHARE}&indicator=deaths&sort={SHARE}")

    assert read
    assert not again


@pytest.mark.usefixtures("told")
class TestYears:
    PAST = "/p/98/2020/compare/"

    def test_of_whether_a_year_is_there_one_row_is_asked_and_nothing_is_read_again(self, officer):
        opened(officer, page=self.PAST)
        with CaptureQueriesContext(connection) as taken:
            officer.get(self.PAST)

        asked = [one["sql"] for one in taken if VALUES & {*TABLE.findall(one["sql"])}]
        assert len(asked) == 1
        assert "SELECT 1 AS " in asked[0]
        assert asked[0].endswith("LIMIT 1")

    def test_a_year_is_gone_with_its_values(self, officer):
        opened(officer, page=self.PAST)
        PublishedValue.objects.all().delete()

        assert officer.get(self.PAST).status_code == 404

    @pytest.mark.parametrize(
        "begin",
        [
            lambda: tell(SHARE, 2019, {1: 5}),
            lambda: tell(SHARE, 2019, {"98": 5}, kind=PlaceKind.PREFECTURE),
            lambda: submit("home_death_rate", 2019, {1: (30, 200)}),
        ],
    )
    def test_a_year_before_all_values_is_there_with_the_first_one(self, officer, begin):
        assert officer.get("/p/98/2019/compare/").status_code == 404
        begin()

        assert officer.get("/p/98/2019/compare/").status_code == 200


class TestChanges:
    @pytest.mark.usefixtures("told")
    def test_what_towns_submit_lets_statistics_stand(self, officer):
        before, _ = opened(officer)
        submit("home_death_rate", 2025, {at: (30 + at, 200) for at in range(1, 10)})
        _, read = opened(officer, f"?sort={SHARE}")

        # Only how many indicators were submitted is counted anew.
        assert read == {SubmittedValue._meta.db_table}
        after, read = opened(officer)
        assert not read
        assert "市町村が提出した値（1指標）に切り替える" in after
        assert after.partition('id="table"')[2] == before.partition('id="table"')[2]

    CHANGES = (
        lambda: PublishedValue.objects.filter(place_code=town(1)).update(value=77),
        lambda: Dataset.objects.update(title="別の題の統計"),
        lambda: Definition.objects.filter(code=SHARE).update(name="別の名前の割合"),
    )

    @pytest.mark.usefixtures("told")
    @pytest.mark.parametrize("change", CHANGES)
    def test_a_change_of_what_decides_columns_shows_at_once(self, officer, change):
        before, _ = opened(officer)
        change()
        after, read = opened(officer)

        assert read
        assert after != before

    @pytest.mark.usefixtures("told")
    @pytest.mark.parametrize("change", CHANGES)
    def test_without_a_fresh_mark_it_would_not(self, officer, change):
        """The control: columns are found again as long as no mark tells of a change."""
        before, _ = opened(officer)
        marks = marking.marks()
        change()
        for table, mark in marks:
            marking.TableMark.objects.filter(table=table).update(mark=mark)
        cache.clear()

        assert opened(officer)[0] == before

    @pytest.mark.usefixtures("told")
    def test_without_marks_nothing_is_remembered(self, officer):
        marking.TableMark.objects.all().delete()
        opened(officer)

        assert opened(officer)[1]

    @pytest.mark.parametrize("origin", Origin)
    def test_columns_are_read_from_nothing_but_the_tables_that_decide_them(self, origin):
        plant(9)
        tell_shares(2020, {at: (100 + at, 1000) for at in range(1, 10)})
        submit("home_death_rate", 2025, {at: (30 + at, 200) for at in range(1, 10)})
        home = Prefecture.objects.get(code=CODE)
        places, selection = places_of_prefecture(home), selection_of({"origin": origin}, [])
        with CaptureQueriesContext(connection) as taken:
            found = comparison(selection, places, reader=Reader(CODE))
        read = {name for one in taken for name in TABLE.findall(one["sql"])}
        decide = shelf.STATISTICS if origin is Origin.STATISTICS else shelf.SUBMITTED

        assert found.columns
        assert read <= {name for name, _ in marking.among(marking.marks(), decide)}


class TestReaders:
    TOWNS = (town(1), town(2))

    @pytest.fixture
    def colleague(self, sign_in, people):
        """Somebody of a health centre that is in charge of two of nine towns."""
        with within_prefecture(Prefecture.objects.get(code=CODE)):
            HealthCentre.objects.create(
                code=f"{CODE}-000001", key="centre-1", name="保健所", towns=",".join(self.TOWNS)
            )
        Membership.objects.create(
            user=people["stranger"],
            role=Role.OFFICER,
            scope_kind=ScopeKind.HEALTH_CENTRE,
            scope_code=f"{CODE}-000001",
        )
        return sign_in("stranger")

    def rows(self, page):
        return re.findall(r'<tr id="place-(\d+)"', page)

    @pytest.mark.usefixtures("told")
    def test_a_colleague_after_the_officer_finds_nothing_of_theirs(self, officer, colleague):
        everybody = self.rows(opened(officer)[0])
        page, read = opened(colleague, f"?sort={SHARE}")

        assert read
        assert {*self.rows(page)} == {*self.TOWNS} < {*everybody}
        assert {*self.rows(opened(officer, f"?sort={SHARE}")[0])} == {*everybody}

    def test_what_is_withheld_from_a_colleague_stays_so_after_the_officer(self, officer, colleague):
        """Of seven values the officer reads the distribution, a health centre of two towns does not."""
        plant(9)
        submit("home_death_rate", 2025, {at: (30 + at, 200) for at in range(1, 8)})
        query = "?origin=submitted"
        shown, _ = opened(officer, query)

        for asked in (query, f"{query}&sort=home_death_rate", query):
            assert WITHHELD not in shown
            assert WITHHELD in opened(colleague, asked)[0]
            shown, _ = opened(officer, asked)

    def test_officer_colleague_and_town_have_boards_of_their_own(self):
        """The control beside: the very same reader finds their own board again."""
        plant(9)
        selection, marks = selection_of({}, []), marking.marks()
        places = places_of_prefecture(Prefecture.objects.get(code=CODE))
        readers = (
            Reader(CODE),
            Reader(CODE, towns=frozenset(self.TOWNS)),
            Reader(CODE, towns=frozenset()),
            Reader(CODE, own=town(1)),
            Reader("99"),
        )
        boards = [shelf.board(selection, places, one, [SHARE], marks) for one in readers]

        assert len({id(one) for one in boards}) == len(readers)
        for one, board in zip(readers, boards, strict=True):
            assert shelf.board(selection, places, one, [SHARE], marks) is board

    def test_behind_alone_a_picture_shows_a_colleague_no_other_town(self, officer, colleague):
        """The pale dots beside the rows are those of the colleague's own towns; the officer's are everybody's."""
        plant(12)
        pairs = {at: (3000 + at, 10_000) for at in range(2, 13)}
        tell_shares(2020, pairs | {1: (2000, 10_000)})
        query = f"?indicator={SHARE}&view=funnel&only=q1"

        def dots(client):
            page, _ = opened(client, query)
            assert self.rows(page) == [town(1)]
            return re.findall(r'<circle class="funnel-other".*?<title>(町\d+)', page)

        assert dots(colleague) == ["町2"]
        assert len(dots(officer)) == 11
        assert dots(colleague) == ["町2"]

    @pytest.mark.usefixtures("told")
    def test_a_town_that_changes_its_centre_is_gone_at_once(self, colleague):
        assert {*self.rows(opened(colleague)[0])} == {*self.TOWNS}
        with within_prefecture(Prefecture.objects.get(code=CODE)):
            HealthCentre.objects.update(towns=town(3))

        assert self.rows(opened(colleague, f"?sort={SHARE}")[0]) == [town(3)]


@pytest.mark.usefixtures("told")
def test_no_more_is_remembered_than_there_is_room_for(officer, monkeypatch):
    monkeypatch.setattr(shelf, "MOST_CELLS", 30)
    monkeypatch.setattr(shelf, "MOST_THINGS", 1)
    for year in range(2015, 2021):
        opened(officer, f"?year={year}&indicator={SHARE}")
    opened(officer, f"?indicator={SHARE}")
    opened(officer, f"?year=2020&indicator={SHARE}")

    assert sum(one.cells for one in shelf._boards.values()) <= 30 + 12
    assert len(shelf._things) == 1
