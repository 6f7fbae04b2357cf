"""The items of the grant and of the survey: as shipped, as a file lists them, which list holds for a town and a year."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from reports.choices import EvidenceSheet, GrantEvidence
from reports.models import GrantItem
from reports.year.grants import survey_evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from municipalities.models import Prefecture, User

DATA = Path(__file__).resolve().parents[2] / "data"
SHIPPED = {
    EvidenceSheet.GRANT: DATA / "grant_items.csv",
    EvidenceSheet.SURVEY: DATA / "survey_items.csv",
}
YEAR, CODE, BLOCK, MARK, POINTS, WORDING, SOURCE, SEEN, EVIDENCE = COLUMNS = (
    "年度",
    "コード",
    "区分",
    "項目",
    "配点",
    "内容",
    "出典",
    "原文確認",
    "根拠",
)
LENGTHS = {CODE: 40, BLOCK: 100, MARK: 20, POINTS: 20, WORDING: 500, SOURCE: 200}
MOST_ITEMS = 200
YES, NO = "はい", "いいえ"
CODE_SHAPE = re.compile(r"[-a-zA-Z0-9_]+", re.ASCII)
KINDS = {str(one.label): one for one in GrantEvidence}
# What a sheet may be answered by: each kind reads its tables, and a page asks few queries.
_ONLY_GRANT = {
    GrantEvidence.VALUES,
    GrantEvidence.CHAIN,
    GrantEvidence.CHECKING,
    GrantEvidence.SHARING_ISSUES,
    GrantEvidence.SHARING_CHANGES,
}
OFFERED = {
    EvidenceSheet.GRANT: tuple(
        one for one in GrantEvidence if one not in survey_evidence.COLLECTORS
    ),
    EvidenceSheet.SURVEY: tuple(one for one in GrantEvidence if one not in _ONLY_GRANT),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One item. `is_seen`: whoever made the list had its text before them."""

    code: str
    block: str
    mark: str
    points: str
    wording: str
    source: str
    is_seen: bool
    evidence: GrantEvidence


@dataclass(frozen=True, slots=True)
class Items:
    """The list that holds: of which year it is, and whether the prefecture has made it."""

    fiscal_year: int
    of_prefecture: bool
    rows: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one line of a file, and what to do; line 0 is the file as a whole."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.line}行目：{self.message}" if self.line else self.message


def shipped(sheet: EvidenceSheet = EvidenceSheet.GRANT) -> tuple[int, tuple[Item, ...]]:
    """Return the newest year of the shipped list with its items."""
    with SHIPPED[sheet].open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    year = max(int(row[YEAR]) for row in rows)
    return year, tuple(_item(row) for row in rows if int(row[YEAR]) == year)


def _item(row: Mapping[str, str]) -> Item:
    return Item(
        code=row[CODE],
        block=row[BLOCK],
        mark=row[MARK],
        points=row[POINTS],
        wording=row[WORDING],
        source=row[SOURCE],
        is_seen=row[SEEN] == YES,
        evidence=KINDS[row[EVIDENCE]],
    )


def for_town(
    prefecture: Prefecture, fiscal_year: int, sheet: EvidenceSheet = EvidenceSheet.GRANT
) -> Items:
    """Return the prefecture's list of this year or its newest earlier one, else the shipped list. One query."""
    own_lists = GrantItem.objects.filter(prefecture=prefecture, sheet=sheet)
    rows = list(own_lists.filter(fiscal_year__lte=fiscal_year))
    year, items = shipped(sheet)
    newest = max((row.fiscal_year for row in rows), default=0)
    if not rows or newest < min(year, fiscal_year):
        return Items(year, of_prefecture=False, rows=items)
    own = sorted((row for row in rows if row.fiscal_year == newest), key=lambda row: row.position)
    return Items(newest, of_prefecture=True, rows=tuple(map(_stored, own)))


def _stored(row: GrantItem) -> Item:
    return Item(
        code=row.code,
        block=row.block,
        mark=row.mark,
        points=row.points,
        wording=row.wording,
        source=row.source,
        is_seen=row.is_seen,
        evidence=GrantEvidence(row.evidence),
    )


