"""The published copies of a practice: how one is found, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from municipalities.rows.published_copies import Copies
from reports.models import PublishedPractice

if TYPE_CHECKING:
    from reports.models import Practice

CLOSED = "見せる範囲が「県まで」か「公表」の好事例だけを公開できます。先に「見せる範囲」を変えてください。"


def place(practice: Practice) -> dict[str, Any]:
    return {
        "municipality_id": practice.municipality_id,
        "fiscal_year": practice.cycle.fiscal_year,
        "key": practice.key,
    }


COPIES = Copies(PublishedPractice, place, CLOSED)
published, withdraw, keep_within = COPIES.published, COPIES.withdraw, COPIES.keep_within
