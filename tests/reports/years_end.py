"""A whole year of 見本市 whose December has passed, whatever the day on which the tests run."""

import json

from municipalities.models import Cycle
from reports.document import assembly
from tests import world

OLD, NEW = 2020, 2021


def a_year_that_is_over(here, *, by):
    """Return the cycle of OLD with one row of every kind."""
    document = json.loads(world.DOCUMENT.read_text()) | {"fiscal_year": OLD}
    document["measurements"] = []
    cycle = Cycle.objects.create(fiscal_year=OLD)
    cycle.municipality = here.municipality
    assert assembly.load(cycle, document, by=by, vouched=True) == []
    return cycle
