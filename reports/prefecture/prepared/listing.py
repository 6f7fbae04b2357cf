"""Which papers belong into the file of a prefecture's reports, and of each one that is not there, why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from municipalities.access import Scope
from municipalities.models import Job, Publication
from reports.models import OfficerEntry, Progress
from reports.numbers import ReportNumber
from reports.submission.advising.papers import OUT
from reports.submission.drafts import due_dates
from reports.submission.showing.publishing import MAKE_COPY

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet

    from municipalities.models import Municipality, Prefecture

NOT_SUBMITTED = "まだ提出されていません"
OUTSIDE = "県入力の報告書です。システムに写しがないため、入っていません"
NO_COPY = "都道府県用の写しがありません（協議体資料として締めた報告書など）"
BEING_MADE = "写しのPDFを作成しているところです。しばらくしてから、もう一度まとめてください"
NOT_MADE = "写しのPDFを作成できませんでした。運営管理者に知らせてください"
LOST = "写しのPDFのファイルが見つかりません。運営管理者に知らせてください"
ALTERED = "写しのPDFのファイルが、作成したときの内容と違います。運営管理者に知らせてください"


@dataclass(frozen=True, slots=True)
class Entry:
    """A report of a municipality, or a municipality without one. Without a `reason` its paper is there."""

    code: str
    name: str
    serial: int = 1
    number: str = ""
    version: int | None = None
    submitted_on: dt.date | None = None
    accepted_on: dt.date | None = None
    is_late: bool = False
    pdf: str = ""
    sha256: str = ""
    pages: int = 0
    published_at: dt.datetime | None = None
    reason: str = ""


def entries_of(
    prefecture: Prefecture, fiscal_year: int, kind: str, *, towns: frozenset[str] | None = None
) -> list[Entry]:
    """Return the reports of a year and kind, by the codes of their municipalities; each of them is there.

    `towns`: the codes of those that are asked for, None for all of the prefecture.
    """
    year = {"municipality__prefecture": prefecture, "fiscal_year": fiscal_year}
    submitted = defaultdict(list)
    rows = Progress.objects.filter(kind=kind, submitted_on__isnull=False, **year)
    for row in rows.order_by("serial", "pk"):
        submitted[row.municipality_id].append(row)
    told = OfficerEntry.objects.filter(kind=kind, status__in=OUT, **year)
    entered = dict(told.values_list("municipality", "submitted_on"))
    due_on = due_dates.due_dates_in(prefecture, fiscal_year).get(kind) if entered else None
    copies = newest_copies(Publication.objects.filter(**year))
    failed = failed_copies(copies.values())
    return [
        entry
        for place in Scope(prefecture=prefecture, towns=towns).municipalities().order_by("code")
        for entry in (
            [_submitted(place, row, copies, failed) for row in submitted[place.pk]]
            or [_absent(place, entered, due_on)]
        )
    ]


def newest_copies(copies: QuerySet[Publication]) -> dict[str, Publication]:
    """Return the copy of the newest version of each report, without its bytes."""
    found = copies.defer("document").order_by("number", "version")
    return {copy.number: copy for copy in found}


def failed_copies(copies: Iterable[Publication]) -> set[int]:
    """Return the keys of those whose paper will not be made."""
    waiting = [copy.pk for copy in copies if not copy.pdf]
    jobs = Job.objects.filter(kind=MAKE_COPY, state="failed", arguments__publication__in=waiting)
    return {job.arguments["publication"] for job in jobs} if waiting else set()


def _submitted(
    place: Municipality, row: Progress, copies: dict[str, Publication], failed: set[int]
) -> Entry:
    number = str(ReportNumber(place.code, row.fiscal_year, row.kind, row.serial))
    copy = copies.get(number)
    return Entry(
        code=place.code,
        name=place.name,
        serial=row.serial,
        number=number,
        submitted_on=row.submitted_on,
        accepted_on=row.accepted_on,
        is_late=row.is_late,
        **(dict(_of_copy(copy, failed)) if copy else {"reason": NO_COPY}),
    )


def _of_copy(copy: Publication, failed: set[int]) -> Iterator[tuple[str, object]]:
    yield "version", copy.version
    yield "published_at", copy.published_at
    if copy.pdf:
        yield from {"pdf": copy.pdf, "sha256": copy.pdf_sha256, "pages": copy.pdf_pages}.items()
    else:
        yield "reason", NOT_MADE if copy.pk in failed else BEING_MADE


def _absent(
    place: Municipality, entered: dict[int, dt.date | None], due_on: dt.date | None
) -> Entry:
    if place.pk not in entered:
        return Entry(place.code, place.name, reason=NOT_SUBMITTED)
    day = entered[place.pk]
    late = due_dates.days_late(day, due_on) > 0
    return Entry(place.code, place.name, submitted_on=day, is_late=late, reason=OUTSIDE)