def parse(
    lines: Sequence[Sequence[str]],
    *,
    fiscal_year: int,
    sheet: EvidenceSheet = EvidenceSheet.GRANT,
) -> tuple[tuple[Item, ...], tuple[Problem, ...]]:
    """Return the items of a table with its heading in the first line, or everything that is wrong with it."""
    heading = [name.strip() for name in lines[0]] if lines else []
    if missing := [name for name in COLUMNS if name not in heading]:
        names = "」「".join(missing)
        return (), (Problem(0, f"1行目に「{names}」の列がありません。見出しを直してください。"),)
    rows = [
        (number, dict(zip(heading, (*map(str.strip, line), *("",) * len(heading)), strict=False)))
        for number, line in enumerate(lines[1:], 2)
        if any(map(str.strip, line))
    ]
    if not rows or len(rows) > MOST_ITEMS:
        message = f"項目は1件から{MOST_ITEMS}件までにしてください（いまは{len(rows)}件）。"
        return (), (Problem(0, message),)
    problems = tuple(
        Problem(number, message)
        for number, row in rows
        for message in _wrong_with(row, fiscal_year, sheet)
    )
    problems += tuple(_twice(rows))
    return ((), problems) if problems else (tuple(_item(row) for _, row in rows), ())


def _wrong_with(row: Mapping[str, str], fiscal_year: int, sheet: EvidenceSheet) -> Iterator[str]:
    kinds = [str(one.label) for one in OFFERED[sheet]]
    wrong = {
        f"「年度」を{fiscal_year}にしてください（いまは「{row[YEAR]}」）。": row[YEAR]
        != str(fiscal_year),
        "「コード」を、半角の英数字とハイフンで書いてください（例：1-1-a）。": not CODE_SHAPE.fullmatch(
            row[CODE]
        ),
        "「区分」と「項目」を書いてください。": not (row[BLOCK] and row[MARK]),
        f"「原文確認」を「{YES}」か「{NO}」にしてください。": row[SEEN] not in {YES, NO},
        f"「根拠」を次のどれかにしてください：{'、'.join(kinds)}。": row[EVIDENCE] not in kinds,
    }
    yield from (message for message, is_wrong in wrong.items() if is_wrong)
    for name, most in LENGTHS.items():
        if len(row[name]) > most:
            yield f"「{name}」を{most}文字以内にしてください（いまは{len(row[name])}文字）。"


def _twice(rows: Iterable[tuple[int, Mapping[str, str]]]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for number, row in rows:
        first = seen.setdefault(row[CODE], number)
        if first != number:
            message = f"「コード」が{first}行目と同じです。どちらかを変えてください。"
            yield Problem(number, message)


def as_lines(items: Iterable[Item], *, fiscal_year: int) -> list[list[str]]:
    """Return a list as the lines of a file under COLUMNS; reading them back gives the same list."""
    return [
        [
            str(fiscal_year),
            one.code,
            one.block,
            one.mark,
            one.points,
            one.wording,
            one.source,
            YES if one.is_seen else NO,
            str(one.evidence.label),
        ]
        for one in items
    ]


def replace(
    prefecture: Prefecture,
    fiscal_year: int,
    items: Sequence[Item],
    *,
    by: User,
    sheet: EvidenceSheet = EvidenceSheet.GRANT,
) -> None:
    """Let this list hold for the year, in the place of an earlier one: all of it or nothing."""
    now = timezone.now()
    with transaction.atomic():
        earlier = GrantItem.objects.filter(prefecture=prefecture, sheet=sheet)
        earlier.filter(fiscal_year=fiscal_year).delete()
        GrantItem.objects.bulk_create(
            GrantItem(
                prefecture=prefecture,
                sheet=sheet,
                fiscal_year=fiscal_year,
                position=position,
                uploaded_by=by,
                uploaded_at=now,
                code=one.code,
                block=one.block,
                mark=one.mark,
                points=one.points,
                wording=one.wording,
                source=one.source,
                is_seen=one.is_seen,
                evidence=one.evidence,
            )
            for position, one in enumerate(items, 1)
        )
