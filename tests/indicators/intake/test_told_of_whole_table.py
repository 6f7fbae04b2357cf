"""A whole table is called 速報, or of a day, by the person who takes it in: no column of it tells that."""

from datetime import date

import pytest

from indicators.models import Measurement, PublishedValue, StatisticsLayout
from municipalities.tenancy import within
from tests.indicators.intake.test_statistics_files import HEAD, LIST, ROWS, corrected, send, take
from tests.indicators.publishing.test_filling import follow

pytestmark = pytest.mark.django_db
DECEMBER = {"finality": "preliminary", "as_of": "令和7年3月末"}
PUBLIC = {"is_public": "1", "public_source": "見本県のホームページ"}
LONG = "municipality_code,indicator,fiscal_year,value,finality,as_of,source\n"


@pytest.fixture
def officer(sign_in):
    return sign_in("officer")


def page_of(client, upload):
    return client.get(f"{LIST}files/{upload.pk}/").content.decode()


def published(upload, **only):
    rows = PublishedValue.objects.filter(dataset=upload.dataset, **only).order_by("pk")
    return list(rows.values_list("finality", "as_of"))


def brought_in(officer, **said):
    upload = send(officer, HEAD + ROWS)
    corrected(officer, upload, **said)
    take(officer, upload, **PUBLIC)
    assert upload.state == "done", upload.message
    return upload


def test_what_is_said_of_the_whole_table_stands_beside_each_value(officer, cycle):
    follow(cycle, "home_visit_clinics")
    upload = send(officer, HEAD + ROWS)
    corrected(officer, upload, **DECEMBER)
    assert "速報　令和7年3月31日時点" in page_of(officer, upload)
    take(officer, upload, **PUBLIC)
    assert set(published(upload)) == {("preliminary", date(2025, 3, 31))}
    with within(cycle.municipality):
        row = Measurement.objects.get(code="home_visit_clinics")
    assert (row.finality, row.as_of) == ("preliminary", date(2025, 3, 31))


def test_nothing_said_leaves_values_as_they_were(officer):
    upload = brought_in(officer)
    assert set(published(upload)) == {("", None)}
    assert "表の全部の値" not in page_of(officer, upload)


def test_a_table_made_final_later_changes_its_values(officer):
    brought_in(officer, **DECEMBER)
    upload = send(officer, HEAD + ROWS)
    corrected(officer, upload, finality="final", as_of="")
    assert (upload.new, upload.same) == (0, 0)
    take(officer, upload)
    assert set(published(upload)) == {("final", None)}


def test_a_column_that_tells_it_wins_cell_by_cell(officer):
    rows = "990019,births,2024,5,確定,,見本調査\n990027,births,2024,6,,令和6年9月30日,見本調査\n"
    upload = send(officer, LONG + rows)
    corrected(
        officer,
        upload,
        **DECEMBER,
        **{"role-2": "indicator", "role-3": "year", "role-4": "value", "indicator-4": ""},
        **{"role-5": "finality", "role-6": "as_of", "indicator-3": "", "year-3": "", "year-4": ""},
    )
    take(officer, upload, **PUBLIC)
    assert published(upload, place_code="990019") == [("final", date(2025, 3, 31))]
    assert published(upload, place_code="990027") == [("preliminary", date(2024, 9, 30))]


def test_a_day_is_of_its_own_year_where_a_table_has_several(officer):
    two = {"indicator-4": "home_visit_clinics", "year-4": "令和5年度"}
    upload = brought_in(officer, **DECEMBER, **two)
    assert {day for _, day in published(upload, fiscal_year=2024)} == {date(2025, 3, 31)}
    assert {day for _, day in published(upload, fiscal_year=2023)} == {None}
    again = send(officer, HEAD + ROWS)
    corrected(officer, again, **two, finality="", as_of="令和4年5月1日")
    assert "どの年度にも入りません" in page_of(officer, again)


def test_of_the_next_file_nothing_of_that_is_said(officer):
    upload = brought_in(officer, **DECEMBER, is_kept="on")
    assert StatisticsLayout.objects.get(pk=upload.layout_id).is_kept
    layout = send(officer, HEAD + ROWS.replace("45678", "45679")).layout
    assert (layout.finality, layout.as_of) == ("", None)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"as_of": "令和60年3月末"}, "まだ来ていない日です"),
        ({"as_of": "いつか"}, "日付"),
        ({"finality": "maybe"}, "選"),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(officer, said, sentence):
    upload = send(officer, HEAD + ROWS)
    response = corrected(officer, upload, **said)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    upload.layout.refresh_from_db()
    assert (upload.layout.finality, upload.layout.as_of) == ("", None)
