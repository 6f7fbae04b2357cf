"""Joint councils: the lead names its partners; they read and never write."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from councils.models import Council, CouncilFunction, CouncilPartner, Seat
from municipalities.kernel import submission_keys
from municipalities.models import Area, Municipality, Organization, Prefecture
from municipalities.tenancy import within
from tests import world

pytestmark = pytest.mark.django_db
LIST = "/m/990019/2026/councils/"
SHARED = f"{LIST}shared/990027/joint/"


@pytest.fixture
def town():
    return world.cycle_of(world.THEIRS).municipality


@pytest.fixture
def joint(here, town):
    """A council that 見本町 leads, with a body and an area of its own."""
    with within(town):
        upper = Council.objects.create(key="upper", name="見本町だけの会議")
        row = Council.objects.create(
            key="joint",
            name="見本広域の全体会",
            parent=upper,
            area=Area.objects.create(key="east", name="見本町の東部"),
        )
        body = Organization.objects.create(key="clinic", name="見本町診療所")
        Seat.objects.create(council=row, key="seat", organization=body, name=body.name)
        CouncilFunction.objects.create(council=row, key="function", text="目線合わせ")
    return row


@pytest.fixture
def shared(joint, town):
    """The same, shared with 見本市."""
    with within(town):
        ours = Municipality.objects.get(code=world.OURS)
        CouncilPartner.objects.create(council=joint, partner=ours, key="with-mihon")
    return joint


def add(client, url, **fields):
    return client.post(url, {"submission_key": submission_keys.new(), **fields})


def page(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


class TestAtThePartner:
    def test_it_stands_in_the_list_with_its_lead(self, shared, as_editor):
        told = page(as_editor, LIST)

        assert SHARED in told
        assert "見本町が代表" in told
        assert f"{LIST}joint/edit/" not in told

    def test_its_page_is_read_without_what_stays_behind_the_fence(self, shared, as_editor):
        told = page(as_editor, SHARED)

        assert "見本町が記入しています" in told
        assert "見本町診療所" in told, "the copied name of the body"
        assert "目線合わせ" in told
        for hidden in ("見本町の東部", "見本町だけの会議", "/edit/", "/delete/", "追加する"):
            assert hidden not in told.split("<main")[1]

    def test_without_the_sharing_there_is_nothing(self, joint, as_editor):
        """The negative control of the two above."""
        assert "見本町が代表" not in page(as_editor, LIST)
        assert as_editor.get(SHARED).status_code == 404

    def test_the_partners_year_tells_its_parts_in_order_whatever_their_places(
        self, shared, joint, town, as_adviser
    ):
        """A place of 0 beside one of 1: both are numbers, and the first one comes first."""
        with within(town):
            for place, text in ((2, "三番目の機能"), (1, "二番目の機能")):
                CouncilFunction.objects.create(
                    council=joint, key=f"place-{place}", text=text, position=place
                )

        page = as_adviser.get("/review/m/990019/2026/")

        assert page.status_code == 200
        shown = page.content.decode()
        places = [shown.index(text) for text in ("目線合わせ", "二番目の機能", "三番目の機能")]
        assert places == sorted(places)

    def test_it_cannot_be_written(self, shared, town, as_editor):
        for path in (
            "joint/edit/",
            "joint/delete/",
            "joint/up/",
            "joint/functions/add/",
            "joint/seats/add/",
            "joint/partners/add/",
            "seats/seat/edit/",
            "seats/seat/delete/",
            "functions/function/edit/",
            "functions/function/up/",
            "partners/with-mihon/delete/",
        ):
            answer = as_editor.post(f"{LIST}{path}", {"base_version": "1", "text": "x"})
            assert answer.status_code == 404, path
        with within(town):
            assert CouncilFunction.objects.get(key="function").text == "目線合わせ"
            assert CouncilPartner.objects.filter(key="with-mihon").exists()

    def test_it_is_not_offered_as_an_upper_one(self, shared, as_editor):
        assert "見本広域の全体会" not in page(as_editor, f"{LIST}add/")
        form = {
            "name": "WG",
            "kind": "plenary",
            "programme": "ours",
            "scene": "all",
            "status": "active",
            "audience": "adviser",
            "parent": shared.pk,
        }
        assert add(as_editor, f"{LIST}add/", **form).status_code == 422

    def test_our_own_does_not_read_as_a_neighbours(self, shared, here, as_editor):
        Council.objects.create(key="own", name="見本市の会議")

        assert as_editor.get(f"{LIST}shared/990019/own/").status_code == 404


class TestAtTheLead:
    @pytest.fixture
    def own(self, here):
        return Council.objects.create(key="own", name="見本広域の推進会議")

    URL = f"{LIST}own/partners/add/"

    @pytest.mark.parametrize("typed", ["990027", "９９００２７", "見本町", "見本県見本町"])
    def test_a_partner_is_named_by_code_or_name(self, own, as_editor, typed):
        answer = add(as_editor, self.URL, partner=typed)

        assert answer.headers["Location"] == f"{LIST}own/#partners"
        assert CouncilPartner.objects.get(council=own).partner.code == "990027"
        assert "見本県見本町" in page(as_editor, f"{LIST}own/")

    def test_then_the_neighbour_reads_it(self, own, as_editor, sign_in):
        url = "/m/990027/2026/councils/shared/990019/own/"
        assert sign_in("neighbour").get(url).status_code == 404
        add(as_editor, self.URL, partner="見本町")

        assert "見本広域の推進会議" in page(sign_in("neighbour"), url)

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ("", "市区町村を入力してください"),
            ("見本村村", "登録されている市区町村の名前か、6桁のコードで入力してください"),
            ("99002", "登録されている市区町村の名前か、6桁のコードで入力してください"),
            ("990019", "自分の市区町村は、追加しなくても含まれています"),
            ("見本市", "自分の市区町村は、追加しなくても含まれています"),
        ],
    )
    def test_what_cannot_be_one_is_refused_and_kept(self, own, as_editor, typed, sentence):
        answer = add(as_editor, self.URL, partner=typed)

        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert f'value="{typed}"' in answer.content.decode() or not typed
        assert not CouncilPartner.objects.filter(council=own).exists()

    def test_the_same_one_twice_is_refused(self, own, as_editor):
        add(as_editor, self.URL, partner="990027")
        answer = add(as_editor, self.URL, partner="見本町")

        assert answer.status_code == 422
        assert "見本町は、すでに追加されています" in answer.content.decode()

    def test_of_two_towns_with_one_name_the_prefecture_is_asked(self, own, as_editor):
        other = Prefecture.objects.get(code="98")
        Municipality.objects.create(
            code="980021", name="見本町", kana="みほんちょう", kind="town", prefecture=other
        )
        asked = add(as_editor, self.URL, partner="見本町")

        assert (
            "市区町村は、同じ名前がほかにもあるため、都道府県の名前を付けるか"
            in asked.content.decode()
        )
        assert add(as_editor, self.URL, partner="となり県見本町").status_code == 302

    def test_a_partner_that_is_taken_out_reads_it_no_more(self, own, as_editor, sign_in):
        add(as_editor, self.URL, partner="見本町")
        row = CouncilPartner.objects.get(council=own)
        assert "見えなくなります" in page(as_editor, f"{LIST}partners/{row.key}/delete/")
        as_editor.post(f"{LIST}partners/{row.key}/delete/", {"base_version": "1"})

        url = "/m/990027/2026/councils/shared/990019/own/"
        assert sign_in("neighbour").get(url).status_code == 404


def test_deleting_takes_the_same_few_queries_for_many_towns(here, as_editor):
    row = Council.objects.create(key="many", name="見本広域の全体会")
    url = f"{LIST}many/delete/"
    as_editor.get(url)
    with CaptureQueriesContext(connection) as few:
        as_editor.get(url)
    for number in range(12):
        town = Municipality.objects.create(
            code=f"9910{number:02}",
            name=f"町{number}",
            kana="まち",
            kind="town",
            prefecture=here.municipality.prefecture,
        )
        CouncilPartner.objects.create(key=f"with-{number}", council=row, partner=town)
    with CaptureQueriesContext(connection) as many:
        assert "町11" in as_editor.get(url).content.decode()

    assert len(many) == len(few)
