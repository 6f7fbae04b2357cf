"""Two rounds side by side as a workbook; every text is a text, in each row stands of how many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from municipalities.rows.workbooks import saved, table
from surveys.tabulation.counting.tables import RULE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from surveys.results.over_years import Step
    from surveys.tabulation.before.before_after import PairedRow
    from surveys.tabulation.before.comparing import Compared

NARROW = 13
WIDE = {
    "設問": 48,
    "前の設問": 48,
    "選択肢": 36,
    "増減": 28,
    "確認すること": 48,
    "項目": 24,
    "内容": 80,
}
VERDICTS = (
    "95%信頼区間が0をまたがないときに「増えた」「減った」としています。nが30より少ないときは参考値とし、増減を示しません。"
    "番号で結べた人が30人以上の設問では、その人たちの前と後で増減を示します。"
)
EXACT = "四捨五入する前の割合から計算し、最後に一度だけ四捨五入しています。示した割合の引き算と0.1違うことがあります。"
APART = ("差（ポイント）", "95%信頼区間（下）", "95%信頼区間（上）", "増減")
EVERYBODY = (
    "問の番号",
    "設問",
    "選択肢",
    "前 n",
    "前 回答数",
    "前 割合（%）",
    "後 n",
    "後 回答数",
    "後 割合（%）",
    *APART,
    "確認すること",
)
THE_SAME = (
    "問の番号",
    "設問",
    "番号で結べた n",
    "選択肢",
    "前 回答数",
    "前 割合（%）",
    "後 回答数",
    "後 割合（%）",
    "後だけ選んだ人",
    "前だけ選んだ人",
    *APART,
)
MEANS = (
    "問の番号",
    "設問",
    "対象",
    "前 n",
    "前 平均",
    "後 n",
    "後 平均",
    "差",
    "95%信頼区間（下）",
    "95%信頼区間（上）",
    "増減",
)
DIFFERENT = ("前の設問", "前 n", "設問", "後 n", "選択肢", "前 割合（%）", "後 割合（%）")


def as_xlsx(found: Compared) -> bytes:
    """Return the workbook; sheets that would be empty are left out."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = found.after.cycle.municipality.name
    sheets = (
        ("前後比較", EVERYBODY, everybody(found)),
        ("番号で結べた人", THE_SAME, the_same(found)),
        ("平均", MEANS, means_of(found)),
        ("設問が異なります", DIFFERENT, different(found)),
        ("説明", ("項目", "内容"), facts(found)),
    )
    for name, header, rows in sheets:
        if lines := list(rows):
            table(book.create_sheet(name), header, lines, widths=WIDE, width=NARROW)
    return saved(book)


def apart(step: Step) -> tuple[Any, ...]:
    return step.points, step.low, step.high, step.verdict


def everybody(found: Compared) -> Iterator[tuple[Any, ...]]:
    for one in found.asked:
        remarks = "\n".join(one.remarks)
        for row in one.comparison.rows:
            was, now = ((line.count, line.percent) if line else (None, None) for line in row.lines)
            head = (one.table.number, one.table.title, row.label)
            yield (*head, one.before.asked, *was, one.table.asked, *now, *apart(row.step), remarks)


def the_same(found: Compared) -> Iterator[tuple[Any, ...]]:
    for one in found.asked:
        if one.paired:
            head = (one.table.number, one.table.title, one.paired.n)
            yield from ((*head, *paired_row(row)) for row in one.paired.rows)


def paired_row(row: PairedRow) -> tuple[Any, ...]:
    was, now = row.before, row.after
    counts = (was.count, was.percent, now.count, now.percent, row.gained, row.lost)
    return row.label, *counts, *apart(row.step)


def means_of(found: Compared) -> Iterator[tuple[Any, ...]]:
    for one in found.asked:
        for told in one.means:
            head = (one.table.number, one.table.title, told.who)
            numbers = (told.n_before, told.before, told.n_after, told.after)
            yield *head, *numbers, told.difference, told.low, told.high, told.verdict


def different(found: Compared) -> Iterator[tuple[Any, ...]]:
    for one in found.beside:
        head = (one.before.title, one.before.asked, one.after.title, one.after.asked)
        for pair in one.pairs:
            yield *head, pair.label, pair.this.percent, pair.other.percent


def facts(found: Compared) -> Iterator[tuple[str, Any]]:
    yield "前の調査", found.before.title
    yield "前の調査の有効回答数（回収）", found.n_before
    yield "後の調査", found.after.title
    yield "後の調査の有効回答数（回収）", found.n
    yield "番号で結べた人", found.people.n
    yield "割合の計算", RULE
    yield "差の計算", EXACT
    yield "増減", VERDICTS
    for one in (*found.before_alone, *found.after_alone):
        yield "片方の調査だけの設問", f"{one.number} {one.title}"
