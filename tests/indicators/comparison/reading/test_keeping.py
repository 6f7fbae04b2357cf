"""A kept page of comparison is never an old one, never another reader's, and never more than a few."""

import re

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from indicators.choices import PlaceKind
from indicators.comparison import keeping
from indicators.comparison.asking.asked import CUT
from indicators.comparison.reading import shelf
from indicators.comparison.selection import VIEWS
from indicators.models import Dataset, Definition, PublishedValue, SubmittedValue
from indicators.publishing import letting_out, marking
from municipalities.choices import Role, ScopeKind
from municipalities.kernel import release
from municipalities.models import HealthCentre, Membership, Municipality, Prefecture
from municipalities.prefecture_tenancy import within_prefecture
from municipalities.tenancy import within
from tests import world
from tests.indicators.comparison.planted import CODE, SHARE, plant, submit, tell, tell_shares, town
from tests.indicators.definitions import test_prefecture_definitions as definitions
from tests.indicators.intake import test_statistics_files as files
from tests.indicators.publishing.test_letting_out import copy, row

pytestmark = pytest.mark.django_db
PAGE = "/p/98/2026/compare/"
HOME = "/p/99/2026/compare/"
# Session, user, membership, prefecture.
LETTING_IN = 4
TOKEN = re.compile(r'"\w{64}"')
TABLE = re.compile(r'\b(?:FROM|JOIN) "(\w+)"')
MODELS = {model._meta.db_table: model for model in (PublishedValue, SubmittedValue)}
MEMORY = "django.core.cache.backends.locmem.LocMemCache"


def begin_anew():
    cache.clear()
    shelf.forget()


@pytest.fixture(autouse=True)
def empty_cache():
    begin_anew()
    yield
    begin_anew()


@pytest.fixture
def officer(sign_in):
    return sign_in("other-officer")


@pytest.fixture
def told():
    plant(9)
    tell(SHARE, 2020, {at: 10 + at for at in range(1, 10)})


def key_of(address, towns=None):
    return keeping.key_of(address, towns=towns, marks=marking.marks())


def opened(client, address=PAGE):
    """Return the page from its heading on, without the token of its form."""
    response = client.get(address)
    assert response.status_code == 200
    return TOKEN.sub("", response.content.decode()).partition("<h1>")[2]


def statements(client, address=PAGE):
    with CaptureQueriesContext(connection) as taken:
        client.get(address)
    return [one["sql"] for one in taken]


def is_read(client, address=PAGE):
    """Say whether any value was read to show the page."""
    return any(PublishedValue._meta.db_table in sql for sql in statements(client, address))


@pytest.mark.usefixtures("told")
def test_while_nothing_changes_nothing_is_read_again_and_the_page_is_the_same(officer):
    first = opened(officer)
    assert not is_read(officer)

    assert opened(officer) == first
    assert len(statements(officer)) <= 6


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("year", [2020, 2026])
def test_the_very_first_opening_of_any_year_takes_few_statements(officer, year):
    """Of its own no more than ten, beside the letting-in of one who is signed in and the size of all towns."""
    address = f"/p/98/{year}/compare/"
    Dataset.objects.update(fingerprint=f"as shipped {year}")
    officer.get(address)
    begin_anew()

    assert len(statements(officer, address)) <= 10 + LETTING_IN
    assert len(statements(officer, address)) <= 2 + LETTING_IN


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("view", VIEWS)
def test_every_drawing_is_kept_as_it_was_drawn(officer, view):
    address = f"{PAGE}?view={view}"
    first = opened(officer, address)

    assert not is_read(officer, address)
    assert opened(officer, address) == first


