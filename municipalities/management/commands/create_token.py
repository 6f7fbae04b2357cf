"""`manage.py create_token <login>`: an API token; the secret is the last word printed."""

from django.core.management.base import BaseCommand, CommandError

from municipalities.kernel import tokens
from municipalities.models import User


class Command(BaseCommand):
    help = "Make an API token for an account and print it once."

    def add_arguments(self, parser):
        parser.add_argument("login")
        parser.add_argument("--label", default="command line")

    def handle(self, *args, **options):
        user = User.objects.filter(username=options["login"], is_active=True).first()
        if user is None:
            raise CommandError(f"There is no active account {options['login']}.")
        secret, token = tokens.issue(tokens.TokenKind.API, user=user, label=options["label"])
        self.stdout.write(f"Token for {token.user.username}, shown only now: {secret}")
