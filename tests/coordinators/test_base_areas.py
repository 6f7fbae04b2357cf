"""拠点 shared with the prefecture: copies by 在宅医療圏, each 拠点 once, areas without one named."""

import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from coordinators.bases import base_areas, base_publishing
from coordinators.bases.base_copy import BaseSheet, freeze, thaw
from coordinators.models import Base, BaseFunction, PublishedBase
from municipalities.choices import AreaScheme, Role, ScopeKind
from municipalities.kernel import trash
from municipalities.kernel.changes import Change
from municipalities.models import (
    MedicalArea,
    MedicalAreaMember,
    Membership,
    Municipality,
    Prefecture,
)
from municipalities.tenancy import within
from reports.document import assembly
from tests import world
from tests.routes import a_health_centre

pytestmark = pytest.mark.django_db
LIST = "/m/990019/2026/bases/"
PAGE = f"{LIST}ours/publication/"
OFFICERS = "/p/99/2026/bases/"


@pytest.fixture
def areas(db):
    """東部 has 見本市 and 見本町, 西部 has 見本村."""
    prefecture = Prefecture.objects.get(code="99")
    made = {}
    for code, name, towns in (
        ("9901", "見本東部", (world.OURS, world.THEIRS)),
        ("9902", "見本西部", (world.PARTNER,)),
    ):
        area = MedicalArea.objects.create(
            scheme=AreaScheme.MEDICAL_2024, code=code, name=name, prefecture=prefecture
        )
        for town in Municipality.objects.filter(code__in=towns):
            MedicalAreaMember.objects.create(area=area, municipality=town)
        made[name] = area
    return made


@pytest.fixture
def base(here, areas):
    row = Base.objects.create(
        key="ours",
        name="見本郡医師会",
        state="designated",
        host_kind="association",
        is_for_all_ages="yes",
        medical_area=areas["見本東部"],
        audience="prefecture",
    )
    BaseFunction.objects.create(base=row, scene="emergency", key="f", text="往診の当番を組む")
    return row


def share(base, people):
    return base_publishing.publish(base, by=people["editor"])


def copied(name, code=world.THEIRS, *, key="", **values):
    """Write a copy as the deed of another town would."""
    now = freeze(BaseSheet(name, **values))
    return PublishedBase.objects.create(
        municipality=Municipality.objects.get(code=code),
        key=key or f"base-{PublishedBase.objects.count()}",
        name=name,
        audience="prefecture",
        content=now.content,
        sha256=now.sha256,
        published_at="2026-10-01T00:00:00Z",
    )


def read(towns=None):
    found = base_areas.of(Prefecture.objects.get(code="99"), towns)
    return found, {line.name: line for line in found.lines}


EAST = {"area_scheme": "medical_2024", "area_code": "9901", "area_name": "見本東部"}