class TestDeeds:
    """Each deed that changes what is compared shows at once; without the marks it would not."""

    @pytest.fixture
    def home(self, sign_in):
        return sign_in("officer")

    def file_taken(self, client):
        upload = files.send(client, files.HEAD + files.ROWS)
        files.corrected(client, upload)
        files.take(client, upload)
        assert upload.state == "done"

    def report_let_out(self, client):
        place = Municipality.objects.get(code=world.OURS)
        with within(place):
            letting_out.let_out(place, [copy(row("87.6"))])

    def report_taken_back(self, client):
        place = Municipality.objects.get(code=world.OURS)
        with within(place):
            letting_out.let_out(place, [])

    def definition_of_the_prefecture(self, client):
        sent = definitions.as_typed(name="退院の前に会った割合")
        client.post(f"{definitions.LIST}{definitions.SAMPLE}/edit/", sent)

    def town_renamed(self, client):
        Municipality.objects.filter(code=world.OURS).update(name="新しい見本市")

    def national_definition(self, client):
        Definition.objects.filter(code="home_death_rate").update(name="新しい名前の割合")

    def value_put_right(self, client):
        one = PublishedValue.objects.filter(place_code=world.OURS).first()
        one.value = 77
        one.save()

    DEEDS = (
        *("file_taken", "report_let_out", "report_taken_back", "definition_of_the_prefecture"),
        *("town_renamed", "national_definition", "value_put_right"),
    )
    SUBMITTED = ("report_let_out", "report_taken_back", "definition_of_the_prefecture")

    def prepared(self, deed):
        """Return the address of a page that shows what the deed changes."""
        if deed not in self.SUBMITTED:
            tell("home_death_rate", 2020, {world.OURS: 12, world.THEIRS: 13})
            return HOME
        for at in (world.OURS, world.THEIRS):
            SubmittedValue.objects.update_or_create(
                municipality=Municipality.objects.get(code=at),
                code=definitions.SAMPLE,
                fiscal_year=2025,
                defaults={
                    "value": 20,
                    "state": "value",
                    "source": "調査",
                    "number": "R8-1",
                    "published_at": timezone.now(),
                },
            )
        return f"{HOME}?origin=submitted"

    @pytest.mark.parametrize("deed", DEEDS)
    def test_a_deed_shows_at_once(self, home, deed):
        address = self.prepared(deed)
        before = opened(home, address)
        assert opened(home, address) == before

        getattr(self, deed)(home)

        after = opened(home, address)
        assert after != before
        begin_anew()
        assert opened(home, address) == after

    @pytest.mark.parametrize("deed", ["report_let_out", "national_definition", "value_put_right"])
    def test_without_fresh_marks_it_would_not(self, home, deed):
        """The control: what is kept is shown, as long as no mark tells of a change."""
        address = self.prepared(deed)
        before, marks = opened(home, address), marking.marks()

        getattr(self, deed)(home)
        for table, mark in marks:
            marking.TableMark.objects.filter(table=table).update(mark=mark)

        assert opened(home, address) == before
        begin_anew()
        assert opened(home, address) != before

    def test_a_statistic_taken_out_is_gone(self, home):
        address = self.prepared("file_taken")
        before = opened(home, address)
        self.file_taken(home)
        taken = opened(home, address)
        dataset = Dataset.objects.get(title=files.TITLE)
        home.post(f"{files.LIST}{dataset.pk}/delete/")

        assert taken != before
        assert files.TITLE in taken
        assert files.TITLE not in opened(home, address)


@pytest.mark.usefixtures("told")
def test_what_is_rolled_back_is_not_shown_afterwards(officer):
    before = opened(officer)
    with transaction.atomic():
        PublishedValue.objects.update(value=F("value") + 50)
        assert opened(officer) != before
        transaction.set_rollback(True)

    assert opened(officer) == before
    PublishedValue.objects.update(value=F("value") + 7)
    assert "18.0" in opened(officer)


