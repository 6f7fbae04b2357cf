"""県の支援の記録 as a workbook: the counts, the towns, the records, one fact a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from municipalities.japanese import fiscal
from municipalities.rows.workbooks import saved
from municipalities.rows.workbooks import table as fill_sheet
from reports.choices import SupportKind
from reports.paper.settled import settled
from reports.support.record_counts import counted

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from municipalities.models import Prefecture
    from reports.support.record_counts import Counts
    from reports.support.records import RecordLine

WIDE = {"内容": 70, "項目": 20, "行ったこと": 48, "成果・次にすること": 48, "対象の市町村": 40}
WIDTH = 16
COUNT_COLUMNS = ("年度", "種類", "件数", "回数", "支援した市町村の数")
TOWN_COLUMNS = (
    "自治体コード",
    "市町村",
    "年度",
    *(f"{kind.label}の回数" for kind in SupportKind),
    "合計の回数",
    "うち伴走支援の回数",
)
RECORD_COLUMNS = (
    "年度",
    "時期",
    "種類",
    "テーマ",
    "回数",
    "伴走支援",
    "対象の市町村",
    "自治体コード",
    "関係する場面",
    "行ったこと",
    "行った人（職種・人数）",
    "記録した所属",
    "参加者数",
    "成果・次にすること",
)
NOTES = (
    (
        "使いみち",
        "交付金（都道府県分）などの調査で、研修・アドバイザー派遣・伴走支援の実施回数や市町村数を答えるときの元になります",
    ),
    (
        "数え方",
        "回数は記録の「回数」の合計です。調査の数え方の定めがあるときは、それに従って直してください",
    ),
    (
        "記録した所属",
        "県の担当課か、保健所です。同じ支援を両方で記録すると、二度計上されます。どちらか一つにしてください",
    ),
    (
        "市町村の数",
        "一度でも対象になった市町村の数です。対象を選んでいない記録は、すべての市町村を数えます",
    ),
    ("空欄", "空欄は、記入がないことを表します。0は0回です"),
)


def make_workbook(
    lines: list[RecordLine],
    names: Mapping[str, str],
    prefecture: Prefecture,
    fiscal_year: int,
    *,
    at: dt.datetime,
) -> bytes:
    """Return the workbook of a year's records over the towns that are shown."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = prefecture.name
    counts = counted([line.row for line in lines], names)
    for title, header, filled in (
        ("集計", COUNT_COLUMNS, _counts(counts, fiscal_year)),
        ("市町村別", TOWN_COLUMNS, _towns(counts, fiscal_year)),
        ("記録", RECORD_COLUMNS, map(_record, lines)),
        ("説明", ("項目", "内容"), about(prefecture, fiscal_year, at=at)),
    ):
        fill_sheet(book.create_sheet(title), header, filled, widths=WIDE, width=WIDTH)
    return settled(saved(book), timezone.localdate(at))


def _counts(counts: Counts, fiscal_year: int) -> Iterator[tuple]:
    for one in counts.rows:
        yield fiscal_year, one.label, one.records, one.times, one.towns


def _towns(counts: Counts, fiscal_year: int) -> Iterator[tuple]:
    for one in counts.towns:
        yield one.code, one.name, fiscal_year, *one.by_kind, one.times, one.hands_on


def _record(line: RecordLine) -> tuple:
    row = line.row
    return (
        row.fiscal_year,
        row.held_on,
        row.get_kind_display(),
        row.theme,
        row.times,
        "○" if row.is_hands_on else "",
        line.towns,
        "、".join(line.codes),
        line.scenes,
        row.done,
        row.by_whom,
        line.office,
        row.participants,
        row.outcome,
    )


def about(prefecture: Prefecture, fiscal_year: int, *, at: dt.datetime) -> Iterator[tuple]:
    """Yield what the workbook holds."""
    yield "資料", "県の支援の記録"
    yield "都道府県", prefecture.name
    yield "年度", fiscal.label(fiscal_year)
    yield "保存した日時", f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
    yield from NOTES
