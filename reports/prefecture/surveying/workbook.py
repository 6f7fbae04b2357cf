"""The shared results as a workbook: a line for each answer in each town, and what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from municipalities.japanese import fiscal
from municipalities.rows.workbooks import saved
from municipalities.rows.workbooks import table as fill_sheet
from reports.paper.settled import settled
from reports.prefecture.surveying.results import HIDDEN, LEGEND

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from municipalities.models import Prefecture
    from reports.prefecture.surveying.results import Shown
    from surveys.models import PrefectureForm

HEAD = (
    "市町村コード",
    "市町村",
    "実施時期",
    "問",
    "設問",
    "n",
    "選択肢",
    "回答数",
    "割合（%）",
)
WIDE = {"市町村": 16, "実施時期": 28, "設問": 40, "選択肢": 30, "内容": 70}
WIDTH = 12
WHOLE = "管内の市町村のうち、結果を共有した市町村です。"
PART = "保健所が担当する市町村のうち、結果を共有した市町村だけです。"


def make(
    form: PrefectureForm,
    prefecture: Prefecture,
    tables: Sequence[Shown],
    *,
    at: dt.datetime,
    is_part: bool,
) -> bytes:
    """Return the workbook. The same call, the same bytes."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = prefecture.name
    fill_sheet(book.create_sheet("結果"), HEAD, rows(tables), widths=WIDE, width=WIDTH)
    told = about(form, prefecture, at=at, is_part=is_part)
    fill_sheet(book.create_sheet("説明"), ("項目", "内容"), told, widths=WIDE, width=WIDTH)
    return settled(saved(book), timezone.localdate(at))


def rows(tables: Sequence[Shown]) -> Iterator[tuple[Any, ...]]:
    for table in tables:
        for line in table.lines:
            place = line.municipality
            for label, cell in zip(table.labels, line.cells, strict=True):
                if cell.count is None and not cell.is_hidden:
                    continue
                yield (
                    place.code,
                    place.name,
                    line.when,
                    table.number,
                    table.title,
                    HIDDEN if line.n is None else line.n,
                    label,
                    HIDDEN if cell.is_hidden else cell.count,
                    HIDDEN if cell.is_hidden else cell.percent,
                )


def about(
    form: PrefectureForm, prefecture: Prefecture, *, at: dt.datetime, is_part: bool
) -> Iterator[tuple[str, Any]]:
    yield "調査票", form.title
    yield "都道府県", prefecture.name
    yield "市町村", PART if is_part else WHOLE
    yield "年度", fiscal.label(form.fiscal_year)
    yield "結果", f"市町村が「{prefecture.word}と共有する」を押したときの内容です。"
    yield HIDDEN, LEGEND
    yield "合計", "市町村を合わせた数は示していません。載せていない数が、差から分かるためです。"
    yield "保存した日時", f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
