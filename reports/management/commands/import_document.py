"""`manage.py import_document <file> --as <login>`: write a document over its municipality's year."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from municipalities.models import User
from municipalities.tenancy import within
from reports.document import assembly, parsing, shape
from reports.management.commands.export_document import year_of


class Command(BaseCommand):
    help = (
        "Import a municipality-year document: all of it or, with any problem, nothing. "
        "Problems go to standard error, one a line with its JSON pointer, and the exit code is 1."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", help="a path, or - for standard input")
        parser.add_argument("--as", dest="login", required=True, help="who answers for it")

    def handle(self, *args, **options):
        user = User.objects.filter(username=options["login"], is_active=True).first()
        if user is None:
            raise CommandError(f"There is no active account {options['login']}.")
        data = read(options["file"])
        problems = []
        document = shape.checked(data, problems)
        refuse(problems)
        cycle = year_of(document.municipality.code, document.fiscal_year)
        with within(cycle.municipality):
            refuse(assembly.load(cycle, data, by=user))
        self.stdout.write("imported")


def read(name):
    """Return the JSON of a file. Raises CommandError for what is none."""
    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return parsing.parse(content)
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}") from error
    except parsing.Unreadable as error:
        return refuse(error.problems)


def refuse(problems):
    """Raise CommandError naming every problem by its pointer, if there is any."""
    if problems:
        raise CommandError("\n".join(f"{one.pointer or '/'}: {one.message}" for one in problems))
