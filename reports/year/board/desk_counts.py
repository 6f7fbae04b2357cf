"""What waits for a person in each of their municipalities, in numbers, for the home of who works in several."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from municipalities.access import Permission, codes_with
from municipalities.models import Municipality
from municipalities.tenancy import across
from reports.choices import ReportStatus
from reports.models import Comment, ProgressReport
from reports.year.board import superior

if TYPE_CHECKING:
    from municipalities.models import User

WORDS = {ReportStatus.REVISIT: "もう一度見たい報告書", ReportStatus.DRAFT: "下書きの報告書"}


def waiting(user: User, codes: list[str]) -> dict[str, list[str]]:
    """Return what waits at each of these municipalities: confirmations, comments, reports to go on with."""
    found: dict[str, list[str]] = defaultdict(list)
    confirmations = Counter(
        one.report.cycle.municipality.code for one in superior.desk_of(user).waiting
    )
    for code, number in confirmations.items():
        found[code].append(f"確認を待っている報告書 {number}件")
    for code, sentence in _to_write(user, codes):
        found[code].append(sentence)
    return found


def _to_write(user: User, codes: list[str]) -> list[tuple[str, str]]:
    places = {one.pk: one.code for one in _writing_places(user, codes)}
    if not places:
        return []
    with across(places):
        comments = Counter(Comment.objects.unanswered().values_list("municipality", flat=True))
        reports = Counter(
            ProgressReport.objects.filter(status__in=WORDS).values_list("municipality", "status")
        )
    found = [(places[pk], f"答えていないコメント {n}件") for pk, n in comments.items()]
    for status, words in WORDS.items():
        found += [
            (code, f"{words} {reports[pk, status]}件")
            for pk, code in places.items()
            if reports[pk, status]
        ]
    return found


def _writing_places(user: User, codes: list[str]) -> list[Municipality]:
    mine = codes_with(user, Permission.EDIT_PLAN)
    return list(Municipality.objects.filter(code__in=mine.intersection(codes)))
