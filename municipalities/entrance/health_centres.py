"""Health centres by the codes of their scopes: their rows lie within the fence of their prefecture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from municipalities.models import HealthCentre, Prefecture
from municipalities.prefecture_tenancy import reading_prefecture

if TYPE_CHECKING:
    from collections.abc import Iterable

CODE_OF_PREFECTURE = 2


def code_for(prefecture: Prefecture, key: str) -> str:
    """Return the code of the scope of a new health centre: 「99-3f9c01」, never given twice."""
    return f"{prefecture.code}-{key[-6:]}"


def held(prefecture: Prefecture, codes: Iterable[str]) -> list[HealthCentre]:
    """Return those of these health centres that are the prefecture's."""
    own = [code for code in codes if code.startswith(f"{prefecture.code}-")]
    if not own:
        return []
    with reading_prefecture(prefecture):
        return list(HealthCentre.objects.filter(code__in=own))


def by_code(codes: Iterable[str]) -> dict[str, tuple[Prefecture, HealthCentre]]:
    """Return the health centres of these codes with their prefectures; unknown ones are left out."""
    wanted = set(codes)
    owners = {code[:CODE_OF_PREFECTURE] for code in wanted}
    return {
        centre.code: (prefecture, centre)
        for prefecture in Prefecture.objects.filter(code__in=owners).order_by("code")
        for centre in held(prefecture, wanted)
    }


def of(prefecture: Prefecture) -> list[HealthCentre]:
    """Return all of a prefecture, as they were entered."""
    with reading_prefecture(prefecture):
        return list(HealthCentre.objects.all())
