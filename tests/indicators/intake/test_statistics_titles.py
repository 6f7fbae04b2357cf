"""How a statistic is called is for people to say: what they have typed stays, with the year of the next file."""

import pytest

from indicators.models import PublishedValue, StatisticsLayout
from tests.indicators.intake.test_statistics_files import LIST, corrected, send, take

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


OF_ROWS = "団体コード,市区町村名,指標,年度,値\n"
CLINICS = (
    OF_ROWS + "990019,見本市,home_visit_clinics,2024,12\n990027,見本町,home_visit_clinics,2024,15\n"
)
DEATHS = OF_ROWS + "990019,見本市,deaths,2024,510\n990027,見本町,deaths,2024,104\n"
PATIENTS = CLINICS.replace("home_visit_clinics", "home_visit_patients")


def test_a_preliminary_table_and_a_final_one_are_two_statistics(officer):
    first = send(officer, ABOVE.format("6（速報）"))
    corrected(officer, first, title=first.layout.title, is_kept="on", finality="preliminary")
    take(officer, first, is_public="1", public_source="見本県のホームページ")
    assert first.state == "done", first.message

    layout = send(officer, ABOVE.format("6")).layout

    assert layout.title == "在宅療養の状況　令和6年度"
    assert layout.finality == ""


class TestRowsThatTellTheirIndicators:
    """Their headings are those of every statistic: name, publisher and standing of the last one are not theirs."""

    @pytest.fixture
    def kept(self, officer):
        first = send(officer, CLINICS, name="診療所調べ_R6.csv")
        names = {"title": TYPED, "publisher": "見本県", "is_kept": "on"}
        columns = {"role-3": "indicator", "indicator-3": "", "year-3": "", "role-4": "year"}
        corrected(officer, first, **names, **columns, **{"indicator-4": "", "year-4": ""})
        take(officer, first)
        assert first.state == "done", first.message

    def test_another_file_bears_its_own_name(self, officer, kept):
        upload = send(officer, DEATHS, name="死亡の場所.csv")

        assert (upload.layout.title, upload.layout.publisher) == ("死亡の場所", "")
        assert [one.role for one in upload.layout.columns.all()][2:] == [
            "indicator",
            "year",
            "value",
        ]
        page = officer.get(f"{LIST}files/{upload.pk}/").content.decode()
        assert "統計の名称が、ファイルの名前のままです" in page

    def test_the_next_year_of_the_same_file_bears_the_name_that_was_typed(self, officer, kept):
        upload = send(officer, CLINICS.replace("2024", "2025"), name="診療所調べ_R7.csv")

        assert upload.layout.publisher == "見本県"
        page = officer.get(f"{LIST}files/{upload.pk}/").content.decode()
        assert "統計の名称が、ファイルの名前のままです" not in page


def named(officer, content, **said):
    """Bring a file of rows in under one name."""
    upload = send(officer, content)
    columns = {"role-3": "indicator", "indicator-3": "", "year-3": "", "role-4": "year"}
    corrected(officer, upload, title=TYPED, **columns, **{"indicator-4": "", "year-4": ""})
    return upload


def test_what_was_called_public_is_not_answered_for_people_it_never_told_of(officer):
    first = named(officer, PATIENTS)
    take(officer, first, is_public="1", public_source="保健統計年報")
    assert first.state == "done", first.message

    next_time = named(officer, PATIENTS.replace(",12", ",13"))
    again = officer.get(f"{LIST}files/{next_time.pk}/")
    assert again.context["take"].initial["public_source"] == "保健統計年報"
    others = PATIENTS.replace("home_visit", "house_call")
    page = officer.get(f"{LIST}files/{named(officer, others).pk}/")

    assert page.context["take"].initial == {"is_public": "0", "public_source": ""}
    assert "これまでなかった人数の指標があります" in page.content.decode()


class TestRowsAndHeadings:
    def test_a_sum_without_a_code_is_passed_over_and_named(self, officer):
        upload = send(
            officer, "団体コード,市町村名,出生数（令和6年度）\n990019,見本市,12\n,合計,12\n"
        )

        assert (upload.refused_cells, upload.new) == (0, 1)
        assert "合計の行は取り込みません：合計。" in upload.message

    def test_a_row_without_any_place_is_still_asked_about(self, officer):
        """The negative control."""
        upload = send(officer, "団体コード,市町村名,出生数（令和6年度）\n990019,見本市,12\n,,12\n")
        assert upload.refused_cells == 1

    def test_a_corrected_row_of_headings_names_the_columns_anew(self, officer):
        rows = "統計表,第1表,a,b\n団体コード,市町村名,出生数,死亡数\n（単位）,,人,人\n990019,見本市,12,15\n"
        upload = send(officer, rows)
        typed = {
            "heading_from": "2",
            "heading_to": "2",
            "first_row": "4",
            "fiscal_year": "令和6年度",
        }
        left = {f"{name}-{number}": "" for number in (3, 4) for name in ("indicator", "year")}
        roles = {"role-3": "skipped", "role-4": "skipped"}

        corrected(officer, upload, **typed, **left, **roles)

        told = upload.layout.columns.values_list("number", "definition__code")
        assert dict(told)[3] == "births"
        assert dict(told)[4] == "deaths"

    def test_a_file_of_another_prefecture_is_called_that(self, officer):
        upload = send(officer, "団体コード,都道府県,出生数（令和6年度）\n980005,となり県,12\n")
        assert "見本県の行がありません（ほかの都道府県の行が1行ありました）" in upload.message
