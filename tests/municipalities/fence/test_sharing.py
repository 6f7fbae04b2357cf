"""Shared rows: every way of a queryset outside, as a stranger, as a partner; only the lead writes."""

from contextlib import suppress

import pytest
from django.db import models, transaction

from coordinators.models import Contract, ContractEvent, Post, Staffing, Structure
from councils.models import AgendaItem, Council, CouncilPartner, Meeting, Seat
from municipalities.fence.checks import our_models
from municipalities.fence.sharing import SharedTenantModel, SharePartner
from municipalities.models import Municipality
from municipalities.tenancy import NotWithinMunicipality, OutsideFence, across, within
from tests import world

pytestmark = pytest.mark.django_db
SHARED = [model for model in our_models() if issubclass(model, SharedTenantModel)]
each_table = pytest.mark.parametrize("model", SHARED, ids=lambda model: model._meta.label)


def bulk_update(rows):
    found = list(rows)
    for row in found:
        row.position = 99
    return rows.bulk_update(found, ["position"])


READS = {
    "list": list,
    "filter": lambda rows: list(rows.filter(name__contains="a")),
    "exclude": lambda rows: list(rows.exclude(name="x")),
    "count": lambda rows: rows.count(),
    "exists": lambda rows: rows.exists(),
    "last": lambda rows: rows.last(),
    "values": lambda rows: list(rows.values()),
    "values_list": lambda rows: list(rows.values_list("name", flat=True)),
    "aggregate": lambda rows: rows.aggregate(models.Count("pk")),
    "in_bulk": lambda rows: rows.in_bulk(),
    "iterator": lambda rows: list(rows.iterator(chunk_size=2)),
    "union": lambda rows: list(rows.order_by().union(rows.order_by(), all=True)),
    "distinct": lambda rows: list(rows.distinct()),
    "explain": lambda rows: rows.explain(),
    "related": lambda rows: list(rows.select_related("council")),
    "prefetch": lambda rows: list(rows.prefetch_related("council")),
    "subquery": lambda rows: list(
        Council.objects.filter(models.Exists(rows.filter(council=models.OuterRef("pk"))))
    ),
}
WRITES = {
    "update": lambda rows: rows.update(version=99),
    "bulk_update": bulk_update,
    "delete": lambda rows: rows.all().delete(),
    "raw_delete": lambda rows: rows.all()._raw_delete(rows.db),
    "save": lambda rows: [row.save() for row in rows],
    "instance_delete": lambda rows: [row.delete() for row in rows],
    "get_or_create": lambda rows: rows.get_or_create(key="seat-1"),
    "update_or_create": lambda rows: rows.update_or_create(key="seat-1", defaults={"position": 9}),
}
WAYS = READS | WRITES
REFUSALS = (OutsideFence, Seat.MultipleObjectsReturned)


def town(code):
    return Municipality.objects.get(code=code)


def rows_of(model, code):
    with within(town(code)):
        return list(model.objects.led().order_by("pk").values())


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_outside_every_way_is_an_error(way):
    with pytest.raises(NotWithinMunicipality):
        way(Seat.objects.all())


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_stranger_sees_and_changes_nothing(way, here):
    before = rows_of(Seat, world.THEIRS)

    assert world.CANARY not in str(list(Council.objects.values()))
    way(Seat.objects.filter(council__key="council-1"))

    assert rows_of(Seat, world.THEIRS) == before != []


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_partner_reads_and_writes_nothing(way):
    before = rows_of(Seat, world.OURS), rows_of(Seat, world.THEIRS)

    with within(town(world.PARTNER)):
        assert Seat.objects.count() == len(before[0]) + len(before[1]) > 0
        with suppress(*REFUSALS), transaction.atomic():
            way(Seat.objects.order_by("pk"))

    assert (rows_of(Seat, world.OURS), rows_of(Seat, world.THEIRS)) == before


@each_table
def test_every_shared_table_is_read_by_partners_and_written_by_the_lead(model, here):
    before = rows_of(model, world.OURS)
    assert before

    with within(town(world.PARTNER)):
        leads = {row.municipality.code for row in model.objects.select_related("municipality")}
        assert leads == {world.OURS, world.THEIRS}
        assert not model.objects.led()
        assert not any(row.is_led_here for row in model.objects.shared())
        assert model.objects.update(version=99) == 0
        assert model.objects.all().delete()[0] == 0
        row = model.objects.first()
        with pytest.raises(OutsideFence), transaction.atomic():
            row.save()
        row.delete()

    assert rows_of(model, world.OURS) == before
    assert model.objects.update(version=99) == len(before)


@each_table
def test_a_stranger_reads_no_row(model, here):
    assert {row.municipality_id for row in model.objects.all()} == {here.municipality_id}
    assert list(model.objects.shared()) == []


def test_without_the_fence_a_strangers_rows_would_be_seen(here):
    """The negative control: a plain manager shows both leads, and a partner's update goes through."""
    plain = models.Manager()
    plain.model = Council

    assert len({row.municipality_id for row in plain.get_queryset()}) == 2
    with within(town(world.PARTNER)):
        assert plain.get_queryset().update(position=99) > 0


def test_a_partner_adds_nothing_under_a_neighbours_head():
    with within(town(world.PARTNER)):
        council, structure = Council.objects.first(), Structure.objects.first()
        contract, meeting, post = (model.objects.first() for model in (Contract, Meeting, Post))
        for row in (
            Seat(council=council, key="x", name="x"),
            AgendaItem(meeting=meeting, council=council, key="x", text="x"),
            ContractEvent(contract=contract, key="x", text="x"),
            Staffing(structure=structure, post=post, key="x", people=1),
            CouncilPartner(council=council, partner=town(world.THEIRS), key="x"),
        ):
            with pytest.raises(OutsideFence), transaction.atomic():
                row.save()


def test_a_line_that_a_stranger_wrote_shares_nothing(here):
    with within(town(world.THEIRS)):
        foreign = Council.objects.get(key="council-1").pk
    CouncilPartner.objects.create(council_id=foreign, partner=here.municipality, key="stolen")

    assert not Council.objects.filter(pk=foreign)
    assert not Seat.objects.filter(council_id=foreign)


def test_sharing_ends_with_the_partners_line(here):
    partner = town(world.PARTNER)
    CouncilPartner.objects.all().delete()

    with within(partner):
        assert {row.municipality.code for row in Council.objects.all()} == {world.THEIRS}
        assert not Meeting.objects.filter(municipality=here.municipality)


def test_several_partners_double_no_row(here):
    council = Council.objects.get(key="council-1")
    other = town(world.THEIRS)
    CouncilPartner.objects.create(council=council, partner=other, key="partner-2")

    assert Council.objects.filter(key="council-1").count() == 1
    with across([here.municipality, other, town(world.PARTNER)]):
        assert Council.objects.filter(pk=council.pk).count() == 1
        assert Seat.objects.filter(council=council).count() == 1


def test_every_table_of_partners_is_asked_by_its_columns():
    assert {model._meta.model_name for model in SHARED if issubclass(model, SharePartner)} == {
        "councilpartner",
        "contractpartner",
        "structurepartner",
    }
