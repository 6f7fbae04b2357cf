"""Every row of a file is taken in or told about: names against codes, first rows, what a row says beside its value."""

from datetime import date
from decimal import Decimal

import pytest

from indicators.intake.layouts.layout import Column, Layout
from indicators.models import Measurement, PublishedValue
from municipalities.tenancy import within
from tests.indicators.intake import statistics_samples as files
from tests.indicators.intake.test_statistics_files import HEAD, LIST, corrected, send, take
from tests.indicators.publishing.test_filling import follow

pytestmark = pytest.mark.django_db
LONG = "団体コード,市区町村,指標,年度,値,出典\n"
PARTED = "municipality_code,indicator,fiscal_year,value,numerator,denominator,state,source\n"
ESTAT = """令和６年,見本統計調査,令和６（２０２４）年１０月１日,
第１表　診療所の届出状況・市町村別
,総数,訪問診療を実施する診療所数,
,,施設数,患者数
,,,
見　本　県,120,30,200
市町村（再掲）,,,
見　本　市,80,21,150
見　本　町,30,9,50
"""


@pytest.fixture
def officer(sign_in):
    return sign_in("officer")


def told(upload):
    return [(one.row, one.message) for one in upload.refused.all()]


def test_a_code_and_a_name_that_contradict_each_other_are_refused(officer):
    upload = send(officer, LONG + "990019,見本町,在宅看取り数,2024,15,試験\n")
    ((row, message),) = told(upload)
    assert row == 2
    assert "コード990019は見本市" in message
    assert "「見本町」（990027）" in message
    assert not upload.new
    assert "見本町" in officer.get(f"{LIST}files/{upload.pk}/").content.decode()


@pytest.mark.parametrize("name", ["見本市", "見 本 市", "見本県見本市", "みほん市", ""])
def test_a_name_that_means_the_same_or_nobody_contradicts_nothing(officer, name):
    upload = send(officer, LONG + f"990019,{name},在宅看取り数,2024,15,試験\n")
    assert (told(upload), upload.new) == ([], 1)


def test_our_towns_name_beside_the_code_of_another_prefecture_is_asked_about():
    layout = Layout(columns=(Column(2, "市区町村名"), Column(3, "値", "value", "births", 2023)))
    rows = files.table(
        "コード,市区町村名,値", "122033,水戸市,5", "122033,市川市,5", "082015,水戸市,7"
    )
    found = files.extract(rows, layout, "08")
    assert [one.row for one in found.refused] == [2]
    assert (found.elsewhere, [one.row for one in found.values]) == (1, [4])


def test_a_first_row_whose_code_has_lost_its_zero_is_told_like_a_later_one(officer):
    rows = "82015,水戸市,12,45678\n990019,見本市,12,45678\n82023,日立市,3,9876\n"
    upload = send(officer, HEAD + rows)
    assert (upload.layout.heading_to, upload.layout.first_row) == (1, 2)
    corrected(officer, upload)
    assert [row for row, _ in told(upload)] == [2, 4]


def test_a_spaced_prefecture_above_the_towns_is_a_row_and_no_heading(officer):
    upload = send(officer, ESTAT.encode("cp932"), name="estat.csv")
    layout = upload.layout
    assert (layout.heading_from, layout.heading_to, layout.first_row) == (3, 4, 6)
    more = {"role-3": "value", "role-4": "skipped", "indicator-4": ""}
    corrected(officer, upload, **more)
    take(officer, upload)
    rows = PublishedValue.objects.filter(dataset=upload.dataset)
    assert dict(rows.values_list("place_code", "value")) == {
        "99": Decimal(30),
        "990019": Decimal(21),
        "990027": Decimal(9),
    }


def test_a_first_name_that_is_misspelt_is_told(officer):
    upload = send(
        officer, HEAD.split(",", 1)[1] + "見本シ,12,45678\n見本町,3,9876\n見本村,1,1234\n"
    )
    assert upload.layout.first_row == 2
    columns = {"role-2": "value", "indicator-2": "population_total", "year-2": "2024"}
    corrected(officer, upload, **columns | {"role-3": "skipped", "role-4": "skipped"})
    assert [row for row, _ in told(upload)] == [2]


def test_a_row_of_years_stays_a_heading(officer):
    upload = send(officer, "市区町村,2023,2024\n見本市,12,45678\n見本町,3,9876\n")
    assert (upload.layout.heading_to, upload.layout.first_row) == (1, 2)


@pytest.mark.parametrize(
    ("parts", "value"),
    [
        ("1000,3000", "33.3333"),
        ("2000,3000", "66.6667"),
        ("100,800", "12.5000"),
        ("77,205", "37.5609"),
    ],
)
def test_a_share_of_its_parts_is_stored_half_up_unless_fewer_digits_would_print_wrongly(
    officer, parts, value
):
    rows = f"990019,acp_discussed_rate,2024,,{parts},value,住民調査\n"
    upload = send(officer, PARTED + rows)
    take(officer, upload)
    row = PublishedValue.objects.get(dataset=upload.dataset, place_code="990019")
    assert row.value == Decimal(value)


def test_half_up_never_moves_what_is_printed(officer):
    """12.34995 would be kept as 12.3500 and printed as 12.4."""
    upload = send(
        officer, PARTED + "990019,acp_discussed_rate,2024,,246999,2000000,value,住民調査\n"
    )
    take(officer, upload)
    row = PublishedValue.objects.get(dataset=upload.dataset, place_code="990019")
    assert f"{row.value:.4f}" == "12.3499"


