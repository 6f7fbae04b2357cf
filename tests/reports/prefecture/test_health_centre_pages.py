"""Comparison, submitted values and prepared files for a colleague of a health centre: the own towns by name, no other."""

import io
import re
import zipfile
from html import unescape

import pytest
from django.conf import settings as site
from openpyxl import load_workbook

from municipalities import town_codes
from municipalities.choices import Role, ScopeKind
from municipalities.kernel import jobs
from municipalities.models import HealthCentre, Job, Membership, Municipality, Prefecture
from municipalities.prefecture_tenancy import reading_prefecture, within_prefecture
from municipalities.tenancy import within
from reports.models import Practice, PreparedFile, PublishedPractice
from reports.practice import publishing
from reports.prefecture.prepared import asking
from tests import world
from tests.indicators.rows import publish
from tests.reports.prefecture.test_prepared_reports import copied
from tests.routes import EVERY

pytestmark = pytest.mark.django_db
YEAR = "/p/99/2026/"
FILES = f"{YEAR}files/"
SHARE = "aging_rate_75"
TOWNS = (world.OURS, world.THEIRS)
# Every address of a prefecture but those of one municipality, which test_health_centres walks.
OF_NO_TOWN = [
    route
    for route in EVERY
    if "prefecture>" in route.path and "town>" not in route.path and "<number:" not in route.path
]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def officer(sign_in):
    return sign_in("officer")


@pytest.fixture
def colleague(sign_in, people):
    """Somebody of a health centre that is in charge of 見本市 alone."""
    with within_prefecture(Prefecture.objects.get(code="99")):
        HealthCentre.objects.create(
            key="centre-1",
            code="99-000001",
            name="見本保健所",
            towns=town_codes.write([world.OURS]),
        )
    Membership.objects.create(
        user=people["stranger"],
        role=Role.OFFICER,
        scope_kind=ScopeKind.HEALTH_CENTRE,
        scope_code="99-000001",
    )
    return sign_in("stranger")


@pytest.fixture
def ten_towns():
    """Ten towns with a share each, so that there are quarters; one of them is in our charge."""
    prefecture = Prefecture.objects.get(code="99")
    others = [f"9905{at:02}" for at in range(8)]
    Municipality.objects.bulk_create(
        Municipality(code=code, name=f"隣町{code}", kana="まち", kind="town", prefecture=prefecture)
        for code in others
    )
    for at, code in enumerate((*TOWNS, *others)):
        publish(SHARE, 2020, 10 + at, place=("municipality", code))
    return others


