"""Dots of two rounds, joined, for each question that both asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surveys.results import pictures

if TYPE_CHECKING:
    from indicators.charts.structure import Chart
    from surveys.tabulation.before.before_after import Asked
    from surveys.tabulation.counting.matching import SetBeside
    from surveys.tabulation.counting.tables import Table

READING = "選択肢ごとの割合です。左端が0%、右端が100%で、線が前と後を結びます。"
DIFFERENT = "設問が異なります。選択肢ごとの割合で、左端が0%、右端が100%です。"


def of_everybody(one: Asked) -> Chart | None:
    rows = [(row.label, row.lines) for row in one.comparison.rows]
    names = [f"前（n＝{one.before.asked}）", f"後（n＝{one.table.asked}）"]
    return pictures.dots(one.table.title, names, rows, reading=READING)


def of_the_same(one: Asked) -> Chart | None:
    """Return the dots of those who answered both times; None where nobody can be joined."""
    if one.paired is None:
        return None
    rows = [(row.label, (row.before, row.after)) for row in one.paired.rows]
    names = [f"前（同じ{one.paired.n}人）", f"後（同じ{one.paired.n}人）"]
    return pictures.dots(f"{one.table.title}（同じ人）", names, rows, reading=READING)


def of_different(one: SetBeside) -> Chart | None:
    rows = [(pair.label, (pair.this, pair.other)) for pair in one.pairs]
    names = [_named("前", one.before), _named("後", one.after)]
    title = f"{one.before.title}と{one.after.title}"
    return pictures.dots(title, names, rows, reading=DIFFERENT)


def _named(when: str, table: Table) -> str:
    return f"{when}：{table.title}（n＝{table.asked}）"
