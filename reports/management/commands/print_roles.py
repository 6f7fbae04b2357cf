"""`manage.py print_roles > docs/roles.md`: the permission table, and for every address who may open it."""

from django.core.management.base import BaseCommand
from django.urls import get_resolver
from django.urls.resolvers import URLPattern

from municipalities.access import (
    GUARDED_BY_THEMSELVES,
    PERMISSION_LABELS,
    ROLE_PERMISSIONS,
    ROLE_SCOPES,
    declared_by,
    roles_with,
)
from municipalities.choices import ScopeKind
from reports.api.operations import operations

INTRO = """# Roles and permissions

Printed from `municipalities/access.py` and the map of the site by `manage.py print_roles`; a test keeps
it true, and `tests/test_every_page.py` calls every address below as every role. Memberships add up, and
count only within their term. In a foreign municipality or prefecture every page is absent (404),
whatever the role; in one's own, with too low a role, a page explains (403).
"""


class Command(BaseCommand):
    help = "Print which role may do what, and who may open which address, as Markdown."

    def handle(self, *args, **options):
        self.stdout.write(roles_document(), ending="")


def roles_document():
    """Return the text of docs/roles.md."""
    parts = (
        INTRO,
        table(*permissions()),
        "## Addresses\n",
        table(["アドレス", "権限", "役割"], pages()),
        "## API\n",
        table(["操作", "権限", "役割"], calls()),
    )
    return "\n".join(parts)


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def permissions():
    """Return head and rows: a row for each role, a column for each permission."""
    head = ["役割", "範囲", *PERMISSION_LABELS.values()]
    rows = [
        [
            str(role.label),
            "・".join(str(kind.label) for kind in ScopeKind if kind in ROLE_SCOPES[role]),
            *("○" if permission in granted else "" for permission in PERMISSION_LABELS),
        ]
        for role, granted in ROLE_PERMISSIONS.items()
    ]
    return head, rows


def pages():
    """Yield a row for each address of ours, in the order of the site's map; the API follows by itself."""
    for path, view in addresses(get_resolver()):
        module = getattr(getattr(view, "view_class", view), "__module__", "")
        if not path.startswith("api/") and not module.startswith(GUARDED_BY_THEMSELVES):
            yield row(f"`/{path}`", declared_by(view))


def addresses(resolver, prefix=""):
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern).removeprefix("^")
        if isinstance(entry, URLPattern):
            yield path, entry.callback
        else:
            yield from addresses(entry, path)


def row(address, declared):
    if declared.public:
        return [address, "（だれでも）", "すべて"]
    return [address, *needed(declared.permission)]


def calls():
    """Yield a row for each operation of the API."""
    for one in operations():
        yield [f"`{one.method} /api/v1/{one.path}`", *needed(one.permission)]


def needed(permission):
    """Return what a permission is called and which roles hold it."""
    if permission is None:
        return ["（ログイン）", "すべて"]
    holders = "、".join(str(role.label) for role in roles_with(permission))
    return [PERMISSION_LABELS[permission], holders]
