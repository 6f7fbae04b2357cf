"""Every route of the site with a sample address, read from the URLconf itself."""

import re
from dataclasses import dataclass
from typing import Any

from django.urls import get_resolver
from django.urls.resolvers import URLPattern

from municipalities.choices import ScopeKind
from municipalities.models import OutgoingMail, TrashItem
from municipalities.tenancy import within
from reports.models import Comment
from tests import world

PIECE = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Route:
    path: str
    view: Any

    def __str__(self):
        return self.path

    @property
    def is_of_a_municipality(self):
        return "municipality>" in self.path or "report_number>" in self.path

    @property
    def scope_kind(self):
        """Whose pages these are; None for those of nobody in particular."""
        if self.is_of_a_municipality:
            return ScopeKind.MUNICIPALITY
        return ScopeKind.PREFECTURE if "prefecture>" in self.path else None

    @property
    def scope_code(self):
        return {ScopeKind.MUNICIPALITY: world.OURS, ScopeKind.PREFECTURE: "99"}[self.scope_kind]

    @property
    def is_api(self):
        return self.path.startswith("api/")

    def url(self, *, code=world.OURS, **pieces):
        """Return a sample address of this route in a town."""
        if self.path.startswith("manage/mails/"):
            pieces.setdefault("pk", a_mail(code).pk)
        return "/" + PIECE.sub(
            lambda found: str(pieces.get(found[1]) or sample(found[1], code)), self.path
        )


def a_mail(code):
    """Return a mail of the town; the world itself has sent none."""
    report = world.report_of(code)
    mail, _ = OutgoingMail.objects.get_or_create(
        kind="report",
        municipality=report.cycle.municipality,
        recipient=report.submitted_by,
        reference=report.pk,
        message_id="<sample@example.jp>",
    )
    return mail


def sample(name, code):
    """Return a value for a piece of an address; rows are those of the test world."""
    fixed = {
        "municipality": code,
        "fiscal_year": world.YEAR,
        "prefecture": "99",
        "year": world.YEAR,
        "scene": "emergency",
        "code": "population_total",
        "form_key": "goal-2026-emergency",
        "report_number": f"{code}-{world.YEAR}-interim-1",
        "version": 1,
        "number": f"{code}-{world.YEAR}-interim-1",
        "town": code,
        "uidb36": "1",
        "key": "issue-1",
        "step_key": "interim-1",
        "advice_key": "pre-meeting-1-1",
        "organization_key": "ishikai",
        "own_key": "own-1",
        "measurement_key": "value-1",
        "section": "policy",
    }
    if name == "pk":
        return world.report_of(code).pk
    if name == "delivery_pk":
        return a_delivery(code).pk
    if name == "comment_pk":
        return a_comment(code).pk
    if name == "pending_pk":
        return a_pending_comment(code).pk
    if name == "trash_pk":
        return a_trash_item(code).pk
    # activity_key → activity-1 and so on: the demo document of 見本市 has a first row of each kind.
    return fixed.get(name) or f"{name.removesuffix('_key').replace('_', '-')}-1"


def a_delivery(code):
    """Return the delivery of the town's submitted report."""
    report = world.report_of(code)
    with within(report.cycle.municipality):
        return report.deliveries.earliest("pk")


def a_comment(code):
    """Return a comment that the town's adviser has sent on its submitted report."""
    report = world.report_of(code)
    with within(report.cycle.municipality):
        adviser = report.deliveries.earliest("pk").recipient
        comment, _ = Comment.objects.get_or_create(
            report=report,
            snapshot=report.snapshots.earliest("pk"),
            section="policy",
            author=adviser,
            defaults={"text": "見本", "sent_at": report.submitted_at},
        )
    return comment


def a_pending_comment(code):
    """Return a comment that the town's adviser has written and not sent."""
    report = world.report_of(code)
    with within(report.cycle.municipality):
        adviser = report.deliveries.earliest("pk").recipient
        pending = Comment.objects.pending_of(adviser).filter(report=report)
        return pending.first() or Comment.objects.create(
            report=report,
            snapshot=report.snapshots.earliest("pk"),
            section="policy",
            author=adviser,
            text="見本",
        )


def a_trash_item(code):
    """Return something that was deleted in the town."""
    cycle = world.cycle_of(code)
    with within(cycle.municipality):
        item, _ = TrashItem.objects.get_or_create(
            fiscal_year=world.YEAR, kind="logicmodels.issue", title="見本"
        )
    return item


def routes(resolver=None, prefix=""):
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern).removeprefix("^")
        if isinstance(entry, URLPattern):
            yield Route(path, entry.callback)
        else:
            yield from routes(entry, path)


EVERY = [route for route in routes() if "(?P" not in route.path]
OUR_PAGES = [
    route
    for route in EVERY
    if not route.is_api
    and not getattr(route.view, "__module__", "").startswith("allauth")
    and not getattr(getattr(route.view, "view_class", None), "__module__", "").startswith("allauth")
]
MUNICIPAL_PAGES = [route for route in OUR_PAGES if route.is_of_a_municipality]
