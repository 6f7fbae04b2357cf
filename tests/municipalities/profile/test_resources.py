"""地域資源: by kind with their numbers, exact or approximate; added, edited, moved, deleted."""

import pytest

from municipalities.kernel import submission_keys
from municipalities.models import Area, Resource
from municipalities.tenancy import within
from tests import world

pytestmark = pytest.mark.django_db
LIST = "/m/990019/2026/resources/"


def add(client, **fields):
    typed = {"submission_key": submission_keys.new(), "kind": "clinic", "audience": "adviser"}
    return client.post(f"{LIST}add/", typed | fields)


def test_numbers_are_shown_with_area_date_and_source(as_editor, here):
    area = Area.objects.create(key="north", name="北部圏域")
    add(
        as_editor,
        name="一般診療所",
        count="５７",
        unit="か所",
        area=area.pk,
        as_of="令和5年4月1日現在",
        source="市の資料",
    )
    add(as_editor, kind="hospital", name="入退院件数", count_text="730人程度/月")

    page = as_editor.get(LIST).content.decode()
    for words in ("57か所", "北部圏域", "令和5年4月1日現在", "市の資料", "730人程度/月"):
        assert words in page
    assert page.index("入退院件数") < page.index("一般診療所")


def test_a_number_and_a_text_for_it_are_refused_together(as_editor, here):
    response = add(as_editor, name="診療所の新しい数", count="57", count_text="約60か所")

    assert response.status_code == 422
    page = response.content.decode()
    assert "どちらか一方にしてください" in page
    assert "約60か所" in page
    assert not Resource.objects.filter(name="診療所の新しい数").exists()


def test_a_word_for_a_number_is_refused(as_editor, here):
    response = add(as_editor, name="診療所の新しい数", count="たくさん")

    assert response.status_code == 422
    assert not Resource.objects.filter(name="診療所の新しい数").exists()


def test_a_resource_is_edited_and_deleted(as_editor, here):
    row = Resource.objects.create(key="r", kind="clinic", name="診療所", count=56, unit="か所")
    form = {"base_version": 1, "kind": "clinic", "name": "診療所", "count": "57", "unit": "か所"}
    as_editor.post(f"{LIST}r/edit/", form | {"audience": "adviser"})
    row.refresh_from_db()
    assert row.counted == "57か所"
    as_editor.post(f"{LIST}r/delete/", {"base_version": row.version})
    assert not Resource.objects.filter(pk=row.pk).exists()


def test_a_resource_moves_within_its_kind(as_editor, here):
    first = Resource.objects.create(key="r1", kind="gathering", name="一つ目", position=50)
    Resource.objects.create(key="r2", kind="network", name="別の種類", position=51)
    last = Resource.objects.create(key="r3", kind="gathering", name="二つ目", position=52)
    as_editor.post(f"{LIST}r3/up/")

    first.refresh_from_db()
    last.refresh_from_db()
    assert (last.position, first.position) == (50, 52)


def test_the_kind_is_proposed(as_editor, here):
    form = as_editor.get(f"{LIST}add/?kind=pharmacy").context["form"]
    assert form.initial["kind"] == "pharmacy"
    assert as_editor.get(f"{LIST}add/?kind=nothing").context["form"].initial["kind"] == "other"


def test_the_profile_leads_to_the_list(as_editor, here):
    assert LIST in as_editor.get("/m/990019/2026/profile/").content.decode()


def test_the_resources_of_a_neighbour_are_not_found(as_editor, here):
    with within(world.cycle_of(world.THEIRS).municipality):
        Resource.objects.create(key="theirs", name="隣町の診療所")

    assert "隣町の診療所" not in as_editor.get(LIST).content.decode()
    for deed in ("edit", "delete"):
        assert as_editor.get(f"{LIST}theirs/{deed}/").status_code == 404
    assert as_editor.post(f"{LIST}theirs/up/").status_code == 404


def test_a_viewer_may_not_add(sign_in, here):
    viewer = sign_in("viewer")
    assert viewer.get(LIST).status_code == 200
    assert viewer.get(f"{LIST}add/").status_code == 403
