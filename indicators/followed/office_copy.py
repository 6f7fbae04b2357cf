"""庁内限り: a sheet that leaves the house hides small numbers, its copy for the office tells them and says so.

The usual address of a sheet is the one that may be handed to a council; the other has to be asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.http import HttpRequest

OFFICE_COPY = "office"
OFFICE = "庁内限り"
HIDDEN_NOTE = (
    "秘匿",
    "人が特定されるおそれのある小さな数と、分子と分母が入力されておらず何人を数えた割合か分からない値は、秘匿（x）にしています",
)


def is_office_copy(request: HttpRequest) -> bool:
    """Say whether the copy for the office alone is asked for."""
    return request.GET.get("copy") == OFFICE_COPY


def asked(*, is_for_office: bool) -> dict[str, Any]:
    """Return what a page of either copy shows of it: the mark, and the field that keeps it when filtered."""
    return {
        "is_for_office": is_for_office,
        "copy": [("copy", OFFICE_COPY)] if is_for_office else [],
        "office": OFFICE,
    }


def mark_of(*, is_for_office: bool) -> str:
    return OFFICE if is_for_office else ""


def named(name: str, *, is_for_office: bool) -> str:
    """Return the name of a file, marked where it is for the office alone."""
    return f"{OFFICE}_{name}" if is_for_office else name


def sheet_of(book: Any, name: str, mark: str) -> Any:
    """Return a new sheet of an openpyxl workbook; a mark stands on its tab, and above it on paper."""
    sheet = book.create_sheet(f"{name}（{mark}）" if mark else name)
    if mark:
        sheet.oddHeader.right.text = mark
    return sheet
