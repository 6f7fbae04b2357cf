"""How a statistic is called is for people to say: what they have typed stays, with the year of the next file."""

import pytest

from indicators.models import PublishedValue, StatisticsLayout
from tests.indicators.test_statistics_files import corrected, send, take

pytestmark = pytest.mark.django_db
TYPED = "県の在宅医療調べ（令和6年度）"
ABOVE = "在宅療養の状況　令和{}年度\n団体コード,市町村名,診療所の数,人口\n990019,見本市,12,45678\n990027,見本町,3,9876\n"
LONG = "自治体コード,指標,年度,値,状態,出典\n"


@pytest.fixture
def officer(sign_in):
    return sign_in("officer")


@pytest.fixture
def brought_in(officer):
    upload = send(officer, ABOVE.format(6))
    assert upload.layout.title == "在宅療養の状況　令和6年度"
    years = {"fiscal_year": "令和6年度", "year-3": "", "year-4": "", "is_kept": "on"}
    corrected(officer, upload, title=TYPED, **years)
    take(officer, upload, is_public="1", public_source="見本県のホームページ")
    assert upload.state == "done", upload.message


def test_a_typed_title_stays_with_the_year_of_the_next_file(officer, brought_in):
    assert send(officer, ABOVE.format(7)).layout.title == "県の在宅医療調べ（令和7年度）"


def test_the_same_file_again_is_of_the_same_statistic(officer, brought_in):
    upload = send(officer, ABOVE.format(6))
    assert (upload.layout.title, upload.same, upload.new) == (TYPED, 4, 0)


def test_another_title_above_the_table_is_another_statistic(officer, brought_in):
    """The negative control."""
    other = ABOVE.format(7).replace("在宅療養の状況", "災害時の備え")
    assert send(officer, other).layout.title == "災害時の備え　令和7年度"


SHIPPED = "municipality_code,indicator,fiscal_year,value,numerator,denominator,state\n"
HOLDS = ("skipped", "indicator", "year", "value", "numerator", "denominator", "state")
AS_SHIPPED = {f"role-{n}": role for n, role in enumerate(HOLDS, start=1)} | {
    f"{name}-{n}": "" for name in ("indicator", "year") for n in (3, 4)
}


@pytest.mark.parametrize(("kept", "meaning"), [({"is_kept": "on"}, "zero"), ({}, "refused")])
def test_a_corrected_copy_of_a_shipped_layout_goes_before_the_shipped_one(officer, kept, meaning):
    """Both have the same marks. The negative control: what is not kept reads no other file."""
    first = send(officer, SHIPPED + "990019,births,2024,5,,,\n990027,births,2024,-,,,\n")
    shipped = StatisticsLayout.objects.get(code="long-format")
    assert (first.layout.marks, first.layout.dash) == (shipped.marks, "refused")
    corrected(officer, first, title="出生の調べ", dash="zero", **AS_SHIPPED, **kept)
    take(officer, first, is_public="1", public_source="見本県のホームページ")
    assert first.state == "done", first.message

    second = send(officer, SHIPPED + "990019,births,2025,6,,,\n990027,births,2025,-,,,\n")
    assert second.layout.dash == meaning


def test_a_column_called_state_says_how_final_a_value_is_or_why_there_is_none(officer):
    rows = "990019,births,2024,5,速報,甲調査\n990027,births,2024,6,確定,甲調査\n"
    first = send(officer, LONG + rows)
    take(officer, first, is_public="1", public_source="見本県のホームページ")
    told = PublishedValue.objects.filter(dataset=first.dataset, place_kind="municipality")
    assert list(told.order_by("pk").values_list("finality", flat=True)) == ["preliminary", "final"]
    second = send(officer, LONG + "990019,births,2024,,秘匿,乙調査\n990027,births,2024,6,,乙調査\n")
    assert second.refused_cells == 0
    assert second.staged.get(place_code="990019").state == "suppressed"
