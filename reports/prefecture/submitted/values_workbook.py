"""The submitted values of a prefecture as a workbook: the rows of the screen in their order, one fact a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from indicators.choices import ValueState
from indicators.measurements.values import finality_in_full
from municipalities.japanese import fiscal
from municipalities.rows.workbooks import saved
from municipalities.rows.workbooks import table as fill_sheet
from reports.paper.settled import settled

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from indicators.models import Definition
    from municipalities.models import Prefecture
    from reports.prefecture.submitted.values import Line

COLUMNS = (
    *("自治体コード", "市町村", "指標コード", "指標", "年度", "値", "単位", "分子", "分母"),
    *("状態", "確定の別", "時点", "出典", "市町村の説明", "共同の体制", "受付番号", "写しの日時"),
    "採用する値",
)
WIDE = {"指標": 40, "出典": 32, "市町村の説明": 60, "受付番号": 26, "内容": 80, "項目": 16}
WIDTH = 14
UNDECIDED = "未決定"
NOT_SUBMITTED = "提出なし"
NOTES = (
    ("資料", "市町村が提出した報告書の写しにある値（最も新しい写し）"),
    ("秘匿", "状態が「秘匿」の行は、数が少ないなどのため値を伏せています。0ではありません"),
    ("提出なし", "その指標の値を載せた報告書を提出していない市町村です"),
    (
        "年度",
        "市町村ごとに、画面の年度までで最も新しい値の年度です。年度が違う値を比べるときは注意してください",
    ),
    (
        "共同の体制",
        "公開された体制を、その年度に共同で置いている市町村です。同じ相談などを両方が数えていることがあります。足し合わせる前に確かめてください",
    ),
    (
        "市町村の説明",
        "市町村が自分の値について書いた文です。値を引用するときは、一緒に示してください",
    ),
    (
        "採用する値",
        "「未決定」の行は、同じ年度に違う値がいくつもあり、どの値を採用するかを市町村が決めていません。出典の欄の値を、仮に示しています",
    ),
)


def make_workbook(
    tables: Iterable[tuple[Definition, Sequence[Line]]],
    prefecture: Prefecture,
    fiscal_year: int,
    *,
    at: dt.datetime,
) -> bytes:
    """Return the workbook of these indicators and their municipalities."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = prefecture.name
    rows = (row_of(definition, line) for definition, lines in tables for line in lines)
    fill_sheet(book.create_sheet("提出された値"), COLUMNS, rows, widths=WIDE, width=WIDTH)
    told = about(prefecture, fiscal_year, at=at)
    fill_sheet(book.create_sheet("説明"), ("項目", "内容"), told, widths=WIDE, width=WIDTH)
    return settled(saved(book), timezone.localdate(at))


def row_of(definition: Definition, line: Line) -> tuple[object, ...]:
    value = line.value
    head = (line.place.code, line.place.name, definition.code, definition.name)
    joint = line.joint or None
    if value is None:
        return (
            *head,
            None,
            None,
            definition.unit,
            None,
            None,
            NOT_SUBMITTED,
            *([None] * 4),
            joint,
            None,
            None,
            None,
        )
    return (
        *head,
        value.fiscal_year,
        value.value,
        definition.unit,
        value.numerator,
        value.denominator,
        str(ValueState(value.state).label),
        finality_in_full(value) or None,
        value.as_of,
        value.source,
        value.reply,
        joint,
        value.number,
        timezone.localtime(value.published_at).replace(tzinfo=None),
        UNDECIDED if value.is_undecided else None,
    )


def about(
    prefecture: Prefecture, fiscal_year: int, *, at: dt.datetime
) -> Iterator[tuple[str, str]]:
    yield "都道府県", prefecture.name
    yield "画面の年度", fiscal.label(fiscal_year)
    yield "保存した日時", f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
    yield from NOTES
