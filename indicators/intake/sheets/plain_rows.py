"""Reads the rows of a worksheet that hold nothing but plain cells, many cells at a time; every other by its XML. Pure.

A row is plain where it matches, byte for byte, what programs write: cells with a reference, a style, a kind and
a value or a text, in a sheet of UTF-8 without comments and whose elements have no prefix. The parser gets
everything else, so that it sees a document as whole as the file's own.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from indicators.intake.sheets.sheet_xml import CHUNK, LAST_ROW, NAMESPACES, Sheet, number_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from indicators.intake.sheets.sheet_xml import Formats, Line

    # As they stand in a cell: attributes behind the reference, value, text.
    Written = tuple[bytes, bytes, bytes]

END_OF_ROW = b"</row>"
# A row of a thousand cells with long texts is shorter.
LONGEST_ROW = 1 << 20
MOST_KNOWN = 50_000
# XML has no control characters, makes a line feed of a carriage return, and ends no section in a text.
TEXT = rb"[^<>&\r\x00-\x08\x0b\x0c\x0e-\x1f]*"
CELL = re.compile(
    rb'(<c r="([A-Z]{1,3})[0-9]{1,7}"([^<>/&]*)'
    rb"(?:/>|>(?:<v>(" + TEXT + rb")</v>|<is><t>(" + TEXT + rb")</t></is>)?</c>))"
)
ROW = re.compile(rb'\s*<row r="([0-9]{1,7})"[^<>&]*(?<!/)>')
ATTRIBUTES = re.compile(rb'(?: s="([0-9]{1,6})")?(?: t="([A-Za-z]{1,9})")?')
HEAD = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml version=[\"']1\.0[\"'](?: encoding=[\"'][Uu][Tt][Ff]-8[\"'])?"
    rb"(?: standalone=[\"'](?:yes|no)[\"'])? ?\?>)?\s*<worksheet(?:\s[^<>&]*)?\sxmlns=[\"'](?:"
    + "|".join(map(re.escape, NAMESPACES)).encode()
    + rb")[\"'][^<>&]*>(?:(?!<[!?]|xmlns=).)*<sheetData>",
    re.DOTALL,
)
# What stands in a row of its own, and changes nothing for the rows behind it.
OWN_ROW = re.compile(rb"\s*<row[\s>](?:(?!<[!?]|xmlns|</sheetData).)*", re.DOTALL)
# What no XML may hold, though it can be written in UTF-8.
NO_LETTERS = ("\ufffe", "\uffff")


class NotPlain(Exception):
    """A row that the parser has to read."""


class Rows:
    """One sheet on its way through."""

    def __init__(self, formats: Formats) -> None:
        self.formats = formats
        self.sheet = Sheet(formats)
        self.is_begun = False
        self.is_plain = True
        self.letters: tuple[bytes, ...] = ()
        self.columns: list[int] = []
        self.known: dict[Written, str] = {}

    def lines(self, file: IO[bytes]) -> Iterator[Line]:
        """Yield the lines that hold anything. Raises ExpatError and ValueError where it is damaged."""
        left = b""
        while chunk := file.read(CHUNK):
            left += chunk
            if self.is_plain:
                *rows, left = left.split(END_OF_ROW)
                for row in rows:
                    yield from self.row(row)
            if not self.is_plain or len(left) > LONGEST_ROW:
                self.is_plain = False
                yield from self.sheet.take(left)
                left = b""
        yield from self.sheet.take(left, is_last=True)

    def row(self, written: bytes) -> list[Line]:
        """Return the line that a row makes; those, where the parser has found more."""
        if self.is_plain and not self.is_begun:
            return self.first(written)
        if self.is_plain:
            try:
                return [self.plain(written)]
            except NotPlain:
                self.is_plain = OWN_ROW.fullmatch(written) is not None
        return self.sheet.take(written + END_OF_ROW)

    def first(self, written: bytes) -> list[Line]:
        """Take what stands before the rows, and the first of them."""
        self.is_begun = True
        head = HEAD.match(written)
        self.is_plain = head is not None
        end = head.end() if head else 0
        return self.sheet.take(written[:end]) + self.row(written[end:])

    def plain(self, written: bytes) -> Line:
        """Return the line of a plain row. Raises NotPlain."""
        begun = ROW.match(written)
        if not begun or not self.sheet.number < int(begun[1]) <= LAST_ROW:
            raise NotPlain
        found = CELL.findall(written, begun.end())
        if not found:
            raise NotPlain
        whole, letters, *cells = zip(*found, strict=True)
        if sum(map(len, whole)) != len(written) - begun.end():
            raise NotPlain
        texts = self.texts(list(zip(*cells, strict=True)))
        line = self.placed(letters, texts)
        self.sheet.number = int(begun[1])
        return self.sheet.number, line

    def texts(self, cells: list[Written]) -> list[str]:
        found = list(map(self.known.get, cells))
        return [
            self.text(cell) if text is None else text
            for cell, text in zip(cells, found, strict=True)
        ]

    def text(self, cell: Written) -> str:
        """Return what a cell shows. Numbers and signs repeat: what is known is not read again."""
        attributes, value, inline = cell
        told = ATTRIBUTES.fullmatch(attributes)
        if not told:
            raise NotPlain
        written = (value or inline).decode()
        if any(one in written for one in NO_LETTERS):
            raise NotPlain
        kind = (told[2] or b"n").decode()
        text = self.formats.text(kind, int(told[1] or 0), written) if written else ""
        if len(self.known) < MOST_KNOWN:
            self.known[cell] = text
        return text

    def placed(self, letters: tuple[bytes, ...], texts: list[str]) -> list[str]:
        """Return the texts at their columns. Raises NotPlain where these do not rise."""
        if letters != self.letters:
            self.letters, self.columns = (), [number_of(one.decode()) for one in letters]
            if any(left >= right for left, right in pairwise(self.columns)):
                raise NotPlain
            self.letters = letters
        if self.columns[-1] == len(texts):
            return texts
        line = [""] * self.columns[-1]
        for column, text in zip(self.columns, texts, strict=True):
            line[column - 1] = text
        return line
