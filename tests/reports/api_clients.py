"""Callers of the API for the tests: clients with a token, sample addresses, the form of an error."""

import json
import re

from django.test import Client
from django.utils import timezone

from municipalities.kernel import tokens
from municipalities.tenancy import within
from reports.models import Comment, PdfFile
from tests import world

JAPANESE = re.compile(r"[ぁ-ん]")
PIECE = re.compile(r"\{(?:\w+:)?(\w+)\}")
DOCUMENT = f"/api/v1/m/{world.OURS}/{world.YEAR}/document"
REPORTS = f"/api/v1/m/{world.OURS}/{world.YEAR}/reports"


def with_token(user, **options):
    """Return a client that shows a new token of this account."""
    secret, _ = tokens.issue(tokens.TokenKind.API, user=user, label="test", **options)
    return bearing(secret)


def bearing(secret):
    return Client(headers={"Authorization": f"Bearer {secret}"}, enforce_csrf_checks=True)


def address(path, *, code=world.OURS):
    """Return a sample address of an operation; its row is the submitted report of that town."""
    report = world.report_of(code)
    pieces = {
        "municipality": code,
        "fiscal_year": world.YEAR,
        "year": world.YEAR,
        "prefecture": "99",
        "number": report.number,
        "report_number": report.number,
        "pk": report.pk,
        "version": 1,
    }
    if "comment}" in path:
        pieces["comment"] = a_comment(report).pk
    return "/api/v1/" + PIECE.sub(lambda found: str(pieces[found[1]]), path)


def a_comment(report):
    """Return a comment that was sent on a report."""
    with within(report.cycle.municipality):
        adviser = report.deliveries.earliest("pk").recipient
        comment, _ = Comment.objects.get_or_create(
            report=report,
            snapshot=report.snapshot,
            section="policy",
            author=adviser,
            defaults={"text": "見本", "sent_at": timezone.now()},
        )
    return comment


def errors_of(response):
    """Return the errors of a refusal, having checked their form."""
    assert response.headers["Content-Type"] == "application/json"
    body = json.loads(response.content)
    assert list(body) == ["errors"]
    assert body["errors"]
    for error in body["errors"]:
        assert set(error) == {"pointer", "message"}
        assert JAPANESE.search(error["message"]), error
        assert error["pointer"] == "" or error["pointer"].startswith("/")
    return body["errors"]


def without_pdf(report):
    """Take a report's PDF away, as if it were still to be made."""
    with within(report.cycle.municipality):
        PdfFile.objects.filter(snapshot__report=report).delete()
