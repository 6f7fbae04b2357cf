"""A file that tells of its counts how final they are, or as of which day: small numbers are counted all the same."""

import pytest

from indicators.models import PublishedValue
from tests.indicators.intake.test_statistics_files import TITLE, corrected, send, take

pytestmark = pytest.mark.django_db
HEAD = "コード,市町村,指標,年度,値,{}\n"
CODE = "home_endoflife_care_count"
OF_ROWS = {"role-3": "indicator", "indicator-3": "", "year-3": "", "role-4": "year"}
OF_ROWS |= {"indicator-4": "", "year-4": ""}


@pytest.mark.parametrize(
    ("column", "told"),
    [("確定の別", "確定"), ("確定の別", "速報"), ("時点", "令和6年9月末")],
)
def test_a_small_count_with_something_told_beside_it_is_counted_and_taken_in(sign_in, column, told):
    officer = sign_in("officer")
    rows = "".join(
        f"{code},{name},{CODE},令和6年度,{value},{told}\n"
        for code, name, value in (
            ("990019", "見本市", "31"),
            ("990027", "見本町", "6"),
            ("990035", "見本村", "秘匿"),
        )
    )
    upload = send(officer, HEAD.format(column) + rows)
    corrected(officer, upload, **OF_ROWS)

    response = officer.get(f"/p/99/2026/statistics/files/{upload.pk}/")

    assert response.status_code == 200
    assert "少ない人数の値が1件あります" in response.content.decode()
    take(officer, upload)
    assert upload.state == "done", upload.message
    found = PublishedValue.objects.filter(definition__code=CODE, dataset__title=TITLE)
    assert found.count() == 3
