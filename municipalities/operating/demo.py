"""The demo's accounts: roles, no people. One password for all of them; production refuses them."""

import os

from django.contrib.auth.hashers import make_password

from municipalities.choices import Role, ScopeKind
from municipalities.models import Membership, User
from municipalities.models.people import NATION_CODE

DEFAULT_PASSWORD = "mihon-renkei-2026"  # noqa: S105 -- printed on purpose, refused in production

# (username, display name, ((role, scope kind, scope code), …))
ACCOUNTS = (
    ("mihon-editor", "見本市 担当者", ((Role.EDITOR, ScopeKind.MUNICIPALITY, "990019"),)),
    ("mihon-approver", "見本市 上長", ((Role.APPROVER, ScopeKind.MUNICIPALITY, "990019"),)),
    # A small village: one thin year, no adviser.
    ("mihonmura-editor", "見本村 担当者", ((Role.EDITOR, ScopeKind.MUNICIPALITY, "990035"),)),
    ("mihon-manager", "見本市 管理者", ((Role.MANAGER, ScopeKind.MUNICIPALITY, "990019"),)),
    ("mihon-contractor", "見本市 委託先", ((Role.CONTRIBUTOR, ScopeKind.MUNICIPALITY, "990019"),)),
    ("mito-editor", "水戸市 担当者", ((Role.EDITOR, ScopeKind.MUNICIPALITY, "082015"),)),
    ("izu-editor", "伊豆市 担当者", ((Role.EDITOR, ScopeKind.MUNICIPALITY, "222224"),)),
    ("fukuchiyama-editor", "福知山市 担当者", ((Role.EDITOR, ScopeKind.MUNICIPALITY, "262013"),)),
    ("mihonmachi-editor", "見本町 担当者", ((Role.EDITOR, ScopeKind.MUNICIPALITY, "990027"),)),
    # Towns whose coordinators the report tells of; the two of 埼玉県 have them together.
    ("kamaishi-editor", "釜石市 担当者", ((Role.EDITOR, ScopeKind.MUNICIPALITY, "032115"),)),
    ("sakado-editor", "坂戸市 担当者", ((Role.EDITOR, ScopeKind.MUNICIPALITY, "112399"),)),
    ("tsurugashima-editor", "鶴ヶ島市 担当者", ((Role.EDITOR, ScopeKind.MUNICIPALITY, "112411"),)),
    ("toshima-editor", "豊島区 担当者", ((Role.EDITOR, ScopeKind.MUNICIPALITY, "131164"),)),
    ("yokohama-editor", "横浜市 担当者", ((Role.EDITOR, ScopeKind.MUNICIPALITY, "141003"),)),
    ("niigata-editor", "新潟市 担当者", ((Role.EDITOR, ScopeKind.MUNICIPALITY, "151009"),)),
    (
        "adviser-1",
        "アドバイザー1",
        (
            (Role.ADVISER, ScopeKind.MUNICIPALITY, "082015"),
            (Role.ADVISER, ScopeKind.MUNICIPALITY, "262013"),
            (Role.ADVISER, ScopeKind.MUNICIPALITY, "990019"),
        ),
    ),
    (
        "adviser-2",
        "アドバイザー2",
        (
            (Role.ADVISER, ScopeKind.MUNICIPALITY, "222224"),
            (Role.ADVISER, ScopeKind.MUNICIPALITY, "990019"),
        ),
    ),
    ("mihon-officer", "見本県 担当者", ((Role.OFFICER, ScopeKind.PREFECTURE, "99"),)),
    (
        "mihon-hokenjo",
        "見本保健所 担当者",
        ((Role.OFFICER, ScopeKind.HEALTH_CENTRE, "99-000001"),),
    ),
    ("ibaraki-officer", "茨城県 担当者", ((Role.OFFICER, ScopeKind.PREFECTURE, "08"),)),
    ("kyoto-officer", "京都府 担当者", ((Role.OFFICER, ScopeKind.PREFECTURE, "26"),)),
    ("niigata-officer", "新潟県 担当者", ((Role.OFFICER, ScopeKind.PREFECTURE, "15"),)),
    ("operator-1", "運営管理者1", ((Role.OPERATOR, ScopeKind.NATION, NATION_CODE),)),
)
# For which body a contractor's account acts, by the key of the demo document.
BODIES = {"mihon-contractor": "ishikai"}


def password():
    """Return the password of every demo account."""
    return os.environ.get("DEMO_PASSWORD") or DEFAULT_PASSWORD


def accounts():
    """Return (username, display name) of every demo account."""
    return [(username, display_name) for username, display_name, _ in ACCOUNTS]


def editor_of(code):
    """Return the username that writes the year of this municipality. Raises LookupError."""
    for username, _, memberships in ACCOUNTS:
        if (Role.EDITOR, ScopeKind.MUNICIPALITY, code) in memberships:
            return username
    raise LookupError(code)


def officer_of(code):
    """Return the username that acts for this prefecture. Raises LookupError."""
    for username, _, memberships in ACCOUNTS:
        if (Role.OFFICER, ScopeKind.PREFECTURE, code) in memberships:
            return username
    raise LookupError(code)


def load():
    """Make the accounts and their memberships; what is there already stays."""
    hashed = make_password(password())
    for username, display_name, memberships in ACCOUNTS:
        user, _ = User.objects.update_or_create(
            username=username,
            defaults={
                "display_name": display_name,
                "email": f"{username}@example.jp",
                "password": hashed,
                "is_demo": True,
            },
        )
        for role, kind, code in memberships:
            if not user.memberships.filter(role=role, scope_kind=kind, scope_code=code).exists():
                Membership.objects.create(
                    user=user,
                    role=role,
                    scope_kind=kind,
                    scope_code=code,
                    organization_key=BODIES.get(username, ""),
                )
