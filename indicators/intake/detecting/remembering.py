"""When a file is of a layout that is remembered by its headings, and what of it the file itself tells better. Pure.

The layouts that are shipped are recognised by words that no other statistic bears; one that people have kept, by a few
of its headings, which may be those of its places alone.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from indicators.choices import ColumnRole, TableForm
from indicators.intake.detecting.headings import normal, without_year, year_in
from indicators.intake.layouts.plan import MEASURED, key_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from indicators.intake.detecting.headings import Heading
    from indicators.intake.layouts.layout import Column, Layout

# 「（単位：人）」「注1）」「※」: what stands above a table without naming it.
NO_TITLE = re.compile(r"[(\[【]?(?:単位|注|備考|出典|資料|作成)[者元日]?\d*[:)\]】]|[※*]")
SHORTEST_TITLE = 3
NOT_LAST = ("速報", "概数")
# Only within an era a year is moved on by counting.
TITLE_YEAR = re.compile(
    r"(?P<era>令和|[RＲ](?=[\d元]))(?P<count>元|\d{1,2})(?!\d)|(?<!\d)(?P<western>[2２][0０]\d\d)(?!\d)"
)
WIDE = dict(zip(map(ord, "0123456789"), "０１２３４５６７８９", strict=True))
# Of two titles one of which contains the other, so much has to be the same.
SAME_TITLE = 0.5
ENOUGH_VALUES = 0.5
# A pattern repeats what it repeats: such could keep a process busy for ever, and no name of a file needs it.
NESTED = re.compile(r"\)[*+{]|\(\?")
MOST_REPEATED = 3


def matches(pattern: str, stem: str) -> bool:
    """Whether the name of a file is one that a layout expects."""
    if NESTED.search(pattern) or len(re.findall(r"[*+]", pattern)) > MOST_REPEATED:
        return False
    try:
        return re.search(pattern, unicodedata.normalize("NFKC", stem)) is not None
    except re.error:
        return False


def is_told_by_headings(layout: Layout, marks: Sequence[str]) -> bool:
    """Whether the marks of a layout, as they are compared, are nothing but headings of its own columns."""
    own = [normal(one.heading) for one in layout.columns]
    return bool(marks) and all(any(text.endswith(mark) for text in own) for mark in marks)


def headed_values(layout: Layout) -> set[str]:
    """Return the headings under which a layout has its values. The long form needs its one column of values alone."""
    roles = (ColumnRole.VALUE,) if layout.form == TableForm.LONG else MEASURED
    return {key(one.heading) for one in layout.columns if one.role in roles and one.heading}


def values_in_common(layout: Layout, found: Sequence[Heading]) -> int:
    """Return how many headings of values of a layout stand among these."""
    return len(headed_values(layout) & {key(head.text) for head in found})


def is_enough(layout: Layout, marks: Sequence[str], in_common: int) -> bool:
    """Whether a file of so many headings of values in common is of a layout whose marks are headings."""
    if wanted := headed_values(layout):
        return in_common >= len(wanted) * ENOUGH_VALUES
    skipped = [normal(one.heading) for one in layout.columns if one.role == ColumnRole.SKIPPED]
    return not all(any(text.endswith(mark) for text in skipped) for mark in marks)


def of_statistic(
    layout: Layout, known: Layout, titles: Sequence[str], names: Sequence[str]
) -> Layout:
    """Return a layout with the title of a file; one of rows that tell their indicators, without a publisher too.

    The headings of such rows are those of every statistic: only what the file is called (`names`) tells whose it is.
    """
    if known.form != TableForm.LONG:
        return replace(layout, title=title_of(known, titles))
    ours = [name for name in (known.title, known.title_above, known.name) if name]
    told = [*titles_above(titles, known.publisher), *names]
    if any(is_same_title(one, text) for one in ours for text in told):
        return layout
    return replace(layout, title="", publisher="")


def title_of(known: Layout, titles: Sequence[str]) -> str:
    """Return the title of a file: the known one, unless only others stand above its table. Years do not count.

    No other is what stood above the file before, whose statistic people have called as it is known.
    """
    own = titles_above(titles, known.publisher)
    names = [name for name in (known.title, known.title_above) if name]
    if not known.title or not own:
        return known.title
    is_known = any(is_same_title(name, text) for name in names for text in own)
    return known.title if is_known else max(own, key=len)


def titles_above(titles: Sequence[str], publisher: str = "") -> list[str]:
    """Return what stands above a table and may name its statistic."""
    whose = normal(publisher)
    return [text for text in titles if is_title(text) and normal(text) != whose]


def renewed(title: str, before: int | None, now: int | None) -> str:
    """Return a title with the year of this file, where it tells the one of the file before."""
    if not before or not now or before == now or year_in([title]) != before:
        return title

    def moved(found: re.Match[str]) -> str:
        count, western = found["count"], found["western"]
        number = int(western or count.replace("元", "1")) + now - before
        if western or number > 0:
            return f"{found['era'] or ''}{written_as(str(number), western or count)}"
        return found[0]

    return TITLE_YEAR.sub(moved, title)


def written_as(number: str, before: str) -> str:
    """Return a number in the width of digits in which another one stands."""
    return number.translate(WIDE) if set(before) & set(WIDE.values()) else number


def newest_year(year: int | None, headings: Iterable[str]) -> int | None:
    """Return the year of a whole table, or else the newest that its headings tell."""
    return year or max(filter(None, (year_in([text]) for text in headings)), default=None)


def is_title(text: str) -> bool:
    told = without_year(text)
    return len(told) >= SHORTEST_TITLE and not NO_TITLE.match(told)


def is_same_title(one: str, other: str) -> bool:
    """Whether two titles are the same but for their years, or one is the most part of the other.

    A table that is called preliminary and one that is not are two.
    """
    if [word for word in NOT_LAST if word in one] != [word for word in NOT_LAST if word in other]:
        return False
    short, long = sorted((without_year(one), without_year(other)), key=len)
    return short in long and len(short) >= len(long) * SAME_TITLE


def with_guesses(layout: Layout, guesses: Sequence[Column], known: Container[int]) -> Layout:
    """Give the columns whose numbers are not known what is guessed of them, unless another column is that already."""
    year = layout.fiscal_year
    taken = {claim(one, year) for one in layout.columns if one.number in known}
    columns = tuple(
        guess if one.number not in known and claim(guess, year) not in taken else one
        for one, guess in zip(layout.columns, guesses, strict=True)
    )
    return replace(layout, columns=columns)


def claim(column: Column, year: int | None) -> tuple[str, int | None]:
    """Return the indicator and the year of a column, those of the table where it tells none, or else its role."""
    if column.indicator:
        return column.indicator, column.fiscal_year or year
    return column.role, None


def key(heading: str) -> str:
    return key_of(without_year(heading))
