"""Which characters the paper's fonts cannot draw, so that somebody is told before a box is printed."""

import dataclasses
import functools
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[3] / "static" / "vendor" / "fonts"
# Text comes from the first; the second fills its gaps (𠮷 and other rare characters of names).
NAMES = ("BIZUDPGothic-Regular.ttf", "NotoSansJP-Regular.ttf")
# Spaces, controls, joiners, variation selectors and combining marks: no shape of their own.
SHAPELESS = ("Z", "C", "M")


def unprintable(document: object) -> tuple[str, ...]:
    """The characters in a dataclass's texts, at any depth, that no font has; in code point order."""
    used = set("".join(_texts(document)))
    return tuple(sorted(sign for sign in used - _drawable() if not _is_shapeless(sign)))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _texts(getattr(value, field.name))


def _is_shapeless(sign: str) -> bool:
    return unicodedata.category(sign).startswith(SHAPELESS)


@functools.cache
def _drawable() -> frozenset[str]:
    points: set[int] = set()
    for name in NAMES:
        with TTFont(FONTS / name, lazy=True) as font:
            points |= font.getBestCmap().keys()
    return frozenset(map(chr, points))
