"""Reading a finished paper back: its text, its fonts, its tags."""

import io
import re
from collections.abc import Iterator
from functools import lru_cache

import pypdf

from reports.paper.report.sheet import Pdf


def read(pdf: Pdf) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf.content))


def squeezed(text: str) -> str:
    """Text without any white space, as lines may wrap anywhere."""
    return re.sub(r"\s", "", text)


@lru_cache(maxsize=8)
def pages_of(pdf: Pdf) -> tuple[str, ...]:
    """The squeezed text of each page, read once: it takes longer than drawing them."""
    return tuple(squeezed(page.extract_text()) for page in read(pdf).pages)


def printed(pdf: Pdf) -> str:
    return "".join(pages_of(pdf))


def fonts_of(pdf: Pdf) -> dict[str, pypdf.generic.DictionaryObject]:
    """Name without the subset's prefix to descendant font, over all pages."""
    found = {}
    for page in read(pdf).pages:
        for font in page["/Resources"]["/Font"].values():
            name = font.get_object()["/BaseFont"].split("+")[-1]
            found[name] = font.get_object()
    return found


def structure(node: pypdf.generic.PdfObject) -> Iterator[pypdf.generic.DictionaryObject]:
    """Every structure element under a node, in reading order."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from structure(child)
    elif isinstance(node, dict) and "/S" in node:
        yield node
        yield from structure(node.get("/K", pypdf.generic.ArrayObject()))


def elements(pdf: Pdf) -> list[pypdf.generic.DictionaryObject]:
    return list(structure(read(pdf).trailer["/Root"]["/StructTreeRoot"]["/K"]))
