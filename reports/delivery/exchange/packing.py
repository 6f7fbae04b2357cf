"""Packing a submitted version into one signed file for one adviser, and recording that it went out."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from municipalities.kernel import changes, signing
from reports.choices import RecipientPart
from reports.delivery.exchange import manifest, reader, tickets
from reports.models import Delivery, PdfFile
from reports.submission.drafts import recipients

if TYPE_CHECKING:
    from municipalities.models import User
    from reports.models import ProgressReport, Snapshot

DEED = "exchange_out"


@dataclass(frozen=True, slots=True)
class Package:
    name: str
    content: bytes


def advisers_of(report: ProgressReport) -> list[User]:
    """Return the advisers to whom the newest version went and who advise here today, by name."""
    newest = report.snapshots.order_by("-version").values("pk")[:1]
    received = Delivery.objects.filter(snapshot__in=newest, part=RecipientPart.ADVISER)
    keys = set(received.values_list("recipient", flat=True))
    return [one for one in recipients.advisers(report.cycle.municipality) if one.pk in keys]


def pack(report: ProgressReport, *, adviser: User, by: User) -> Package:
    """Make the file of the newest version for an adviser; it holds nothing that was not submitted."""
    frozen = report.snapshot
    ticket = tickets.Ticket(
        number=str(report.number),
        version=frozen.version,
        sha256=frozen.sha256,
        adviser=adviser.pk,
        expires_on=tickets.last_day(),
    )
    content = _zip(_members(report, frozen, ticket))
    told = {"adviser": adviser.pk, "version": frozen.version, "until": f"{ticket.expires_on}"}
    with transaction.atomic():
        changes.record(report, by=by, deed=DEED, before={}, after=told, version=report.version)
    return Package(f"{ticket.number}-v{ticket.version}.zip", content)


def _members(report: ProgressReport, frozen: Snapshot, ticket: tickets.Ticket) -> dict[str, bytes]:
    """Return what lies in the file by name: the signed manifest first."""
    sealed = tickets.issue(ticket)
    members = {manifest.READER: reader.page(report, frozen, ticket=ticket, sealed=sealed)}
    members[manifest.DOCUMENT] = bytes(frozen.document)
    if pdf := _pdf(frozen):
        members[manifest.PDF] = pdf
    place = report.cycle.municipality
    told = {
        "number": ticket.number,
        "version": ticket.version,
        "sha256": ticket.sha256,
        "municipality": {
            "code": place.code,
            "name": place.name,
            "prefecture": place.prefecture.name,
        },
        "adviser": sealed,
        "made_at": timezone.localtime().isoformat(timespec="seconds"),
        "expires_on": ticket.expires_on.isoformat(),
    }
    signed = manifest.write(told, members)
    return {manifest.NAME: signed, manifest.SIGNATURE: signing.sign(signed)} | members


def _pdf(frozen: Snapshot) -> bytes:
    """Return the kept PDF of a version; nothing while it is not made."""
    kept = PdfFile.objects.filter(snapshot=frozen).first()
    try:
        if kept is not None:
            with kept.file.open("rb") as file:
                return file.read()
    except FileNotFoundError:
        pass
    return b""


def _zip(members: dict[str, bytes]) -> bytes:
    buffer, made = io.BytesIO(), timezone.localtime().timetuple()[:6]
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, date_time=made)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, data)
    return buffer.getvalue()
