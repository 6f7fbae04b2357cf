"""`manage.py load_reference`: the reference data that ships with the apps, in layer order."""

from django.core.management.base import BaseCommand

import indicators.reference
import municipalities.reference

SOURCES = (municipalities.reference, indicators.reference)


class Command(BaseCommand):
    help = "Load the shipped reference data; loading twice changes nothing."

    def handle(self, *args, **options):
        written = sum(source.load() for source in SOURCES)
        self.stdout.write(f"{written} rows written")
