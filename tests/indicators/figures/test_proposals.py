"""Published values that are proposed where the profile has none, and taken over by one press."""

from decimal import Decimal

import pytest

from indicators.choices import PlaceKind
from indicators.figures.profile_figures import RATE_UNSPECIFIED, of
from indicators.models import Dataset, Definition, Measurement, MeasurementPart, PublishedValue
from municipalities.kernel import submission_keys
from municipalities.models import Change

pytestmark = pytest.mark.django_db
PROFILE = "/m/990019/2026/profile/"
NO1, NO2 = "ltc_certification_rate_no1", "ltc_certification_rate_no2"
USE = "この値を使う"


@pytest.fixture
def publish():
    """Return a function that publishes a value, of 見本市 unless told otherwise."""
    dataset = Dataset.objects.create(
        code="census", title="令和7年国勢調査", publisher="公表者", licence="出典を示せば使えます"
    )

    def make(code, value, year=2025, place="990019", kind=PlaceKind.MUNICIPALITY):
        return PublishedValue.objects.create(
            definition=Definition.objects.get(code=code),
            place_kind=kind,
            place_code=place,
            fiscal_year=year,
            value=value,
            dataset=dataset,
        )

    return make


@pytest.fixture
def nothing_entered(here):
    MeasurementPart.objects.all().delete()
    Measurement.objects.all().delete()
    return here


def adopt(client, value, code="population_total"):
    number = getattr(value, "pk", value)
    return client.post(
        f"/m/990019/2026/figures/{code}/adoption/", {"published": number}, follow=True
    )


def shown(client, url=PROFILE):
    return client.get(url).content.decode()


def own(code="population_total"):
    rows = Measurement.objects.filter(code=code)
    return [(row.fiscal_year, row.value, row.source, row.state) for row in rows]


def test_a_published_value_is_proposed_with_year_and_source(as_editor, nothing_entered, publish):
    publish("population_total", 48123)
    page = shown(as_editor)

    assert "48,123人" in page
    assert "令和7年度（2025年度）" in page
    assert "令和7年国勢調査" in page
    assert "確認してください" in page
    assert USE in page
    assert "別の値を入力する" in page
    assert own() == [], "it is a proposal, not a value"


def test_one_press_takes_it_over(as_editor, nothing_entered, publish):
    page = adopt(as_editor, publish("population_total", 48123)).content.decode()

    assert own() == [(2025, Decimal(48123), "令和7年国勢調査", "value")]
    assert USE not in page
    assert "公表値を使いました" in page
    row = Measurement.objects.get(code="population_total")
    assert Change.objects.of(row).get().actor.username == "editor"


def test_pressing_twice_takes_it_over_once(as_editor, nothing_entered, publish):
    value = publish("population_total", 48123)
    for _ in range(2):
        assert "公表値を使いました" in adopt(as_editor, value).content.decode()

    assert len(own()) == 1


def test_what_was_entered_meanwhile_stays(as_editor, nothing_entered, publish):
    value = publish("population_total", 48123)
    form = {"value": "50000", "state": "value", "finality": "final", "source": "住民基本台帳"}
    key = {"fiscal_year": "2026", "submission_key": submission_keys.new()}
    as_editor.post("/m/990019/2026/figures/population_total/add/", form | key)
    page = adopt(as_editor, value).content.decode()

    assert "すでに別の値が入力されています" in page
    assert own() == [(2026, Decimal(50000), "住民基本台帳", "value")]


def test_the_latest_year_up_to_the_pages_is_proposed(as_editor, nothing_entered, publish):
    publish("population_total", 1, year=2020)
    publish("population_total", 2, year=2025)
    future = publish("population_total", 3, year=2027)

    assert "2人" in shown(as_editor)
    assert "見つかりません" in adopt(as_editor, future).content.decode()
    assert own() == []


@pytest.mark.parametrize(
    ("place", "kind"), [("990027", PlaceKind.MUNICIPALITY), ("990019", PlaceKind.WARD)]
)
def test_another_places_value_is_neither_proposed_nor_taken(
    as_editor, nothing_entered, publish, place, kind
):
    value = publish("population_total", 777, place=place, kind=kind)

    assert "777人" not in shown(as_editor)
    assert "見つかりません" in adopt(as_editor, value).content.decode()
    assert own() == []


@pytest.mark.parametrize("posted", ["", "x", "-1", "9" * 30, "１", "0"])
def test_what_is_no_published_value_is_answered_in_words(as_editor, nothing_entered, posted):
    assert "見つかりません" in adopt(as_editor, posted).content.decode()


def test_a_value_of_another_figure_is_not_taken_for_this_one(as_editor, nothing_entered, publish):
    adopt(as_editor, publish("population_total", 777), code="aging_rate_65")

    assert own("aging_rate_65") == own() == []


def test_a_reader_sees_the_proposal_and_no_button(sign_in, nothing_entered, publish):
    value = publish("population_total", 48123)
    page = shown(sign_in("viewer"))

    assert "48,123人" in page
    assert USE not in page
    assert adopt(sign_in("viewer"), value).status_code == 403


def test_entered_values_are_never_overruled_by_published_ones(as_editor, here, publish):
    publish("population_total", 999_999, year=2026)

    assert "999,999人" not in shown(as_editor)


def lines(cycle):
    return {figure.definition.code: bool(figure.proposal) for figure in of(cycle)}


def test_rates_by_category_are_proposed_instead_of_the_unspecified_line(nothing_entered, publish):
    publish(NO1, 19), publish(NO2, 1)
    found = lines(nothing_entered)

    assert (found[NO1], found[NO2]) == (True, True)
    assert RATE_UNSPECIFIED not in found


def test_an_unspecified_rate_that_was_entered_stands_alone(here, publish):
    publish(NO1, 19)

    assert NO1 not in lines(here)


def test_the_second_category_is_proposed_beside_the_first(as_editor, nothing_entered, publish):
    publish(NO2, Decimal("1.2")), publish(RATE_UNSPECIFIED, 18)
    adopt(as_editor, publish(NO1, 19), code=NO1)
    found = lines(nothing_entered)

    assert (found[NO1], found[NO2]) == (False, True)
    assert RATE_UNSPECIFIED not in found


def test_the_page_says_which_rates_are_there_and_offers_the_others(as_editor, here):
    page = shown(as_editor)

    assert "区分の記載なし：載っています" in " ".join(page.split())
    for code in (NO1, NO2):
        assert f"/m/990019/2026/figures/{code}/add/" in page
    assert f"figures/{RATE_UNSPECIFIED}/add/" in page, "another year of it"


def test_a_proposed_rate_is_not_called_missing(as_editor, nothing_entered, publish):
    publish(NO1, 19)
    page = " ".join(shown(as_editor).split())

    assert "第1号被保険者：公表値があります" in page
    assert "第2号被保険者：まだありません" in page


def test_an_unknown_value_is_printed_with_its_reason(as_editor, here):
    row = Measurement.objects.get(code=RATE_UNSPECIFIED)
    form = {"value": "", "state": "unknown", "finality": "final", "source": row.source}
    note = "広域連合が保険者のため"
    url = f"/m/990019/2026/figures/{RATE_UNSPECIFIED}/edit/"
    assert as_editor.post(url, form | {"note": note, "base_version": "1"}).status_code == 302

    page = shown(as_editor)
    assert "不明（広域連合が保険者のため）" in page
    assert page.count(note) == 1, "said once, not again as a note"
    assert "広域連合が保険者のため、市町村別の値は不明" in shown(as_editor, url)
