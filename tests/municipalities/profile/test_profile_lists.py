"""委託先 and その他の参加者: added, named, arranged and deleted on the page of 自治体概要."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from municipalities.bodies.organization_choice import kind_of
from municipalities.choices import OrganizationKind
from municipalities.kernel import submission_keys
from municipalities.models import Change, Contractor, Organization, Participant
from municipalities.pages import ordering
from municipalities.tenancy import within
from tests import world

pytestmark = pytest.mark.django_db
YEAR = "/m/990019/2026/"
PROFILE = f"{YEAR}profile/"
ADD = f"{YEAR}profile/contractors/add/"
EDIT = f"{YEAR}profile/contractors/contractor-1/edit/"


def body(name):
    return Organization.objects.get(name=name)


def add(client, url=ADD, **fields):
    return client.post(url, {"submission_key": submission_keys.new(), **fields})


def desks(cycle):
    return [str(row) for row in Contractor.objects.filter(cycle=cycle)]


def page(client):
    return client.get(PROFILE).content.decode()


def test_a_contractor_of_the_list_is_added_at_the_end(as_editor, here):
    response = add(as_editor, desk="研修の企画", organization=body("見本保健所").pk)

    assert response.status_code == 302
    assert response.headers["Location"] == f"{PROFILE}#contractors"
    assert desks(here) == ["在宅医療・介護連携相談窓口：見本市医師会", "研修の企画：見本保健所"]
    assert "研修の企画" in page(as_editor)


def test_a_name_that_is_not_in_the_list_is_registered_with_the_row(as_editor, here):
    assert add(as_editor, organization_new="見本市歯科医師会").status_code == 302

    made = body("見本市歯科医師会")
    assert made.kind == OrganizationKind.DENTAL_ASSOCIATION
    assert Contractor.objects.filter(organization=made, cycle=here).count() == 1
    deeds = Change.objects.filter(model="municipalities.organization", row=made.pk)
    assert [(one.deed, one.actor.username) for one in deeds] == [("create", "editor")]


def test_a_name_that_is_registered_already_is_that_body(as_editor, here):
    before = Organization.objects.count()
    add(as_editor, organization_new="　見本保健所 ")

    assert Organization.objects.count() == before
    assert Contractor.objects.filter(organization=body("見本保健所")).exists()


def test_one_press_makes_one_row_and_one_body(as_editor, here):
    form = {"submission_key": submission_keys.new(), "organization_new": "見本病院"}
    for _ in range(2):
        assert as_editor.post(ADD, form).status_code == 302

    assert Organization.objects.filter(name="見本病院").count() == 1
    assert Contractor.objects.filter(organization__name="見本病院").count() == 1


def test_a_key_of_no_form_of_ours_registers_nothing(as_editor, here):
    response = as_editor.post(ADD, {"submission_key": "x", "organization_new": "見本病院"})

    assert response.status_code == 422
    assert not Organization.objects.filter(name="見本病院").exists()


def test_neither_chosen_nor_named_is_asked_for(as_editor, here):
    response = add(as_editor, desk="窓口")

    assert response.status_code == 422
    assert "選ぶか、一覧にない名称を入力してください" in response.content.decode()


def test_both_chosen_and_named_is_asked_about(as_editor, here):
    response = add(as_editor, organization=body("見本保健所").pk, organization_new="見本病院")

    assert response.status_code == 422
    assert "どちらか一方にしてください" in response.content.decode()
    assert "見本病院" in response.content.decode(), "what was typed stays"
    assert not Organization.objects.filter(name="見本病院").exists()


def test_an_edit_may_name_a_new_body_over_the_one_that_was_chosen(as_editor, here):
    old = Contractor.objects.get(key="contractor-1").organization_id
    form = {"base_version": "1", "desk": "窓口", "organization": old}
    response = as_editor.post(EDIT, form | {"organization_new": "見本病院"})

    assert response.status_code == 302
    assert desks(here) == ["窓口：見本病院"]
    assert Organization.objects.filter(pk=old).exists()


def test_a_new_body_survives_the_merge_with_what_somebody_else_saved(as_editor, here):
    """The save's transaction is rolled back on a conflict; the merged row points at a body that is there."""
    row = Contractor.objects.get(key="contractor-1")
    as_editor.post(
        EDIT, {"base_version": "1", "desk": "窓口2", "organization": row.organization_id}
    )
    form = {"base_version": "1", "desk": row.desk, "organization": row.organization_id}
    response = as_editor.post(EDIT, form | {"organization_new": "見本病院"})

    assert response.status_code == 302
    assert desks(here) == ["窓口2：見本病院"]
    assert Organization.objects.filter(name="見本病院").count() == 1


def test_a_neighbours_body_is_not_offered_and_cannot_be_chosen(as_editor, here):
    theirs = world.cycle_of(world.THEIRS).municipality
    with within(theirs):
        foreign = Organization.objects.create(key="theirs", name="見本町診療所")
    response = add(as_editor, organization=foreign.pk)

    assert response.status_code == 422
    assert "見本町診療所" not in response.content.decode()
    assert not Contractor.objects.filter(organization_id=foreign.pk).exists()


def test_a_neighbours_name_makes_a_body_of_our_own(as_editor, here):
    theirs = world.cycle_of(world.THEIRS).municipality
    with within(theirs):
        foreign = Organization.objects.create(key="theirs", name="見本町診療所")
    assert add(as_editor, organization_new=foreign.name).status_code == 302

    assert body(foreign.name).pk != foreign.pk


