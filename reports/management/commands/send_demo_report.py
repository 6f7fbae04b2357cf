"""`manage.py send_demo_report`: submit 見本市's interim report, as its officer would."""

from django.core.management.base import BaseCommand

from municipalities.models import Cycle, Municipality, User
from municipalities.tenancy import within
from reports.choices import ReportKind
from reports.submission import drafting
from reports.submission.submit import submit


class Command(BaseCommand):
    help = "Submit 見本市's interim report and print its number."

    def handle(self, *args, **options):
        place = Municipality.objects.select_related("prefecture").get(code="990019")
        editor = User.objects.get(username="mihon-editor")
        with within(place):
            cycle = Cycle.objects.for_today()
            cycle.municipality = place
            report = drafting.open_draft(cycle, ReportKind.INTERIM, by=editor)
            report.cycle = cycle
            submit(report, by=editor)
            self.stdout.write(str(report.number))