class TestSharing:
    def test_the_page_shows_what_the_prefecture_reads_and_shares_that_alone(self, base, as_editor):
        shown = as_editor.get(PAGE)
        assert "往診の当番を組む" in shown.text
        assert "共有していません" in shown.text
        BaseFunction.objects.filter(base=base).update(text="別の内容")

        late = as_editor.post(f"{PAGE}publish/", {"seen": shown.context["seen"]})
        assert late.status_code == 409
        assert "内容が変わりました" in late.text
        assert not PublishedBase.objects.exists()

        as_editor.post(f"{PAGE}publish/", {"seen": late.context["seen"]})
        assert thaw(bytes(PublishedBase.objects.get().content)).functions == (
            ("emergency", "別の内容"),
        )
        assert "共有しています" in as_editor.get(LIST).text

    @pytest.mark.parametrize("name", ["見本府", "見本県"])
    def test_what_is_said_of_it_bears_the_word_of_the_prefecture(self, base, as_editor, name):
        Prefecture.objects.filter(code="99").update(name=name)
        seen = as_editor.get(PAGE).context["seen"]
        said = as_editor.post(f"{PAGE}publish/", {"seen": seen}, follow=True).text
        assert f"{name[-1]}と共有しました。" in said
        assert ("県と共有" in said) is (name == "見本県")
        as_editor.post(f"{PAGE}withdraw/")
        assert "共有していません" in as_editor.get(PAGE).text

    def test_what_changed_later_waits_for_another_press(self, base, as_editor, people):
        share(base, people)
        Base.objects.filter(pk=base.pk).update(name="新しい名称")

        assert "もう一度共有してください" in as_editor.get(PAGE).text
        assert PublishedBase.objects.get().name == "見本郡医師会"

    @pytest.mark.parametrize("audience", ["internal", "adviser"])
    def test_what_is_for_the_house_is_not_shared(self, base, as_editor, audience):
        Base.objects.filter(pk=base.pk).update(audience=audience)
        page = as_editor.get(PAGE)

        answer = as_editor.post(f"{PAGE}publish/", {"seen": page.context["seen"]})

        assert answer.status_code == 409
        assert "先に拠点の「見せる範囲」を変えてください" in answer.text
        assert not PublishedBase.objects.exists()

    def test_each_deed_is_told(self, base, people):
        share(base, people)
        base_publishing.withdraw(base, by=people["editor"])

        told = [(one.deed, one.actor.username) for one in Change.objects.of(base)]
        assert told == [("withdraw", "editor"), ("publish", "editor")]

    def test_the_copy_goes_when_the_form_narrows_the_readers(self, base, people, as_editor):
        share(base, people)
        form = {"base_version": "1", "name": base.name, "host_kind": "association"}
        rest = {"state": "designated", "funding": "unstated", "is_for_all_ages": "yes"}
        narrowed = form | rest | {"is_contractor": "unstated", "audience": "adviser"}

        assert as_editor.post(f"{LIST}ours/edit/", narrowed).status_code == 302
        assert not PublishedBase.objects.exists()

    def test_the_copy_goes_with_a_deleted_base(self, base, people):
        share(base, people)
        trash.throw_away(base, by=people["editor"])
        assert not PublishedBase.objects.exists()

    def test_the_copy_goes_when_a_document_narrows_the_readers(self, base, people, here):
        share(base, people)
        document = json.loads(assembly.canonical(assembly.assemble(here)))
        ours = next(one for one in document["bases"] if one["key"] == "ours")
        ours["audience"] = "adviser"

        assert assembly.load(here, document, by=people["editor"]) == []
        assert not PublishedBase.objects.exists()

    def test_only_who_writes_the_plan_shares(self, base, sign_in):
        for username in ("viewer", "approver"):
            assert sign_in(username).post(f"{PAGE}publish/").status_code == 403
        assert sign_in("neighbour").post(f"{PAGE}publish/").status_code == 404

    def test_a_neighbours_base_is_absent(self, areas, as_editor):
        with within(Municipality.objects.get(code=world.THEIRS)):
            Base.objects.create(key="theirs", name="となりの病院", audience="prefecture")

        assert as_editor.get(f"{LIST}theirs/publication/").status_code == 404

    def test_a_copy_of_another_time_is_still_read(self, base, people):
        values = json.loads(bytes(share(base, people).content))
        values["base"]["mood"] = "good"
        del values["base"]["note"]

        assert thaw(json.dumps(values).encode()).note == ""


