"""Moving rows of a list while somebody else moves them too."""

import pytest

from logicmodels.models import Issue
from municipalities.pages import ordering

pytestmark = pytest.mark.django_db


class Waited:
    """A queryset as PostgreSQL answers after waiting for locks: sorted before, read afterwards."""

    def __init__(self, rows):
        self.rows = rows

    def select_for_update(self):
        return self

    def order_by(self, *_):
        return iter(self.rows)


def test_a_move_goes_by_the_order_that_others_have_made_meanwhile(here, people):
    rows = [
        Issue.objects.create(cycle=here, key=f"moved-{n}", text=str(n), position=100 + n)
        for n in range(3)
    ]
    first, second, third = rows
    # Somebody has let the first two trade places while this move waited.
    first.position, second.position = 101, 100
    Issue.objects.bulk_update([first, second], ["position"])
    for row in rows:
        row.cycle = here

    ordering.move(third, among=Waited(rows), step=ordering.UP, by=people["editor"])

    now = Issue.objects.filter(key__startswith="moved-").order_by("position")
    assert [one.key for one in now] == ["moved-1", "moved-2", "moved-0"]
