"""`manage.py verify_exchange <file.zip>`: who made an exchange file, and whether it is unaltered."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reports.delivery.exchange import examining


class Command(BaseCommand):
    help = (
        "Look an exchange file over; fails for one that is altered or of an unknown installation."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *args, **options):
        examined = self._examine(options["file"])
        told = examined.manifest
        made = timezone.localtime(told.made_at)
        self.stdout.write(f"{told.number}  version {told.version}  made {made:%Y-%m-%d %H:%M}")
        self.stdout.write(f"{examined.fingerprint}  {examined.installation or '(unknown)'}")
        for line in examined.lines:
            self.stdout.write(f"{'ok ' if line.is_good else 'BAD'} {line.sentence}")
        if not examined.is_unaltered:
            raise CommandError("The file was altered.")
        if not examined.is_known:
            raise CommandError("Nobody has registered this installation in TRUSTED_KEYS.")

    def _examine(self, path):
        try:
            if path.stat().st_size > examining.LARGEST_FILE:
                raise CommandError(examining.TOO_LARGE)
            return examining.examine(path.read_bytes())
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}") from error
        except examining.Unreadable as error:
            raise CommandError(str(error)) from error
