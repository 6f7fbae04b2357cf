"""`manage.py export_document <code> <fiscal year>`: the municipality-year document as JSON."""

from django.core.management.base import BaseCommand, CommandError

from municipalities.models import Cycle, Municipality
from municipalities.tenancy import within
from reports.document import assembly


def year_of(code, fiscal_year):
    """Return the cycle of a municipality's year. Raises CommandError when there is none."""
    place = Municipality.objects.select_related("prefecture").filter(code=code).first()
    if place is None:
        raise CommandError(f"There is no municipality {code}.")
    with within(place):
        cycle = Cycle.objects.filter(fiscal_year=fiscal_year).first()
    if cycle is None:
        raise CommandError(f"{code} has no year {fiscal_year}.")
    cycle.municipality = place
    return cycle


class Command(BaseCommand):
    help = "Write the document of a municipality's year to standard output."

    def add_arguments(self, parser):
        parser.add_argument("code", help="six digits")
        parser.add_argument("fiscal_year", type=int)

    def handle(self, *args, **options):
        cycle = year_of(options["code"], options["fiscal_year"])
        with within(cycle.municipality):
            document = assembly.assemble(cycle)
        self.stdout.write(assembly.canonical(document).decode())
