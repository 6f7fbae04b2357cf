"""Health centres: the officer says which towns they are in charge of, and their colleagues see no other."""

import io

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from municipalities import town_codes
from municipalities.choices import Role, ScopeKind
from municipalities.entrance import health_centres
from municipalities.menus import desks
from municipalities.models import (
    HealthCentre,
    Invitation,
    Membership,
    Municipality,
    Prefecture,
)
from municipalities.people import inviting
from municipalities.people.inviting import Invitee
from municipalities.people.offers import Offer, name_of
from municipalities.prefecture_tenancy import reading_prefecture, within_prefecture
from reports.models import SupportRecord
from tests import world
from tests.reports.progress_rows import submitted
from tests.routes import EVERY, a_published_structure

pytestmark = pytest.mark.django_db
LIST = "/p/99/health-centres/"
FIELDS = {
    "base_version": "0",
    "row_key": "healthcentre-0123456789",
    "name": "見本保健所",
    "towns": [world.OURS],
}


@pytest.fixture
def officer(sign_in):
    return sign_in("officer")


def make(towns=(world.OURS,), code="99-000001", prefecture="99", name="見本保健所"):
    with within_prefecture(Prefecture.objects.get(code=prefecture)):
        return HealthCentre.objects.create(
            key=f"centre-{code}", code=code, name=name, towns=town_codes.write(towns)
        )


def grant(user, code="99-000001", role=Role.OFFICER):
    return Membership.objects.create(
        user=user, role=role, scope_kind=ScopeKind.HEALTH_CENTRE, scope_code=code
    )


@pytest.fixture
def colleague(sign_in, people):
    """Somebody of a health centre that is in charge of 見本市 alone."""
    make()
    grant(people["stranger"])
    return sign_in("stranger")


def stored():
    with reading_prefecture(Prefecture.objects.get(code="99")):
        return list(HealthCentre.objects.all())


@given(st.sets(st.from_regex(r"[0-9]{6}", fullmatch=True)))
def test_codes_come_back_from_their_column(codes):
    assert town_codes.read(town_codes.write(codes)) == tuple(sorted(codes))


class TestEntering:
    def test_an_officer_adds_changes_and_deletes_one(self, officer):
        assert officer.post(f"{LIST}add/", FIELDS).status_code == 302
        assert officer.post(f"{LIST}add/", FIELDS).status_code == 302
        (centre,) = stored()
        assert (centre.code, centre.town_codes) == ("99-456789", (world.OURS,))

        edit = f"{LIST}{centre.key}/edit/"
        changed = FIELDS | {"base_version": "1", "towns": [world.OURS, world.THEIRS]}
        assert officer.post(edit, changed).status_code == 302
        assert stored()[0].town_codes == (world.OURS, world.THEIRS)
        assert "見本市、見本町（2市町村）" in officer.get(LIST).content.decode()
        assert "見本村（1市町村）" in officer.get(LIST).content.decode()

        assert "元に戻せません" in officer.get(f"{LIST}{centre.key}/delete/").content.decode()
        officer.post(f"{LIST}{centre.key}/delete/", {"base_version": "2"})
        assert stored() == []

    @pytest.mark.parametrize("towns", [[], ["082015"], ["x"]])
    def test_towns_of_elsewhere_or_none_are_refused(self, officer, towns):
        response = officer.post(f"{LIST}add/", FIELDS | {"towns": towns})

        assert response.status_code == 422
        assert "見本保健所" in response.content.decode()
        assert stored() == []

    def test_of_two_who_change_the_towns_the_second_is_asked(self, officer):
        centre = make()
        edit = f"{LIST}{centre.key}/edit/"
        officer.post(edit, FIELDS | {"base_version": "1", "towns": [world.THEIRS]})
        response = officer.post(edit, FIELDS | {"base_version": "1", "towns": [world.PARTNER]})

        assert response.status_code == 409
        assert "ほかの人が保存した内容：見本町" in response.content.decode()
        assert stored()[0].town_codes == (world.THEIRS,)

    def test_one_with_colleagues_stays(self, officer, people):
        centre = make()
        grant(people["stranger"])
        officer.post(f"{LIST}{centre.key}/delete/", {"base_version": "1"})

        assert stored() == [centre]

    def test_nobody_else_enters_them(self, sign_in, colleague):
        assert sign_in("other-officer").get(LIST).status_code == 404
        assert sign_in("editor").post(f"{LIST}add/", FIELDS).status_code == 404
        assert colleague.get(LIST).status_code == 403
        assert colleague.post(f"{LIST}add/", FIELDS).status_code == 403