def text_of(response):
    """Return all that an answer says, a page or a workbook."""
    content = b"".join(response) if response.streaming else response.content
    if not content.startswith(b"PK"):
        return unescape(content.decode(errors="replace"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = (archive.read(name).decode(errors="replace") for name in archive.namelist())
        return unescape("".join(parts))


@pytest.mark.parametrize("route", OF_NO_TOWN, ids=str)
def test_no_address_of_the_prefecture_names_another_town(route, colleague, ten_towns):
    response = colleague.get(route.url())

    assert response.status_code in {200, 302, 403, 404, 405, 422}
    if response.status_code == 200:
        said = text_of(response)
        assert not [name for name in ("見本町", world.THEIRS, *ten_towns) if name in said]


@pytest.mark.parametrize(
    "page", ["compare/", "compare/export/", "values/?indicator=population_total"]
)
def test_an_officer_reads_the_other_town_there(page, officer, colleague, ten_towns):
    """The negative control of the walk: what is missing for the one is there for the other."""
    assert "見本町" in text_of(officer.get(YEAR + page))
    assert "見本市" in text_of(colleague.get(YEAR + page))
    assert "見本町" not in text_of(colleague.get(YEAR + page))


def test_good_practice_of_its_own_towns_and_of_everybody_is_read(colleague, cycle, people):
    """What another town lets out to the prefecture alone stays closed to the health centre."""
    library = f"{YEAR}practices/"
    for audience in ("prefecture", "public"):
        with within(cycle.municipality):
            row = Practice.objects.get(key="practice-1")
            Practice.objects.filter(pk=row.pk).update(audience=audience)
            publishing.publish(row, by=people["editor"])
        assert row.title in text_of(colleague.get(library))
    assert colleague.get(f"{library}2026/990019/practice-1/").status_code == 200
    assert f'href="{library}"' in text_of(colleague.get(YEAR))

    theirs = Municipality.objects.get(code=world.THEIRS)
    PublishedPractice.objects.update(municipality=theirs, audience="prefecture")
    assert row.title not in text_of(colleague.get(library))
    assert colleague.get(f"{library}2026/990027/practice-1/").status_code == 404
    assert f'href="{library}improved/"' not in text_of(colleague.get(library))
    assert colleague.get(f"{library}improved/").status_code == 403


def test_the_distribution_stays_the_whole_prefectures(officer, colleague, ten_towns):
    foot = text_of(officer.get(f"{YEAR}compare/")).split("<tfoot>")[1].split("</tfoot>")[0]
    page = text_of(colleague.get(f"{YEAR}compare/"))

    below, whose = page.split("<tfoot>")[1].split("</tfoot>")[0], r"見本県の市町村（\d+）の"
    assert re.findall(r"<td>.*</td>", below) == re.findall(r"<td>.*</td>", foot)
    assert ">10</td>" in foot
    assert re.search(rf"{whose}うち値のある数</th>", below)
    assert re.search(rf"{whose}中央値</th>", below)
    assert not re.search(whose, foot)
    assert page.count('<tr id="place-') == 1
    assert "低い方の25％" in page.split("<tbody>")[1].split("</tbody>")[0]
    assert "表の行は、担当する市町村だけです" in page
    assert "表の行は" not in text_of(officer.get(f"{YEAR}compare/"))


@pytest.mark.parametrize("view", ["strip", "multiples", "profile", "map"])
@pytest.mark.parametrize("group", ["", "&group=near-990019", "&group=nation"])
def test_no_drawing_names_another_town(view, group, colleague, ten_towns):
    query = f"?view={view}&focus={SHARE}&town={world.THEIRS}{group}"
    page = text_of(colleague.get(f"{YEAR}compare/{query}"))

    assert "見本町" not in page
    assert "隣町" not in page


def test_the_api_tells_of_the_own_town_alone(colleague, officer, ten_towns):
    address = f"/api/v1/p/99/2026/comparison?indicator={SHARE}"

    items = colleague.get(address).json()["items"]
    assert [item["municipality_code"] for item in items] == [world.OURS]
    assert len(officer.get(address).json()["items"]) > 1


def ask(client, kind="final"):
    assert client.post(f"{FILES}ask/", {"kind": kind}).status_code == 302
    with reading_prefecture(Prefecture.objects.get(code="99")):
        return PreparedFile.objects.first()


def work():
    while job := Job.objects.claimable().filter(kind=asking.ZIP).first():
        jobs.run(job.pk)


def stored(row):
    with reading_prefecture(Prefecture.objects.get(code="99")):
        return PreparedFile.objects.get(pk=row.pk)


def submitted_by_both():
    with within_prefecture(Prefecture.objects.get(code="99")):
        for code in TOWNS:
            copied(Municipality.objects.get(code=code), f"%PDF {code}".encode())


class TestPreparedFiles:
    def test_the_file_holds_the_own_town_alone(self, colleague, officer):
        submitted_by_both()
        row = ask(colleague)
        work()

        assert stored(row).state == "done"
        for client in (colleague, officer):
            response = client.get(f"{FILES}{row.pk}/download/")
            archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
            papers = [name for name in archive.namelist() if name.endswith(".pdf")]
            assert len(papers) == 1
            assert world.OURS in papers[0]
            book = load_workbook(io.BytesIO(archive.read("99_見本県/一覧.xlsx")))
            assert [line[0] for line in book["一覧"].iter_rows(values_only=True)][1:] == [
                world.OURS
            ]

    def test_the_officers_file_is_absent_for_the_colleague(self, colleague, officer):
        submitted_by_both()
        row = ask(officer)
        work()

        assert f"{FILES}{row.pk}/" in text_of(officer.get(FILES))
        assert f"{FILES}{row.pk}/" not in text_of(colleague.get(FILES))
        for deed in ("download", "status"):
            assert colleague.get(f"{FILES}{row.pk}/{deed}/").status_code == 404
        assert colleague.post(f"{FILES}{row.pk}/cancel/").status_code == 404

    def test_the_prefecture_and_a_centre_each_have_a_file_in_the_making(self, colleague, officer):
        """One of a kind at a time for the same municipalities: no desk waits for another."""
        submitted_by_both()
        rows = [ask(colleague), ask(officer)]
        again = [
            one.post(f"{FILES}ask/", {"kind": "final"}, follow=True) for one in (colleague, officer)
        ]

        assert all("同じ種類のファイルを作成しているところです" in text_of(one) for one in again)
        with reading_prefecture(Prefecture.objects.get(code="99")):
            assert {one.pk for one in PreparedFile.objects.making().filter(kind="final")} == {
                one.pk for one in rows
            }
        work()
        assert [stored(one).state for one in rows] == ["done", "done"]
        assert [stored(one).included for one in rows] == [1, 2]

    def test_a_town_that_went_to_another_centre_is_no_longer_put_together(self, colleague):
        submitted_by_both()
        row = ask(colleague)
        with within_prefecture(Prefecture.objects.get(code="99")):
            HealthCentre.objects.update(towns=town_codes.write([world.THEIRS]))
        work()

        assert (stored(row).state, stored(row).message) == ("failed", jobs.RIGHT_ENDED)
        assert not list((site.MEDIA_ROOT / "prepared").rglob("*.zip"))
        assert colleague.get(f"{FILES}{row.pk}/status/").status_code == 404
