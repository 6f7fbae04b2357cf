"""体制の一枚: everything of a structure on A4, ours or shared with us; nothing is cut."""

import io
from decimal import Decimal

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.models import Dataset, Definition, Measurement, MeasurementPart, PublishedValue
from municipalities.models import Contractor, Municipality
from municipalities.tenancy import within
from tests import world
from tests.coordinators import rows

pytestmark = pytest.mark.django_db
YEAR = "/m/990019/2026/coordinators/"


def pages_of(response):
    assert response.headers["Content-Type"] == "application/pdf"
    return pypdf.PdfReader(io.BytesIO(response.content)).pages


def text_of(response):
    return "".join("".join(page.extract_text().split()) for page in pages_of(response))


@pytest.fixture
def structure(here):
    made = rows.structure(
        affiliation="bodies",
        coverage="several",
        axes_note="階層は資料から分からない",
        responsible="見本市高齢福祉課",
        background="平成24年に設置した。",
        source="見本の資料",
    )
    rows.partner(made, world.THEIRS, responsible="見本町福祉課")
    lead = rows.post(made, "lead", level="municipal_lead", desk="連携センター", people=3)
    rows.post(made, "field", upper=lead, people=30, places="8区11病院", position=2)
    rows.staffing(lead, people=3, duty="concurrent", qualifications="保健師")
    rows.item(rows.heading(made, applies_to="見本町のみ"), planned="2回/年", held=1)
    rows.item(
        rows.heading(made, "gain", kind="effect", text="顔の見える関係"),
        "gain-1",
        text="相談が増えた",
    )
    rows.stage(made)
    rows.prefecture_post("prefecture", name="見本県の基幹センター")
    return made


WORDS = (
    "見本市高齢福祉課",
    "見本町福祉課",
    "①関係団体等に所属",
    "②複数の自治体を対象",
    "市町村の基幹的コーディネーター",
    "階層は資料から分からない",
    "連携センター",
    "8区11病院",
    "兼務3人",
    "保健師",
    "平成24年に設置した。",
    "一次連携",
    "見本町のみ",
    "予定2回/年実施1回",
    "顔の見える関係",
    "相談が増えた",
    "見本県の基幹センター",
    "見本の資料",
)


def test_screen_and_paper_carry_everything(structure, sign_in):
    viewer = sign_in("viewer")
    shown = "".join(viewer.get(f"{YEAR}team/sheet/").content.decode().split())
    pdf = viewer.get(f"{YEAR}team/sheet.pdf")

    assert len(pages_of(pdf)) == 1
    printed = text_of(pdf)
    for words in WORDS:
        assert words in shown
        assert words in printed


def test_what_one_page_does_not_hold_goes_on_and_nothing_is_cut(structure, as_editor):
    head = rows.heading(structure, "long", position=9)
    for number in range(90):
        text = f"項目{number}番" + "長い文をここに書く" * 9
        rows.item(head, f"long-{number}", text=text, position=number)

    pdf = as_editor.get(f"{YEAR}team/sheet.pdf")

    assert len(pages_of(pdf)) > 1
    found = text_of(pdf)
    assert all(f"項目{number}番" in found for number in range(90))


def test_a_neighbours_shared_structure_is_printed_here(here, as_editor):
    rows.shared_by_neighbour()
    page = f"{YEAR}shared/{world.THEIRS}/joint/sheet"

    assert "見本町が記入しています" in as_editor.get(f"{page}/").content.decode()
    assert "見本町医師会" in text_of(as_editor.get(f"{page}.pdf"))


def test_what_is_not_shared_is_absent(structure, sign_in, as_editor):
    assert as_editor.get(f"{YEAR}shared/{world.THEIRS}/team/sheet/").status_code == 404
    assert as_editor.get(f"{YEAR}nowhere/sheet.pdf").status_code == 404
    assert sign_in("neighbour").get(f"{YEAR}team/sheet/").status_code == 404


def test_the_sheet_begins_with_the_figures_of_its_towns(structure, as_editor):
    """Ours as 自治体概要 has them with 委託先, the neighbour's as statistics have published them."""
    population = Definition.objects.get(code="population_total")
    PublishedValue.objects.create(
        definition=population,
        dataset=Dataset.objects.create(code="made", title="作った統計"),
        place_kind="municipality",
        place_code=world.THEIRS,
        fiscal_year=2020,
        value=Decimal(12345),
    )

    shown = "".join(as_editor.get(f"{YEAR}team/sheet/").content.decode().split())
    printed = text_of(as_editor.get(f"{YEAR}team/sheet.pdf"))

    for words in ("人口", "高齢化率", "委託先", "12,345人", "※1"):
        assert words in shown
        assert words in printed
    contractor = Contractor.objects.select_related("organization").first()
    assert "".join(str(contractor).split()) in printed


def test_the_sheet_takes_the_same_few_queries_for_many_towns(structure, as_editor):
    def queries():
        with CaptureQueriesContext(connection) as found:
            as_editor.get(f"{YEAR}team/sheet/")
        return len(found)

    as_editor.get(f"{YEAR}team/sheet/")
    few = queries()
    for town in more_towns():
        rows.partner(structure, town, key=f"partner-{town}")
    assert queries() == few


def test_deleting_takes_the_same_few_queries_for_many_towns(structure, as_editor):
    def queries():
        with CaptureQueriesContext(connection) as found:
            as_editor.get(f"{YEAR}team/delete/")
        return len(found)

    as_editor.get(f"{YEAR}team/delete/")
    few = queries()
    for town in more_towns():
        rows.partner(structure, town, key=f"partner-{town}")
    assert queries() == few


def more_towns():
    """Return the codes of a dozen more towns of the prefecture."""
    prefecture = Municipality.objects.get(code=world.OURS).prefecture
    made = [
        Municipality.objects.create(
            code=f"9910{number:02}",
            name=f"町{number}",
            kana="まち",
            kind="town",
            prefecture=prefecture,
        )
        for number in range(12)
    ]
    return [one.code for one in made]


def test_a_towns_own_figures_are_shown_to_no_neighbour(here, sign_in):
    """What the lead entered itself stays behind the fence: a partner reads public statistics alone."""
    rows.shared_by_neighbour()
    MeasurementPart.objects.all().delete()
    Measurement.objects.all().delete()
    with within(Municipality.objects.get(code=world.THEIRS)):
        theirs = Measurement.objects.filter(definition__code="population_total")
        assert theirs.exists()
        theirs.update(value=Decimal(987654))

    page = f"{YEAR}shared/{world.THEIRS}/joint/sheet/"
    assert "987,654" not in sign_in("editor").get(page).content.decode()
    own = sign_in("neighbour").get(f"/m/{world.THEIRS}/2026/coordinators/joint/sheet/")
    assert "987,654" in own.content.decode()
