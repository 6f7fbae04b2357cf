"""What is said of where the numbers come from: also of a table that nobody has published."""

import io

import pytest
from openpyxl import load_workbook

from indicators.comparison.reading import columns
from indicators.models import Dataset, PublishedValue, WithheldValue
from reports.paper.towns.comparison import comparison_html
from tests.indicators.comparison import comparisons
from tests.indicators.comparison.planted import plant, tell, town
from tests.reports.paper.test_comparison_paper import paper_of

pytestmark = pytest.mark.django_db
CODE = "home_death_rate"
PAGE = f"/p/98/2026/compare/?indicator={CODE}"


@pytest.fixture
def brought_in():
    prefecture = plant(3)
    Dataset.objects.create(code="own", title="在宅医療の調査", prefecture=prefecture)
    tell(CODE, 2024, {1: 10, 2: 30, 3: 20}, dataset="own")
    return prefecture


def test_a_table_that_nobody_has_published_is_said_to_be_one(brought_in, sign_in):
    officer = sign_in("other-officer")

    page = officer.get(PAGE).content.decode()
    content = officer.get(PAGE.replace("/?", "/export/?")).content
    told = {
        str(one)
        for sheet in load_workbook(io.BytesIO(content))
        for row in sheet.values
        for one in row
    }

    assert columns.NOT_PUBLIC in page
    assert any(columns.NOT_PUBLIC in one for one in told)
    assert "公表値を加工" not in page


@pytest.mark.parametrize(
    "told", [{"public_source": "県のウェブサイト"}, {"fingerprint": "a" * 64}, {"prefecture": None}]
)
def test_one_that_may_be_read_somewhere_is_not(brought_in, sign_in, told):
    Dataset.objects.filter(code="own").update(**told)

    page = sign_in("other-officer").get(PAGE).content.decode()

    assert "在宅医療の調査" in page
    assert columns.NOT_PUBLIC not in page


BY_SOURCE, HERE = columns.HIDDEN_BY_SOURCE, columns.HIDDEN_HERE


@pytest.fixture
def hidden(brought_in):
    """The second town counts few people and is hidden here; of the third the file says x."""
    few = PublishedValue.objects.get(dataset__code="own", place_code=town(2))
    WithheldValue.objects.create(
        dataset=few.dataset,
        definition=few.definition,
        place_kind=few.place_kind,
        place_code=few.place_code,
        fiscal_year=few.fiscal_year,
        value=few.value,
    )
    rows = PublishedValue.objects.filter(dataset__code="own", place_code__in=(town(2), town(3)))
    rows.update(value=None, state="suppressed")


def test_of_a_hidden_value_it_is_said_who_hides_it(hidden, sign_in):
    officer = sign_in("other-officer")

    page = officer.get(PAGE).content.decode()
    content = officer.get(PAGE.replace("/?", "/export/?")).content
    cells = [one for sheet in load_workbook(io.BytesIO(content)) for row in sheet for one in row]

    row = page[page.index("町2") : page.index("町3")]
    assert (HERE in row, BY_SOURCE in row) == (True, False)
    assert page.count(BY_SOURCE) == 1
    assert {one.value for one in cells} >= {BY_SOURCE, HERE}
    # What is hidden stays so.
    assert 30 not in [one.value for one in cells]


def test_of_a_table_that_may_be_read_somewhere_only_the_source_hides(hidden, sign_in):
    """The negative control."""
    WithheldValue.objects.all().delete()
    Dataset.objects.filter(code="own").update(public_source="県のウェブサイト")

    page = sign_in("other-officer").get(PAGE).content.decode()

    assert (page.count(BY_SOURCE), page.count(HERE)) == (2, 0)


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("県の調査　令和2年度", "県の調査　令和2年度"),
        ("2020年度県の調査", "2020年度県の調査"),
        ("県の調査　令和元年度", "県の調査　令和元年度　令和2年度（2020年度）"),
        (
            "県の調査（令和元年度～令和2年度）",
            "県の調査（令和元年度～令和2年度）　令和2年度（2020年度）",
        ),
    ],
)
def test_a_year_that_the_title_tells_is_told_once(sign_in, title, said):
    plant(3)
    tell("home_death_rate", 2020, {1: 10, 2: 20, 3: 30}, dataset="own")
    Dataset.objects.filter(code="own").update(title=title, licence="CC BY 4.0")
    officer = sign_in("other-officer")

    page = officer.get("/p/98/2026/compare/").content.decode()
    book = load_workbook(io.BytesIO(officer.get("/p/98/2026/compare/export/").content))

    assert f"<p>{said}</p>" in page
    told = "".join(str(cell) for row in book["説明"].values for cell in row)
    assert f"出典：{said}。利用の条件：CC BY 4.0" in told


def test_the_paper_calls_no_table_published():
    html = comparison_html(paper_of(comparisons.three_towns()))

    assert "出典に示した表の値を加工して作成しています" in html
    assert "公表値" not in html
