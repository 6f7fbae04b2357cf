"""Whose pages of statistics are asked for: a prefecture's in a year, or the operator's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

if TYPE_CHECKING:
    from municipalities.models import Prefecture


@dataclass(frozen=True, slots=True)
class Where:
    """Whose pages these are: a prefecture's in a year, or the operator's."""

    prefecture: Prefecture | None
    year: int | None

    @property
    def name(self) -> str:
        return "全国" if self.prefecture is None else self.prefecture.name

    def url(self, name: str, *args: Any) -> str:
        if self.prefecture is None:
            return reverse(f"national_statistics:{name}", args=args)
        return reverse(
            f"prefecture_statistics:{name}", args=[self.prefecture.code, self.year, *args]
        )


def where_of(request, year=None) -> Where:
    return Where(request.scope.prefecture, year)