@pytest.mark.parametrize("origin", ["statistics", "submitted"])
@pytest.mark.parametrize("group", ["prefecture", "nation", f"near-{town(1)}", f"alike-{town(1)}"])
def test_nothing_is_read_but_tables_with_a_mark(officer, origin, group):
    """What a mark does not tell of may not decide a page that is kept."""
    plant(9)
    Municipality.objects.filter(code__startswith=CODE).update(similar_group="町村Ⅳ－２")
    tell_shares(2020, {at: (100 + at, 1000) for at in range(1, 10)})
    tell(SHARE, 2020, {"98": 12, "47": 13}, kind=PlaceKind.PREFECTURE)
    submit("home_death_rate", 2025, {at: (30 + at, 200) for at in range(1, 10)})
    found = set()
    for view in VIEWS:
        address = f"{PAGE}?origin={origin}&group={group}&view={view}"
        opened(officer, address)
        asked = {table for sql in statements(officer, address) for table in TABLE.findall(sql)}
        for model in MODELS.values():
            model.objects.update(value=F("value"))
        anew = {table for sql in statements(officer, address) for table in TABLE.findall(sql)}
        found |= anew - asked

    assert {PublishedValue, SubmittedValue} & {*map(MODELS.get, found)}
    assert found <= {*marking.tables()}


class TestReaders:
    @pytest.fixture
    def colleague(self, sign_in, people):
        """Somebody of a health centre that is in charge of 見本市 alone."""
        self.centre([world.OURS])
        Membership.objects.create(
            user=people["stranger"],
            role=Role.OFFICER,
            scope_kind=ScopeKind.HEALTH_CENTRE,
            scope_code="99-000001",
        )
        return sign_in("stranger")

    def centre(self, towns):
        with within_prefecture(Prefecture.objects.get(code="99")):
            HealthCentre.objects.update_or_create(
                code="99-000001",
                defaults={"key": "centre-1", "name": "見本保健所", "towns": ",".join(towns)},
            )

    @pytest.fixture(autouse=True)
    def values(self):
        tell("home_death_rate", 2020, {world.OURS: 12, world.THEIRS: 13})

    def rows(self, client):
        return re.findall(r'<tr id="place-(\d+)"', opened(client, HOME))

    def test_only_towns_are_said_to_be_left_out(self, colleague):
        tell("deaths", 2020, {"98": 10}, kind=PlaceKind.PREFECTURE)

        assert CUT in opened(colleague, HOME)
        assert CUT not in opened(colleague, f"{HOME}?group=nation")

    def test_the_rows_below_say_whose_they_are(self, sign_in, colleague):
        foot = opened(colleague, HOME).split("<tfoot>")[1].split("</tfoot>")[0]
        whole = opened(sign_in("officer"), HOME).split("<tfoot>")[1].split("</tfoot>")[0]

        assert re.search(r"見本県の市町村（\d）のうち値のある数</th><td>2<", foot)
        # Of two values the median and the ends would tell the one that is not shown.
        assert "中央値" not in foot
        assert "最大" not in foot
        assert "値のある市町村の数" in whole
        assert "中央値" in whole

    def test_a_colleague_is_shown_only_their_towns_after_the_officer(self, sign_in, colleague):
        everybody = self.rows(sign_in("officer"))

        assert {world.OURS, world.THEIRS} <= {*everybody}
        assert self.rows(colleague) == [world.OURS]
        assert self.rows(colleague) == [world.OURS]
        assert self.rows(sign_in("officer")) == everybody

    def test_a_colleague_with_other_towns_sees_them_at_once(self, colleague):
        assert self.rows(colleague) == [world.OURS]

        self.centre([world.THEIRS])

        assert self.rows(colleague) == [world.THEIRS]

    def test_whoever_may_not_enter_gets_nothing_of_what_is_kept(self, sign_in):
        opened(sign_in("officer"), HOME)

        assert sign_in("editor").get(HOME).status_code == 404
        assert sign_in("other-officer").get(HOME).status_code == 404

    def test_nothing_of_a_person_is_kept(self, sign_in, colleague, people):
        opened(sign_in("officer"), HOME)
        key = key_of(HOME)
        parts = keeping.kept(key)

        assert "csrfmiddlewaretoken" not in parts.upper + parts.lower
        assert people["officer"].username not in parts.upper + parts.lower
        assert "csrfmiddlewaretoken" in sign_in("officer").get(HOME).content.decode()

    def test_without_the_towns_in_the_key_a_colleague_would_see_all(
        self, sign_in, colleague, monkeypatch
    ):
        """The control: it is the key that keeps readers apart."""
        real = keeping.key_of
        monkeypatch.setattr(
            keeping, "key_of", lambda address, towns, marks: real(address, towns=None, marks=marks)
        )
        everybody = self.rows(sign_in("officer"))

        assert self.rows(colleague) == everybody


