"""The advisers' comments on a report as the municipality reads them: by section, what waits first."""

from dataclasses import dataclass

from django.db.models import Prefetch

from reports.choices import CommentKind
from reports.models import Comment, CommentReply
from reports.submission.advising import commenting, deciding
from reports.submission.contents import sections


@dataclass(frozen=True, slots=True)
class Group:
    """The comments on one section; without a definition they are on the report as a whole."""

    label: str
    url: str
    comments: tuple[Comment, ...]

    @property
    def is_open(self):
        return any(one.asks for one in self.comments)


@dataclass(frozen=True, slots=True)
class CommentSheet:
    """All that advisers have said of a report. `said` are decisions on versions before the newest."""

    standings: tuple
    said: tuple
    groups: tuple[Group, ...]
    thanks: tuple[Comment, ...]
    total: int
    open: int


def sheet_of(report, *, is_only_open=False):
    """Return the comments of a report in a fixed number of queries."""
    sent = list(_sent(report))
    shown = [one for one in sent if one.asks or not is_only_open]
    thanks = tuple(one for one in shown if one.kind == CommentKind.GOOD)
    decisions = deciding.decisions_of(report)
    return CommentSheet(
        standings=tuple(deciding.standings(report, decisions)),
        said=tuple(one for one in reversed(decisions) if not one.is_on_newest),
        groups=_groups(report, [one for one in shown if one.kind != CommentKind.GOOD]),
        thanks=thanks,
        total=len(sent),
        open=sum(one.asks for one in sent),
    )


def _sent(report):
    replies = CommentReply.objects.select_related("author").order_by("pk")
    return (
        Comment.objects.filter(report=report)
        .sent()
        .select_related("author", "snapshot")
        .defer("snapshot__document")
        .prefetch_related(Prefetch("replies", replies))
    )


def _groups(report, comments):
    """Return the comments by section in the order of the form; sections where something waits go first."""
    found = [
        _group(report, definition, comments)
        for definition in (None, *sections.of_kind(report.kind))
    ]
    waiting_first = sorted(found, key=lambda one: not one.is_open)
    return tuple(one for one in waiting_first if one.comments)


def _group(report, definition, comments):
    codes = {one.code for one in sections.of_kind(report.kind)}
    mine = [
        one
        for one in comments
        if (one.section == definition.code if definition else one.section not in codes)
    ]
    mine.sort(key=lambda one: (not one.asks, one.pk))
    label = definition.label if definition else commenting.WHOLE_LABEL
    return Group(label, _address(report, definition), tuple(mine))


def _address(report, definition):
    """Return where a section is mended while the report is a draft, else where it is read."""
    if definition is None:
        return report.get_absolute_url()
    if report.is_draft:
        return sections.address_of(report, definition)
    return report.cycle.url("reports:section", report.pk, definition.code)
