"""Addresses of the intake, twice: under /p/<prefecture>/<year>/ and under /manage/."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

from django.urls import path

from indicators.intake import dataset_views, views
from municipalities.access import Permission, requires

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.urls import URLPattern

FILE = "statistics/files/<int:file_pk>/"


def opened_by(view: Callable, permission: Permission) -> Callable:
    """Return a view of its own that declares this permission."""

    @wraps(view)
    def run(request, *args, **kwargs):
        return view(request, *args, **kwargs)

    return requires(permission)(run)


def addresses(permission: Permission) -> list[URLPattern]:
    """Return the addresses for whoever has a permission."""
    pages: dict[str, Callable] = {
        "statistics/": views.statistics,
        "statistics/files/add/": views.file_add,
        FILE: views.file,
        f"{FILE}status/": views.file_status,
        f"{FILE}layout/": views.file_layout,
        f"{FILE}take/": views.file_take,
        f"{FILE}cancel/": views.file_cancel,
        f"{FILE}errors.xlsx": views.file_errors,
        "statistics/layouts/<int:layout_pk>/forget/": views.layout_forget,
        "statistics/<int:dataset_pk>/delete/": dataset_views.dataset_delete,
        "statistics/<int:dataset_pk>/public/": dataset_views.dataset_public,
    }
    return [
        path(address, opened_by(view, permission), name=view.__name__)
        for address, view in pages.items()
    ]


of_prefectures = addresses(Permission.MANAGE_PREFECTURE), "prefecture_statistics"
of_the_operator = addresses(Permission.OPERATE), "national_statistics"
