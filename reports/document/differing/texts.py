"""What changed in a text: lines and their sentences first, then words of Japanese inside those that changed.

Work is bounded: what is too long or too different to compare word by word is shown as replaced.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from reports.document.differing.structure import Kind, Segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SENTENCE = re.compile(r"[^。\n]*(?:。+\n?|\n)|[^。\n]+")
# Runs of one script are read as a word; a sign keeps its variation selectors and joined signs.
WORD = re.compile(
    r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々〆ヶ\ufe00-\ufe0f\U000e0100-\U000e01ef]+"
    r"|[\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9f]+"
    r"|[\u3041-\u309f]+"
    r"|[0-9０-９]+(?:[.,．，][0-9０-９]+)*"
    r"|[A-Za-zＡ-Ｚａ-ｚ]+"
    r"|[ \t\u3000]+"
    r"|.[\u0300-\u036f\u20e3\U0001f3fb-\U0001f3ff\ufe00-\ufe0f]*(?:\u200d.[\U0001f3fb-\U0001f3ff\ufe0f]*)*",
    re.DOTALL,
)
# How much is compared: pairs of sentences of a text, of sentences to be matched, of words.
MOST_SENTENCE_PAIRS = 250_000
MOST_MATCHES = 900
MOST_WORD_PAIRS = 160_000
# Of two sentences so much is alike that one may have become the other.
LEAST_ALIKE = 0.5
# So much of a sentence must stay, or it is shown as replaced.
LEAST_KEPT = 1 / 3
# Of an unchanged stretch so much is shown beside a change.
CONTEXT = 40


@dataclass(frozen=True, slots=True)
class Run:
    """Either what is the same, or what was put in place of what."""

    same: str = ""
    removed: str = ""
    added: str = ""

    @property
    def longest(self) -> int:
        return max(len(self.removed), len(self.added))


def segments(before: str, after: str) -> tuple[Segment, ...]:
    """Return a text's pieces in their order; applied to each other they give back both texts."""
    old, new = SENTENCE.findall(before), SENTENCE.findall(after)
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    inner = _sentences(old[head : len(old) - tail], new[head : len(new) - tail])
    ends = "".join(old[:head]), "".join(old[len(old) - tail :])
    return tuple(_segments(_joined([Run(same=ends[0]), *inner, Run(same=ends[1])])))


def in_context(found: Sequence[Segment]) -> tuple[Segment, ...]:
    """Leave out of long unchanged stretches what does not stand beside a change."""
    last = len(found) - 1
    return tuple(
        piece
        for place, segment in enumerate(found)
        for piece in _near(segment, is_first=place == 0, is_last=place == last)
    )


def _near(segment: Segment, *, is_first: bool, is_last: bool) -> tuple[Segment, ...]:
    if segment.kind is not Kind.SAME or len(segment.text) <= 3 * CONTEXT:
        return (segment,)
    words = WORD.findall(segment.text)
    begin = "" if is_first else "".join(_until(words))
    end = "" if is_last else "".join(_until(words[::-1])[::-1])
    pieces = (
        Segment(Kind.SAME, begin),
        Segment(Kind.LEFT_OUT, "（略）"),
        Segment(Kind.SAME, end),
    )
    return tuple(piece for piece in pieces if piece.text)


def _until(words: Sequence[str]) -> list[str]:
    """Return so many words as make up the context."""
    found, length = [], 0
    for word in words:
        if length + len(word) > CONTEXT:
            break
        found.append(word)
        length += len(word)
    return found


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many pieces both begin with."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(old), len(new)))


def _sentences(old: list[str], new: list[str]) -> Iterator[Run]:
    if len(old) * len(new) > MOST_SENTENCE_PAIRS:
        yield Run(removed="".join(old), added="".join(new))
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Run(same="".join(old[i1:i2]))
        else:
            yield from _replaced(old[i1:i2], new[j1:j2])


def _replaced(old: list[str], new: list[str]) -> Iterator[Run]:
    """Match the sentences of which one became the other; the others were removed and added."""
    i = j = 0
    for at, to in _matches(old, new):
        yield Run(removed="".join(old[i:at]), added="".join(new[j:to]))
        yield from _words(old[at], new[to])
        i, j = at + 1, to + 1
    yield Run(removed="".join(old[i:]), added="".join(new[j:]))


def _matches(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Return pairs of places, in order, so that as much as possible is alike."""
    if len(old) * len(new) > MOST_MATCHES:
        return []
    signs_old, signs_new = [Counter(one) for one in old], [Counter(one) for one in new]
    best: list[list[tuple[float, tuple[tuple[int, int], ...]]]]
    best = [[(0.0, ())] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i, one in enumerate(signs_old):
        for j, other in enumerate(signs_new):
            alike = 2 * (one & other).total() / (one.total() + other.total())
            score, pairs = best[i][j]
            taken = (score + alike, (*pairs, (i, j))) if alike >= LEAST_ALIKE else (0.0, ())
            best[i + 1][j + 1] = max(taken, best[i][j + 1], best[i + 1][j], key=lambda way: way[0])
    return list(best[-1][-1][1])


def _words(old: str, new: str) -> list[Run]:
    """Compare two sentences word by word; one that hardly kept anything was replaced."""
    whole = [Run(removed=old, added=new)]
    words, others = WORD.findall(old), WORD.findall(new)
    if len(words) * len(others) > MOST_WORD_PAIRS:
        return whole
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    runs = _readable(
        Run(same="".join(words[i1:i2]))
        if tag == "equal"
        else Run(removed="".join(words[i1:i2]), added="".join(others[j1:j2]))
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
    )
    kept = sum(len(run.same) for run in runs)
    return runs if kept >= LEAST_KEPT * max(len(old), len(new)) else whole


def _readable(runs: Iterable[Run]) -> list[Run]:
    """Give up what stayed between two changes and is no longer than either: nobody reads confetti."""
    found = _joined(runs)
    while True:
        places = range(1, len(found) - 1)
        small = {place for place in places if _is_small(*found[place - 1 : place + 2])}
        if not small:
            return found
        found = _joined(
            Run(removed=run.same, added=run.same) if place in small else run
            for place, run in enumerate(found)
        )


def _is_small(before: Run, run: Run, after: Run) -> bool:
    return bool(run.same) and len(run.same) <= min(before.longest, after.longest)


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Join neighbours of a kind; what is empty goes."""
    found: list[Run] = []
    for run in runs:
        if not (run.same or run.removed or run.added):
            continue
        if found and bool(found[-1].same) == bool(run.same):
            last = found.pop()
            run = Run(last.same + run.same, last.removed + run.removed, last.added + run.added)  # noqa: PLW2901 -- it takes its neighbour in
        found.append(run)
    return found


def _segments(runs: Iterable[Run]) -> Iterator[Segment]:
    for run in runs:
        for kind, text in (
            (Kind.SAME, run.same),
            (Kind.REMOVED, run.removed),
            (Kind.ADDED, run.added),
        ):
            if text:
                yield Segment(kind, text)
