"""`manage.py load_demo`: accounts, and the municipality-years of the demo. Never in production."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

import reports.document
from municipalities import demo
from municipalities.models import Cycle, Municipality, User
from municipalities.tenancy import within
from reports.document import assembly

DOCUMENTS = Path(reports.document.__file__).parent / "demo"


class Command(BaseCommand):
    help = "Load the demo; what somebody has written since stays."

    def handle(self, *args, **options):
        if settings.PRODUCTION:
            raise CommandError("The demo's accounts have no place in production.")
        demo.load()
        for path in sorted(DOCUMENTS.glob("*.json")):
            data = json.loads(path.read_text(encoding="utf-8"))
            if load_year(data):
                self.stdout.write(f"loaded {path.stem}")


def load_year(data):
    """Open the year of a document and fill it, unless it is open already. Says whether it did."""
    place = Municipality.objects.get(code=data["municipality"]["code"])
    with within(place):
        cycle, is_new = Cycle.objects.get_or_create(fiscal_year=data["fiscal_year"])
        if not is_new:
            return False
        cycle.municipality = place
        writer = User.objects.get(username="operator-1")
        if problems := assembly.load(cycle, data, by=writer):
            raise CommandError("; ".join(f"{one.pointer}: {one.message}" for one in problems))
    return True