class TestInviting:
    INVITE = "/p/99/advisers/invite/"
    ASKED = {
        "email": "hokenjo@example.jp",
        "display_name": "見本保健所 担当者",
        "role": "officer",
        "valid_from": "2026-04-01",
    }

    def test_an_officer_invites_a_colleague_for_the_towns_of_a_centre(self, officer):
        make()
        response = officer.post(self.INVITE, self.ASKED | {"centre": "99-000001"})

        assert response.status_code in {200, 302}
        row = Invitation.objects.get(user__email="hokenjo@example.jp")
        assert (row.scope_kind, row.scope_code) == ("health_centre", "99-000001")
        assert name_of(row) == "見本県　見本保健所"
        assert "見本保健所" in officer.get("/p/99/advisers/").content.decode()

    def test_without_a_centre_it_is_the_whole_prefecture(self, officer):
        make()
        officer.post(self.INVITE, self.ASKED | {"centre": ""})

        assert Invitation.objects.get(user__email="hokenjo@example.jp").scope_kind == "prefecture"

    def test_a_centre_of_elsewhere_or_for_an_adviser_is_refused(self, officer):
        make()
        make(code="98-000001", prefecture="98", towns=())
        for fields in (
            {"centre": "98-000001"},
            {"centre": "99-000001", "role": "adviser", "place": world.OURS},
        ):
            assert officer.post(self.INVITE, self.ASKED | fields).status_code == 422
        assert not Invitation.objects.filter(user__email="hokenjo@example.jp").exists()

    def test_a_colleague_of_a_centre_lets_nobody_in(self, colleague, people):
        offer = Offer(Role.OFFICER, ScopeKind.HEALTH_CENTRE, "99-000001", timezone.localdate())
        with pytest.raises(PermissionDenied):
            inviting.invite(Invitee("x@example.jp", "x", "x-1"), offer, by=people["stranger"])


# Every address of a prefecture that names a municipality.
OF_A_TOWN = [
    route
    for route in EVERY
    if "prefecture>" in route.path and ("<code:town>" in route.path or "<number:" in route.path)
]


