"""`manage.py load_demo`: accounts, municipality-years and what was submitted of them. Never in production."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

import reports.document
from municipalities import demo
from municipalities.models import Cycle, Municipality, User
from municipalities.tenancy import within
from reports.choices import ReportKind
from reports.document import assembly
from reports.submission import drafting
from reports.submission.submit import submit

DOCUMENTS = Path(reports.document.__file__).parent / "demo"
# What each town has already submitted of its year, in this order.
SUBMITTED = {
    "082015-2023": (ReportKind.INTERIM, ReportKind.FINAL),
    "222224-2023": (ReportKind.INTERIM, ReportKind.FINAL),
    "262013-2023": (ReportKind.INTERIM, ReportKind.FINAL),
    "990019-2026": (ReportKind.INTERIM,),
}


class Command(BaseCommand):
    help = "Load the demo; what somebody has written since stays."

    def add_arguments(self, parser):
        parser.add_argument(
            "--without-reports", action="store_true", help="Load the years, submit nothing."
        )

    def handle(self, *args, **options):
        if settings.PRODUCTION:
            raise CommandError("The demo's accounts have no place in production.")
        demo.load()
        for path in sorted(DOCUMENTS.glob("*.json")):
            data = json.loads(path.read_text(encoding="utf-8"))
            kinds = () if options["without_reports"] else SUBMITTED.get(path.stem, ())
            if load_year(data, submitted=kinds):
                self.stdout.write(f"loaded {path.stem}")


@transaction.atomic
def load_year(data, *, submitted=()):
    """Open the year of a document, fill it and submit reports of these kinds, all or nothing.

    A year that is open already stays as it is. Says whether it was new.
    """
    place = Municipality.objects.select_related("prefecture").get(code=data["municipality"]["code"])
    with within(place):
        cycle, is_new = Cycle.objects.get_or_create(fiscal_year=data["fiscal_year"])
        if not is_new:
            return False
        cycle.municipality = place
        writer = User.objects.get(username="operator-1")
        if problems := assembly.load(cycle, data, by=writer):
            raise CommandError("; ".join(f"{one.pointer}: {one.message}" for one in problems))
        for kind in submitted:
            submit_next(cycle, kind)
    return True


def submit_next(cycle, kind):
    """Submit the next report of this kind, as the town's officer would. Within the municipality."""
    editor = User.objects.get(username=demo.editor_of(cycle.municipality.code))
    report = drafting.open_draft(cycle, kind, by=editor)
    report.cycle = cycle
    return submit(report, by=editor)
