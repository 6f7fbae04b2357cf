"""What the tests of reviewing share: advisers, comments that were sent, and mails that are run."""

import datetime as dt

from django.utils import timezone

from municipalities.kernel import jobs
from municipalities.models import Job, User
from reports.models import Comment, Delivery, Progress
from reports.submission.advising.deciding import decide
from tests import world
from tests.reports.deliveries import grant


def soon():
    """Return a day on which something may be wanted."""
    return timezone.localdate() + dt.timedelta(days=14)


def new_adviser(people, username="adviser-2"):
    """Make one more adviser of 見本市, to whom the submitted report was delivered as well."""
    user = User.objects.create(
        username=username,
        display_name=f"{username}の担当",
        email=f"{username}@example.jp",
        password="x",
    )
    grant(user, "adviser", "municipality", world.OURS)
    report = world.report_of()
    Delivery.objects.create(report=report, snapshot=report.snapshot, recipient=user)
    people[username] = user
    return user


def comment(by, *, section="policy", kind="fix", text="数字の出典を書いてください。", **values):
    """Write a comment that was sent on 見本市's submitted report; `sent_at=None` leaves it pending."""
    report = world.report_of()
    values.setdefault("sent_at", timezone.now())
    return Comment.objects.create(
        report=report,
        snapshot=report.snapshot,
        section=section,
        kind=kind,
        text=text,
        author=by,
        **values,
    )


def advised(by, **values):
    return decide(world.report_of(), kind="advised", by=by, **values)


def wanted_again(by, **values):
    values.setdefault("text", "指標の出典を書き足してください。")
    values.setdefault("wanted_on", soon())
    return decide(world.report_of(), kind="revisit", by=by, **values)


def status():
    return world.report_of().status


def progress():
    return Progress.objects.get(municipality=world.cycle_of().municipality, kind="interim")


def send_mails():
    for _ in range(2):
        for job in Job.objects.filter(kind="send_mail").claimable():
            jobs.run(job.pk)
