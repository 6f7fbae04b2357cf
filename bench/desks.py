"""What lies on the desks of a town beside its year: what advisers said of its report, and its people."""

from django.utils import timezone

from bench.towns import Town, hire
from municipalities.choices import Role, ScopeKind
from municipalities.models import User
from municipalities.people import inviting
from municipalities.people.inviting import Invitee
from municipalities.people.offers import Offer
from municipalities.tenancy import within
from reports.choices import AdviceOrigin
from reports.models import AdviceItem, Comment, CommentReply, Decision, SupportStep


def lay(town: Town, *, rows: int) -> None:
    """Put so many rows of each kind on the desks of a town whose first report is submitted."""
    adviser = User.objects.get(username=town.adviser)
    report = town.report("interim")
    with within(report.municipality_id):
        _say(report, adviser, rows=rows)
        _advise(report.cycle, adviser, rows=rows)
    _invite(town, rows=rows)


def _say(report, adviser, *, rows):
    """Write comments, sent and pending, with a thread under the first, and decisions that move nothing."""
    of_version = {"report": report, "snapshot": report.snapshots.earliest("pk")}
    by = {"section": "policy", "text": "対象を絞ってください。", "author": adviser}
    now = timezone.now()
    Comment.objects.bulk_create(Comment(**of_version, **by, sent_at=now) for _ in range(rows))
    Comment.objects.bulk_create(Comment(**of_version, **by) for _ in range(rows))
    first = Comment.objects.sent().filter(report=report).earliest("pk")
    CommentReply.objects.bulk_create(
        CommentReply(comment=first, text="絞りました。", author=report.submitted_by)
        for _ in range(rows)
    )
    Decision.objects.bulk_create(
        Decision(**of_version, adviser=adviser, kind="advised", text="総評") for _ in range(rows)
    )


def _advise(cycle, adviser, *, rows):
    step = SupportStep.objects.get(cycle=cycle, key="pre-meeting-1")
    AdviceItem.objects.bulk_create(
        AdviceItem(
            cycle=cycle,
            key=f"own-advice-{n}",
            position=n,
            step=step,
            text="対象を絞ってください。",
            origin=AdviceOrigin.ADVISER,
            confirmed_on=timezone.localdate(),
            confirmed_by=adviser,
        )
        for n in range(1, rows + 1)
    )


def _invite(town: Town, *, rows: int) -> None:
    """Hire readers, and leave invitations open: of readers by the manager, of advisers by the officer."""
    for n in range(rows):
        hire(
            f"{Role.VIEWER}-{town.code}-{n}",
            Role.VIEWER,
            kind=ScopeKind.MUNICIPALITY,
            code=town.code,
        )
        for role, inviter in ((Role.VIEWER, town.manager), (Role.ADVISER, town.officer)):
            name = f"invited-{role}-{town.code}-{n}"
            inviting.invite(
                Invitee(f"{name}@example.jp", name, name),
                Offer(role, ScopeKind.MUNICIPALITY, town.code, timezone.localdate()),
                by=User.objects.get(username=inviter),
            )
