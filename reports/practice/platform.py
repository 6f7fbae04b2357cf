"""A case as a workbook in the fields of the ministry's library, one field a row, ready to copy.

The headings follow the library's form as it is known from its cases (domain.md 3.10); fields further
down that form are not known, so nothing is made up for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from municipalities.japanese import fiscal
from municipalities.rows import workbooks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.practice.case import Case

HEADER = ("項目", "内容", "出典")
WIDTHS = {"項目": 26.0, "内容": 90.0, "出典": 40.0}
# How the form calls the town's figures, in its order.
SIZES = {"人口": "人口規模", "65歳以上人口": "高齢者人口", "高齢化率（65歳以上）": "高齢化率"}


def rows(case: Case) -> Iterator[tuple[str, str, str]]:
    """Yield the fields in the order of the form; an empty one keeps its place."""
    yield "題名", case.title, ""
    yield "年度", fiscal.label(case.fiscal_year), ""
    yield "取組場面", case.scene_label, ""
    yield "取組のキーパーソン", "、".join(case.people), ""
    yield "取組の実施内容", "、".join(case.items), ""
    yield "都道府県による支援状況", case.help_received, ""
    yield "都道府県・市町村", f"{case.prefecture}{case.town}", ""
    known = {figure.label: figure for figure in case.figures}
    for label, asked in SIZES.items():
        figure = known.pop(label, None)
        yield (asked, figure.text, figure.source) if figure else (asked, "", "")
    for figure in known.values():
        yield figure.label, figure.text, figure.source
    yield "取組の背景", case.background, ""
    yield "取組の概要", case.outline, ""
    yield "取組で苦労した点", case.hardship, ""
    yield "取組の成果", case.result, ""
    yield "問い合わせ先", case.contact, ""


def workbook(case: Case) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("好事例")
    workbooks.table(sheet, HEADER, rows(case), widths=WIDTHS, width=20.0)
    return workbooks.saved(book)
