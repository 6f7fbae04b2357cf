"""Taking in what was staged: one transaction for all of it, or nothing where a value has changed meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from indicators.choices import UploadState
from indicators.intake.comparing import comparing, stored
from indicators.intake.extracting import blocks
from indicators.intake.taking import bulk, receiving
from indicators.intake.withholding import withholding
from indicators.models import Dataset, PublishedValue, StagedBlock, StatisticsUpload
from indicators.publishing import filling_rounds
from municipalities.choices import ScopeKind
from municipalities.models import AccessEvent
from municipalities.models.people import NATION_CODE
from municipalities.people.recording import Deed
from municipalities.rows.keys import new_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from indicators.intake.extracting.blocks import Line
    from municipalities.kernel.jobs import Running
    from municipalities.models import Prefecture, User

CHANGED_MEANWHILE = (
    "確認のあとで、同じ統計の値が変わりました。もう一度読み取りましたので、内容を確かめてください。"
)
UNCHANGED = "すべて、すでにある値と同じでした。値は何も変わっていません。"
PUBLIC = "公表されている表として取り込みました（公表されている場所：{where}、確かめた人：{by}）。"
WITHHELD = (
    "公表されていない表として取り込みました。少ない人数の値と、そこから計算できる値の合わせて{count}件を、"
    "ほかの市町村や県の比較では秘匿（x）にしています。当の市町村の実績値には、そのまま入ります。"
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
    elif upload.changes_nothing:
        end(upload, dataset, message=UNCHANGED)
    else:
        withheld = write(upload, dataset)
        filling_rounds.begin(dataset, by=upload.uploaded_by)
        end(upload, dataset, message=told_of(dataset, withheld, by=upload.uploaded_by))


def end(upload: StatisticsUpload, dataset: Dataset, *, message: str) -> None:
    """Say that a file is taken, and of which statistic; what was kept for it goes."""
    StatisticsUpload.objects.filter(pk=upload.pk).update(
        state=UploadState.DONE, dataset=dataset, content=None, ended_at=Now(), message=message
    )
    receiving.clear(upload)
    receiving.drop_layout(upload)


def write(upload: StatisticsUpload, dataset: Dataset) -> int:
    """Write what was staged, and hide what the statistic may not tell of others; return how many values that is."""
    before = withholding.lift(dataset)
    bulk.publish(lines_of(upload), dataset)
    dataset.public_source = upload.public_source
    dataset.save(update_fields=["public_source"])
    return withholding.withhold(dataset, before)


def told_of(dataset: Dataset, withheld: int, *, by: User) -> str:
    """Return what stays with the file: who calls the table public and where it is, or how much is withheld."""
    if dataset.public_source:
        return PUBLIC.format(where=dataset.public_source, by=by)
    return WITHHELD.format(count=f"{withheld:,}") if withheld else ""


def declare(dataset: Dataset, *, where: str, by: User) -> int:
    """Call a statistic public, or not public any more; return how many of its values are withheld now.

    `where`: where its source lets everybody read it, empty for nowhere. Towns get what they got before.
    """
    with transaction.atomic():
        before = withholding.lift(dataset)
        was, dataset.public_source = dataset.public_source, where
        dataset.save(update_fields=["public_source"])
        withheld = withholding.withhold(dataset, before)
        record(dataset, by=by, before={"public_source": was}, after={"public_source": where})
    return withheld


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
        record(dataset, by=by, before={"values": count, "dataset": dataset.pk})
        StatisticsUpload.objects.filter(dataset=dataset).update(dataset=None)
        dataset.delete()
    return towns


def record(dataset: Dataset, *, by: User, before: dict[str, Any], **after: Any) -> None:
    """Write down who has changed what everybody reads of a statistic."""
    AccessEvent.objects.create(
        actor=by,
        before={"statistic": dataset.title, "code": dataset.code} | before,
        **after,
        **recorded_of(dataset.prefecture),
    )


def recorded_of(prefecture: Prefecture | None) -> dict[str, str]:
    """Return what all events about the statistics of an owner have in common."""
    return {
        "deed": Deed.STATISTIC,
        "scope_kind": ScopeKind.PREFECTURE if prefecture else ScopeKind.NATION,
        "scope_code": prefecture.code if prefecture else NATION_CODE,
    }


def taken_out(pk: int, *, prefecture: Prefecture | None) -> str:
    """Return what a statistic of this owner was called that was taken out, nothing where there was none."""
    events = AccessEvent.objects.filter(before__dataset=pk, **recorded_of(prefecture))
    event = events.first()
    return str(event.before["statistic"]) if event else ""
