"""How advisers end the reading of a version: 「助言済み」 or 「もう一度見たい」, and what follows for the report.

Decisions are appended, never changed; of each adviser the newest one on the newest version counts.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from municipalities.access import Permission, may_in
from municipalities.kernel import mail
from reports.choices import (
    AcceptanceWay,
    CommentKind,
    DecisionKind,
    RecipientPart,
    ReportStatus,
    WordOrigin,
)
from reports.models import Comment, Decision, Delivery, OpenedSection, Snapshot
from reports.submission.advising import accepting, commenting
from reports.submission.contents import sections
from reports.submission.contents.sections import Source
from reports.submission.counting.published_status import publish_status
from reports.submission.drafts import recipients
from reports.submission.drafts.moving import Overtaken, move

if TYPE_CHECKING:
    from collections.abc import Iterable

    from municipalities.models import User
    from reports.models import ProgressReport

MAIL = "report_decision"
DEED = "decide"
# What an adviser may still end the reading of.
READABLE = (ReportStatus.SUBMITTED, ReportStatus.REVISIT, ReportStatus.ADVISED)
# What two decisions of one adviser on one version are told apart by.
CONTENT = ("kind", "text", "wanted_on", "opens_all")
# Comments that the municipality has to do something about.
ASKS_FOR_WORK = (CommentKind.FIX, CommentKind.QUESTION)

NOT_ALLOWED = "この市区町村のアドバイザーとして登録されていないため、判断を送れません。"
STILL_OPEN = (
    "市区町村が新しい版を書いているところです。提出されてから、新しい版を読んで判断してください。"
)
COUNCIL_PAPER = "協議体資料として締めた報告書のため、判断の対象になりません。"
ACCEPTED = (
    "この報告書は、すでに受理されています。市区町村が出し直したときに、もう一度判断できます。"
)
WHAT_TO_MEND = "「もう一度見たい」のときは、直してほしいことを総評かコメント（直してほしい・質問）に書いてください。"
NO_DATE = "「もう一度見たい」のときは、いつまでに見たいかを見たい日の欄に書いてください。"
PAST_DATE = "見たい日が過ぎています。今日以降の日を書いてください。"
FAR_DATE = "見たい日が1年より先になっています。年を確かめて、1年以内の日を書いてください。"
FARTHEST = dt.timedelta(days=366)
SAID_ALREADY = "同じ内容の判断を、すでに送っています。"


@dataclass(frozen=True, slots=True)
class AdviserStanding:
    """One adviser of the newest version and what they said of it last.

    `is_in_term`: they may advise today; of the others the word stays, but nobody waits for it.
    """

    adviser: User
    decision: Decision | None
    is_in_term: bool

    @property
    def wants_it_again(self) -> bool:
        return bool(self.decision and self.decision.wants_it_again)

    @property
    def has_advised(self) -> bool:
        return bool(self.decision and self.decision.kind == DecisionKind.ADVISED)


def decide(  # noqa: PLR0913 -- a decision has these parts, most with defaults
    report: ProgressReport,
    *,
    kind: str,
    by: User,
    text: str = "",
    wanted_on: dt.date | None = None,
    opens_all: bool = False,
    origin: str = WordOrigin.SCREEN,
) -> Decision:
    """End this adviser's reading of the newest version; pending comments go out with it.

    Raises ValidationError in sentences, or Overtaken; then nothing was written.
    """
    is_again = kind == DecisionKind.REVISIT
    _require_readable(report, by)
    if is_again and (found := _lacking(report, by=by, text=text, wanted_on=wanted_on)):
        raise ValidationError(found)
    with transaction.atomic():
        sent = commenting.send(report, by=by)
        decision = Decision(
            report=report,
            snapshot=newest_of(report),
            adviser=by,
            kind=kind,
            text=text,
            wanted_on=wanted_on if is_again else None,
            opens_all=opens_all and is_again,
            origin=origin,
        )
        if not sent and _repeats(decision):
            raise Overtaken(SAID_ALREADY)
        decision.save(force_insert=True)
        _follow(report, decision)
    return decision


def _repeats(meant: Decision) -> bool:
    """Tell whether this adviser has said just that of this very version, and it would open nothing else."""
    said = Decision.objects.filter(snapshot=meant.snapshot, adviser=meant.adviser)
    last = said.order_by("pk").last()
    if last is None or any(getattr(last, name) != getattr(meant, name) for name in CONTENT):
        return False
    opened = OpenedSection.objects.filter(report=meant.report)
    now = set(opened.values_list("section", flat=True))
    others = set(opened.exclude(opened_by=meant.adviser).values_list("section", flat=True))
    return not meant.wants_it_again or now == others | set(_sections_of(meant.report, meant))


def _follow(report: ProgressReport, decision: Decision) -> None:
    """Open the sections, move the report on, and tell the municipality. The caller holds the transaction."""
    by, found = decision.adviser, standings(report)
    _open_sections(report, found, by=by)
    told: dict[str, Any] = {"decision": str(decision.kind), "wanted_on": decision.wanted_on}
    told = {name: value if value is None else str(value) for name, value in told.items()}
    if accepting.is_accepted_unread(report) and outcome(found) != ReportStatus.REVISIT:
        # Accepted as it came in: the advisers' word changes nothing of that.
        move(report, {}, by=by, deed=DEED, told=told)
    else:
        move(report, {"status": outcome(found)}, by=by, deed=DEED, told=told)
        publish_status(report)
    if report.status == ReportStatus.ADVISED:
        accepting.accept_by_rule(report, AcceptanceWay.WHEN_ADVISED, by=by)
    for writer in recipients.writers(report):
        mail.post(
            MAIL,
            municipality=report.cycle.municipality,
            recipient=writer,
            reference=decision.pk,
            by=by,
        )


def obstacle(report: ProgressReport) -> str:
    """Return in a sentence why no decision can be sent on this report now, or nothing."""
    if report.is_open:
        return STILL_OPEN
    if report.is_council_paper:
        return COUNCIL_PAPER
    is_readable = report.status in READABLE or accepting.is_accepted_unread(report)
    return "" if is_readable else ACCEPTED


def _require_readable(report: ProgressReport, user: User) -> None:
    if not may_in(user, Permission.ADVISE, report.cycle.municipality):
        raise ValidationError(NOT_ALLOWED)
    if reason := obstacle(report):
        raise ValidationError(reason)


def _lacking(
    report: ProgressReport, *, by: User, text: str, wanted_on: dt.date | None
) -> dict[str, str]:
    """Return in sentences, by field, what 「もう一度見たい」 still needs."""
    found = {}
    if not text and not _asks_for_work(report, by):
        found["text"] = WHAT_TO_MEND
    if reason := _strangeness_of(wanted_on):
        found["wanted_on"] = reason
    return found


def _strangeness_of(wanted_on: dt.date | None) -> str:
    """Return in a sentence why nothing can be wanted by this day, or nothing."""
    if wanted_on is None:
        return NO_DATE
    today = timezone.localdate()
    if wanted_on < today:
        return PAST_DATE
    return FAR_DATE if wanted_on > today + FARTHEST else ""


def _asks_for_work(report: ProgressReport, user: User) -> bool:
    asking = Comment.objects.filter(report=report, author=user, kind__in=ASKS_FOR_WORK)
    pending, sent = asking.filter(sent_at=None), asking.unanswered()
    return pending.exists() or sent.exists()


def newest_of(report: ProgressReport) -> Snapshot:
    """Return the version that decisions are about, without its bytes."""
    return report.snapshots.defer("document").latest("version")


def decisions_of(report: ProgressReport) -> list[Any]:
    """Return all that advisers have decided on a report, the first first; `is_on_newest` says on which version."""
    newer = Snapshot.objects.filter(
        report=OuterRef("report"), version__gt=OuterRef("snapshot__version")
    )
    found = Decision.objects.filter(report=report).annotate(is_on_newest=~Exists(newer))
    with_people = found.select_related("adviser", "snapshot").defer("snapshot__document")
    return list(with_people.order_by("pk"))


def wishes(report: ProgressReport, decisions: list[Any] | None = None) -> list[AdviserStanding]:
    """Return the advisers who want to see the newest version again."""
    found = standings(report, decisions)
    return [one for one in found if one.is_in_term and one.wants_it_again]


def standings(report: ProgressReport, decisions: list[Any] | None = None) -> list[AdviserStanding]:
    """Return each adviser of the newest version and what they said, in the same few queries for any number.

    `decisions` is what `decisions_of` has just returned, for those who read more from it.
    """
    received = Delivery.objects.newest().filter(report=report, part=RecipientPart.ADVISER)
    people = {one.recipient_id: one.recipient for one in received.select_related("recipient")}
    said = {}
    for decision in decisions_of(report) if decisions is None else decisions:
        if decision.is_on_newest:
            people.setdefault(decision.adviser_id, decision.adviser)
            said[decision.adviser_id] = decision
    in_term = {user.pk for user in recipients.advisers(report.cycle.municipality)}
    return [AdviserStanding(user, said.get(pk), pk in in_term) for pk, user in people.items()]


def outcome(found: list[AdviserStanding]) -> ReportStatus:
    """Return where a report stands after what its advisers in term have said."""
    counting = [one for one in found if one.is_in_term]
    if any(one.wants_it_again for one in counting):
        return ReportStatus.REVISIT
    if counting and all(one.has_advised for one in counting):
        return ReportStatus.ADVISED
    return ReportStatus.SUBMITTED


def _open_sections(report: ProgressReport, found: list[AdviserStanding], *, by: User) -> None:
    """Replace what this adviser has opened; what the others ask for stays open."""
    OpenedSection.objects.filter(report=report, opened_by=by).delete()
    for one in found:
        if one.is_in_term and one.wants_it_again:
            for code in _sections_of(report, one.decision):
                OpenedSection.objects.get_or_create(
                    report=report, section=code, defaults={"opened_by": one.adviser}
                )


def _sections_of(report: ProgressReport, decision: Decision | None) -> list[str]:
    """Return the sections that a 「もう一度見たい」 opens: the commented ones, or all."""
    ours = [one.code for one in sections.of_kind(report.kind) if one.source is not Source.ADVISER]
    if decision is None or decision.opens_all:
        return ours
    asking = Comment.objects.filter(report=report, author=decision.adviser_id)
    commented = set(asking.unanswered().values_list("section", flat=True))
    return [code for code in ours if code in commented] or ours


def counts_by_kind(decision: Decision) -> list[tuple[str, int]]:
    """Return how many comments of each kind this adviser had sent on the version when they decided."""
    sent = Comment.objects.filter(
        report=decision.report_id,
        author=decision.adviser_id,
        sent_at__gt=decision.snapshot.made_at,
        sent_at__lte=decision.decided_at,
    )
    return kinds_of(sent)


def kinds_of(comments: Iterable[Comment]) -> list[tuple[str, int]]:
    """Return how many comments there are of each kind, in words; kinds without one are left out."""
    kinds = [one.kind for one in comments]
    return [(str(kind.label), kinds.count(kind)) for kind in CommentKind if kind in kinds]
