"""Office files with nothing in them that differs from one making to the next: same content, same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

# The earliest moment that a zip can tell.
EPOCH = (1980, 1, 1, 0, 0, 0)
CORE = "docProps/core.xml"
MOMENT = re.compile(rb"<dcterms:(created|modified)\b[^>]*>[^<]*</dcterms:\1>")
STAMP = (
    '<dcterms:{0} xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="dcterms:W3CDTF">'
    "{1}T00:00:00Z</dcterms:{0}>"
)


def settled(content: bytes, day: dt.date | None) -> bytes:
    """Return the file with `day` as the day of its making; without a day it tells none."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == CORE:
                data = _dated(data, day)
            elif entry.filename.endswith(".xlsx"):
                data = settled(data, day)
            plain = zipfile.ZipInfo(entry.filename, EPOCH)
            plain.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(plain, data)
    return made.getvalue()


def _dated(core: bytes, day: dt.date | None) -> bytes:
    def stamp(found: re.Match[bytes]) -> bytes:
        return STAMP.format(found[1].decode(), day.isoformat()).encode() if day else b""

    return MOMENT.sub(stamp, core)
