"""`manage.py load_reference`: the reference data that ships with the apps, in layer order."""

from django.core.management.base import BaseCommand, CommandError

import indicators.reference
import indicators.statistics
import municipalities.reference
from indicators.statistics import NotAsShippedError

SOURCES = (municipalities.reference, indicators.reference, indicators.statistics)


class Command(BaseCommand):
    help = "Load the shipped reference data; loading twice changes nothing."

    def handle(self, *args, **options):
        try:
            written = sum(source.load() for source in SOURCES)
        except NotAsShippedError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{written} rows written")
