"""`manage.py send_demo_report`: submit 見本市's next interim report, as its officer would."""

from django.core.management.base import BaseCommand

from municipalities.models import Cycle, Municipality
from municipalities.tenancy import within
from reports.choices import ReportKind
from reports.management.commands.load_demo import submit_next


class Command(BaseCommand):
    help = "Submit 見本市's next interim report and print its number."

    def handle(self, *args, **options):
        place = Municipality.objects.select_related("prefecture").get(code="990019")
        with within(place):
            cycle = Cycle.objects.for_today()
            cycle.municipality = place
            self.stdout.write(str(submit_next(cycle, ReportKind.INTERIM).number))
