"""これから整えること out of the rules: what weighs as an error, summed by its sentence, for paper and check page.

Pure. Frozen with a submitted document; the day on which it is looked at plays no part in it, for what superiors
have approved must be the same tomorrow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from municipalities.japanese import fiscal
from municipalities.kernel.findings import Severity, Year
from reports.document.findings import looking

if TYPE_CHECKING:
    from collections.abc import Mapping

    from municipalities.kernel.findings import Finding, Row

# Said by `reports.document.weak` already, in one sentence for all scenes or indicators.
SAID_ALREADY = frozenset({"G01", "I05"})
ASKED = tuple(
    rule
    for rule in looking.RULES
    if rule.severity == Severity.ERROR and rule.id not in SAID_ALREADY
)


def located(
    document: Mapping[str, Any], definitions: Mapping[str, Row] | None = None
) -> list[tuple[str, str]]:
    """Return each point behind the number of its rule, without what is waived."""
    year = Year(document, fiscal.last_day(document["fiscal_year"]), definitions or {})
    found: dict[tuple[str, str], list[Finding]] = {}
    for one in looking.look_over(year, rules=ASKED).open:
        found.setdefault((one.rule.id, one.message), []).append(one)
    return [(rule, _sentence(places)) for (rule, _), places in found.items()]


def points(document: Mapping[str, Any], definitions: Mapping[str, Row] | None = None) -> list[str]:
    return [sentence for _, sentence in located(document, definitions)]


def _sentence(places: list[Finding]) -> str:
    """Return 「成果に指標がありません（6か所）。」, of a single place with its name."""
    first = places[0]
    where = first.place.label if len(places) == 1 else f"{len(places)}か所"
    return f"{first.message}（{where}）。"
