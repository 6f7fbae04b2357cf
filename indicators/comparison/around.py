"""Whom an officer may compare one town with: its 類似団体 and the towns nearest to it, from all over the country."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.comparison import peers

if TYPE_CHECKING:
    from indicators.comparison.peers import Country


def of(code: str, prefecture: str, here: Country) -> tuple[tuple[str, str], ...]:
    """Return code and label of the groups around a town of the prefecture that have members."""
    own = here.towns.get(code)
    if own is None or own.prefecture != prefecture:
        return ()
    found = (peers.alike(own, here), peers.near(own, here))
    return tuple((one.code, f"{own.name}：{one.label}") for one in found if one and one.places)