def test_the_same_body_takes_part_once(as_editor, here):
    url = f"{YEAR}profile/participants/add/"
    chosen = add(as_editor, url, organization=body("見本保健所").pk)
    named = add(as_editor, url, organization_new="見本保健所")

    assert (chosen.status_code, named.status_code) == (422, 422)
    assert "すでに参加者の一覧にあります" in named.content.decode()
    assert add(as_editor, url, organization_new="見本消防署").status_code == 302


def test_a_participant_may_keep_its_body_when_it_is_saved_again(as_editor, here):
    row = Participant.objects.get(key="participant-1")
    url = f"{YEAR}profile/participants/participant-1/edit/"
    response = as_editor.post(url, {"base_version": "1", "organization": row.organization_id})

    assert response.status_code == 302


def test_a_row_moves_one_step_and_the_page_comes_back_to_it(as_editor, here):
    response = as_editor.post(f"{YEAR}profile/participants/participant-2/up/")

    assert response.headers["Location"] == f"{PROFILE}#participant-participant-2"
    assert list(Participant.objects.values_list("key", flat=True)) == [
        "participant-2",
        "participant-1",
    ]
    deeds = Change.objects.filter(model="municipalities.participant", deed="move")
    assert {one.key for one in deeds} == {"participant-1", "participant-2"}
    as_editor.post(f"{YEAR}profile/participants/participant-2/down/")
    assert Participant.objects.first().key == "participant-1"


def test_at_the_end_of_the_list_nothing_moves(as_editor, here):
    before = Change.objects.count()
    assert as_editor.post(f"{YEAR}profile/participants/participant-1/up/").status_code == 302
    assert as_editor.post(f"{YEAR}profile/participants/participant-2/down/").status_code == 302
    assert Change.objects.count() == before


def test_the_first_row_offers_no_way_up_and_the_last_none_down(as_editor, here):
    shown = page(as_editor)

    assert "profile/participants/participant-1/up/" not in shown
    assert "profile/participants/participant-1/down/" in shown
    assert "profile/participants/participant-2/up/" in shown
    assert "profile/participants/participant-2/down/" not in shown


def test_moving_never_collides_with_an_edit(as_editor, here):
    """Somebody has the form open while the row is moved: the text is saved, the place stays."""
    as_editor.post(f"{YEAR}profile/participants/participant-2/up/")
    row = Participant.objects.get(key="participant-2")
    url = f"{YEAR}profile/participants/participant-2/edit/"
    response = as_editor.post(url, {"base_version": "1", "organization": row.organization_id})

    assert response.status_code == 302
    assert Participant.objects.first().key == "participant-2"


def test_a_deleted_contractor_lies_in_the_trash_and_comes_back(as_editor, here):
    url = f"{YEAR}profile/contractors/contractor-1/delete/"
    assert "在宅医療・介護連携相談窓口" in as_editor.get(url).content.decode()
    assert as_editor.post(url, {"base_version": "1"}).status_code == 302
    assert desks(here) == []
    shown = page(as_editor)
    restore = shown.partition('action="/m/990019/2026/trash/')[2].partition('"')[0]
    as_editor.post(f"/m/990019/2026/trash/{restore}")

    assert desks(here) == ["在宅医療・介護連携相談窓口：見本市医師会"]


def test_a_reader_sees_the_lists_and_no_deeds(sign_in, here):
    shown = page(sign_in("viewer"))

    assert "見本市医師会" in shown
    assert "参加者を追加する" not in shown
    assert "/up/" not in shown


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("水戸市医師会", OrganizationKind.MEDICAL_ASSOCIATION),
        ("茨城県歯科医師会水戸支部", OrganizationKind.DENTAL_ASSOCIATION),
        ("水戸市医師会在宅医療・介護連携支援センター", OrganizationKind.COORDINATION_CENTRE),
        ("中丹西保健所", OrganizationKind.HEALTH_CENTRE),
        ("伊豆赤十字病院", OrganizationKind.HOSPITAL),
        ("高齢者支援課", OrganizationKind.OTHER),
    ],
)
def test_a_name_tells_its_kind(name, kind):
    assert kind_of(name) == kind


class TestArranging(TestCase):
    """The list after any moves is that of a plain Python list with the same moves."""

    @settings(max_examples=15, deadline=None)
    @given(
        positions=st.lists(st.integers(0, 3), min_size=1, max_size=5),
        moves=st.lists(st.tuples(st.integers(0, 4), st.sampled_from([-1, 1])), max_size=6),
    )
    def test_as_a_plain_list(self, positions, moves):
        cycle = world.cycle_of()
        with within(cycle.municipality):
            organization = Organization.objects.create(key="o", name="団体")
            among = Contractor.objects.filter(cycle=cycle, key__startswith="row-")
            for index, position in enumerate(positions):
                Contractor.objects.create(
                    cycle=cycle,
                    key=f"row-{index}",
                    organization=organization,
                    position=position,
                )
            plain = [row.key for row in among.order_by("position", "pk")]
            for index, step in moves:
                at = index % len(plain)
                row = among.get(key=plain[at])
                ordering.move(row, among=among, step=step, by=None)
                if 0 <= at + step < len(plain):
                    plain[at], plain[at + step] = plain[at + step], plain[at]
                assert [row.key for row in among.order_by("position", "pk")] == plain
            among.delete()
            organization.delete()
