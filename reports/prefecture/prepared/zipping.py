"""All reports of a kind in one ZIP: the copies for the prefecture, one after the other, straight to the disk."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from municipalities.japanese import fiscal
from municipalities.kernel import files
from municipalities.rows.archives import member, plain
from reports.choices import ReportKind
from reports.prefecture.prepared import making
from reports.prefecture.prepared.contents import make_contents
from reports.prefecture.prepared.listing import ALTERED, LOST, Entry, entries_of
from reports.prefecture.prepared.making import Made, Order

if TYPE_CHECKING:
    from pathlib import Path

    from municipalities.kernel.jobs import Running
    from reports.models import PreparedFile

CONTENTS = "一覧.xlsx"
ASKED_AT = "%Y%m%d-%H%M%S"
PIECE = 1 << 20


def handle(running: Running) -> None:
    making.run(running, make_zip, suffix=".zip")


def make_zip(order: Order, path: Path) -> Made:
    """Write the file at `path`. Between two papers it says how far it is, and stops when given up."""
    row, prefecture = order.row, order.prefecture
    entries = entries_of(prefecture, row.fiscal_year, row.kind, towns=order.towns)
    folder = plain(f"{prefecture.code}_{prefecture.name}")
    named: list[tuple[Entry, str]] = []
    with files.growing(path) as file, zipfile.ZipFile(file, "w") as archive:
        for count, entry in enumerate(entries):
            order.tell(count, len(entries))
            named.append(put(archive, entry, folder=folder, row=row))
        order.tell(len(entries), len(entries))
        contents = make_contents(
            named, prefecture, fiscal_year=row.fiscal_year, kind=row.kind, at=row.requested_at
        )
        archive.writestr(member(f"{folder}/{CONTENTS}", row.requested_at), contents)
    included = sum(bool(name) for _, name in named)
    digest, size = fingerprint(path)
    return Made(name_of_file(order), digest, size, included=included, missing=len(named) - included)


def put(
    archive: zipfile.ZipFile, entry: Entry, *, folder: str, row: PreparedFile
) -> tuple[Entry, str]:
    """Put a paper into the file; return its name there, or why there is none."""
    if not entry.pdf:
        return entry, ""
    try:
        content = (settings.MEDIA_ROOT / entry.pdf).read_bytes()
    except FileNotFoundError:
        return replace(entry, reason=LOST), ""
    if hashlib.sha256(content).hexdigest() != entry.sha256:
        return replace(entry, reason=ALTERED), ""
    name = name_of_paper(entry, fiscal_year=row.fiscal_year, kind=row.kind)
    archive.writestr(member(f"{folder}/{name}", entry.published_at or row.requested_at), content)
    return entry, name


def name_of_paper(entry: Entry, *, fiscal_year: int, kind: str) -> str:
    """Return 「082015_水戸市_最終報告_R5.pdf」."""
    label = ReportKind(kind).label + ("" if entry.serial == 1 else f"_{entry.serial}回目")
    return plain(f"{entry.code}_{entry.name}_{label}_{fiscal.short(fiscal_year)}.pdf")


def name_of_file(order: Order) -> str:
    """Return 「茨城県_最終報告_令和5年度_20240401-093005.zip」: no two files of a prefecture have one name.

    What holds the towns of a health centre alone says so.
    """
    row, label = order.row, ReportKind(order.row.kind).label
    part = "" if order.towns is None else "（担当する市町村）"
    asked = timezone.localtime(row.requested_at).strftime(ASKED_AT)
    name = f"{order.prefecture.name}{part}_{label}_{fiscal.era_year(row.fiscal_year)}_{asked}"
    return plain(f"{name}.zip")


def fingerprint(path: Path) -> tuple[str, int]:
    """Return sha256 and size of a file, read in pieces."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
            size += len(piece)
    return digest.hexdigest(), size
