"""Which versions an adviser has opened: once noted for each, and what changed is reckoned from there."""

from django.db.models import Exists, OuterRef, Q

from reports.choices import DeliveryState
from reports.models import Decision, Delivery, ReviewLook, Snapshot


def unseen_by(user):
    """Return a condition for `annotate` on versions: this adviser has not opened it yet.

    With it a page that is read again asks nothing more and writes nothing.
    """
    return ~Exists(ReviewLook.objects.filter(snapshot=OuterRef("pk"), adviser=user))


def note(version, *, by, is_unseen):
    """Note the first opening of a version by an adviser; of two at once the second is let go."""
    if is_unseen:
        ReviewLook.objects.bulk_create(
            [ReviewLook(snapshot=version, adviser=by)], ignore_conflicts=True
        )


def note_earlier(version, *, by):
    """Note that an adviser opened one of the earlier versions."""
    is_unseen = Snapshot.objects.filter(unseen_by(by), pk=version.pk).exists()
    note(version, by=by, is_unseen=is_unseen)


def known_to(user):
    """Return the earlier versions of reports that this adviser opened, decided on or was sent, what was seen first.

    `was_seen` says which of both; of one report the newest one comes first.
    """
    this = OuterRef("pk")
    looks = ReviewLook.objects.filter(snapshot=this, adviser=user)
    decisions = Decision.objects.filter(snapshot=this, adviser=user)
    deliveries = Delivery.objects.filter(
        Q(state=DeliveryState.SENT) | Q(opened_at__isnull=False), snapshot=this, recipient=user
    )
    newer = Snapshot.objects.filter(report=OuterRef("report"), version__gt=OuterRef("version"))
    return (
        Snapshot.objects.filter(Exists(newer))
        .annotate(was_seen=Exists(looks) | Exists(decisions), was_sent=Exists(deliveries))
        .filter(Q(was_seen=True) | Q(was_sent=True))
        .order_by("-was_seen", "-version", "pk")
    )


def baseline(report, user):
    """Return the version from which what changed is told to this adviser, or None for the first time.

    The newest earlier one that they opened or decided on, else the newest that was sent to them.
    """
    return known_to(user).filter(report=report).first()
