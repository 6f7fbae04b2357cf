"""From bytes to JSON that both databases can keep; anything else is refused with its place."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from municipalities.rows.rows import Problem
from municipalities.text import SURROGATE
from reports.document.shape import pointer_of

if TYPE_CHECKING:
    from collections.abc import Iterator

NOT_JSON = "JSONとして読めません。文字コード（UTF-8）と書き方を確かめてください。"
NOT_STORABLE = (
    "保存できない文字（制御文字など）が含まれています。その文字を除いて、送り直してください。"
)


class Unreadable(ValueError):
    """The bytes are no JSON, or hold text that no database keeps. `problems` say where."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems)
        self.problems = problems


def parse(content: bytes) -> Any:
    """Return the JSON in these bytes. Raises Unreadable.

    Stricter than Python's reader: no NaN, no number beyond a float, no name twice in one object.
    """
    try:
        data = json.loads(
            content, parse_constant=refuse, parse_float=finite, object_pairs_hook=each_once
        )
    except (ValueError, RecursionError) as error:
        raise Unreadable(Problem("", NOT_JSON)) from error
    if problems := [Problem(where, NOT_STORABLE) for where in unstorable(data)]:
        raise Unreadable(*problems)
    return data


def refuse(name: str) -> Any:
    """NaN and Infinity are Python's, not JSON's."""
    raise ValueError(name)


def finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a name written twice: which of the two was meant cannot be told."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError(pairs)
    return found


def unstorable(data: Any) -> Iterator[str]:
    """Yield the pointers of texts with NUL or lone surrogates; for a name, of its object."""
    waiting: list[tuple[tuple[int | str, ...], Any]] = [((), data)]
    while waiting:
        location, value = waiting.pop()
        if isinstance(value, str) and is_unstorable(value):
            yield pointer_of(location)
        elif isinstance(value, list):
            waiting.extend(((*location, index), one) for index, one in enumerate(value))
        elif isinstance(value, dict):
            if any(is_unstorable(name) for name in value):
                yield pointer_of(location)
            else:
                waiting.extend(((*location, name), one) for name, one in value.items())


def is_unstorable(text: str) -> bool:
    return "\x00" in text or SURROGATE.search(text) is not None
