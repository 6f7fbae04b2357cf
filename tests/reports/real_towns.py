"""The real towns of the demo: their documents, and a new town that holds one of them."""

import json
from contextlib import contextmanager

from municipalities.models import Cycle, Municipality, Prefecture
from municipalities.tenancy import within
from reports.document import assembly
from tests import world

MITO, IZU, FUKUCHIYAMA = "082015-2023", "222224-2023", "262013-2023"
REAL = (MITO, IZU, FUKUCHIYAMA)
# Towns of which the report tells their coordinators alone; 鶴ヶ島市 shares those of 坂戸市.
COORDINATED = (
    "032115-2023",
    "112399-2023",
    "112411-2023",
    "131164-2023",
    "141003-2023",
    "151009-2023",
)
TOLD = (*REAL, *COORDINATED)


def document(name):
    return json.loads((world.DEMO / f"{name}.json").read_text(encoding="utf-8"))


@contextmanager
def loaded(name, by):
    """Load a document into the new year of a new municipality."""
    data = document(name)
    place = data["municipality"]
    prefecture, _ = Prefecture.objects.get_or_create(
        code=place["code"][:2], defaults={"name": place["prefecture"], "kana": "けん"}
    )
    town = Municipality.objects.create(
        code=place["code"], name=place["name"], kana="し", kind="city", prefecture=prefecture
    )
    with within(town):
        cycle = Cycle.objects.create(fiscal_year=data["fiscal_year"])
        cycle.municipality = town
        assert assembly.load(cycle, data, by=by, vouched=True) == []
        yield cycle
