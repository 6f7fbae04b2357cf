"""The registers of bodies and areas: where each is used, and that what is used stays."""

import pytest

from indicators.models import MeasurementPart
from logicmodels.models import Activity
from municipalities.kernel import submission_keys
from municipalities.models import Area, Contractor, Cycle, Organization, Resource
from municipalities.profile import uses
from municipalities.tenancy import within
from tests import world

pytestmark = pytest.mark.django_db
YEAR = "/m/990019/2026/"
LIST = f"{YEAR}organizations/"
AREAS = f"{YEAR}areas/"


def add(client, url, **fields):
    return client.post(url, {"submission_key": submission_keys.new(), **fields})


def test_the_list_says_where_each_body_is_used(as_editor, here):
    body = Organization.objects.create(key="new", name="見本訪問看護")
    earlier = Cycle.objects.create(fiscal_year=2024)
    for cycle, key in ((here, "a"), (here, "b"), (earlier, "a")):
        Contractor.objects.create(cycle=cycle, key=key, organization=body, position=9)
    Activity.objects.create(cycle=here, key="x", name="取組", executor=body)

    found = [(use.label, use.year[:5], use.count) for use in uses.of(Organization)[body.pk]]

    assert found == [
        ("委託先", "令和8年度", 2),
        ("取組（実施主体）", "令和8年度", 1),
        ("委託先", "令和6年度", 1),
    ]
    shown = as_editor.get(LIST).content.decode()
    assert "委託先：令和8年度（2026年度）（2件）" in shown
    assert "取組（実施主体）：令和8年度（2026年度）" in shown


def test_the_uses_of_a_neighbour_are_never_counted(here):
    ours = uses.of(Organization)
    theirs = world.cycle_of(world.THEIRS)
    with within(theirs.municipality):
        assert not set(uses.of(Organization)) & set(ours)


def test_a_body_is_added_edited_and_deleted(as_editor, here):
    add(as_editor, f"{LIST}add/", name="見本クリニック", kind="clinic", note="在宅療養支援診療所")
    row = Organization.objects.get(name="見本クリニック")
    form = {"base_version": "1", "name": "見本診療所", "kind": "clinic", "note": ""}
    as_editor.post(f"{LIST}{row.key}/edit/", form)

    shown = as_editor.get(LIST).content.decode()
    assert "見本診療所" in shown
    assert "見本クリニック" not in shown
    assert as_editor.post(f"{LIST}{row.key}/delete/", {"base_version": "2"}).status_code == 302
    assert not Organization.objects.filter(pk=row.pk).exists()


def test_a_second_body_of_the_same_name_is_refused(as_editor, here):
    response = add(as_editor, f"{LIST}add/", name="見本市医師会", kind="other", note="")

    assert response.status_code == 422
    assert "すでに登録されています" in response.content.decode()


def test_a_body_in_use_stays_and_says_where(as_editor, here):
    response = as_editor.post(f"{LIST}ishikai/delete/", {"base_version": "1"})

    assert response.status_code == 409
    assert "委託先：在宅医療・介護連携相談窓口：見本市医師会" in response.content.decode()
    assert Organization.objects.filter(key="ishikai").exists()


def test_the_forms_ask_for_bodies_not_persons(as_editor):
    for url in (
        f"{LIST}add/",
        f"{YEAR}profile/contractors/add/",
        f"{YEAR}profile/participants/add/",
    ):
        assert "個人の名前は" in as_editor.get(url).content.decode()


def test_areas_are_added_arranged_and_deleted(as_editor, here):
    for name in ("北部圏域", "南部圏域"):
        add(as_editor, f"{AREAS}add/", kind="daily_living", name=name, covers=f"{name}の町")
    last = Area.objects.get(name="南部圏域")
    response = as_editor.post(f"{AREAS}{last.key}/up/")

    assert response.headers["Location"] == f"{AREAS}#{last.key}"
    names = list(Area.objects.values_list("name", flat=True))
    assert names.index("南部圏域") < names.index("北部圏域")
    assert "南部圏域の町" in as_editor.get(AREAS).content.decode()
    as_editor.post(
        f"{AREAS}{last.key}/delete/", {"base_version": str(Area.objects.get(pk=last.pk).version)}
    )
    assert not Area.objects.filter(pk=last.pk).exists()


def test_an_area_in_use_stays(as_editor, here):
    area = Area.objects.create(key="used", name="西部圏域")
    Activity.objects.create(cycle=here, key="x", name="往診の調整", area=area)
    response = as_editor.post(f"{AREAS}used/delete/", {"base_version": "1"})

    assert response.status_code == 409
    assert "往診の調整" in response.content.decode()
    assert "取組（対象の地域）" in as_editor.get(AREAS).content.decode()


@pytest.mark.parametrize("url", [LIST, AREAS])
def test_a_reader_sees_the_registers_and_no_deeds(sign_in, here, url):
    shown = sign_in("viewer").get(url).content.decode()

    assert "代わりになり" in shown
    assert "追加する" not in shown
    assert "削除する" not in shown


def test_an_empty_register_says_what_it_is_for(as_editor, here):
    Activity.objects.update(area=None)
    Resource.objects.update(area=None)
    MeasurementPart.objects.all().delete()
    Area.objects.all().delete()

    assert "取組や数値を区域ごとに書くときに使います" in as_editor.get(AREAS).content.decode()
