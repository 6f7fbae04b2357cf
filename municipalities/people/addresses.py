"""Where the pages of one desk of people lie: a municipality's, a prefecture's, or everybody's."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Desk:
    """`stem` begins the names of its addresses, `args` are their first pieces."""

    stem: str
    args: tuple[str, ...] = ()

    @property
    def home(self) -> str:
        return reverse(f"people:{self.stem}", args=self.args)

    def url(self, deed: str, *pieces: Any) -> str:
        return reverse(f"people:{self.stem}_{deed}", args=[*self.args, *pieces])
