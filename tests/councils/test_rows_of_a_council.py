"""The rows below a council and an evaluation through the front door: rewritten, moved, deleted and put back."""

import pytest

from councils.models import (
    Council,
    CouncilFunction,
    Evaluation,
    Improvement,
    Judgement,
    Outreach,
    Seat,
)
from logicmodels.models import Activity
from municipalities.models import TrashItem
from tests.councils import meeting_samples as made

pytestmark = pytest.mark.django_db
YEAR = "/m/990019/2026/"
SEAT = {"role": "core", "profession": "unstated", "consent": "agreed"}
KINDS = {
    "councils/functions": (CouncilFunction, "text", {}),
    "councils/seats": (Seat, "name", SEAT),
    "councils/outreach": (Outreach, "text", {"name": "薬剤師会"}),
    "evaluations/judgements": (Judgement, "reasons", {"verdict": "partly"}),
    "improvements": (Improvement, "what", {"kind": "expand"}),
}


@pytest.fixture
def council(here):
    """A council and an evaluated activity with two rows of each kind."""
    made.no_councils()
    council = made.council()
    activity = Activity.objects.get(cycle=here, key="activity-1")
    fact = Evaluation.objects.create(key="e-1", cycle=here, activity=activity, text="事実")
    for at in (1, 2):
        below = {"council": council, "position": at}
        CouncilFunction.objects.create(key=key_of("functions", at), text="共有する場", **below)
        Seat.objects.create(key=key_of("seats", at), name="病院", **below | SEAT)
        told = {"name": "薬剤師会", "text": "目的を説明"}
        Outreach.objects.create(key=key_of("outreach", at), **below | told)
        Judgement.objects.create(
            cycle=here, evaluation=fact, key=key_of("judgements", at), verdict="partly", position=at
        )
        values = {"activity": activity, "kind": "expand", "what": "広げる。", "position": at}
        Improvement.objects.create(cycle=here, key=key_of("improvements", at), **values)
    return council


def key_of(kind, at):
    return f"{kind.rpartition('/')[2]}-{at}"


def keys(kind):
    model = KINDS[kind][0]
    return [row.key for row in model.objects.order_by("position", "pk")]


def both(kind):
    return [key_of(kind, 1), key_of(kind, 2)]


def form_of(kind):
    form = KINDS[kind][2] | {"base_version": "1", "audience": "adviser"}
    if kind == "improvements":
        form["about"] = f"activity.{Activity.objects.get(key='activity-1').pk}"
    return form


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_is_rewritten(as_editor, council, kind):
    model, column, _ = KINDS[kind]
    form = form_of(kind) | {column: "書き直した"}

    answer = as_editor.post(f"{YEAR}{kind}/{key_of(kind, 1)}/edit/", form)

    assert answer.status_code == 302
    row = model.objects.get(key=key_of(kind, 1))
    assert (getattr(row, column), row.version) == ("書き直した", 2)


@pytest.mark.parametrize("kind", KINDS)
def test_two_who_rewrite_the_same_row_are_asked(as_editor, council, kind):
    model, column, _ = KINDS[kind]
    url = f"{YEAR}{kind}/{key_of(kind, 1)}/edit/"

    as_editor.post(url, form_of(kind) | {column: "先に書いた"})
    answer = as_editor.post(url, form_of(kind) | {column: "後から書いた"})

    assert answer.status_code == 409
    assert "後から書いた" in answer.content.decode()
    assert getattr(model.objects.get(key=key_of(kind, 1)), column) == "先に書いた"


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_goes_down_and_up_again_and_not_over_the_end(as_editor, council, kind):
    url = f"{YEAR}{kind}/{key_of(kind, 1)}"

    as_editor.post(f"{url}/down/")
    assert keys(kind) == both(kind)[::-1]
    as_editor.post(f"{url}/down/")
    assert keys(kind) == both(kind)[::-1]
    as_editor.post(f"{url}/up/")
    assert keys(kind) == both(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_deleted_row_goes_alone_and_comes_back_from_the_bin(as_editor, council, kind):
    url = f"{YEAR}{kind}/{key_of(kind, 2)}/delete/"
    assert as_editor.post(url).status_code == 409

    assert as_editor.post(url, {"base_version": "1"}).status_code == 302
    assert keys(kind) == both(kind)[:1]

    bin_item = TrashItem.objects.latest("pk")
    as_editor.post(f"{YEAR}trash/{bin_item.pk}/restore/")
    assert sorted(keys(kind)) == both(kind)


@pytest.mark.parametrize("deed", ["edit", "delete", "up", "down"])
@pytest.mark.parametrize("kind", KINDS)
def test_who_only_reads_changes_nothing(sign_in, council, kind, deed):
    url = f"{YEAR}{kind}/{key_of(kind, 1)}/{deed}/"

    assert sign_in("viewer").post(url, {"base_version": "1"}).status_code == 403
    assert keys(kind) == both(kind)


def test_a_council_goes_down_among_its_sisters(as_editor, council):
    council.position = 1
    council.save(update_fields=["position"])
    Council.objects.create(key="second", name="研修会WG", position=2)

    as_editor.post(f"{YEAR}councils/{council.key}/down/")

    led = Council.objects.led().order_by("position")
    assert [row.key for row in led] == ["second", council.key]


def test_the_fact_of_a_council_is_written_and_read_on_its_evaluation(as_editor, council):
    url = f"{YEAR}evaluations/councils/{council.key}/edit/"
    form = {"base_version": "0", "text": "2回開き、のべ40人が出席した。", "audience": "adviser"}

    answer = as_editor.post(url, form)

    assert answer.status_code == 302
    row = Evaluation.objects.get(council=council)
    assert (row.text, row.is_drafted) == ("2回開き、のべ40人が出席した。", False)
    told = as_editor.get(f"{YEAR}evaluations/").content.decode()
    assert "2回開き、のべ40人が出席した。" in told
