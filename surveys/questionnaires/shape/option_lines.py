"""Reads options that were typed or pasted, one a line, with their marks, and writes them for typing again; pure.

「特にない【ほかと選べない】」「その他【記入】」「よく知っている【4点】」「これからしたい【別に✓】」
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_LINES, LONGEST_LABEL = 60, 200
MOST_POINTS = 1000
EXCLUSIVE, TEXT, EXTRA = "ほかと選べない", "記入", "別に✓"
FLAGS = {
    EXCLUSIVE: "is_exclusive",
    TEXT: "takes_text",
    EXTRA: "is_extra",
    "別に✔": "is_extra",
    "別にチェック": "is_extra",
}
_MARK = re.compile("^(?P<rest>.*?)[ \u3000]*【(?P<mark>[^【】]{1,20})】$")
_POINTS = re.compile(r"([-−ー]?[0-9]{1,4})点")
# What stands before options in papers: boxes and dots, and numbers where every line has one.
_BULLET = re.compile("^[・•□☐○◯●■][ \u3000]*(?=.)")
_NUMBER = re.compile("^(?:[(（]?[0-9０-９]{1,2}[)）.．、]|[①-⑳])[ \u3000]*(?=[^0-9０-９])")


@dataclass(frozen=True)
class OptionLine:
    """One option as it is typed."""

    label: str
    is_exclusive: bool = False
    takes_text: bool = False
    is_extra: bool = False
    points: int | None = None


def read(text: str) -> tuple[list[OptionLine], list[str]]:
    """Return the options and, for each line that is none, a sentence that names it."""
    lines = [" ".join(line.split("\t")).strip(" \u3000") for line in text.split("\n")]
    lines = _without_signs([line for line in lines if line])
    if len(lines) > MOST_LINES:
        return [], [f"{MOST_LINES}行までにしてください（いま{len(lines)}行）。"]
    found: dict[str, OptionLine] = {}
    errors: list[str] = []
    for number, line in enumerate(lines, 1):
        one = read_line(line)
        if wrong := _wrong(one, found):
            errors.append(f"{number}行目「{line[:30]}」：{wrong}。")
        found[one.label] = one
    return list(found.values()), errors


def _wrong(one: OptionLine, earlier: Iterable[str]) -> str:
    if not one.label:
        return "印の前に、言葉がありません。言葉を書いてください"
    if len(one.label) > LONGEST_LABEL:
        return f"{LONGEST_LABEL}字以内にしてください"
    if one.label in earlier:
        return "同じ行がほかにもあります。どちらかを消してください"
    if one.points is not None and abs(one.points) > MOST_POINTS:
        return f"点数は{MOST_POINTS:,}点までにしてください"
    return ""


def _without_signs(lines: list[str]) -> list[str]:
    lines = [_BULLET.sub("", line) for line in lines]
    if len(lines) > 1 and all(_NUMBER.match(line) for line in lines):
        return [_NUMBER.sub("", line) for line in lines]
    return lines


def read_line(line: str) -> OptionLine:
    """Return one option. What is no mark of ours belongs to its words."""
    found = OptionLine("")
    while match := _MARK.match(line):
        marked = _marked(found, match["mark"])
        if marked is None:
            break
        found, line = marked, match["rest"]
    return replace(found, label=line.strip(" \u3000"))


def _marked(one: OptionLine, mark: str) -> OptionLine | None:
    folded = unicodedata.normalize("NFKC", mark).replace(" ", "")
    if name := FLAGS.get(folded):
        flag: dict[str, Any] = {name: True}
        return replace(one, **flag)
    if points := _POINTS.fullmatch(folded):
        return replace(one, points=int(points[1].replace("−", "-").replace("ー", "-")))
    return None


def written(options: Iterable[OptionLine]) -> str:
    """Return the options as `read` reads them."""
    return "\n".join(written_line(one) for one in options)


def written_line(one: OptionLine) -> str:
    marks = (
        EXCLUSIVE if one.is_exclusive else "",
        TEXT if one.takes_text else "",
        EXTRA if one.is_extra else "",
        "" if one.points is None else f"{one.points}点",
    )
    return one.label + "".join(f"【{mark}】" for mark in marks if mark)
