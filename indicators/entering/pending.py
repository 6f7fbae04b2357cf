"""What was uploaded and waits for its confirmation: the rows of one file, for an hour, seen by who uploaded them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core import signing

from indicators.entering.importing import Table, Unreadable
from indicators.long_format import COLUMNS, Row
from municipalities.kernel import drafts

if TYPE_CHECKING:
    from municipalities.models import Cycle, User

AN_HOUR = 3600
TOLD = ("encoding", "sheet", "misnamed")
TOO_MUCH = "ファイルの内容が多すぎて、確認の画面に残せません。行を分けて、もう一度選んでください。"


def form_key(cycle: Cycle) -> str:
    return f"import-{cycle.fiscal_year}"


def salt(cycle: Cycle, author: User) -> str:
    return f"indicators.import:{cycle.municipality_id}:{cycle.fiscal_year}:{author.pk}"


def keep(cycle: Cycle, table: Table, *, author: User) -> None:
    """Keep a table in place of the one before. Raises Unreadable when it is too large for that.

    Where a column is missing its cells are empty; without that of the codes all rows are the municipality's own.
    """
    own = {"municipality_code": cycle.municipality.code}
    rows = [
        [row.number, *(row.cells.get(name, own.get(name, "")) for name in COLUMNS)]
        for row in table.rows
    ]
    told = {"rows": rows} | {name: getattr(table, name) for name in TOLD}
    text = signing.dumps(told, salt=salt(cycle, author), compress=True)
    kept = drafts.keep(
        author=author, form_key=form_key(cycle), base_version=0, fields={"table": text}
    )
    if kept is None:
        raise Unreadable(TOO_MUCH)


def of(cycle: Cycle, *, author: User) -> Table | None:
    """Return the table that waits; None when there is none, or it has waited too long."""
    draft = drafts.Draft.objects.of(author, form_key(cycle)).first()
    if draft is None:
        return None
    try:
        told = signing.loads(
            draft.fields.get("table", ""), salt=salt(cycle, author), max_age=AN_HOUR
        )
    except signing.BadSignature:
        return None
    rows = (Row(number, dict(zip(COLUMNS, cells, strict=True))) for number, *cells in told["rows"])
    return Table(tuple(rows), **{name: told.get(name, "") for name in TOLD})


def drop(cycle: Cycle, *, author: User) -> None:
    drafts.drop(author=author, form_key=form_key(cycle))
