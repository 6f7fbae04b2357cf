"""Another number typed over what a statistic has filled in: the paper would have the statistic say what it does not."""

import html

import pytest

from indicators.models import Dataset, Definition, Measurement, WithheldValue
from indicators.publishing import filling
from tests import world
from tests.indicators.grid.test_entry import ADDRESS, CHECK, typed
from tests.indicators.publishing.test_filling import follow
from tests.indicators.rows import BASE, publish

pytestmark = pytest.mark.django_db
CODE, TITLE = "home_visit_clinics", "医療施設調査"
SAID = "出典にした「医療施設調査」では、12か所です。ほかの資料の値のときは、"
ANSWER, BEFORE = (
    "出典も書き換えてください。",
    "指標の画面でその年度の値を開いて、出典も書き換えてください。",
)


@pytest.fixture
def filled(here):
    """The statistic's numbers of this year and the last, and the indicator that they have filled."""
    publish(CODE, world.YEAR, 12, dataset=TITLE)
    publish(CODE, world.YEAR - 1, 11, dataset=TITLE)
    indicator = follow(here, CODE)
    filling.fill(here.municipality, by=None, codes=[CODE])
    return indicator


def value(year=world.YEAR):
    return Measurement.objects.get(code=CODE, fiscal_year=year)


def fields(indicator, **texts):
    row = value()
    shown = {"value": "12", "source": TITLE, "base": f"{row.key}:{row.version}"}
    return typed(indicator.key, **shown | texts)


def asked(client, indicator, **texts):
    line = client.post(CHECK, fields(indicator, **texts)).json()["lines"][indicator.key]
    return line["look"], html.unescape(line["said"])


def page_of(client, address):
    return html.unescape(client.get(address).content.decode())


def test_it_is_said_beside_the_cell_and_kept_from_nothing(as_editor, filled):
    look, said = asked(as_editor, filled, value="15")
    assert look == "doubt"
    assert f"{SAID}{ANSWER}" in said

    as_editor.post(ADDRESS, fields(filled, value="15"))

    assert (value().value, value().source) == (15, TITLE)
    assert f"{SAID}{ANSWER}" in page_of(as_editor, ADDRESS)


@pytest.mark.parametrize(
    "texts", [{}, {"value": "12か所"}, {"value": "15", "source": "市内診療所への調査"}]
)
def test_the_same_number_or_another_source_is_not_asked_about(as_editor, filled, texts):
    """The negative control."""
    assert SAID not in asked(as_editor, filled, **texts)[1]


def test_what_is_printed_alike_is_the_same_number(as_editor, filled):
    Definition.objects.filter(code=CODE).update(decimals=1)
    Measurement.objects.filter(code=CODE).update(value="12.04")

    assert SAID not in page_of(as_editor, ADDRESS)


def test_a_reason_in_place_of_the_number_tells_nothing_of_it(as_editor, filled):
    assert SAID not in asked(as_editor, filled, value="", state="suppressed")[1]


def test_a_number_that_the_statistic_withholds_from_others_is_known_here(as_editor, here, filled):
    titled = {"title": "患者調査（県の提供）"}
    dataset = Dataset.objects.create(code="told-here", publisher="県", **titled)
    place = {"place_kind": "municipality", "place_code": world.OURS}
    WithheldValue.objects.create(
        definition=Definition.objects.get(code=CODE),
        dataset=dataset,
        fiscal_year=world.YEAR,
        value=3,
        **place,
    )

    said = asked(as_editor, filled, value="4", source=titled["title"])[1]

    assert "出典にした「患者調査（県の提供）」では、3か所です。" in said


def test_a_year_before_in_a_pasted_block_says_where_its_source_is_corrected(as_editor, filled):
    last = value(world.YEAR - 1)
    name = f"{filled.key}.{world.YEAR - 1}"
    block = {f"value-{name}": "14", f"base-{name}": f"{last.key}:{last.version}"}

    line = as_editor.post(CHECK, fields(filled) | block).json()["lines"][name]

    assert line["look"] == "doubt"
    assert (
        f"出典にした「{TITLE}」では、11か所です。ほかの資料の値のときは、{BEFORE}" in line["said"]
    )


def test_it_is_said_on_a_page_that_comes_back_with_an_error_in_another_line(as_editor, filled):
    sent = fields(filled, value="15") | typed(value="八十")

    response = as_editor.post(ADDRESS, sent)

    assert response.status_code == 422
    assert SAID in html.unescape(response.content.decode())


def test_the_form_of_one_value_leads_to_the_page_that_says_it(as_editor, filled):
    page = f"{BASE}{filled.key}/"
    assert SAID not in page_of(as_editor, page)

    row = value()
    sent = {"base_version": row.version, "value": "15", "state": "value", "finality": "final"}
    sent |= {"source": TITLE, "note": "", "as_of": ""}
    as_editor.post(f"{page}values/{row.key}/edit/", sent)

    assert f"{SAID}{ANSWER}" in page_of(as_editor, page)
