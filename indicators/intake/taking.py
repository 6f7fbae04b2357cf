"""Taking in what was staged: one transaction for all of it, or nothing where a value has changed meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

from indicators.choices import StagedDeed, UploadState
from indicators.intake import bulk, receiving
from indicators.models import Dataset, PublishedValue, StagedValue, StatisticsUpload
from municipalities.choices import ScopeKind
from municipalities.keys import new_key
from municipalities.models import AccessEvent
from municipalities.models.people import NATION_CODE
from municipalities.people.recording import Deed

if TYPE_CHECKING:
    from municipalities.kernel.jobs import Running
    from municipalities.models import User

CHANGED_MEANWHILE = (
    "確認のあとで、同じ統計の値が変わりました。もう一度読み取りましたので、内容を確かめてください。"
)
SAME_VALUE = Q(value=OuterRef("found_value")) | Q(value=None, state=OuterRef("found_state"))


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
    bulk.publish(upload, dataset)
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
    stored = PublishedValue.objects.filter(
        dataset=dataset,
        definition=OuterRef("definition"),
        place_kind=OuterRef("place_kind"),
        place_code=OuterRef("place_code"),
        fiscal_year=OuterRef("fiscal_year"),
    ).order_by()
    staged = StagedValue.objects.filter(upload=upload)
    new = staged.filter(deed=StagedDeed.NEW)
    other = staged.exclude(deed=StagedDeed.NEW)
    if not PublishedValue.objects.filter(dataset=dataset).exists():
        return other.exists()
    return (
        new.filter(Exists(stored)).exists()
        or other.exclude(Exists(stored.filter(SAME_VALUE))).exists()
    )


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


def remove(dataset: Dataset, *, by: User) -> None:
    """Take a statistic that was brought in out again, with all its values; who did it is recorded."""
    with transaction.atomic():
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
