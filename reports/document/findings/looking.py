"""All rules in layer order, and what they find in a year."""

from __future__ import annotations

import coordinators.rules
import councils.rules
import logicmodels.rules
from reports.document.findings import evidence, judged, support

RULES = (
    *logicmodels.rules.RULES,
    *councils.rules.RULES,
    *coordinators.rules.RULES,
    *evidence.RULES,
    *judged.RULES,
    *support.RULES,
)
