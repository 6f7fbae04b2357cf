"""The rows below a structure through the front door: each is rewritten, moved and deleted, and comes back whole."""

import pytest

from coordinators.models import (
    CooperationStage,
    Heading,
    HeadingItem,
    Post,
    Staffing,
    Structure,
)
from municipalities.models import Change, TrashItem
from tests.coordinators import rows

pytestmark = pytest.mark.django_db
LIST = "/m/990019/2026/coordinators/"
TEAM = f"{LIST}team/"
POST = {"level": "municipal_field", "role": "coordinator"}
KINDS = {
    "posts": (Post, "name", POST),
    "staffings": (Staffing, "people", {"employment": "full_time", "duty": "dedicated"}),
    "headings": (Heading, "text", {"kind": "activity"}),
    "items": (HeadingItem, "text", {}),
    "stages": (CooperationStage, "text", {"name": "一次連携"}),
}


@pytest.fixture
def team(here):
    """A structure with two rows of each kind."""
    team = rows.structure("team")
    desk, _ = (rows.post(team, f"posts-{at}", position=at) for at in (1, 2))
    head, _ = (rows.heading(team, f"headings-{at}", position=at) for at in (1, 2))
    for at in (1, 2):
        rows.staffing(desk, f"staffings-{at}", position=at)
        rows.item(head, f"items-{at}", position=at)
        rows.stage(team, f"stages-{at}", position=at)
    return team


def keys(kind):
    model = KINDS[kind][0]
    found = model.objects.filter(structure__key="team").order_by("position", "pk")
    return [row.key for row in found]


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_is_rewritten_and_the_record_tells_of_it(as_editor, team, kind):
    model, column, others = KINDS[kind]
    written = "7" if column == "people" else "書き直した"

    form = others | {column: written, "base_version": "1"}
    answer = as_editor.post(f"{TEAM}{kind}/{kind}-1/edit/", form)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(TEAM)
    row = model.objects.get(key=f"{kind}-1")
    assert (str(getattr(row, column)), row.version) == (written, 2)
    assert Change.objects.first().actor.username == "editor"


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_goes_down_and_up_again_and_not_over_the_end(as_editor, team, kind):
    first, second = f"{kind}-1", f"{kind}-2"

    as_editor.post(f"{TEAM}{kind}/{first}/down/")
    assert keys(kind) == [second, first]
    as_editor.post(f"{TEAM}{kind}/{first}/down/")
    assert keys(kind) == [second, first]
    as_editor.post(f"{TEAM}{kind}/{first}/up/")
    assert keys(kind) == [first, second]


@pytest.mark.parametrize("kind", KINDS)
def test_a_deleted_row_goes_alone_and_comes_back_from_the_bin(as_editor, team, kind):
    url = f"{TEAM}{kind}/{kind}-2/delete/"
    assert as_editor.post(url).status_code == 409

    assert as_editor.post(url, {"base_version": "1"}).status_code == 302
    assert keys(kind) == [f"{kind}-1"]

    bin_item = TrashItem.objects.latest("pk")
    as_editor.post(f"/m/990019/2026/trash/{bin_item.pk}/restore/")
    assert sorted(keys(kind)) == [f"{kind}-1", f"{kind}-2"]


@pytest.mark.parametrize("deed", ["edit", "delete", "up", "down"])
@pytest.mark.parametrize("kind", KINDS)
def test_who_only_reads_changes_nothing(sign_in, team, kind, deed):
    answer = sign_in("viewer").post(f"{TEAM}{kind}/{kind}-1/{deed}/", {"base_version": "1"})

    assert answer.status_code == 403
    assert keys(kind) == [f"{kind}-1", f"{kind}-2"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_is_not_found_below_another_structure(as_editor, team, kind):
    rows.structure("other")

    for deed in ("edit", "delete", "up"):
        answer = as_editor.post(f"{LIST}other/{kind}/{kind}-2/{deed}/", {"base_version": "1"})
        assert answer.status_code == 404
    assert keys(kind) == [f"{kind}-1", f"{kind}-2"]


def test_a_structure_goes_down_among_ours(as_editor, team):
    rows.structure("second", position=51)

    as_editor.post(f"{TEAM}down/")

    led = Structure.objects.led().filter(key__in=("team", "second")).order_by("position")
    assert [row.key for row in led] == ["second", "team"]
