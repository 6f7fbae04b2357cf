"""What kind of file bytes are, whatever the file's name says: what is no table is refused with what to do."""

from __future__ import annotations

import re
from pathlib import PurePath

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
BOOKS, TEXTS = {".xlsx", ".xlsm", ".xls"}, {".csv", ".txt", ".tsv"}
MISNAMED = "（ファイル名は「{suffix}」ですが、中身は{kind}でした）"
EMPTY = "ファイルが空です。値の入ったファイルを選んでください。"
OLD_BOOK = (
    "古い形式（.xls）か、パスワードの付いたExcelファイルです。"
    "パスワードを外し、「Excelブック（.xlsx）」として保存し直してください。"
)
NOT_EXCEL = "Excelファイルとして読めません。Excelで開いて「Excelブック（.xlsx）」として保存し直してください。"
PACKED = (
    "ZIPなどで圧縮したファイルです。展開（解凍）して、中のExcelかCSVのファイルを選んでください。"
)
OTHER_OFFICE = "WordやPowerPointのファイルです。ExcelかCSVのファイルを選んでください。"
NO_TEXT_FILE = "ExcelでもCSVでもないファイルです（画像や、プログラムなど）。ExcelかCSVのファイルを選んでください。"
PARTS_OF_OTHERS = ("word/", "ppt/")
# No text holds them in UTF-8 or CP932; tabs, line ends and page breaks are none of them, an old end of file may be.
# One NUL alone is a damaged text, of which is said where it is damaged.
CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1f\x7f]|\x00[^\x00]*\x00")
WIDE_TEXT = (b"\xff\xfe", b"\xfe\xff")
# What files begin with, and what to do about them; spaces before them are passed over.
OTHER_KINDS = (
    ((OLE,), OLD_BOOK),
    ((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b"), PACKED),
    ((b"%PDF",), "PDFは読み取れません。ExcelかCSVのファイルを選んでください。"),
    (
        (b"<",),
        "ウェブページの形のファイルです。Excelで開いて「Excelブック（.xlsx）」として保存し直してください。",
    ),
    ((b"\xff\xd8\xff", b"GIF87a", b"GIF89a"), NO_TEXT_FILE),
)


class Unreadable(ValueError):
    """The file cannot be read as a table; the message says what to do."""


def refuse(content: bytes) -> None:
    """Refuse what its bytes show to be no table. Raises Unreadable."""
    begun = content.lstrip()
    if not begun:
        raise Unreadable(EMPTY)
    for beginnings, told in OTHER_KINDS:
        if begun.startswith(beginnings):
            raise Unreadable(told)
    is_wide = content.startswith((ZIP, *WIDE_TEXT))
    if not is_wide and CONTROL.search(content.rstrip(b"\x1a")):
        raise Unreadable(NO_TEXT_FILE)


def refuse_parts(names: set[str]) -> None:
    """Refuse a packed file that is no workbook, by the names of its parts. Raises Unreadable."""
    if "[Content_Types].xml" not in names:
        raise Unreadable(PACKED)
    if any(name.startswith(PARTS_OF_OTHERS) for name in names):
        raise Unreadable(OTHER_OFFICE)


def misnamed(content: bytes, file_name: str) -> str:
    """Say where the name of a file tells another kind than its bytes; nothing where both agree."""
    suffix = PurePath(file_name).suffix.lower()
    is_book = content.startswith(ZIP)
    if (suffix in BOOKS and not is_book) or (suffix in TEXTS and is_book):
        return MISNAMED.format(suffix=suffix, kind="Excel" if is_book else "CSV")
    return ""
