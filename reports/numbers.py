"""受付番号: 082015-2023-interim-1 says whose report it is, so it can be looked up inside the fence."""

from __future__ import annotations

import re
from dataclasses import dataclass

PATTERN = r"[0-9]{6}-(?:19|20)[0-9]{2}-(?:interim|final)-[1-9][0-9]{0,4}"
PARTS = re.compile(r"([0-9]{6})-([0-9]{4})-([a-z]+)-([0-9]+)\Z")


@dataclass(frozen=True, slots=True)
class ReportNumber:
    """The number of one report in the whole country."""

    municipality_code: str
    fiscal_year: int
    kind: str
    serial: int

    def __str__(self) -> str:
        return f"{self.municipality_code}-{self.fiscal_year}-{self.kind}-{self.serial}"

    @classmethod
    def parse(cls, text: str) -> ReportNumber:
        """Read a number. Raises ValueError for anything else."""
        if not (found := PARTS.match(text)):
            raise ValueError(text)
        code, year, kind, serial = found.groups()
        return cls(code, int(year), kind, int(serial))


class ReportNumberConverter:
    """The number as a piece of an address."""

    regex = PATTERN

    def to_python(self, value: str) -> ReportNumber:
        return ReportNumber.parse(value)

    def to_url(self, value: ReportNumber) -> str:
        return str(value)