ALL = "municipality_code,indicator,fiscal_year,value,numerator,denominator,state,finality,as_of,source,note\n"
ROW = "990019,acp_discussed_rate,2024,,77,205,value,{},{},住民調査,抽出\n"
EARLY = ("preliminary", "2024-12-31")
TOLD = ("value", "numerator", "denominator", "finality", "as_of")


def brought_in(client, finality, as_of):
    upload = send(client, ALL + ROW.format(finality, as_of))
    assert told(upload) == []
    page = client.get(f"{LIST}files/{upload.pk}/").content.decode()
    take(client, upload)
    assert upload.state == "done", upload.message
    return upload, page


def published():
    return PublishedValue.objects.filter(dataset__title="住民調査").values_list(*TOLD).get()


def test_parts_finality_and_day_of_the_long_format_are_kept_and_shown(officer):
    _, page = brought_in(officer, *EARLY)
    assert published() == (
        Decimal("37.5609"),
        Decimal(77),
        Decimal(205),
        "preliminary",
        date(2024, 12, 31),
    )
    assert "77／205" in page
    assert "速報" in page
    assert "12月31日" in page


def test_the_same_value_made_final_is_a_change_and_the_same_again_is_none(officer):
    brought_in(officer, *EARLY)
    upload, page = brought_in(officer, "確定", "")
    assert (upload.new, upload.changed) == (0, 1)
    assert "確定" in page
    assert published()[3:] == ("final", None)
    again = send(officer, ALL + ROW.format("final", ""))
    assert (again.new, again.changed, again.same) == (0, 0, 1)


def test_a_file_without_these_columns_leaves_them_while_the_value_stays(officer):
    brought_in(officer, *EARLY)
    short = "municipality_code,indicator,fiscal_year,value,source\n"
    same = send(officer, short + "990019,acp_discussed_rate,2024,37.5609,住民調査\n")
    assert (same.changed, same.same) == (0, 1)
    other = send(officer, short + "990019,acp_discussed_rate,2024,38,住民調査\n")
    # A share of nobody knows how many is withheld unless its table is public.
    take(officer, other, is_public="1", public_source="見本市のホームページ")
    assert published() == (Decimal(38), None, None, "", None)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [(("だいたい", ""), "確定・速報・見込のどれか"), (("", "いつか"), "日付")],
)
def test_what_cannot_be_read_beside_a_value_is_told(officer, words, sentence):
    upload = send(officer, ALL + ROW.format(*words))
    ((row, message),) = told(upload)
    assert (row, sentence in message) == (2, True), message


def own(cycle):
    with within(cycle.municipality):
        rows = Measurement.objects.filter(code="acp_discussed_rate", source="住民調査")
        return list(rows.values_list(*TOLD))


def test_a_town_is_filled_with_them_and_follows_when_they_become_final(officer, cycle):
    follow(cycle, "acp_discussed_rate")
    brought_in(officer, *EARLY)
    parts = (Decimal("37.5609"), Decimal(77), Decimal(205))
    assert own(cycle) == [(*parts, "preliminary", date(2024, 12, 31))]
    brought_in(officer, "確定", "2025-03-31")
    assert own(cycle) == [(*parts, "final", date(2025, 3, 31))]


def test_a_waiting_file_is_given_up_from_the_list(officer):
    upload = send(officer, ALL + ROW.format(*EARLY))
    address = f'action="{LIST}files/{upload.pk}/cancel/"'
    assert address in officer.get(LIST).content.decode()
    officer.post(f"{LIST}files/{upload.pk}/cancel/")
    upload.refresh_from_db()
    assert upload.state == "cancelled"
    assert address not in officer.get(LIST).content.decode()


def test_the_check_shows_a_value_as_it_stands_in_the_file(officer):
    upload = send(officer, LONG + "990019,見本市,在宅看取り数,2024,12.5,試験\n")
    page = officer.get(f"{LIST}files/{upload.pk}/").content.decode()
    assert "12.5" in page
    assert ">13" not in page


TWO_ROWS = "在宅医療の状況,,\n団体コード,診療所の数,病院の数\n,令和6年度の実数,令和6年度の実数\n"


def test_corrected_rows_of_headings_are_remembered_for_the_same_form(officer):
    rows = "990019,12,5\n990027,3,7\n"
    first = send(officer, TWO_ROWS + rows)
    assert (first.layout.heading_from, first.layout.heading_to) == (2, 3)
    columns = {"role-2": "value", "indicator-2": "home_visit_clinics", "year-2": "2024"}
    columns |= {"role-3": "skipped", "indicator-3": "", "year-3": ""}
    corrected(officer, first, heading_from=2, heading_to=2, first_row=4, is_kept="on", **columns)
    headings = list(first.layout.columns.values_list("heading", flat=True))
    assert headings == ["団体コード", "診療所の数", "病院の数"]
    take(officer, first)
    assert first.state == "done", first.message
    second = send(officer, TWO_ROWS + rows.replace("12", "13"), name="次の年.csv")
    assert (second.layout.heading_from, second.layout.heading_to) == (2, 2)
    assert second.layout.first_row == 4


def test_a_row_of_a_towns_own_indicator_says_what_to_do_with_it(officer):
    """As it stands in what a town has exported (「これまでの実績値（CSV）」)."""
    head = "municipality_code,indicator,fiscal_year,value,state,source\n"

    upload = send(officer, f"{head}990019,own-0123456789,2024,15,value,試験\n")

    ((_, message),) = told(upload)
    assert message == (
        "指標「own-0123456789」は、市区町村が独自に定めた指標です。この行を消してください。"
        "都道府県で集めるときは、「県の指標」に登録し、行の指標をそのコードに書き換えてください。"
    )
    assert message in officer.get(f"{LIST}files/{upload.pk}/").content.decode()
