"""What changed since an adviser looked, section by section, beside what they had said there."""

from collections import defaultdict
from dataclasses import dataclass

from reports.document.differing import SectionChange
from reports.models import Comment
from reports.review import looks
from reports.submission.contents.sections import SECTIONS
from reports.submission.reworking import comparing


@dataclass(frozen=True, slots=True)
class ShownSection:
    """One section; `change` is None where it is as it was, though the adviser had commented on it."""

    label: str
    change: SectionChange | None
    comments: tuple


@dataclass(frozen=True, slots=True)
class Shown:
    """The page: the comparison, whether it is with what the adviser saw last, and the sections."""

    comparison: comparing.Comparison
    is_last_look: bool
    is_last_sent: bool
    changed: tuple[ShownSection, ...]
    unchanged: tuple[ShownSection, ...]


def shown(newest, user, *, wanted=""):
    """Gather the page of the newest version for an adviser, in a fixed number of queries."""
    usual = looks.baseline(newest.report, user)
    comparison = comparing.compare(newest, wanted=wanted, usual=usual)
    is_usual = usual is not None and comparison.before == usual
    comments = _own_comments(newest.report, user)
    changed = {one.code for one in comparison.sections}
    return Shown(
        comparison,
        is_last_look=is_usual and usual.was_seen,
        is_last_sent=is_usual and not usual.was_seen,
        changed=tuple(
            ShownSection(one.label, one, tuple(comments[one.code])) for one in comparison.sections
        ),
        unchanged=tuple(
            ShownSection(one.label, None, tuple(comments[one.code]))
            for one in SECTIONS
            if one.code not in changed and comments[one.code]
        ),
    )


def lead(newest, user):
    """Return what the report's own page says: the baseline, or None, and the codes of what changed since."""
    before = looks.baseline(newest.report, user) if newest.version > 1 else None
    changed = comparing.between(before, newest) if before else ()
    return {"before": before, "changed_codes": {one.code for one in changed}}


def _own_comments(report, user):
    """Return what this adviser has sent on each section, with the answers."""
    rows = Comment.objects.sent().filter(report=report, author=user).select_related("snapshot")
    found = defaultdict(list)
    for row in rows.prefetch_related("replies__author").order_by("pk"):
        found[row.section].append(row)
    return found
