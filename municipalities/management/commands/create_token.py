"""`manage.py create_token <login>`: an API token; the secret is the last word printed."""

import datetime as dt

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from municipalities.kernel import tokens
from municipalities.models import User

LABEL_LENGTH = tokens.Token._meta.get_field("label").max_length


class Command(BaseCommand):
    help = "Make an API token for an account and print it once."

    def add_arguments(self, parser):
        parser.add_argument("login")
        parser.add_argument("--label", default="command line", help="what the token is for")
        parser.add_argument("--days", type=int, help="how long it is good; default: until revoked")

    def handle(self, *args, **options):
        user = User.objects.filter(username=options["login"], is_active=True).first()
        if user is None:
            raise CommandError(f"There is no active account {options['login']}.")
        if settings.PRODUCTION and user.is_demo:
            raise CommandError("The demo's accounts have no place in production.")
        if len(options["label"]) > LABEL_LENGTH:
            raise CommandError(f"A label has at most {LABEL_LENGTH} characters.")
        secret, token = tokens.issue(
            tokens.TokenKind.API,
            user=user,
            label=options["label"],
            expires_at=last_moment(options["days"]),
        )
        self.stdout.write(f"Token for {token.user.username}, shown only now: {secret}")


def last_moment(days):
    """Return when a token ends that is good for so many days; None: never by itself."""
    if days is None:
        return None
    if days < 1:
        raise CommandError("A token is good for at least one day.")
    return timezone.now() + dt.timedelta(days=days)
