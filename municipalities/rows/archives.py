"""Names and heads of the files in a ZIP that people save."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    import datetime as dt

# What Windows does not take in a name.
NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def plain(name: str) -> str:
    return NOT_IN_NAMES.sub("_", name)


def member(name: str, at: dt.datetime) -> zipfile.ZipInfo:
    """Return the head of a file in the archive; a name that is not ASCII bears the flag of UTF-8.

    PDF and xlsx are packed already: they are stored as they are.
    """
    found = zipfile.ZipInfo(name, timezone.localtime(at).timetuple()[:6])
    found.external_attr = 0o644 << 16
    return found
