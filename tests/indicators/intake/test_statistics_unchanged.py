"""A file whose values are all stored already is ended without writing."""

import pytest

from indicators.models import Dataset, PublishedValue
from municipalities.models import Job
from tests.indicators.intake.test_statistics_files import (
    HEAD,
    LIST,
    ROWS,
    TITLE,
    corrected,
    nothing_waits,
    send,
    take,
)

pytestmark = pytest.mark.django_db
PUBLIC = {"is_public": "1", "public_source": "https://example.com/"}
END, UNCHANGED = "確認を終える", "すべて、すでにある値と同じでした。値は何も変わっていません。"


@pytest.fixture
def officer(sign_in):
    return sign_in("officer")


@pytest.fixture
def taken(officer):
    upload = send(officer, HEAD + ROWS)
    corrected(officer, upload)
    take(officer, upload, **PUBLIC)
    assert upload.state == "done", upload.message
    return upload


def sent_again(officer, rows=ROWS):
    upload = send(officer, HEAD + rows, name="もう一度.csv")
    corrected(officer, upload, is_kept="on")
    return upload


def page_of(officer, upload):
    return officer.get(f"{LIST}files/{upload.pk}/").content.decode()


def test_a_file_that_changes_nothing_is_ended_and_says_so(officer, taken):
    upload = sent_again(officer)
    stored = list(PublishedValue.objects.filter(dataset=taken.dataset).order_by("pk").values())
    source = Dataset.objects.get(title=TITLE).public_source
    assert (upload.new, upload.changed, upload.same) == (0, 0, 6)
    page = page_of(officer, upload)
    assert END in page
    assert "件を取り込む" not in page
    jobs = set(Job.objects.values_list("pk", flat=True))

    take(officer, upload)

    assert (upload.state, upload.message, upload.content) == ("done", UNCHANGED, None)
    assert upload.dataset == taken.dataset
    assert nothing_waits()
    assert upload.layout.is_kept
    page = page_of(officer, upload)
    assert UNCHANGED in page
    assert END not in page
    assert "取りやめる" not in officer.get(LIST).content.decode()
    now = PublishedValue.objects.filter(dataset=taken.dataset).order_by("pk")
    assert list(now.values()) == stored
    assert Dataset.objects.get(title=TITLE).public_source == source
    # Nothing is filled in anew in the towns.
    assert [*Job.objects.exclude(pk__in=jobs).values_list("kind", flat=True)] == ["statistics_take"]


def test_a_value_that_changed_after_the_check_is_looked_at_before_the_end(officer, taken):
    upload = sent_again(officer)
    first = PublishedValue.objects.filter(dataset=taken.dataset, value=12)
    first.update(value=13)

    take(officer, upload)

    assert (upload.state, upload.changed, upload.same) == ("checking", 1, 5)
    page = page_of(officer, upload)
    assert "1件を取り込む" in page
    assert END not in page


@pytest.mark.parametrize("rows", [ROWS.replace("9876", "九千くらい"), "080001,どこか,1,2\n"])
def test_a_file_with_a_cell_to_mend_or_without_values_is_not_ended(officer, taken, rows):
    upload = sent_again(officer, rows)
    assert upload.writes == 0
    assert END not in page_of(officer, upload)

    take(officer, upload)

    assert upload.state == "checking"
