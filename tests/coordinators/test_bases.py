"""拠点: the list with the four functions, what the form asks, and how few queries it takes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coordinators.choices import BaseState, HostKind
from coordinators.models import Base, BaseFunction
from municipalities.choices import AreaScheme
from municipalities.kernel import submission_keys
from municipalities.models import MedicalArea, Organization, Prefecture, TrashItem
from municipalities.tenancy import within
from tests import world

pytestmark = pytest.mark.django_db
LIST = "/m/990019/2026/bases/"
FIELDS = {
    "organization": "",
    "name": "見本郡市医師会",
    "host_kind": "association",
    "number_text": "",
    "state": "designated",
    "since": "令和6年度末",
    "medical_area": "",
    "covers": "市全域",
    "funding": "both",
    "is_for_all_ages": "yes",
    "is_contractor": "yes",
    "note": "",
    "audience": "adviser",
}


def add(client, **fields):
    posted = {"submission_key": submission_keys.new(), **FIELDS, **fields}
    return client.post(f"{LIST}add/", posted)


def make(key="ours", **fields):
    return Base.objects.create(key=key, **{"name": "見本病院", **fields})


def area(prefecture="99"):
    return MedicalArea.objects.create(
        scheme=AreaScheme.MEDICAL_2024,
        code=f"{prefecture}01",
        name=f"見本{prefecture}圏域",
        prefecture=Prefecture.objects.get(code=prefecture),
    )


def test_a_base_is_added_and_shown_with_all_that_was_said(as_editor, here):
    place = area()

    assert add(as_editor, medical_area=place.pk).status_code == 302

    shown = as_editor.get(LIST).content.decode()
    for words in (
        "見本郡市医師会",
        "地域医師会等関係団体",
        "位置づけられている（令和6年度末）",
        "見本99圏域",
        "市全域",
        "交付金と基金の併用",
    ):
        assert words in shown


def test_a_body_of_the_register_gives_its_name(as_editor, here):
    body = Organization.objects.get(key="ishikai")

    add(as_editor, name="", organization=body.pk)

    assert Base.objects.exclude(key="base-1").get(organization=body).name == body.name


def test_without_any_name_the_form_asks_and_keeps_what_was_typed(as_editor, here):
    response = add(as_editor, name="")

    assert response.status_code == 422
    shown = response.content.decode()
    assert "団体・部署を選ぶか、名称を入力してください。" in shown
    assert "市全域" in shown
    assert not Base.objects.filter(covers="市全域").exists()


def test_an_area_of_another_prefecture_is_not_offered(as_editor, here):
    foreign = area("98")

    assert foreign.name not in as_editor.get(f"{LIST}add/").content.decode()
    assert add(as_editor, medical_area=foreign.pk).status_code == 422


def test_each_function_is_written_edited_and_deleted(as_editor, here):
    row = make()
    url = f"{LIST}ours/functions/emergency/"
    posted = {"base_version": "0", "text": "往診の当番を組む"}

    assert as_editor.post(f"{url}edit/", posted).status_code == 302
    assert "往診の当番を組む" in as_editor.get(LIST).content.decode()
    as_editor.post(f"{url}edit/", {"base_version": "1", "text": ""})
    assert "この機能を担う（内容の記載なし）" in as_editor.get(LIST).content.decode()
    assert as_editor.post(f"{url}delete/", {"base_version": "2"}).status_code == 302
    assert not BaseFunction.objects.filter(base=row).exists()


def test_all_scenes_together_are_no_function(as_editor, here):
    make()

    assert as_editor.get(f"{LIST}ours/functions/all/edit/").status_code == 404


def test_the_second_of_two_who_write_the_same_function_is_asked(as_editor, here):
    row = make()
    BaseFunction.objects.create(base=row, scene="emergency", key="theirs", text="先に書いた")

    posted = {"base_version": "0", "text": "後から書いた"}
    response = as_editor.post(f"{LIST}ours/functions/emergency/edit/", posted)

    assert response.status_code == 409
    assert "先に書いた" in response.content.decode()


def test_a_base_is_edited_and_goes_to_the_trash_with_its_functions(as_editor, here):
    row = make()
    BaseFunction.objects.create(base=row, scene="emergency", key="f", text="往診")

    as_editor.post(f"{LIST}ours/edit/", {"base_version": "1", **FIELDS, "state": "recommended"})
    row.refresh_from_db()
    assert (row.state, row.host_kind) == (BaseState.RECOMMENDED, HostKind.ASSOCIATION)
    assert "拠点の機能" in as_editor.get(f"{LIST}ours/delete/").content.decode()
    as_editor.post(f"{LIST}ours/delete/", {"base_version": "2"})
    assert not Base.objects.filter(pk=row.pk).exists()
    assert len(TrashItem.objects.get(title="見本郡市医師会").rows) == 2


def test_bases_move_up_and_down(as_editor, here):
    make("first", position=1001)
    make("second", position=1002)

    as_editor.post(f"{LIST}second/up/")

    order = list(Base.objects.filter(key__in=("first", "second")).values_list("key", flat=True))
    assert order == ["second", "first"]


def test_a_viewer_reads_and_may_not_write(sign_in, here):
    make()
    viewer = sign_in("viewer")

    shown = viewer.get(LIST).content.decode()
    assert "見本病院" in shown
    assert "拠点を追加する" not in shown
    assert viewer.post(f"{LIST}ours/edit/", FIELDS).status_code == 403


def test_a_neighbours_base_is_absent(as_editor):
    with within(world.cycle_of(world.THEIRS).municipality):
        make("theirs", name="となりの病院")

    assert "となりの病院" not in as_editor.get(LIST).content.decode()
    assert as_editor.get(f"{LIST}theirs/edit/").status_code == 404


def test_the_list_takes_the_same_few_queries_for_many(as_editor, here):
    def queries():
        with CaptureQueriesContext(connection) as found:
            as_editor.get(LIST)
        return len(found)

    place = area()
    make("one", medical_area=place)
    as_editor.get(LIST)
    few = queries()
    for number in range(30):
        row = make(f"many-{number}", medical_area=place)
        BaseFunction.objects.create(base=row, scene="emergency", key=f"f-{number}")
    assert queries() == few <= 12


def test_the_help_compares_base_and_programme(sign_in):
    shown = sign_in("viewer").get(f"{LIST}about/").content.decode()

    assert "高齢者に限りません" in shown
    assert "併用も含めて活用できます" in shown
    assert "同じ団体になることもできます" in shown