class TestAreas:
    def test_a_base_that_two_towns_tell_of_is_counted_once(self, base, people):
        share(base, people)
        copied("見本郡　医師会", state="recommended", functions=(("discharge", ""),), **EAST)

        found, lines = read()

        east = lines["見本東部"]
        assert (found.number, east.number, east.proposed) == (1, 1, 0)
        assert [count for _, count in east.by_scene] == [0, 1, 1, 0]
        assert east.for_all_ages == 1
        (entry,) = east.shown
        assert [town for town, _ in entry.told] == ["見本市：", "見本町："]

    def test_areas_without_a_base_are_named_also_where_one_is_only_proposed_or_ended(self, areas):
        copied("見本病院", world.PARTNER, state="recommended")
        copied("元の拠点", world.PARTNER, state="ended")

        found, lines = read()

        assert [line.name for line in found.without] == ["見本東部", "見本西部"]
        assert (lines["見本西部"].number, lines["見本西部"].proposed) == (0, 1)

    def test_a_base_without_an_area_lies_where_its_town_lies(self, areas):
        copied("見本病院", world.PARTNER)
        assert read()[1]["見本西部"].number == 1

        # Words of its own may mean another area.
        copied("見本県医師会", world.PARTNER, covers="県内")
        assert read()[1][base_areas.UNSTATED].number == 1
        PublishedBase.objects.filter(name="見本県医師会").delete()
        # A town in two areas has to say which.
        town = Municipality.objects.get(code=world.PARTNER)
        MedicalAreaMember.objects.create(area=areas["見本東部"], municipality=town)
        found, lines = read()
        assert lines[base_areas.UNSTATED].number == 1
        assert len(found.without) == 2

    def test_an_area_of_the_division_before_is_told_apart(self, areas):
        copied("見本病院", area_scheme="medical_2020", area_code="9909", area_name="見本北部")

        line = read()[1]["見本北部"]

        assert "第7次" in line.division
        assert line.number == 1

    def test_a_health_centre_reads_its_towns_by_name_and_the_numbers_of_the_area(self, areas):
        copied("見本病院", world.THEIRS, **EAST)
        copied("見本診療所", world.OURS, **EAST)
        copied("西部の病院", world.PARTNER)

        found, lines = read(frozenset({world.OURS}))

        assert set(lines) == {"見本東部"}
        assert (lines["見本東部"].number, lines["見本東部"].hidden) == (2, 1)
        assert [entry.name for entry in lines["見本東部"].shown] == ["見本診療所"]
        assert found.without == ()


class TestOfficersPage:
    def test_officers_read_what_their_own_towns_have_shared(self, base, people, sign_in):
        page = sign_in("officer")
        assert "見本郡医師会" not in page.get(OFFICERS).text
        share(base, people)

        shown = page.get(OFFICERS).text
        for words in (
            "見本郡医師会",
            "急変時の対応：往診の当番を組む",
            "地域医師会等関係団体",
            "共有された拠点がない圏域：</strong>見本西部",
        ):
            assert words in shown
        other = sign_in("other-officer")
        assert other.get(OFFICERS).status_code == 404
        assert "見本郡医師会" not in other.get("/p/98/2026/bases/").text

    def test_a_health_centre_reads_no_other_town(self, areas, people, sign_in):
        centre = a_health_centre()
        Membership.objects.filter(user=people["officer"]).update(
            role=Role.OFFICER, scope_kind=ScopeKind.HEALTH_CENTRE, scope_code=centre.code
        )
        copied("見本病院", world.THEIRS, **EAST)
        copied("見本診療所", world.OURS, **EAST)
        client = sign_in("officer")

        shown = client.get(OFFICERS).text
        assert "見本診療所" in shown
        assert "見本病院" not in shown
        assert "見本町" not in shown
        assert "このほか1件は、担当以外の市町村が共有した拠点です。" in shown
        book = load_workbook(io.BytesIO(client.get(f"{OFFICERS}export/").content))
        assert "見本病院" not in str(list(book["拠点"].values))

    def test_the_workbook_has_the_numbers_and_each_telling(self, base, people, sign_in):
        share(base, people)
        copied("見本郡医師会", **EAST)

        answer = sign_in("officer").get(f"{OFFICERS}export/")

        book = load_workbook(io.BytesIO(answer.content))
        _header, east, west = book["圏域ごとの数"].values
        assert east[:4] == ("見本東部", None, 1, 0)
        assert west[:4] == ("見本西部", None, 0, 0)
        told = [
            dict(zip(header, row, strict=True))
            for header in [next(book["拠点"].values)]
            for row in list(book["拠点"].values)[1:]
        ]
        assert [row["登録した市町村"] for row in told] == ["見本市", "見本町"]
        assert told[0]["急変時の対応"] == "往診の当番を組む"
        assert told[0]["看取り"] is None

    def test_as_few_queries_for_a_hundred_as_for_one(self, areas, sign_in):
        def queries():
            with CaptureQueriesContext(connection) as found:
                client.get(OFFICERS)
            return len(found)

        client = sign_in("officer")
        copied("見本病院", **EAST)
        client.get(OFFICERS)
        few = queries()
        for number in range(100):
            copied(f"病院{number}", **EAST)
        assert queries() == few <= 12
