"""What is deleted goes with its parts, lies in the trash for thirty days and comes back as it was."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from indicators.models import IndicatorUse
from logicmodels.models import Activity, LogicModel, Outcome, OutcomeLink, Placement
from municipalities.kernel import trash
from municipalities.kernel.changes import StaleVersion
from municipalities.models import Change, TrashItem
from reports.document import assembly
from tests import world
from tests.crowd import crowd

pytestmark = pytest.mark.django_db


def document_of(cycle):
    return assembly.canonical(assembly.assemble(cycle))


def test_a_logic_model_goes_with_all_its_parts_and_comes_back_whole(here, people):
    before = document_of(here)
    model = LogicModel.objects.get(key="model-1")
    model.cycle, gone = here, model.pk

    item = trash.throw_away(model, by=people["editor"])

    assert not LogicModel.objects.filter(key="model-1").exists()
    assert not Outcome.objects.filter(logic_model=gone).exists()
    assert not Placement.objects.filter(outcome__logic_model=gone).exists()
    assert not OutcomeLink.objects.filter(logic_model=gone).exists()
    assert not IndicatorUse.objects.filter(outcome__logic_model=gone).exists()
    assert Activity.objects.exists(), "an activity is a record of its own"

    trash.put_back(item, cycle=here, by=people["editor"])

    assert document_of(here) == before
    assert not TrashItem.objects.filter(pk=item.pk).exists()


def test_what_goes_along_is_found_in_as_many_queries_for_many_parts(here):
    model = LogicModel.objects.get(key="model-1")
    crowd(range(1))
    with CaptureQueriesContext(connection) as few:
        trash.with_parts(model)
    crowd(range(1, 30))

    with CaptureQueriesContext(connection) as many:
        parts = trash.with_parts(model)

    assert len(many) == len(few) <= 6
    assert len(parts) > 90


def test_a_placed_activity_stays_and_says_where_it_is_used(here, people):
    before = document_of(here)

    with pytest.raises(trash.InUse) as stopped:
        trash.throw_away(Activity.objects.get(key="activity-1"), by=people["editor"])

    assert [type(holder) for holder in stopped.value.holders] == [Placement]
    assert document_of(here) == before
    assert not TrashItem.objects.exists()


def test_what_is_deleted_and_restored_is_in_the_history(here, people):
    outcome = Outcome.objects.select_related("cycle").get(key="outcome-2")
    item = trash.throw_away(outcome, by=people["editor"])
    trash.put_back(item, cycle=here, by=people["approver"])

    deeds = Change.objects.filter(key="outcome-2").order_by("pk").values_list("deed", flat=True)
    assert list(deeds) == ["import", "delete", "restore"]


def test_a_row_somebody_changed_meanwhile_is_not_deleted(here, people):
    outcome = Outcome.objects.get(key="outcome-2")
    Outcome.objects.filter(pk=outcome.pk).update(version=7)

    with pytest.raises(StaleVersion):
        trash.throw_away(outcome, by=people["editor"])

    assert Outcome.objects.filter(key="outcome-2").exists()


def test_what_points_at_a_row_that_is_gone_does_not_come_back(here, people):
    placement = Placement.objects.select_related("cycle").get(key="placement-1")
    item = trash.throw_away(placement, by=people["editor"])
    trash.throw_away(Activity.objects.get(key="activity-1"), by=people["editor"])

    with pytest.raises(trash.CannotReturn, match="先に取組を元に戻す"):
        trash.put_back(item, cycle=here, by=people["editor"])

    assert TrashItem.objects.filter(pk=item.pk).exists()
    assert not Placement.objects.filter(key="placement-1").exists()


def test_nothing_comes_back_twice(here, people):
    outcome = Outcome.objects.select_related("cycle").get(key="outcome-2")
    item = trash.throw_away(outcome, by=people["editor"])
    trash.put_back(item, cycle=here, by=people["editor"])

    with pytest.raises(trash.CannotReturn):
        trash.put_back(item, cycle=here, by=people["editor"])


def test_after_thirty_days_nothing_comes_back(here, people):
    outcome = Outcome.objects.select_related("cycle").get(key="outcome-2")
    item = trash.throw_away(outcome, by=people["editor"])
    old = timezone.now() - trash.KEPT_FOR - dt.timedelta(seconds=1)
    TrashItem.objects.filter(pk=item.pk).update(deleted_at=old)

    with pytest.raises(trash.CannotReturn):
        trash.put_back(item, cycle=here, by=people["editor"])


class TestThePages:
    def test_an_editor_restores_from_the_trash(self, here, people, as_editor):
        outcome = Outcome.objects.select_related("cycle").get(key="outcome-2")
        item = trash.throw_away(outcome, by=people["editor"])
        page = as_editor.get("/m/990019/2026/trash/").content.decode()
        assert "退院した人が、望む暮らしを続けられる" in page

        answer = as_editor.post(f"/m/990019/2026/trash/{item.pk}/restore/", follow=True)

        assert "元に戻しました" in answer.content.decode()
        assert Outcome.objects.filter(key="outcome-2").exists()

    def test_the_neighbours_trash_is_absent(self, here, people, sign_in):
        outcome = Outcome.objects.select_related("cycle").get(key="outcome-2")
        item = trash.throw_away(outcome, by=people["editor"])

        neighbour = sign_in("neighbour")
        assert neighbour.post(f"/m/{world.THEIRS}/2026/trash/{item.pk}/restore/").status_code == 404
        assert neighbour.post(f"/m/990019/2026/trash/{item.pk}/restore/").status_code == 404
        assert TrashItem.objects.filter(pk=item.pk).exists()


def test_a_row_that_the_schema_of_today_refuses_stays_in_the_trash(here, people):
    model = LogicModel.objects.get(key="model-1")
    model.cycle = here
    item = trash.throw_away(model, by=people["editor"])
    item.rows[0]["row"]["position"] = -1
    item.save()

    with pytest.raises(trash.CannotReturn, match="元に戻せません"):
        trash.put_back(item, cycle=here, by=people["editor"])

    assert TrashItem.objects.filter(pk=item.pk).exists()


def test_a_link_does_not_come_back_into_a_model_that_its_outcome_has_left(here, people):
    model = LogicModel.objects.get(key="model-1")
    other = LogicModel.objects.create(cycle=here, key="model-x", title="別", position=9)
    link = OutcomeLink.objects.get(key="link-1")
    link.cycle = here
    item = trash.throw_away(link, by=people["editor"])
    Outcome.objects.filter(key="outcome-2").update(logic_model=other)

    with pytest.raises(trash.CannotReturn, match="別のロジックモデル"):
        trash.put_back(item, cycle=here, by=people["editor"])

    assert not OutcomeLink.objects.filter(logic_model=model).exists()