@pytest.mark.usefixtures("told")
def test_two_processes_with_memories_of_their_own_show_the_same(officer):
    memories = [
        override_settings(CACHES={"default": {"BACKEND": MEMORY, "LOCATION": f"process-{at}"}})
        for at in (1, 2)
    ]
    for memory in memories:
        with memory:
            opened(officer)
    with memories[0]:
        PublishedValue.objects.filter(place_code=town(1)).update(value=66)
        fresh = opened(officer)

    with memories[1]:
        assert opened(officer) == fresh
        assert "66.0" in fresh


@pytest.mark.usefixtures("told")
def test_without_a_cache_the_page_is_made_each_time(officer):
    first = opened(officer)
    away = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": "redis://127.0.0.1:1/0",
        "OPTIONS": {"serializer": "config.cache.JsonSerializer"},
    }
    with override_settings(CACHES={"default": away}):
        assert opened(officer) == first


@pytest.mark.usefixtures("told")
def test_what_somebody_else_put_there_is_not_shown(officer):
    first = opened(officer)
    key = key_of(PAGE)
    sign, packed = cache.get(key.slot)
    for planted in ([sign, packed[:-8] + "AAAAAAA="], ["", packed], [sign], 7, "x", [None, None]):
        cache.set(key.slot, planted)

        assert keeping.kept(key) is None
        assert opened(officer) == first


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("what", ["address", "towns", "release", "day", "marks"])
def test_what_was_made_of_anything_else_is_none(what, monkeypatch):
    def key(address=PAGE, towns=None):
        return key_of(address, towns=towns)

    keeping.keep(key(), keeping.Parts("上", "下"))
    assert keeping.kept(key()) == keeping.Parts("上", "下")

    if what == "address":
        other = key(address=f"{PAGE}?view=map")
    elif what == "towns":
        other = key(towns=frozenset())
    else:
        if what == "release":
            monkeypatch.setattr(release, "fingerprint", lambda: "another")
        elif what == "day":
            tomorrow = timezone.localdate().replace(year=2099)
            monkeypatch.setattr(keeping.timezone, "localdate", lambda: tomorrow)
        else:
            Definition.objects.update(caution="")
        other = key()

    assert keeping.kept(keeping.Key(key().slot, other.decided_by)) is None


@pytest.mark.usefixtures("told")
def test_however_many_addresses_are_asked_no_more_than_the_slots_are_filled():
    slots = {key_of(f"{PAGE}?town={at}").slot for at in range(2000)}

    assert len(slots) <= keeping.SLOTS


@pytest.mark.usefixtures("told")
def test_a_page_that_is_too_large_is_not_kept(monkeypatch):
    key = key_of(PAGE)
    monkeypatch.setattr(keeping, "LARGEST", 10)
    keeping.keep(key, keeping.Parts("上", "下"))

    assert keeping.kept(key) is None


def test_a_release_is_told_by_all_that_it_consists_of():
    kinds = {path.suffix for path in release._files()}

    assert {".py", ".html", ".csv"} <= kinds
    assert release.fingerprint() == release.fingerprint()
