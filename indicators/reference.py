"""The nationally defined numbers of the 自治体概要 form."""

from indicators.models import Definition
from municipalities.reference import upsert

# Codes as in the indicator catalogue; which certification rate a paper means is often not said.
PROFILE_DEFINITIONS = (
    ("population_total", "人口", "人", 0),
    ("aging_rate_65", "高齢化率（65歳以上）", "％", 1),
    ("aging_rate_75", "高齢化率（75歳以上）", "％", 1),
    ("ltc_certification_rate_unspecified", "要介護認定率", "％", 1),
)


def load():
    """Insert what is missing and correct what differs. Returns how many rows were written."""
    wanted = [
        Definition(
            code=code, name=name, unit=unit, decimals=decimals, position=position, in_profile=True
        )
        for position, (code, name, unit, decimals) in enumerate(PROFILE_DEFINITIONS, start=1)
    ]
    return upsert(Definition, wanted, fields=("name", "unit", "decimals", "position", "in_profile"))
