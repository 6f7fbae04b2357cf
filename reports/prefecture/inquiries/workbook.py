"""The answers to a 照会 as a workbook: the screen's rows and columns, the counts, what they mean, one fact a line."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from municipalities.japanese import fiscal
from municipalities.rows.workbooks import saved
from municipalities.rows.workbooks import table as fill_sheet
from reports.inquiry.questions import value_of
from reports.paper.settled import settled
from reports.prefecture.inquiries.table import ONLY

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from municipalities.models import Prefecture
    from reports.prefecture.inquiries.table import Choices, Numbers, Row, Table

HEAD = ("市町村コード", "市町村", "状態", "回答日", "期限から遅れた日数", "県入力")
FACTS = (
    "municipality_code",
    "fiscal_year",
    "inquiry",
    "question_number",
    "question",
    "kind",
    "value",
    "unit",
)
COUNTS = ("質問", "選択肢・集計", "数", "単位")
WIDE = {"市町村": 16, "質問": 40, "選択肢・集計": 24, "内容": 70, "question": 40, "value": 24}
WIDTH = 14


def make(table: Table, prefecture: Prefecture, *, at: dt.datetime) -> bytes:
    """Return the workbook of what is shown. The same call, the same bytes."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = prefecture.name
    header = (*HEAD, *(f"{one.name}　{one.row.text}" for one in table.asked))
    rows = (row_of(table, row) for row in table.rows)
    wide = {**WIDE, **dict.fromkeys(header[len(HEAD) :], 28)}
    fill_sheet(book.create_sheet("回答一覧"), header, rows, widths=wide, width=WIDTH)
    fill_sheet(book.create_sheet("集計"), COUNTS, counts(table), widths=WIDE, width=WIDTH)
    told = about(table, prefecture, at=at)
    fill_sheet(book.create_sheet("説明"), ("項目", "内容"), told, widths=WIDE, width=WIDTH)
    fill_sheet(book.create_sheet("機械可読"), FACTS, facts(table), widths=WIDE, width=WIDTH)
    return settled(saved(book), timezone.localdate(at))


def row_of(table: Table, row: Row) -> tuple[Any, ...]:
    reply = row.reply
    day = timezone.localdate(reply.answered_at) if reply.answered_at else None
    return (
        reply.municipality.code,
        reply.municipality.name,
        reply.get_state_display(),
        day,
        row.days_late or None,
        "県入力" if reply.is_by_prefecture else None,
        *(
            cell_of(one, text, shown)
            for one, text, shown in zip(table.asked, row.texts, row.cells, strict=True)
        ),
    )


def cell_of(one: Any, text: str, shown: str) -> Any:
    """Return a number and a day as such, everything else as it is shown."""
    value = value_of(one.row, text)
    return shown if isinstance(value, str) else value


def counts(table: Table) -> Iterator[tuple[Any, ...]]:
    """Yield how often each choice was taken, and the measures of each number, in the order of the questions."""
    found: list[Choices | Numbers] = [*table.choices, *table.numbers]
    for one in sorted(found, key=lambda one: one.asked.number):
        for label, number, unit in one.lines:
            yield f"{one.asked.name}　{one.asked.row.text}", label, number, unit


def facts(table: Table) -> Iterator[tuple[Any, ...]]:
    """Yield every answer alone, as it is stored: what another program reads."""
    for row in table.rows:
        for one, text in zip(table.asked, row.texts, strict=True):
            if text:
                yield (
                    row.reply.municipality.code,
                    table.inquiry.fiscal_year,
                    table.inquiry.key,
                    one.number,
                    one.row.text,
                    one.row.kind,
                    number_or_text(one, text),
                    one.row.unit,
                )


def number_or_text(one: Any, text: str) -> Any:
    """Return a number as such, so that a program can add it up; a day and a choice stay as they are stored."""
    value = value_of(one.row, text)
    return value if isinstance(value, Decimal) else text


def about(table: Table, prefecture: Prefecture, *, at: dt.datetime) -> Iterator[tuple[Any, ...]]:
    inquiry = table.inquiry
    yield "件名", inquiry.title
    yield "都道府県", prefecture.name
    yield "年度", fiscal.label(inquiry.fiscal_year)
    yield "回答の期限", inquiry.due_on
    yield "絞り込み", ONLY.get(table.only, "なし（照会したすべての市町村）")
    yield "件数", f"{len(table.rows)}／{table.total}市町村"
    yield (
        "回答",
        f"市町村が「{prefecture.word}に回答する」を押したときの内容です。下書きは含みません。",
    )
    yield "県入力", f"市町村から届いた回答票を、{prefecture.word}の担当者が取り込んだものです。"
    yield "遅れた日数", "最初に回答した日、まだのときは保存した日までを、期限から数えています。"
    yield "集計", "回答済みの市町村だけを数えています。絞り込みの影響は受けません。"
    yield (
        "数の集計",
        "数の質問は、回答した市町村の数、合計、最小、中央値、最大です。割合（％）は合計しません。",
    )
    yield "機械可読", "valueは、数は数字のまま、年月日は2026-10-01の形、はい／いいえはyes／noです。"
    yield "保存した日時", f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
