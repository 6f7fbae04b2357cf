"""/healthz: whether the product works, for machines and without login. It tells no secrets."""

from django.db import DatabaseError
from django.db.models import Case, Count, Min, When
from django.db.models.functions import Now
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from municipalities.access import public
from municipalities.kernel.jobs import Job, JobState

# A job that is due and waits longer than this means: no worker, no scheduler or no broker.
PATIENCE_SECONDS = 120


@never_cache
@require_safe
@public
def healthz(request):
    """200 while due jobs are taken up, 503 when one waits over two minutes or the database is away."""
    try:
        report = {"database": "ok"} | waiting()
    except DatabaseError:
        report = {"database": "down", "oldest_due_seconds": None, "due": None, "running": None}
    oldest = report["oldest_due_seconds"]
    is_well = oldest is not None and oldest <= PATIENCE_SECONDS
    return JsonResponse(
        {"status": "ok" if is_well else "red"} | report, status=200 if is_well else 503
    )


def waiting():
    """Return how many jobs are due and running, and how long the oldest due one waits, in seconds."""
    since = Case(
        When(state=JobState.RUNNING, then="lease_until"),
        default="next_attempt_at",
    )
    due = Job.objects.claimable().aggregate(count=Count("pk"), since=Min(since), now=Min(Now()))
    running = Job.objects.filter(state=JobState.RUNNING).exclude(lease_until__lt=Now()).count()
    seconds = (due["now"] - due["since"]).total_seconds() if due["count"] else 0
    return {"oldest_due_seconds": round(seconds, 1), "due": due["count"], "running": running}
