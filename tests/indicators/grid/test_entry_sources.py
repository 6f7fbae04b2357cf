"""Which source stands in an empty row of the grid: one of the municipality's own, never a statistic's."""

import pytest

from indicators.models import Measurement
from municipalities.tenancy import within
from tests.indicators.publishing.test_filling import follow
from tests.indicators.rows import BASE, measure, publish

pytestmark = pytest.mark.django_db
CODE = "home_endoflife_care_count"


def test_a_number_typed_after_a_year_of_a_statistic_has_the_common_source(as_editor, cycle):
    indicator = follow(cycle, CODE)
    publish(CODE, cycle.fiscal_year - 1, 12, dataset="国の統計")
    measure(cycle, CODE, cycle.fiscal_year - 1, 12, source="国の統計")

    page = as_editor.get(f"{BASE}entry/").content.decode()
    as_editor.post(f"{BASE}entry/", {f"value-{indicator.key}": "13", "source": "市の調べ"})

    assert f'name="source-{indicator.key}" value=""' in page
    with within(cycle.municipality):
        assert (
            Measurement.objects.get(code=CODE, fiscal_year=cycle.fiscal_year).source == "市の調べ"
        )
