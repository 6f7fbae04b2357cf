"""体制の一枚 of the towns of the report: each page of its collection of cases is one page of A4 here."""

import io

import pypdf
import pytest
from django.utils import timezone

from municipalities.models import Membership
from tests.reports.real_towns import loaded

pytestmark = pytest.mark.django_db
# 釜石市, 豊島区, 横浜市, 新潟市.
TOWNS = ("032115-2023", "131164-2023", "141003-2023", "151009-2023")


@pytest.mark.parametrize("name", TOWNS)
def test_what_the_report_tells_of_a_town_stands_on_one_page(people, sign_in, name):
    with loaded(name, people["operator"]) as cycle:
        code = cycle.municipality.code
    Membership.objects.create(
        user=people["editor"],
        role="editor",
        scope_kind="municipality",
        scope_code=code,
        valid_from=timezone.localdate().replace(year=2020, day=1),
    )

    sheet = sign_in("editor").get(f"/m/{code}/2023/coordinators/structure-1/sheet.pdf")

    assert len(pypdf.PdfReader(io.BytesIO(sheet.content)).pages) == 1
