"""この表を保存: the workbook has the page's rows in the page's order."""

import io
import re
from decimal import Decimal
from urllib.parse import quote

import pytest
from openpyxl import load_workbook

from indicators.models import Dataset, Definition, PublishedValue
from tests.reports.progress_rows import town

pytestmark = pytest.mark.django_db
PAGE = "/p/99/2026/compare/"
CODE = "home_visit_clinics"


@pytest.fixture
def values(db):
    dataset = Dataset.objects.create(
        code="sample", title="見本の調査", publisher="見本県", licence="CC BY 4.0"
    )
    definition = Definition.objects.get(code=CODE)
    for number in range(1, 13):
        PublishedValue.objects.create(
            definition=definition,
            place_kind="municipality",
            place_code=town(number, name=f"村{number}番").code,
            fiscal_year=2023,
            value=Decimal(number * 5 % 13),
            dataset=dataset,
        )


def saved(client, query):
    response = client.get(f"{PAGE}export/{query}")
    assert response.status_code == 200
    return response, load_workbook(io.BytesIO(response.content))


@pytest.mark.parametrize("query", ["", f"?sort={CODE}", f"?sort=-{CODE}", "?scene=daily_care"])
def test_the_rows_are_those_of_the_page(query, values, sign_in):
    officer = sign_in("officer")
    page = officer.get(f"{PAGE}{query}").content.decode()
    response, book = saved(officer, query)

    shown = re.findall(r'<tr id="place-(\d{6})"', page)
    rows = list(book["比較"].iter_rows(values_only=True))[5:]
    assert [row[0] for row in rows[: len(shown)]] == shown
    assert len(shown) == 15
    heads = re.findall(r'<th scope="col" aria-sort="\w+"><a href="[^"]*">(.*?)</a>', page)
    assert list(next(book["区分"].iter_rows(values_only=True)))[2:] == heads[1:]
    feet = re.findall(r'<tr><th scope="row">(.*?)</th>', page.partition("<tfoot>")[2])
    assert [row[1] for row in rows[len(shown) :]] == feet
    # Neither prefecture nor nation is told of.
    assert "全国" not in feet
    assert "filename*=utf-8''%E5%B8%82" in response["Content-Disposition"]
    assert response["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("", "市町村の比較_見本県_令和8年度まで.xlsx"),
        ("?group=nation", "都道府県の比較_全国_令和8年度まで.xlsx"),
        ("?scene=daily_care", "市町村の比較_見本県_日常の療養支援_令和8年度まで.xlsx"),
        (f"?indicator={CODE}", "市町村の比較_見本県_訪問診療を実施した診療所数_令和8年度まで.xlsx"),
        ("?indicator=nothing", "市町村の比較_見本県_0指標_令和8年度まで.xlsx"),
    ],
)
def test_the_name_of_the_file_tells_what_is_in_it(query, name, values, sign_in):
    response, _ = saved(sign_in("officer"), query)

    assert quote(name) in response["Content-Disposition"]


def test_the_name_of_a_file_holds_no_sign_that_a_computer_refuses(values, sign_in):
    Definition.objects.filter(code=CODE).update(name='a/b:c"d' + "長" * 90)

    response, _ = saved(sign_in("officer"), f"?indicator={CODE}")

    assert quote(f"_a-b-c-d{'長' * 33}_") in response["Content-Disposition"]


def test_definition_and_licence_come_from_the_catalogue(values, sign_in):
    _, book = saved(sign_in("officer"), f"?indicator={CODE}")

    header, row = book["指標"].iter_rows(values_only=True)
    told = dict(zip(header, row, strict=True))
    assert told["利用の条件"] == "CC BY 4.0"
    assert told["分子の説明"] == Definition.objects.get(code=CODE).numerator


def licence_told(client, code=CODE):
    _, book = saved(client, f"?indicator={code}")
    header, row = book["指標"].iter_rows(values_only=True)
    return dict(zip(header, row, strict=True))["利用の条件"]


@pytest.mark.parametrize("title", ["見本の調査（県の集計）", "見本の調査"])
def test_the_licence_of_another_statistic_is_not_told(title, values, sign_in):
    """A prefecture's own table may be called as a national one is, or begin as it does."""
    own = Dataset.objects.create(code="own", title=title, publisher="見本県")
    PublishedValue.objects.filter(dataset__code="sample").update(dataset=own)

    assert not licence_told(sign_in("officer"))


def test_each_of_two_statistics_is_named_beside_its_licence(values, sign_in):
    """Deaths of one statistic are divided by the people of another."""
    sample = Dataset.objects.get(code="sample")
    census = Dataset.objects.create(code="census-x", title="見本の人口", licence="CC BY 4.1")
    for code, number, dataset in (("deaths", 50, sample), ("population_total", 5000, census)):
        PublishedValue.objects.create(
            definition=Definition.objects.get(code=code),
            place_kind="municipality",
            place_code="990019",
            fiscal_year=2023,
            value=Decimal(number),
            dataset=dataset,
        )
    officer = sign_in("officer")
    told = f"「{sample.title}」はCC BY 4.0"
    assert licence_told(officer, "deaths") == f"{told}、「見本の人口」はCC BY 4.1"

    Dataset.objects.filter(code="sample").update(licence="")

    assert licence_told(officer, "deaths") == "「見本の人口」はCC BY 4.1"


def test_pooled_values_begin_with_the_first_year_and_tell_by_what_they_are_divided(values, sign_in):
    dataset = Dataset.objects.get(code="sample")
    for code, number in (("deaths", 50), ("population_total", 5000)):
        for year in range(2019, 2024):
            PublishedValue.objects.create(
                definition=Definition.objects.get(code=code),
                place_kind="municipality",
                place_code="990019",
                fiscal_year=year,
                value=Decimal(number),
                dataset=dataset,
            )

    for pool in (3, 5):
        _, book = saved(sign_in("officer"), f"?indicator=deaths&pool={pool}")
        head, *rows = book["データ"].iter_rows(values_only=True)
        told = next(row for row in (dict(zip(head, one, strict=True)) for one in rows) if row["値"])
        assert (told["最初の年度"], told["最後の年度"]) == (2024 - pool, 2023)
    head, row = book["指標"].iter_rows(values_only=True)
    assert dict(zip(head, row, strict=True))["分母の説明"] == "住民基本台帳人口、または人口"


def test_what_nobody_knows_counts_as_not_asked(values, sign_in):
    _, book = saved(sign_in("officer"), "?indicator=%3Cscript%3E&year=abc&pool=99&sort=nothing")

    assert dict(book["説明"].iter_rows(values_only=True, max_col=2))["並び順"] == "自治体コードの順"


def test_more_towns_ask_the_database_no_more_often(values, sign_in, django_assert_max_num_queries):
    officer = sign_in("officer")

    with django_assert_max_num_queries(20):
        saved(officer, "")


@pytest.mark.parametrize("name", ["other-officer", "editor", "adviser"])
def test_nobody_else_saves_it(name, sign_in):
    assert sign_in(name).get(f"{PAGE}export/").status_code == 404
