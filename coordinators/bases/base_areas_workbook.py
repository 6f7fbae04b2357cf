"""拠点 by 在宅医療圏 as a workbook: the areas with their numbers, then each 拠点 as each town tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from municipalities.choices import CARE_SCENES
from municipalities.rows.workbooks import saved, table

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from coordinators.bases.base_areas import AreaLine, BaseAreas, Entry, Telling
    from municipalities.models import Prefecture

SCENES = tuple(str(scene.label) for scene in CARE_SCENES)
AREA_COLUMNS = ("在宅医療圏", "区分", "拠点の数", "県へ推薦した", *SCENES, "高齢者に限らない")
BASE_COLUMNS = (
    *("在宅医療圏", "拠点", "数（複数ある場合）", "設置主体", "状態", "受け持つ圏域"),
    *SCENES,
    *("高齢者に限らず受け持つ", "財源", "推進事業の委託先と同じ団体", "補足"),
    *("登録した市町村", "共有した日"),
)
HAS_FUNCTION = "この機能を担う（内容の記載なし）"
WIDE = {"拠点": 28, "受け持つ圏域": 28, "補足": 40} | dict.fromkeys(SCENES, 24)
WIDTH = 16
NOTES = (
    (
        "数え方",
        (
            "同じ圏域の同じ名称の拠点は、いくつの市町村が登録していても1件と数えます。"
            "「終了」は数えず、「県へ推薦した」は分けて数えます"
        ),
    ),
    ("圏域", "拠点に圏域の記載が何もないときは、登録した市町村が属する二次医療圏に数えます"),
)


def make(found: BaseAreas, prefecture: Prefecture, *, at: dt.datetime) -> bytes:
    """Return the workbook of what the page shows."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = prefecture.name
    areas = book.create_sheet("圏域ごとの数")
    table(areas, AREA_COLUMNS, map(area_row, found.lines), widths={}, width=WIDTH)
    bases = book.create_sheet("拠点")
    table(bases, BASE_COLUMNS, base_rows(found), widths=WIDE, width=WIDTH)
    notes = book.create_sheet("説明")
    told = (
        ("都道府県", prefecture.name),
        ("保存した日時", f"{timezone.localtime(at):%Y-%m-%d %H:%M}"),
        ("出典", f"市町村が「{prefecture.word}と共有する」を押した時点の、拠点の登録内容"),
        *NOTES,
    )
    table(notes, ("項目", "内容"), told, widths={"内容": 80}, width=WIDTH)
    return saved(book)


def area_row(line: AreaLine) -> tuple[Any, ...]:
    counts = (count for _, count in line.by_scene)
    return (line.name, line.division, line.number, line.proposed, *counts, line.for_all_ages)


def base_rows(found: BaseAreas) -> Iterator[tuple[Any, ...]]:
    for line in found.lines:
        for entry in line.shown:
            for telling in entry.tellings:
                yield base_row(line, entry, telling)


def base_row(line: AreaLine, entry: Entry, telling: Telling) -> tuple[Any, ...]:
    sheet = telling.sheet
    functions = (None if text is None else text or HAS_FUNCTION for _, text in sheet.by_scene)
    return (
        *(line.name, entry.name, sheet.number_text, sheet.host_label, sheet.state_label),
        sheet.covers_label,
        *functions,
        *(sheet.all_ages_label, sheet.funding_label, sheet.contractor_label, sheet.note),
        telling.town,
        timezone.localdate(telling.shared_at),
    )
