"""The address of a year that a municipality has not begun says which years there are, and to its own people alone."""

import pytest

from municipalities.models import Cycle, Municipality
from municipalities.tenancy import within
from tests import world

pytestmark = pytest.mark.django_db
MISSING = f"/m/{world.OURS}/2040/"
PLAIN = "ページが見つかりません"


@pytest.mark.parametrize("address", [MISSING, f"{MISSING}indicators/"])
def test_it_says_which_years_there_are(as_editor, address):
    place = Municipality.objects.get(code=world.OURS)
    with within(place):
        years = list(Cycle.objects.values_list("fiscal_year", flat=True))

    response = as_editor.get(address)
    page = response.content.decode()

    assert response.status_code == 404
    assert "令和22年度（2040年度）の画面はありません" in page
    assert years
    for year in years:
        assert f'href="/m/{world.OURS}/{year}/"' in page
        assert as_editor.get(f"/m/{world.OURS}/{year}/").status_code == 200
    assert PLAIN not in page


@pytest.mark.parametrize("who", ["stranger", "other-officer", "officer"])
def test_others_cannot_tell_it_from_a_place_that_is_absent(sign_in, who):
    response = sign_in(who).get(MISSING)

    assert response.status_code == 404
    assert PLAIN in response.content.decode()
    assert "2040" not in response.content.decode()


def test_another_page_that_is_missing_stays_as_it_is(as_editor):
    response = as_editor.get(f"/m/{world.OURS}/{world.YEAR}/nowhere/")

    assert PLAIN in response.content.decode()


def test_the_api_answers_as_before(as_editor):
    response = as_editor.get(f"/api/v1/municipalities/{world.OURS}/2040/")

    assert response.status_code in {401, 404}
    assert "画面はありません" not in response.content.decode()
