"""`manage.py create_account <login>`: an account with one role; prints its first password."""

import secrets

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, transaction

from municipalities.access import ROLE_SCOPES
from municipalities.choices import Role, ScopeKind
from municipalities.models import Membership, Municipality, Prefecture, User
from municipalities.models.people import NATION_CODE


class Command(BaseCommand):
    help = "Make an account with a role in a municipality, a prefecture or the nation."

    def add_arguments(self, parser):
        parser.add_argument("login")
        parser.add_argument("--name", required=True, help="shown to others, e.g. 水戸市 担当者")
        parser.add_argument("--email", required=True)
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument(
            "--scope", default=NATION_CODE, help="code of municipality or prefecture"
        )

    def handle(self, *args, **options):
        role, code = Role(options["role"]), options["scope"]
        kind = scope_kind_of(code)
        if kind not in ROLE_SCOPES[role]:
            raise CommandError(f"A {role} does not act in {code}.")
        password = secrets.token_urlsafe(12)
        user = User(username=options["login"], display_name=options["name"], email=options["email"])
        user.set_password(password)
        try:
            with transaction.atomic():
                user.full_clean()
                user.save()
                Membership.objects.create(user=user, role=role, scope_kind=kind, scope_code=code)
        except (ValidationError, IntegrityError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Account {user.username}; first password, shown only now: {password}")


def scope_kind_of(code):
    """Return whose code this is. Raises CommandError for nobody's."""
    if code == NATION_CODE:
        return ScopeKind.NATION
    if Municipality.objects.without_wards().filter(code=code).exists():
        return ScopeKind.MUNICIPALITY
    if Prefecture.objects.filter(code=code).exists():
        return ScopeKind.PREFECTURE
    raise CommandError(f"{code} is no municipality, no prefecture and not {NATION_CODE}.")
