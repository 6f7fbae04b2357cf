"""The fence: every way to read or write through a queryset, outside and beside a neighbour."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from django import forms
from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef

from logicmodels.models import Issue
from municipalities.models import Cycle, Municipality
from municipalities.tenancy import (
    NotWithinMunicipality,
    OutsideFence,
    TenantKey,
    across,
    outside,
    within,
    writing,
)
from tests import world

pytestmark = pytest.mark.django_db

WAYS = {
    "list": list,
    "all": lambda rows: list(rows.all()),
    "filter": lambda rows: list(rows.filter(text__contains="a")),
    "exclude": lambda rows: list(rows.exclude(text="x")),
    "count": lambda rows: rows.count(),
    "exists": lambda rows: rows.exists(),
    "first": lambda rows: rows.first(),
    "last": lambda rows: rows.last(),
    "get": lambda rows: rows.get(key="issue-1"),
    "values": lambda rows: list(rows.values()),
    "values_list": lambda rows: list(rows.values_list("text", flat=True)),
    "aggregate": lambda rows: rows.aggregate(Count("pk")),
    "in_bulk": lambda rows: rows.in_bulk(),
    "iterator": lambda rows: list(rows.iterator(chunk_size=2)),
    "union": lambda rows: list(rows.order_by().union(rows.order_by(), all=True)),
    "distinct": lambda rows: list(rows.distinct()),
    "latest": lambda rows: rows.latest("pk"),
    "update": lambda rows: rows.update(position=5),
    "delete": lambda rows: rows.filter(key="issue-1").delete(),
    "explain": lambda rows: rows.explain(),
    "select_for_update": lambda rows: list(rows.select_for_update(of=("self",))),
    "get_or_create": lambda rows: rows.get_or_create(key="issue-1"),
    "update_or_create": lambda rows: rows.update_or_create(key="issue-1", defaults={"position": 1}),
    "subquery": lambda rows: list(Cycle.objects.filter(Exists(rows.filter(cycle=OuterRef("pk"))))),
}


@pytest.fixture
def theirs():
    """The neighbour's rows as they are before anything is tried."""
    with within(Municipality.objects.get(code=world.THEIRS)):
        return list(Issue.objects.order_by("pk").values())


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_outside_every_way_is_an_error(way):
    with pytest.raises(NotWithinMunicipality):
        way(Issue.objects.all())


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_within_every_way_leaves_the_neighbour_alone(way, here, theirs):
    result = way(Issue.objects.all())

    assert world.CANARY not in str(result)
    with within(Municipality.objects.get(code=world.THEIRS)):
        assert list(Issue.objects.order_by("pk").values()) == theirs


def test_without_the_fence_the_neighbour_would_be_seen(here):
    """The negative control: a plain manager on the same table shows both towns."""
    plain = models.Manager()
    plain.model = Issue

    assert world.CANARY in [issue.text for issue in plain.get_queryset()]
    assert world.CANARY not in [issue.text for issue in Issue.objects.all()]


def test_across_reads_its_towns_and_writes_none(here):
    towns = list(Municipality.objects.filter(code__in=[world.OURS, world.THEIRS]))

    with across(towns):
        assert {issue.municipality_id for issue in Issue.objects.all()} == {t.pk for t in towns}
        with pytest.raises(NotWithinMunicipality):
            writing()
        with pytest.raises(NotWithinMunicipality):
            Cycle.objects.create(fiscal_year=1999)
    with across([]), pytest.raises(NotWithinMunicipality):
        Issue.objects.count()
    with across(towns[:1]), outside(), pytest.raises(NotWithinMunicipality):
        Issue.objects.count()


def test_a_town_that_is_none_opens_nothing():
    for nothing in (None, Municipality()):
        with pytest.raises((NotWithinMunicipality, AttributeError)), within(nothing):
            Issue.objects.count()


def test_relations_are_cut_in_both_directions(here):
    neighbour = world.cycle_of(world.THEIRS)
    ours = len(world.document_of(world.OURS)["issues"])

    assert list(neighbour.issue_set.all()) == []
    assert here.issue_set.count() == ours
    [cycle] = Cycle.objects.prefetch_related("issue_set").annotate(n=Count("issue_set"))
    assert (cycle.n, len(cycle.issue_set.all())) == (ours, ours)


def test_a_queryset_made_outside_is_cut_where_it_is_read(here):
    rows = Issue.objects.all()

    assert world.CANARY not in [row.text for row in rows.all()]
    with within(Municipality.objects.get(code=world.THEIRS)):
        assert {row.text for row in rows.all()} == {world.CANARY}


def test_form_choices_are_cut(here):
    class Pick(forms.Form):
        issue = forms.ModelChoiceField(Issue.objects.all())

    with within(Municipality.objects.get(code=world.THEIRS)):
        foreign = Issue.objects.first().pk
    own = Issue.objects.first().pk

    assert Pick({"issue": own}).is_valid()
    assert not Pick({"issue": foreign}).is_valid()


def test_saving_and_deleting_a_neighbours_row_is_refused(here):
    with within(Municipality.objects.get(code=world.THEIRS)):
        foreign = Issue.objects.first()

    foreign.text = "taken over"
    with pytest.raises(OutsideFence), transaction.atomic():
        foreign.save()
    Issue(pk=foreign.pk).delete()
    with pytest.raises(Issue.DoesNotExist):
        foreign.refresh_from_db()
    with within(Municipality.objects.get(code=world.THEIRS)):
        assert Issue.objects.filter(pk=foreign.pk, text=world.CANARY).exists()


def test_a_row_under_a_neighbours_parent_is_refused(here):
    with pytest.raises(OutsideFence), transaction.atomic():
        Issue.objects.create(cycle=world.cycle_of(world.THEIRS), key="x", text="x")
    with pytest.raises(OutsideFence), transaction.atomic():
        Issue.objects.bulk_create([Issue(cycle=world.cycle_of(world.THEIRS), key="x", text="x")])


def test_a_row_is_owned_by_where_it_is_written(here):
    issue = Issue.objects.create(cycle=here, key="new", text="新しい課題")

    assert issue.municipality_id == here.municipality_id
    with outside(), pytest.raises(NotWithinMunicipality):
        Issue.objects.create(cycle=here, key="new-2", text="新しい課題")


def test_a_fresh_thread_starts_outside(here):
    with ThreadPoolExecutor() as pool, pytest.raises(NotWithinMunicipality):
        pool.submit(lambda: str(Issue.objects.all().query)).result()


def test_async_reading_is_fenced_too():
    async def read():
        return [issue async for issue in Issue.objects.aiterator()]

    with pytest.raises(NotWithinMunicipality):
        asyncio.run(read())


def test_the_owners_column_migrates_as_it_was_written():
    _, path, args, kwargs = TenantKey().deconstruct()

    assert path == "municipalities.tenancy.TenantKey"
    assert TenantKey(*args, **kwargs).null is False
