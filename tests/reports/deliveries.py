"""What the tests of delivery share: reports that were submitted, papers that were made, mails that are run."""

import hashlib

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from municipalities.choices import Role, ScopeKind
from municipalities.kernel import jobs
from municipalities.models import Cycle, Job, Membership, Municipality, Publication
from municipalities.tenancy import outside, within
from reports.choices import RecipientPart
from reports.delivery import copying, making, posting
from reports.models import Delivery, ProgressReport, Recipient, Snapshot
from reports.paper.report.sheet import Pdf
from reports.submission.submitting.submit import submit
from tests import world

PDF = Pdf(content=b"%PDF-1.7 paper", pages=3, sha256=hashlib.sha256(b"%PDF-1.7 paper").hexdigest())
COPY = b"%PDF-1.7 copy for the prefecture"


def quick_paper(monkeypatch, paper=PDF):
    """The paper has tests of its own; here its bytes do not matter, its way does."""
    monkeypatch.setattr(making, "make_pdf", lambda review: paper)
    copy = Pdf(content=COPY, pages=2, sha256=hashlib.sha256(COPY).hexdigest())
    monkeypatch.setattr(copying, "make_pdf", lambda review: copy)


def submitted(people, *, part=RecipientPart.ADVISER, to="adviser", kind="final"):
    """Submit 見本市's report to one recipient; the test is within 見本市."""
    report = world.report_of(kind=kind)
    report.recipients.all().delete()
    Recipient.objects.create(report=report, user=people[to], part=part)
    return submit(report, by=people["editor"])


def publish(report, *, pdf=COPY, size=None):
    """Write the copy for the prefecture of the newest version, unless the submission has."""
    number, version = str(report.number), report.snapshot.version
    copy, _ = Publication.objects.get_or_create(
        number=number,
        version=version,
        defaults={
            "municipality": report.cycle.municipality,
            "fiscal_year": report.cycle.fiscal_year,
            "title": report.title,
            "document": b"{}",
            "sha256": "0" * 64,
            "published_at": timezone.now(),
        },
    )
    if pdf:
        name = f"copies/{number}-{version}.pdf"
        path = settings.MEDIA_ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pdf)
        copy.pdf, copy.pdf_pages, copy.pdf_size = name, 2, size or len(pdf)
        copy.save()
    return copy


def run_everything(times=3):
    """Run what is due, and what that makes due."""
    for _ in range(times):
        for job in Job.objects.claimable():
            jobs.run(job.pk)


def make_due():
    """Let the time pass for which jobs wait."""
    Job.objects.unfinished().update(next_attempt_at=jobs.after(-1))


def delivery_of(report):
    return Delivery.objects.get(report=report)


def many_towns(count, *, officer, editor):
    """Make so many towns of 見本県, each with a submitted report on its way to the officer."""
    prefecture = world.cycle_of().municipality.prefecture
    return [_town(number, prefecture, officer, editor) for number in range(count)]


def _town(number, prefecture, officer, editor):
    name = f"見本{number}町"
    place = Municipality.objects.create(
        code=f"9991{number:02d}", name=name, kana=name, kind="town", prefecture=prefecture
    )
    with outside(), within(place):
        at = timezone.now()
        cycle = Cycle.objects.create(fiscal_year=world.YEAR)
        cycle.municipality = place
        report = ProgressReport.objects.create(
            cycle=cycle,
            kind="interim",
            serial=1,
            key="interim-1",
            status="submitted",
            submitted_at=at,
            submitted_by=editor,
        )
        report.cycle = cycle
        frozen = Snapshot.objects.create(
            report=report, document=b"{}", sha256="0" * 64, schema_version=1, made_at=at
        )
        Delivery.objects.create(
            report=report, snapshot=frozen, recipient=officer, part=RecipientPart.PREFECTURE
        )
        publish(report)
    return report


def post_of(report):
    """Hand the deliveries of a town's report over to the outbox, as the making of its paper does."""
    with outside(), within_town(report), transaction.atomic():
        waiting = Delivery.objects.filter(report=report).select_related(
            "recipient", "report__cycle"
        )
        posting.post(waiting, municipality=report.cycle.municipality, by=None)


def states_of(reports):
    """Return the state of each town's delivery."""
    found = []
    for report in reports:
        with outside(), within_town(report):
            found.append(delivery_of(report).state)
    return found


def grant(user, role, kind, code, **values):
    return Membership.objects.create(
        user=user,
        role=Role(role),
        scope_kind=ScopeKind(kind),
        scope_code=code,
        valid_from="2020-04-01",
        **values,
    )


def within_town(report):
    return within(report.cycle.municipality)
