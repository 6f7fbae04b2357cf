"""A file of statistics arrives, is read again by another layout, is given up or taken in: what people press."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.http import Http404

from indicators.choices import UploadState
from indicators.models import (
    FileDoubt,
    RefusedCell,
    StagedBlock,
    StagedValue,
    StatisticsLayout,
    StatisticsUpload,
)
from municipalities.access import Permission
from municipalities.entrance import scopes
from municipalities.kernel import jobs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from municipalities.kernel.jobs import Running
    from municipalities.models import Prefecture, User

READ, TAKE = "statistics_read", "statistics_take"
MOST_OPEN = 10
TOO_MANY = f"確認待ちのファイルが{MOST_OPEN}件あります。「統計の取り込み」の一覧で、取り込むか、取りやめてください。"
MOVED_ON = "このファイルの状態が変わっています。下の表示を確かめてください。"

TAKEN_ALREADY = {
    UploadState.WRITING: "すでに取り込んでいます。もう一度押す必要はありません。終わるまで、このままお待ちください。",
    UploadState.DONE: "このファイルは、すでに取り込みました。",
}


class MovedOn(Exception):
    """Somebody else has taken in, changed or given up the file meanwhile."""


def receive(
    content: bytes, *, file_name: str, prefecture: Prefecture | None, by: User
) -> StatisticsUpload:
    """Keep a file and have it read in the background. Raises ValidationError where too many wait."""
    if in_the_way(prefecture):
        raise ValidationError(TOO_MANY)
    with transaction.atomic():
        upload = StatisticsUpload.objects.create(
            prefecture=prefecture,
            uploaded_by=by,
            file_name=file_name[:200],
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
        )
        ring(READ, upload.pk, version=upload.version, by=by)
    return upload


def in_the_way(prefecture: Prefecture | None) -> list[StatisticsUpload]:
    """Return the files that have to be taken in or given up before the next one; none while there is room for it."""
    waiting = StatisticsUpload.objects.of(prefecture).filter(state__in=StatisticsUpload.OPEN)
    found = list(waiting.only("file_name", "state", "created_at"))
    return found if len(found) >= MOST_OPEN else []


def ring(kind: str, pk: int, *, version: int, by: User) -> None:
    jobs.enqueue(kind, municipality=None, actor=by, upload=pk, version=version)


def read_again(upload: StatisticsUpload, *, by: User) -> None:
    """Drop what was staged and read the file by the layout as it is now. Raises MovedOn."""
    with transaction.atomic():
        move(upload, to=UploadState.READING, rows_done=0, message="", version=F("version") + 1)
        clear(upload)
        ring(READ, upload.pk, version=upload.version + 1, by=by)


def take(upload: StatisticsUpload, *, by: User, public_source: str = "") -> None:
    """Have the staged values written, or the file ended that changes nothing. Raises MovedOn, and ValidationError where a cell is refused.

    `public_source`: where everybody may read the table, empty where it is not public.
    """
    if told := TAKEN_ALREADY.get(UploadState(upload.state)):
        raise MovedOn(told)
    if not (upload.may_be_taken or upload.may_be_ended):
        raise ValidationError("取り込める状態ではありません。取り込めない箇所を直してください。")
    with transaction.atomic():
        move(upload, to=UploadState.WRITING, message="", public_source=public_source)
        ring(TAKE, upload.pk, version=upload.version, by=by)


def move(upload: StatisticsUpload, *, to: str, **values: object) -> None:
    """Change the state of a file that waits for people. Raises MovedOn when it does not any more."""
    held = StatisticsUpload.objects.held(
        upload.pk, version=upload.version, state=UploadState.CHECKING
    )
    if not held.update(state=to, **values):
        raise MovedOn(MOVED_ON)


def give_up(upload: StatisticsUpload) -> bool:
    """Take a file back, whatever the worker does with it; say whether it was still under way.

    What is being written is one transaction: it is there as a whole, or not at all.
    """
    with transaction.atomic():
        rows = StatisticsUpload.objects.filter(pk=upload.pk, state__in=StatisticsUpload.OPEN)
        given_up = rows.update(state=UploadState.CANCELLED, content=None, ended_at=Now())
        if given_up:
            clear(upload)
            StatisticsLayout.objects.filter(code=layout_code(upload)).update(is_kept=False)
            drop_own_layout(upload)
    return bool(given_up)


def clear(upload: StatisticsUpload) -> None:
    """Drop what was staged."""
    StagedBlock.objects.filter(upload=upload.pk).delete()
    StagedValue.objects.filter(upload=upload.pk).delete()
    RefusedCell.objects.filter(upload=upload.pk).delete()
    FileDoubt.objects.filter(upload=upload.pk).delete()


def drop_layout(upload: StatisticsUpload) -> None:
    """Drop the layout of a file that was taken, unless it is kept for the next one: then in the place of an older one."""
    if upload.layout and upload.layout.is_kept:
        forget(older_than(upload.layout))
    drop_own_layout(upload)


def drop_own_layout(upload: StatisticsUpload) -> None:
    """Drop the layout that belongs to a file alone; what others have kept stays."""
    StatisticsUpload.objects.filter(pk=upload.pk, layout__is_kept=False).update(layout=None)
    StatisticsLayout.objects.filter(code=layout_code(upload), is_kept=False).delete()


def older_than(layout: StatisticsLayout) -> list[StatisticsLayout]:
    """Return the remembered layouts by which files of the same kind would be read."""
    remembered = StatisticsLayout.objects.remembered_by(layout.prefecture).exclude(pk=layout.pk)
    same = {name: getattr(layout, name) for name in ("marks", "sheet", "file_pattern")}
    return list(remembered.filter(**same))


def forget(layouts: Iterable[StatisticsLayout]) -> None:
    """Drop layouts that were kept for the next file."""
    pks = [one.pk for one in layouts]
    with transaction.atomic():
        StatisticsUpload.objects.filter(layout__in=pks).update(layout=None)
        StatisticsLayout.objects.filter(pk__in=pks, is_shipped=False).delete()


def layout_code(upload: StatisticsUpload) -> str:
    return f"file-{upload.pk}"


def refuse_without_right(running: Running, upload: StatisticsUpload) -> None:
    """The right to bring statistics in is asked again by the worker: it may have ended. Raises GiveUp."""
    if running.actor is None or not may_bring_in(running.actor, upload.prefecture):
        raise jobs.GiveUp(jobs.RIGHT_ENDED)


def may_bring_in(user: User, prefecture: Prefecture | None) -> bool:
    """Say whether a person brings statistics in for a prefecture, or for the whole country where it is None."""
    if prefecture is None:
        return scopes.resolve(user, {}).may(Permission.OPERATE)
    try:
        scope = scopes.resolve(user, {"prefecture": prefecture.code})
    except Http404:
        return False
    return scope.may(Permission.MANAGE_PREFECTURE)


def failed(running: Running, reason: str) -> None:
    """End a file whose job has failed for good."""
    rows = StatisticsUpload.objects.filter(
        pk=running.arguments["upload"], version=running.arguments["version"]
    )
    rows.filter(state__in=StatisticsUpload.OPEN).update(
        state=UploadState.FAILED, message=reason[:500], content=None, ended_at=Now()
    )
