"""`manage.py let_out_values`: the values of all reports that were submitted before there was a table for them."""

from django.core.management.base import BaseCommand
from django.db import transaction

from municipalities.models import Municipality, Publication
from municipalities.tenancy import within
from reports.submission.showing.letting_out import let_out


class Command(BaseCommand):
    help = "Make the published values equal to the copies of submitted reports; doing it twice changes nothing."

    def handle(self, *args, **options):
        owners = Publication.objects.order_by().values("municipality")
        towns = Municipality.objects.filter(pk__in=owners).order_by("code")
        for municipality in towns:
            with within(municipality), transaction.atomic():
                let_out(municipality)
        self.stdout.write(f"{len(towns)} municipalities")