class TestWhatAColleagueSees:
    def test_there_are_such_addresses(self):
        assert len(OF_A_TOWN) >= 6

    @pytest.mark.parametrize("route", OF_A_TOWN, ids=str)
    def test_every_address_of_another_town_is_absent(self, route, colleague):
        for deed in (colleague.get, colleague.post):
            assert deed(route.url(code=world.THEIRS)).status_code == 404

    @pytest.mark.parametrize(
        "path", ["/p/99/2026/m/990019/", f"/p/99/2026/reports/{world.OURS}-2026-interim-1/"]
    )
    def test_the_own_town_is_there(self, path, colleague):
        """The negative control of the walk."""
        assert colleague.get(path).status_code == 200

    @pytest.mark.parametrize("page", ["", "steps/", "support-log/"])
    def test_tables_have_the_own_towns_alone(self, page, colleague, officer):
        shown = colleague.get(f"/p/99/2026/{page}").content.decode()

        assert "見本市" in shown
        assert "見本町" not in shown
        assert "見本町" in officer.get(f"/p/99/2026/{page}").content.decode()

    def test_a_record_for_several_towns_names_the_own_alone(self, colleague):
        told = {"kind": "dispatch", "theme": "二つの町の派遣", "held_on": "令和8年7月"}
        with within_prefecture(Prefecture.objects.get(code="99")):
            for key, towns in (("both", (world.OURS, world.THEIRS)), ("theirs", (world.THEIRS,))):
                SupportRecord.objects.create(
                    key=key, fiscal_year=2026, towns=town_codes.write(towns), **told
                )
        page = colleague.get("/p/99/2026/support-log/").content.decode()
        file = colleague.get("/p/99/2026/support-log/export/").content
        cells = {
            cell
            for sheet in load_workbook(io.BytesIO(file))
            for line in sheet.iter_rows(values_only=True)
            for cell in line
        }

        assert page.count("二つの町の派遣") == 1
        assert "見本市（ほか1市町村）" in page
        assert world.OURS in cells
        assert not any(world.THEIRS in str(cell) or "見本町" in str(cell) for cell in cells)

    @pytest.mark.parametrize("page", ["export/", "steps/export/", "support-log/export/"])
    def test_no_file_names_another_town(self, page, colleague, officer):
        def texts(client):
            book = load_workbook(io.BytesIO(client.get(f"/p/99/2026/{page}").content))
            lines = (line for sheet in book for line in sheet.iter_rows(values_only=True))
            return " ".join(str(cell) for line in lines for cell in line)

        if page.startswith("support-log"):
            with within_prefecture(Prefecture.objects.get(code="99")):
                SupportRecord.objects.create(key="all", fiscal_year=2026, kind="data", theme="x")
        assert "見本町" not in texts(colleague)
        assert "見本市" in texts(colleague)
        assert "見本町" in texts(officer)

    def test_the_api_lists_the_own_towns_alone(self, colleague):
        items = colleague.get("/api/v1/p/99/2026/progress").json()["items"]

        assert {item["municipality_code"] for item in items} == {world.OURS}

    def test_years_are_those_of_the_own_towns(self, colleague):
        submitted(Municipality.objects.get(code=world.THEIRS), fiscal_year=2031)

        assert colleague.get("/p/99/").headers["Location"] == "/p/99/2026/"

    def test_a_structure_that_another_town_let_out_to_the_prefecture_is_absent(
        self, colleague, officer
    ):
        copy = a_published_structure(world.THEIRS)
        path = f"/p/99/2026/structures/{world.YEAR}/{world.THEIRS}/{copy.key}/"
        assert colleague.get(path).status_code == 200
        type(copy).objects.filter(pk=copy.pk).update(audience="prefecture")

        assert colleague.get(path).status_code == 404
        assert officer.get(path).status_code == 200

    @pytest.mark.parametrize(
        "path",
        ["periods/", "statistics/", "posts/add/", "accept/", "m/990019/entry/"],
    )
    def test_deeds_of_the_prefecture_are_refused(self, path, colleague):
        assert colleague.get(f"/p/99/2026/{path}").status_code in {403, 405}
        assert colleague.post(f"/p/99/2026/{path}").status_code == 403

    def test_the_way_in_is_the_prefectures_page(self, colleague, people):
        assert colleague.get("/").headers["Location"] == "/p/99/"
        assert colleague.get("/p/").headers["Location"] == "/p/99/"
        assert colleague.get("/p/98/2026/").status_code == 404
        assert colleague.get(f"/m/{world.OURS}/2026/").status_code == 404
        (desk,) = desks.of(people["stranger"])
        assert desk.label == "見本保健所"

    def test_two_centres_add_up_and_an_ended_term_counts_no_more(self, colleague, people):
        make((world.THEIRS,), code="99-000002")
        second = grant(people["stranger"], "99-000002")
        assert "見本町" in colleague.get("/p/99/2026/").content.decode()

        yesterday = timezone.localdate() - timezone.timedelta(days=1)
        Membership.objects.filter(pk=second.pk).update(valid_from=yesterday, valid_to=yesterday)
        assert "見本町" not in colleague.get("/p/99/2026/").content.decode()

    def test_who_has_the_whole_prefecture_as_well_sees_all_of_it(self, colleague, people):
        Membership.objects.create(
            user=people["stranger"], role=Role.OFFICER, scope_kind="prefecture", scope_code="99"
        )

        assert "見本町" in colleague.get("/p/99/2026/").content.decode()
        assert colleague.get("/p/99/2026/periods/").status_code == 200

    def test_a_centre_that_is_gone_opens_nothing(self, sign_in, people):
        grant(people["stranger"], "99-ffffff")
        assert sign_in("stranger").get("/p/99/2026/").status_code == 404


def test_codes_of_elsewhere_are_not_the_prefectures():
    make(code="98-000001", prefecture="98")
    prefecture = Prefecture.objects.get(code="99")

    assert health_centres.held(prefecture, {"98-000001"}) == []
    assert list(health_centres.by_code({"98-000001", "99-ffffff"})) == ["98-000001"]
