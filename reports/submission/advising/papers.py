"""The reports of a municipality's year as its prefecture knows them: those in the system, else what an officer entered.

Nothing here reads behind a fence: Progress and 県入力 are all there is.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django.db.models import DateField, IntegerField, Value

from reports.choices import ReportKind, ReportStatus
from reports.models import OfficerEntry, Progress
from reports.numbers import ReportNumber
from reports.submission.drafts import due_dates

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

# Out of the house: the adviser, the prefecture, or both have it.
OUT = frozenset(
    {
        ReportStatus.SUBMITTED,
        ReportStatus.REVISIT,
        ReportStatus.ADVISED,
        ReportStatus.ACCEPTED,
    }
)
# A row of a report, and in its columns one of 県入力, whose serial no report has.
ENTERED = 0
OF_PAPER = (
    *("municipality_id", "kind", "serial", "status", "submitted_on"),
    *("is_late", "days_late", "accepted_on"),
)
OF_ENTRY = (
    *("municipality_id", "kind", Value(ENTERED), "status", "submitted_on"),
    *(Value(False), Value(None, output_field=IntegerField())),
    Value(None, output_field=DateField()),
)
ENTRY_WORDS = {ReportStatus.DRAFT: "作成中"}
NOT_SUBMITTED = "未提出"
LATE = "期限後"
ENTERED_BY_OFFICER, IN_SYSTEM = "県入力", "システム"


@dataclass(frozen=True, slots=True)
class Paper:
    """One report as the prefecture knows it. `number` is None for what the officer entered."""

    kind: ReportKind
    status: ReportStatus
    submitted_on: dt.date | None
    serial: int = 1
    is_late: bool = False
    # By how many days; None in time, and where only is known that it was late.
    days_late: int | None = None
    accepted_on: dt.date | None = None
    number: ReportNumber | None = None

    @property
    def is_entry(self) -> bool:
        return self.number is None

    @property
    def word(self) -> str:
        return ENTRY_WORDS.get(self.status, str(self.status.label))

    @property
    def origin(self) -> str:
        """From where it is known, as a file names it."""
        return ENTERED_BY_OFFICER if self.is_entry else IN_SYSTEM

    @property
    def late_word(self) -> str:
        """「10日遅れて提出」, 「期限後」 where the days are not known; nothing of what came in time."""
        if self.days_late:
            return f"{self.days_late}日遅れて提出"
        return LATE if self.is_late else ""

    @property
    def is_out(self) -> bool:
        return self.status in OUT

    @property
    def is_acceptable(self) -> bool:
        return not self.is_entry and self.is_out and self.status != ReportStatus.ACCEPTED

    @property
    def title(self) -> str:
        label = f"{self.kind.label}書"
        return label if self.serial == 1 else f"{label}（{self.serial}回目）"


@dataclass(frozen=True)
class Papers:
    """The reports of one kind, first to last, against the date that holds for them."""

    kind: ReportKind
    papers: tuple[Paper, ...]
    due_on: dt.date | None
    today: dt.date
    # The report that follows it has come: nobody waits for this one any more.
    is_passed: bool = False

    @property
    def label(self) -> str:
        return str(self.kind.label)

    @property
    def last(self) -> Paper | None:
        return self.papers[-1] if self.papers else None

    @property
    def word(self) -> str:
        return self.last.word if self.last else NOT_SUBMITTED

    @property
    def is_entered(self) -> bool:
        """Known by 県入力 alone."""
        return self.last is not None and self.last.is_entry

    @property
    def is_submitted(self) -> bool:
        return any(paper.is_out for paper in self.papers)

    @property
    def is_accepted(self) -> bool:
        return self.last is not None and self.last.status == ReportStatus.ACCEPTED

    @property
    def is_wanted_again(self) -> bool:
        return self.last is not None and self.last.status == ReportStatus.REVISIT

    @property
    def days_over(self) -> int:
        """Days since the date; negative before it. Only asked where there is a date."""
        return (self.today - self.due_on).days if self.due_on else 0

    @property
    def is_overdue(self) -> bool:
        return self._is_waited_for and self.days_over > 0

    @property
    def overdue_word(self) -> str:
        """「12日超過」 of what has not come by its date; else nothing."""
        return f"{self.days_over}日超過" if self.is_overdue else ""

    @property
    def days_past(self) -> int | None:
        """Days from the date to the submission, or to today while none has come; None in time."""
        if self.is_overdue:
            return self.days_over
        return self.last.days_late if self.last else None

    def is_due_within(self, days: int) -> bool:
        return self._is_waited_for and -days <= self.days_over <= 0

    @property
    def _is_waited_for(self) -> bool:
        return self.due_on is not None and not (self.is_submitted or self.is_passed)


def papers_of(
    fiscal_year: int, codes: Mapping[int, str], due: Mapping[str, dt.date]
) -> dict[tuple[int, str], list[Paper]]:
    """Return the papers by municipality and kind, in one query; 県入力 only where the system has none of the kind.

    `codes`: the municipalities by their keys; `due`: the dates that hold, by kind of report.
    """
    year: dict[str, Any] = {"municipality__in": [*codes], "fiscal_year": fiscal_year}
    submitted = Progress.objects.filter(submitted_on__isnull=False, **year).order_by()
    entered = OfficerEntry.objects.filter(**year).order_by().values_list(*OF_ENTRY)
    rows = sorted(submitted.values_list(*OF_PAPER).union(entered, all=True), key=itemgetter(2))
    found: dict[tuple[int, str], list[Paper]] = defaultdict(list)
    for row in (row for row in rows if row[2] != ENTERED):
        one = Progress(fiscal_year=fiscal_year, **dict(zip(OF_PAPER, row, strict=True)))
        found[one.municipality_id, one.kind].append(paper_from(one, codes[one.municipality_id]))
    for place, kind, _, status, submitted_on, *_ in (row for row in rows if row[2] == ENTERED):
        if not found[place, kind]:
            days = due_dates.days_late(submitted_on, due.get(kind))
            found[place, kind] = [
                Paper(
                    kind=ReportKind(kind),
                    status=ReportStatus(status),
                    submitted_on=submitted_on,
                    is_late=days > 0,
                    days_late=days or None,
                )
            ]
    return found


def paper_from(one: Progress, code: str) -> Paper:
    """Return a submitted report of the municipality with this code."""
    return Paper(
        kind=ReportKind(one.kind),
        status=ReportStatus(one.status),
        submitted_on=one.submitted_on,
        serial=one.serial,
        is_late=one.is_late,
        days_late=one.days_late,
        accepted_on=one.accepted_on,
        number=ReportNumber(code, one.fiscal_year, one.kind, one.serial),
    )
