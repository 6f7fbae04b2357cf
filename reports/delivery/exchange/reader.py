"""The reader: one HTML file that shows a version and takes an adviser's comments, without any server.

Styles and scripts are ours and lie inside; the page's own policy lets exactly these run, by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from reports.choices import CommentKind, DecisionKind
from reports.delivery.exchange import answers
from reports.document import snapshot
from reports.models.reviews import COMMENT_LENGTH
from reports.submission.contents import sections

if TYPE_CHECKING:
    from reports.delivery.exchange.tickets import Ticket
    from reports.document.year_review import YearReview
    from reports.models import ProgressReport, Snapshot
    from reports.submission.contents.sections import Definition

STYLES = (
    "vendor/tokens.css",
    "css/base.css",
    "css/navigation.css",
    "css/form.css",
    "css/message.css",
    "css/board.css",
    "css/table.css",
    "css/list.css",
    "css/plan.css",
    "css/chart.css",
    "css/print.css",
    "css/reader.css",
)
SCRIPTS = ("js/counter.js", "js/dates.js", "js/reader.js")


def page(report: ProgressReport, frozen: Snapshot, *, ticket: Ticket, sealed: str) -> bytes:
    """Return the reader of a version, for whoever holds the ticket; `sealed` is its text."""
    review = snapshot.review_of(frozen)
    open_to_words = commented(report, review)
    told = {
        "format": answers.FORMAT,
        "number": ticket.number,
        "version": ticket.version,
        "sha256": ticket.sha256,
        "ticket": sealed,
    }
    context = {
        "report": report,
        "frozen": frozen,
        "review": review,
        "ticket": ticket,
        "told": told,
        "sections": [
            {
                "code": one.code,
                "label": one.label,
                "part": one.template,
                "text": sections.text_of(review, one.box) if one.box else "",
                "takes_comments": one in open_to_words,
            }
            for one in sections.shown_in(review)
        ],
        "kinds": CommentKind.choices,
        "first_kind": CommentKind.SUGGESTION,
        "decisions": DecisionKind,
        # As text: a script reads them, and no comma may stand in them.
        "comment_length": str(COMMENT_LENGTH),
        "quote_length": str(answers.QUOTE_LENGTH),
        "is_standalone": True,
        "policy": policy(),
        "style": inlined("style", _style()),
        "scripts": [inlined("script", one, ' type="module"') for one in _scripts()],
    }
    return render_to_string("reports/paper/reader.html", context).encode()


def commented(report: ProgressReport, review: YearReview) -> list[Definition]:
    """Return the sections of a version that comments may be about: those shown that its kind of report has."""
    ours = sections.of_kind(report.kind)
    return [one for one in sections.shown_in(review) if one in ours]


def inlined(tag: str, text: str, attributes: str = "") -> SafeString:
    """Return a file of ours as an element. Raises ValueError for one that would close it early."""
    if f"</{tag}" in text:
        raise ValueError(tag)
    return SafeString(f"<{tag}{attributes}>{text}</{tag}>")


def policy() -> str:
    """Return the content policy: nothing is fetched, nothing runs but what we have put in."""
    scripts = " ".join(map(_source, _scripts()))
    return (
        f"default-src 'none'; style-src {_source(_style())}; script-src {scripts}; "
        "base-uri 'none'; form-action 'none'"
    )


def _source(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


@cache
def _style() -> str:
    return "\n".join(map(_file, STYLES))


@cache
def _scripts() -> tuple[str, ...]:
    return tuple(map(_file, SCRIPTS))


def _file(name: str) -> str:
    return (settings.BASE_DIR / "static" / name).read_text(encoding="utf-8")
