"""Reads a table of answers that was typed or pasted from Excel, and writes it for typing again; pure.

One line is one answer: 選択肢, 回答数, 割合 (or 順位), between tabs, two or more spaces, or commas.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from municipalities.japanese import numerals
from surveys.results.percentages import Answer, Line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

MOST_LINES, LONGEST_LABEL = 100, 200
MOST_COUNT, MOST_RANK = 2_147_483_647, 32_767
UNSTATED = "記載なし"
TOTALS = frozenset({"計", "合計", "総計", "総数", "全体", "回答数計", "有効回答数"})
HEADS = re.compile("選択肢|項目|回答|件数|人数|割合|比率|構成比|率|順位|%")
COUNT, PERCENT, RANK = "回答数", "割合", "順位"
UNITS = {COUNT: ("人", "件"), PERCENT: ("%",), RANK: ("位",)}
# Kind → lowest, highest, decimals.
BOUNDS = {COUNT: (0, MOST_COUNT, 0), PERCENT: (0, 100, 2), RANK: (1, MOST_RANK, 0)}
_SPACES = re.compile("[ \u3000]{2,}")
_COMMAS = re.compile("[,，]")
_THOUSANDS = re.compile(r"(?<![0-9０-９])[0-9０-９]{1,3}[,，][0-9０-９]{3}(?![0-9０-９.．])")
_NUMBER_AT_END = re.compile("[ \u3000][0-9０-９.．]+[%％人件名位]?$")


class LineError(ValueError):
    """A line that cannot be read; the message is a sentence about it."""


def read(text: str) -> tuple[list[Answer], list[str]]:
    """Return the answers and, for each line that is none, a sentence that names it."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if lines and is_head(lines[0][1]):
        lines = lines[1:]
    if len(lines) > MOST_LINES:
        return [], [f"選択肢は{MOST_LINES}行までです（いま{len(lines)}行）。"]
    found: dict[str, Answer] = {}
    first_at: dict[str, int] = {}
    errors: list[str] = []
    for number, line in lines:
        try:
            answer = read_line(line)
            check_is_new(answer.label, first_at)
        except LineError as error:
            errors.append(f"{number}行目「{shortened(line)}」：{error}。")
        else:
            first_at[answer.label] = number
            found[answer.label] = answer
    return list(found.values()), errors


def check_is_new(label: str, first_at: dict[str, int]) -> None:
    """Raise LineError for a label that stands in an earlier line."""
    if label in first_at:
        message = f"{first_at[label]}行目と同じ選択肢です。どちらかを消してください"
        raise LineError(message)


def is_head(line: str) -> bool:
    """Say whether a line is the head of a table, which comes along when it is copied: words, no numbers."""
    cells = [cell for cell in cells_of_head(line) if cell]
    return (
        len(cells) > 1
        and all(HEADS.search(cell.replace("％", "%")) for cell in cells)
        and not any(re.search("[0-9０-９]", cell) for cell in cells)
    )


def cells_of_head(line: str) -> list[str]:
    return [cell.strip(" \u3000") for cell in re.split("\t|[ \u3000]+|[,，]", line)]


def read_line(line: str) -> Answer:
    """Return one answer. Raises LineError."""
    label, *numbers = cells(line)
    check_label(label)
    found = numbers_of(numbers)
    count, rank = found.get(COUNT), found.get(RANK)
    return Answer(
        label,
        None if count is None else int(count),
        found.get(PERCENT),
        None if rank is None else int(rank),
    )


def check_label(label: str) -> None:
    if not label:
        raise LineError("選択肢の名称がありません")
    if len(label) > LONGEST_LABEL:
        raise LineError(f"選択肢は{LONGEST_LABEL}字以内にしてください")
    if label in TOTALS:
        raise LineError("合計の行は要りません。消してから保存してください")


def numbers_of(written: list[str]) -> dict[str, Decimal]:
    """Return what the cells behind the label say, by kind. Raises LineError."""
    found: dict[str, Decimal] = {}
    for place, cell in enumerate(written):
        if cell and cell != UNSTATED:
            kind = kind_of(cell, place)
            if kind in found:
                raise LineError(f"{kind}が2つあります")
            found[kind] = number_of(cell, kind)
    return found


def cells(line: str) -> list[str]:
    """Return the cells of a line. Raises LineError where they cannot be told apart."""
    if "\t" in line:
        found = line.split("\t")
    elif _SPACES.search(line.strip(" \u3000")):
        found = _SPACES.split(line.strip(" \u3000"))
    elif _COMMAS.search(line):
        if _THOUSANDS.search(line):
            raise LineError(
                "カンマが列の区切りか、千の位の区切りか分かりません。列は、タブか空白2つ以上で区切ってください"
            )
        found = _COMMAS.split(line)
    elif _NUMBER_AT_END.search(line.rstrip(" \u3000")):
        raise LineError("選択肢と数字の間を、タブか空白2つ以上で区切ってください")
    else:
        found = [line]
    return [cell.strip(" \u3000") for cell in found]


def kind_of(cell: str, place: int) -> str:
    """Return what a cell holds: its sign says so, else its column."""
    if cell.endswith(("%", "％", "パーセント")):
        return PERCENT
    if cell.endswith("位"):
        return RANK
    columns = (COUNT, PERCENT, RANK)
    if place >= len(columns):
        raise LineError("列が多すぎます。選択肢・回答数・割合・順位の順に書いてください")
    return columns[place]


def number_of(cell: str, kind: str) -> Decimal:
    """Return the number of a cell within its bounds. Raises LineError."""
    value = numeral_of(cell, kind)
    lowest, highest, decimals = BOUNDS[kind]
    if value != round(value, decimals):
        how = f"小数点以下{decimals}桁までの" if decimals else "小数点のない"
        raise LineError(f"{kind}「{cell}」は、{how}数字で入力してください")
    if not lowest <= value <= highest:
        raise LineError(f"{kind}「{cell}」は、{lowest}から{highest:,}までの数字で入力してください")
    return value


def numeral_of(cell: str, kind: str) -> Decimal:
    """Read a cell with any unit of its kind; the first unit's complaint is the one that is told."""
    complaint = ""
    for unit in UNITS[kind]:
        try:
            numeral = numerals.read(cell, unit=unit)
        except numerals.NumeralError as error:
            complaint = complaint or str(error)
        else:
            if numeral.value is not None:
                return numeral.value
            complaint = (
                f"数字で入力してください。値がないときは、空けるか「{UNSTATED}」と書いてください"
            )
    raise LineError(f"{kind}「{shortened(cell)}」は、{complaint}")


def shortened(text: str) -> str:
    words = re.sub(r"\s+", " ", text.strip(" \t\u3000"))
    return words if len(words) <= 30 else f"{words[:30]}…"  # noqa: PLR2004 -- as much as finds the line again


def written(answers: Iterable[Answer]) -> str:
    """Return the table as `read` reads it: a tab between cells, signs at percentages and ranks."""
    return "\n".join("\t".join(written_cells(answer)) for answer in answers)


def written_cells(answer: Answer) -> list[str]:
    found = [answer.label]
    if answer.count is not None:
        found.append(str(answer.count))
    if answer.percent is not None:
        found.append(Line(answer.label, None, answer.percent, None).percent_text + "%")
    if answer.rank is not None:
        found.append(f"{answer.rank}位")
    return found if len(found) > 1 else [answer.label, UNSTATED]
