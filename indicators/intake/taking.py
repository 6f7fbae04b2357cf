"""Taking in what was staged: one transaction for all of it, or nothing where a value has changed meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from indicators.choices import UploadState
from indicators.intake import blocks, bulk, comparing, receiving, stored
from indicators.models import Dataset, PublishedValue, StagedBlock, StatisticsUpload
from indicators.publishing import filling_rounds
from municipalities.choices import ScopeKind
from municipalities.keys import new_key
from municipalities.models import AccessEvent
from municipalities.models.people import NATION_CODE
from municipalities.people.recording import Deed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indicators.intake.blocks import Line
    from municipalities.kernel.jobs import Running
    from municipalities.models import User

CHANGED_MEANWHILE = (
    "確認のあとで、同じ統計の値が変わりました。もう一度読み取りましたので、内容を確かめてください。"
)


def handle(running: Running) -> None:
    """The job: publish the staged values of its file."""
    pk, version = running.arguments["upload"], running.arguments["version"]
    with running.finishing():
        upload = (
            StatisticsUpload.objects.held(pk, version=version, state=UploadState.WRITING)
            .select_related("prefecture", "layout", "uploaded_by")
            .first()
        )
        if upload is not None:
            receiving.refuse_without_right(running, upload)
            take(upload)


def take(upload: StatisticsUpload) -> None:
    """Write the values of a file; where one is not as it was looked at, have the file read again."""
    dataset = dataset_for(upload)
    if has_moved(upload, dataset):
        again(upload)
        return
    bulk.publish(lines_of(upload), dataset)
    filling_rounds.begin(dataset, by=upload.uploaded_by)
    StatisticsUpload.objects.filter(pk=upload.pk).update(
        state=UploadState.DONE, dataset=dataset, content=None, ended_at=Now()
    )
    receiving.clear(upload)
    receiving.drop_layout(upload)


def dataset_for(upload: StatisticsUpload) -> Dataset:
    """Return the statistic under this title of this owner, a new one for a new title."""
    layout = upload.layout
    title = (layout and layout.title) or upload.file_name
    publisher = layout.publisher if layout else ""
    found = Dataset.objects.filter(prefecture=upload.prefecture, fingerprint="", title=title)
    if dataset := found.first():
        return dataset
    return Dataset.objects.create(
        code=new_key("file"),
        prefecture=upload.prefecture,
        title=title,
        publisher=publisher,
        licence="",
    )


def has_moved(upload: StatisticsUpload, dataset: Dataset) -> bool:
    """Say whether a stored value is not the one that was shown beside its successor."""
    years = set[int]().union(*(line.years for line in lines_of(upload)))
    return comparing.has_moved(lines_of(upload), stored.values(dataset, years))


def lines_of(upload: StatisticsUpload) -> Iterator[Line]:
    """Yield what was staged, block by block."""
    for content in StagedBlock.objects.filter(upload=upload).values_list("content", flat=True):
        yield from blocks.unpack(bytes(content))


def again(upload: StatisticsUpload) -> None:
    """Send the file back to be read and looked at again."""
    StatisticsUpload.objects.filter(pk=upload.pk).update(
        state=UploadState.READING,
        version=F("version") + 1,
        rows_done=0,
        message=CHANGED_MEANWHILE,
    )
    receiving.clear(upload)
    receiving.ring(receiving.READ, upload.pk, version=upload.version + 1, by=upload.uploaded_by)


def remove(dataset: Dataset, *, by: User, with_filled: bool = False) -> int:
    """Take a statistic that was brought in out again, with all its values; who did it is recorded.

    `with_filled`: what it has filled in goes too, in the background; return from how many municipalities.
    """
    with transaction.atomic():
        towns = filling_rounds.begin_taking_back(dataset, by=by) if with_filled else 0
        count, _ = PublishedValue.objects.filter(dataset=dataset).delete()
        where = dataset.prefecture
        AccessEvent.objects.create(
            deed=Deed.STATISTIC,
            actor=by,
            scope_kind=ScopeKind.PREFECTURE if where else ScopeKind.NATION,
            scope_code=where.code if where else NATION_CODE,
            before={"statistic": dataset.title, "code": dataset.code, "values": count},
        )
        StatisticsUpload.objects.filter(dataset=dataset).update(dataset=None)
        dataset.delete()
    return towns
