"""The list that lies beside the papers: every municipality, what of it is there, and why something is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from municipalities.japanese import fiscal
from municipalities.rows.workbooks import saved, table
from reports.choices import ReportKind
from reports.paper.settled import settled

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from municipalities.models import Prefecture
    from reports.prefecture.prepared.listing import Entry

COLUMNS = (
    "自治体コード",
    "市町村",
    "受付番号",
    "版",
    "提出日",
    "期限後",
    "受理日",
    "ファイル名",
    "ページ数",
    "SHA-256",
    "入っていない理由",
)
WIDE = {"受付番号": 26, "ファイル名": 46, "SHA-256": 68, "入っていない理由": 60, "内容": 80}
WIDTH = 14
NOTES = (
    (
        "ファイル",
        "市町村が提出した報告書のうち、都道府県用の写しのPDFです。いちばん新しい版を入れています",
    ),
    ("SHA-256", "PDFの内容を確かめるための値です。1文字でも変わると、別の値になります"),
    ("空欄", "空欄は、該当がないことを表します"),
)


def make_contents(
    named: Sequence[tuple[Entry, str]],
    prefecture: Prefecture,
    *,
    fiscal_year: int,
    kind: str,
    at: dt.datetime,
) -> bytes:
    """Return the workbook of entries and the names under which their papers lie; no name, no paper."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = prefecture.name
    rows = (row_of(entry, name) for entry, name in named)
    table(book.create_sheet("一覧"), COLUMNS, rows, widths=WIDE, width=WIDTH)
    about = (
        ("資料", f"{ReportKind(kind).label}のまとめ"),
        ("都道府県", prefecture.name),
        ("年度", fiscal.label(fiscal_year)),
        ("まとめた日時", f"{timezone.localtime(at):%Y-%m-%d %H:%M}"),
        *NOTES,
    )
    table(book.create_sheet("説明"), ("項目", "内容"), about, widths=WIDE, width=WIDTH)
    return settled(saved(book), timezone.localdate(at))


def row_of(entry: Entry, name: str) -> Sequence[object]:
    told = (entry.code, entry.name, entry.number, entry.version, entry.submitted_on)
    late = "期限後" if entry.is_late else None
    paper = (name, entry.pages, entry.sha256, None) if name else (None, None, None, entry.reason)
    return (*told, late, entry.accepted_on, *paper)
