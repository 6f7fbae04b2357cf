"""The fence of the prefectures: its rows are read within it, by its towns too, and written by it alone."""

import pytest
from django.db import models, transaction

from coordinators.models import PrefecturePost
from municipalities.kernel.changes import PrefectureChange, save_versioned
from municipalities.models import Prefecture
from municipalities.prefecture_tenancy import (
    NotWithinPrefecture,
    reading_prefecture,
    within_prefecture,
)
from municipalities.tenancy import OutsideFence
from tests import world

pytestmark = pytest.mark.django_db
READS = {
    "list": list,
    "filter": lambda rows: list(rows.filter(key__startswith="p")),
    "count": lambda rows: rows.count(),
    "exists": lambda rows: rows.exists(),
    "first": lambda rows: rows.first(),
    "values": lambda rows: list(rows.values()),
    "in_bulk": lambda rows: rows.in_bulk(),
    "iterator": lambda rows: list(rows.iterator()),
    "union": lambda rows: list(rows.order_by().union(rows.order_by(), all=True)),
    "get": lambda rows: rows.get(key="prefecture-post-1"),
}
WRITES = {
    "update": lambda rows: rows.update(position=5),
    "delete": lambda rows: rows.all().delete(),
    "create": lambda rows: rows.create(key="x", fiscal_year=2026, name="x"),
    "bulk_create": lambda rows: rows.bulk_create(
        [PrefecturePost(key="x", fiscal_year=1, name="x")]
    ),
    "save": lambda rows: rows.first().save(),
    "instance_delete": lambda rows: rows.first().delete(),
    "update_or_create": lambda rows: rows.update_or_create(
        key="prefecture-post-1", defaults={"position": 5}
    ),
}


def prefecture(code="99"):
    return Prefecture.objects.get(code=code)


@pytest.fixture
def both(db):
    """The other prefecture has a post too."""
    world.keep_post(prefecture("98"), by=None)


@pytest.mark.parametrize("way", (READS | WRITES).values(), ids=READS | WRITES)
def test_outside_every_way_is_an_error(way):
    with pytest.raises(NotWithinPrefecture):
        way(PrefecturePost.objects.all())


@pytest.mark.parametrize("way", READS.values(), ids=READS)
@pytest.mark.parametrize("door", [within_prefecture, reading_prefecture])
def test_reading_shows_one_prefecture(way, door, both):
    with door(prefecture()):
        assert way(PrefecturePost.objects.all())
        assert {row.prefecture.code for row in PrefecturePost.objects.all()} == {"99"}


@pytest.mark.parametrize("way", WRITES.values(), ids=WRITES)
def test_who_only_reads_writes_nothing(way):
    with reading_prefecture(prefecture()):
        before = list(PrefecturePost.objects.values())
        with pytest.raises(NotWithinPrefecture), transaction.atomic():
            way(PrefecturePost.objects.all())
        assert list(PrefecturePost.objects.values()) == before


@pytest.mark.parametrize("way", WRITES.values(), ids=WRITES)
def test_writing_leaves_the_other_prefecture_alone(way, both):
    with within_prefecture(prefecture("98")):
        before = list(PrefecturePost.objects.values())
    with within_prefecture(prefecture()):
        way(PrefecturePost.objects.all())
    with within_prefecture(prefecture("98")):
        assert list(PrefecturePost.objects.values()) == before


def test_the_other_prefectures_row_is_refused(both):
    with within_prefecture(prefecture("98")):
        foreign = PrefecturePost.objects.get()
    with within_prefecture(prefecture()):
        with pytest.raises(OutsideFence), transaction.atomic():
            foreign.save()
        PrefecturePost(pk=foreign.pk).delete()
    with within_prefecture(prefecture("98")):
        assert PrefecturePost.objects.filter(pk=foreign.pk).exists()


def test_an_edit_is_told_in_the_prefectures_history(people):
    with within_prefecture(prefecture()):
        post = PrefecturePost.objects.get()
        post.people = 2
        save_versioned(post, by=people["officer"], expected_version=1, fields=["people"])

        assert PrefectureChange.objects.of(post).first().after == {"people": 2}


def test_without_the_fence_both_would_be_seen(both):
    """The negative control: a plain manager shows both prefectures."""
    plain = models.Manager()
    plain.model = PrefecturePost

    assert plain.get_queryset().count() == 2
