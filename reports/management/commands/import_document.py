"""`manage.py import_document <file> --as <login>`: write a document over its municipality's year."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from municipalities.models import User
from municipalities.tenancy import within
from reports.document import assembly
from reports.management.commands.export_document import year_of


class Command(BaseCommand):
    help = "Import a municipality-year document: all of it or, with any problem, nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", help="a path, or - for standard input")
        parser.add_argument("--as", dest="login", required=True, help="who answers for it")

    def handle(self, *args, **options):
        data = read(options["file"])
        user = User.objects.filter(username=options["login"]).first()
        if user is None:
            raise CommandError(f"There is no account {options['login']}.")
        try:
            code, year = data["municipality"]["code"], data["fiscal_year"]
        except (KeyError, TypeError) as error:
            raise CommandError("/municipality/code and /fiscal_year are needed.") from error
        cycle = year_of(code, year)
        with within(cycle.municipality):
            problems = assembly.load(cycle, data, by=user)
        if problems:
            raise CommandError("\n".join(f"{one.pointer}: {one.message}" for one in problems))
        self.stdout.write("imported")


def read(name):
    """Return the JSON of a file. Raises CommandError for what is none."""
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
        return json.loads(text)
    except (OSError, ValueError) as error:
        raise CommandError(f"{name} is no JSON file: {error}") from error
