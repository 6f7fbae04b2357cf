"""県の支援の記録 by health centres: of their own towns, marked as theirs, counted once."""

import io

import pytest
from openpyxl import load_workbook

from municipalities import town_codes
from municipalities.choices import Role, ScopeKind
from municipalities.kernel.changes import PrefectureChange
from municipalities.models import HealthCentre, Membership
from municipalities.prefecture_tenancy import reading_prefecture, within_prefecture
from tests import world
from tests.reports.support.test_support_log import (
    FIELDS,
    LOG,
    TOWN_PAGE,
    prefecture,
    record,
    stored,
)

pytestmark = pytest.mark.django_db
CENTRE = "99-000001"


@pytest.fixture
def officer(sign_in):
    return sign_in("officer")


@pytest.fixture
def colleague(sign_in, people):
    """Somebody of a health centre that is in charge of 見本市 alone."""
    with within_prefecture(prefecture()):
        own = town_codes.write([world.OURS])
        HealthCentre.objects.create(key="centre", code=CENTRE, name="見本保健所", towns=own)
    Membership.objects.create(
        user=people["stranger"],
        role=Role.OFFICER,
        scope_kind=ScopeKind.HEALTH_CENTRE,
        scope_code=CENTRE,
    )
    return sign_in("stranger")


def page_of(client, url=LOG):
    return client.get(url).content.decode()


def test_a_colleague_writes_changes_and_deletes_a_record_of_their_town(
    colleague, officer, as_editor, people
):
    for _ in range(2):
        assert colleague.post(f"{LOG}add/", FIELDS).status_code == 302
    (row,) = stored()
    edit, delete = f"{LOG}{row.key}/edit/", f"{LOG}{row.key}/delete/"

    assert (row.office, row.town_codes) == (CENTRE, (world.OURS,))
    for client, url in (
        (colleague, LOG),
        (officer, LOG),
        (as_editor, TOWN_PAGE),
        (officer, f"/p/99/2026/m/{world.OURS}/"),
    ):
        assert "記録：見本保健所" in page_of(client, url)
    for client in (colleague, officer):
        assert edit in page_of(client)
    assert colleague.post(edit, FIELDS | {"base_version": "1", "times": "4"}).status_code == 302
    assert stored()[0].times == 4
    assert colleague.post(delete, {"base_version": "2"}).status_code == 302
    with reading_prefecture(prefecture()):
        actors = PrefectureChange.objects.of(row).values_list("actor", flat=True)
        assert set(actors) == {people["stranger"].pk}


def test_an_officer_keeps_it_the_centres_own(colleague, officer):
    colleague.post(f"{LOG}add/", FIELDS)
    (row,) = stored()

    officer.post(f"{LOG}{row.key}/edit/", FIELDS | {"base_version": "1", "theme": "直した題"})

    assert (stored()[0].theme, stored()[0].office) == ("直した題", CENTRE)


@pytest.mark.parametrize(
    ("towns", "word"),
    [([], "対象の市町村を選んでください"), ([world.THEIRS], "市町村から選んでください")],
)
def test_of_other_towns_a_colleague_writes_nothing(colleague, officer, towns, word):
    response = colleague.post(f"{LOG}add/", FIELDS | {"towns": towns})

    assert response.status_code == 422
    assert word in response.content.decode()
    assert stored() == []
    assert "見本町" not in page_of(colleague, f"{LOG}add/")
    officer.post(f"{LOG}add/", FIELDS | {"towns": towns})
    assert len(stored()) == 1


def test_what_the_department_or_another_centre_wrote_is_read_and_not_changed(colleague):
    rows = [record([world.OURS]), record([world.OURS], office="99-000002"), record()]

    page = page_of(colleague)
    assert page.count("記録：県の担当課") == 2
    for row in rows:
        for deed in ("edit", "delete"):
            url = f"{LOG}{row.key}/{deed}/"
            assert url not in page
            assert colleague.post(url, FIELDS | {"base_version": "1"}).status_code == 403
    hidden = record([world.THEIRS], office=CENTRE)
    assert colleague.get(f"{LOG}{hidden.key}/edit/").status_code == 404
    assert len(stored()) == 4


def test_towns_of_others_stay_on_a_record_that_a_colleague_changes(colleague):
    row = record([world.OURS, world.THEIRS], office=CENTRE)

    colleague.post(f"{LOG}{row.key}/edit/", FIELDS | {"base_version": "1"})

    assert stored()[0].town_codes == (world.OURS, world.THEIRS)


def test_each_record_is_counted_once_whoever_wrote_it(colleague, officer):
    colleague.post(f"{LOG}add/", FIELDS)
    record([world.THEIRS], kind="training", times=2)

    counts = officer.get(LOG).context["counts"]
    own = colleague.get(LOG).context["counts"]

    assert (counts.total.records, counts.total.times, counts.total.towns) == (2, 5, 2)
    assert (counts.hands_on.records, counts.hands_on.times) == (1, 3)
    assert (own.total.records, own.total.times) == (1, 3)
    book = load_workbook(io.BytesIO(officer.get(f"{LOG}export/").content))
    head, *lines = book["記録"].iter_rows(values_only=True)
    offices = {line[head.index("記録した所属")] for line in lines}
    assert offices == {"見本保健所", "県の担当課"}


@pytest.mark.parametrize(
    ("values", "is_told"),
    [({}, True), ({"kind": "training"}, False), ({"held_on": "令和8年11月"}, False)],
)
def test_a_support_that_two_offices_wrote_down_is_told(colleague, values, is_told):
    told = {"kind": "dispatch", "held_on": "2026年10月頃", "theme": "県の派遣"}
    record([world.OURS], **told | values)

    page = colleague.post(f"{LOG}add/", FIELDS, follow=True).content.decode()

    assert ("ほかの所属にもあります（県の派遣）" in page) is is_told
    assert len(stored()) == 2


def test_other_deeds_of_the_prefecture_stay_closed(colleague):
    for path in ("requests/add/", "forms/add/", "periods/"):
        assert colleague.get(f"/p/99/2026/{path}").status_code == 403
