"""`manage.py print_roles > docs/roles.md`: the permission table as a document."""

from django.core.management.base import BaseCommand

from municipalities.access import PERMISSION_LABELS, ROLE_PERMISSIONS, ROLE_SCOPES
from municipalities.choices import ScopeKind


class Command(BaseCommand):
    help = "Print which role may do what, as Markdown."

    def handle(self, *args, **options):
        self.stdout.write(roles_document(), ending="")


def roles_document():
    """Return the text of docs/roles.md: a row for each role, a column for each permission."""
    head = ["役割", "範囲", *PERMISSION_LABELS.values()]
    rows = [
        [
            str(role.label),
            "・".join(str(kind.label) for kind in ScopeKind if kind in ROLE_SCOPES[role]),
            *("○" if permission in granted else "" for permission in PERMISSION_LABELS),
        ]
        for role, granted in ROLE_PERMISSIONS.items()
    ]
    lines = ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows)]
    intro = (
        "# Roles and permissions\n\n"
        "Printed from `municipalities/access.py` by `manage.py print_roles`; a test keeps it true.\n"
        "Memberships add up, and count only within their term. In a foreign municipality or\n"
        "prefecture every page is absent (404), whatever the role.\n\n"
    )
    return intro + "\n".join(lines) + "\n"
