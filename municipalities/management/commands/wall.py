"""`manage.py wall`: build, lift or check row-level security on PostgreSQL, as the owner of the tables."""

from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError, connection

from municipalities.fence import wall


class Command(BaseCommand):
    help = "Put every fenced table behind its row-level policy (PostgreSQL)."

    def add_arguments(self, parser):
        deed = parser.add_mutually_exclusive_group(required=True)
        deed.add_argument(
            "--apply", action="store_true", help="after `migrate`: policies, and rights for --role"
        )
        deed.add_argument(
            "--lift", action="store_true", help="before `migrate`: the owner sees every row again"
        )
        deed.add_argument(
            "--check", action="store_true", help="name open tables; 1 if there are any"
        )
        parser.add_argument("--role", help="the role that web and worker use; it owns nothing")

    def handle(self, *args, **options):
        if connection.vendor != "postgresql":
            raise CommandError(
                "This database has no row-level security: the wall needs PostgreSQL."
            )
        try:
            self.stdout.write(self.done(**options))
        except ProgrammingError as error:
            raise CommandError(f"The owner of the tables must run this: {error}") from error

    def done(self, *, lift, apply, role, **options):
        """Do the deed and return what is true now. Raises CommandError while anything stands open."""
        if lift:
            wall.lift()
            return "The owner sees every row until the next `wall --apply`."
        if role and (faults := wall.faults_of(role)):
            raise CommandError("\n".join(faults))
        if apply:
            wall.build(role)
        if tables := wall.open_tables():
            raise CommandError("Not behind the wall: " + ", ".join(tables))
        return f"The wall stands: {len(wall.fenced_tables())} tables."
