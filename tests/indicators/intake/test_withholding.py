"""A table that is not public: what counts few people is withheld from all but the town that it counts."""

import io
import re
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from indicators.comparison.reading import columns
from indicators.intake.layouts import shipped
from indicators.intake.withholding import foreseen
from indicators.models import Dataset, DoubtfulCell, Measurement, PublishedValue, WithheldValue
from indicators.publishing import offering, withheld
from municipalities.models import AccessEvent, MedicalArea, Municipality, Prefecture
from municipalities.tenancy import within
from tests import world
from tests.indicators.intake.test_statistics_files import (
    HEAD,
    LIST,
    ROWS,
    TITLE,
    corrected,
    send,
    take,
    work,
)
from tests.indicators.publishing.test_filling import follow

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(sign_in):
    return sign_in("officer")


@pytest.fixture
def checked(officer):
    upload = send(officer, HEAD + ROWS)
    corrected(officer, upload)
    return upload


SMALL_HEAD = "団体コード,市区町村,在宅看取り数（令和6年度）,総人口（令和6年度）\n"
SMALL_ROWS = "990019,見本市,31,45678\n990027,見本町,6,9876\n990035,見本村,0,12\n"
CASES = "home_endoflife_care_count"
PUBLIC = {"is_public": "1", "public_source": "見本県ホームページ「在宅医療の見本統計」"}


def small_numbers(officer, rows=SMALL_ROWS):
    upload = send(officer, SMALL_HEAD + rows)
    corrected(officer, upload, **{"indicator-3": CASES})
    return upload


def let_in(officer, upload, **said):
    """Take a file in with what is said of its being public."""
    data = {"version": upload.version, "is_public": "0", "public_source": ""} | said
    response = officer.post(f"{LIST}files/{upload.pk}/take/", data)
    work()
    upload.refresh_from_db()
    return response


def told(code=CASES):
    rows = PublishedValue.objects.filter(definition__code=code, dataset__title=TITLE)
    return {row.place_code: row.state if row.value is None else row.value for row in rows}


def test_small_numbers_of_people_are_told_before_everybody_reads_them(officer):
    upload = small_numbers(officer)

    page = officer.get(f"{LIST}files/{upload.pk}/").content.decode()

    assert "少ない人数の値が1件あります：在宅看取り数（1件）。" in page
    assert 'name="is_public"' in page


def test_of_a_table_that_is_not_public_small_numbers_are_withheld(officer):
    """Six are few, and the other town of the area would tell them by the sum; nobody is told of zero."""
    upload = small_numbers(officer)

    let_in(officer, upload)

    assert upload.state == "done"
    assert told()["990027"] == "suppressed"
    assert Decimal(6) not in told().values()
    assert "公表されていない表として取り込みました" in upload.message
    assert "公表されていない表（少ない人数の値は秘匿）" in officer.get(LIST).content.decode()


def test_a_statistic_that_nobody_was_asked_about_is_not_called_unpublished(officer, checked):
    """It counts clinics and inhabitants: there is nothing to hide, and nobody has said anything."""
    take(officer, checked)

    page = officer.get(LIST).content.decode()

    assert "公表されていない表" not in page
    assert "公表されている場所の記録はありません" in page


def test_small_numbers_shown_without_an_answer_are_told_as_not_asked_about(officer):
    """As a statistic stands that came in before anybody was asked: its numbers are shown, and no place is named."""
    let_in(officer, small_numbers(officer), **PUBLIC)
    Dataset.objects.filter(title=TITLE).update(public_source="")

    page = officer.get(LIST).content.decode()

    assert "公表の扱いを、まだ確かめていません（少ない人数の値も、そのまま示しています）" in page
    assert "公表されていない表" not in page


def test_calling_a_statistic_without_small_numbers_unpublished_hides_nothing(officer, checked):
    take(officer, checked)
    dataset = Dataset.objects.get(title=TITLE)

    page = officer.post(f"{LIST}{dataset.pk}/public/", {"is_public": "0"}, follow=True)

    assert "秘匿にする少ない人数の値はありませんでした" in page.content.decode()


def test_a_file_of_a_published_statistic_has_the_answer_chosen_for_confirmation(officer):
    upload = small_numbers(officer)
    page = f"{LIST}files/{upload.pk}/"
    assert "公表されている統計の様式として読んだため" not in officer.get(page).content.decode()

    name, publisher = min(shipped.published())
    upload.layout.name, upload.layout.publisher = name, publisher
    upload.layout.save()
    shown = officer.get(page).content.decode()

    assert "公表されている統計の様式として読んだため" in shown
    assert f'value="{publisher}「{TITLE}」"' in shown
    assert re.search(r'value="1"[^>]*checked', shown)
    # Another publisher's table in the same form is another table.
    upload.layout.publisher = "見本県"
    upload.layout.save()
    assert f'value="{publisher}「{TITLE}」"' not in officer.get(page).content.decode()


def test_what_was_said_of_a_statistic_goes_before_what_is_known_of_its_kind(officer):
    let_in(officer, small_numbers(officer))
    again = small_numbers(officer, SMALL_ROWS.replace(",6,", ",7,"))
    again.layout.name, again.layout.publisher = min(shipped.published())
    again.layout.save()

    shown = officer.get(f"{LIST}files/{again.pk}/").content.decode()

    assert "公表されている統計の様式として読んだため" not in shown
    assert not re.search(r'value="1"[^>]*checked', shown)


def test_a_public_table_is_told_as_it_is_with_where_it_is_public(officer):
    """The negative control."""
    upload = small_numbers(officer)

    let_in(officer, upload, **PUBLIC)

    assert told()["990027"] == Decimal(6)
    assert not WithheldValue.objects.exists()
    assert PUBLIC["public_source"] in officer.get(f"{LIST}files/{upload.pk}/").content.decode()
    assert PUBLIC["public_source"] in officer.get(LIST).content.decode()


def test_who_calls_a_table_public_says_where(officer):
    upload = small_numbers(officer)

    response = let_in(officer, upload, is_public="1")

    assert response.status_code == 422
    assert "公表されている場所を書いてください" in response.content.decode()
    assert upload.state == "checking"
    response = let_in(officer, upload, public_source="県のホームページ")
    assert response.status_code == 422
    assert "「公表されている」を選ぶか、場所を消してください" in response.content.decode()
    assert 'value="県のホームページ"' in response.content.decode()
    assert not Dataset.objects.filter(title=TITLE).exists()


def test_the_comparison_and_its_workbook_show_no_small_number(officer):
    let_in(officer, small_numbers(officer))

    page = officer.get(f"/p/99/2026/compare/?indicators={CASES}").content.decode()

    assert "見本町" in page
    assert not re.search(r">6(?:件|人)?<", page)
    assert "秘匿" in page or ">x<" in page


def test_the_town_itself_gets_its_number(officer):
    cycle = world.cycle_of("990027")
    follow(cycle, CASES)

    let_in(officer, small_numbers(officer))

    with within(cycle.municipality):
        row = Measurement.objects.get(code=CASES)
        assert (row.value, row.source) == (Decimal(6), TITLE)
        (line,) = offering.offered(cycle)
        assert [one.text for one in line.offers] == ["6件／年"]
    let_in(officer, small_numbers(officer, SMALL_ROWS.replace(",6,", ",7,")))
    with within(cycle.municipality):
        assert Measurement.objects.get(code=CASES).value == Decimal(7)


def test_another_town_is_offered_nothing_of_it(officer):
    cycle = world.cycle_of("990027")

    let_in(officer, small_numbers(officer))

    with within(cycle.municipality):
        (only,) = withheld.told_to(cycle.municipality, definitions=[CASES], since=2000, until=2100)
    assert (only.place_code, only.value) == ("990027", Decimal(6))
    ours = world.cycle_of(world.OURS).municipality
    with within(ours):
        rows = withheld.told_to(ours, definitions=[CASES], since=2000, until=2100)
    assert [(one.place_code, one.value) for one in rows] == [(world.OURS, Decimal(31))]


def test_the_same_file_again_changes_nothing_and_hides_the_same(officer):
    let_in(officer, small_numbers(officer))
    before = told()

    again = small_numbers(officer)
    assert (again.new, again.changed, again.same) == (0, 0, 6)
    corrected_file = small_numbers(officer, SMALL_ROWS.replace(",6,", ",7,"))
    assert (corrected_file.changed, corrected_file.same) == (1, 5)
    let_in(officer, corrected_file)

    assert told() == before
    assert WithheldValue.objects.get(place_code="990027").value == Decimal(7)


def test_a_number_that_is_few_no_more_is_told(officer):
    let_in(officer, small_numbers(officer))

    let_in(officer, small_numbers(officer, SMALL_ROWS.replace(",6,", ",60,")))

    assert told()["990027"] == Decimal(60)
    assert not WithheldValue.objects.filter(place_code="990027").exists()


def test_a_statistic_is_called_public_and_not_public_any_more(officer):
    let_in(officer, small_numbers(officer))
    dataset = Dataset.objects.get(title=TITLE)
    page = f"{LIST}{dataset.pk}/public/"

    assert officer.post(page, {"is_public": "1", "public_source": ""}).status_code == 422
    unanswered = officer.post(page, {"public_source": PUBLIC["public_source"]})
    assert "公表されているか、いないかを選んでください" in unanswered.content.decode()
    assert told()["990027"] == "suppressed"
    assert officer.post(page, PUBLIC).status_code == 302
    assert told()["990027"] == Decimal(6)
    assert AccessEvent.objects.filter(after__public_source=PUBLIC["public_source"]).exists()
    assert PUBLIC["public_source"] in officer.get(page).content.decode()
    officer.post(page, {"is_public": "0", "public_source": ""})
    assert told()["990027"] == "suppressed"


def test_who_has_called_it_public_stands_in_the_record_of_the_operator(officer, sign_in):
    let_in(officer, small_numbers(officer))
    dataset = Dataset.objects.get(title=TITLE)
    officer.post(f"{LIST}{dataset.pk}/public/", PUBLIC)

    page = sign_in("operator").get("/manage/users/")

    assert page.status_code == 200
    shown = page.content.decode()
    assert f"{TITLE}（公表されていない表）" in shown
    assert f"公表されている場所：{PUBLIC['public_source']}" in shown


def test_what_is_withheld_goes_with_its_statistic(officer):
    let_in(officer, small_numbers(officer))
    dataset = Dataset.objects.get(title=TITLE)

    officer.post(f"{LIST}{dataset.pk}/delete/")

    assert not WithheldValue.objects.exists()


def test_the_sum_of_a_medical_area_of_one_town_is_withheld_with_the_town(officer):
    """The sum would be the town's own number; without the step for sums it is."""
    for code, town in (("9981", "990019"), ("9982", "990027")):
        area = MedicalArea.objects.create(
            scheme="medical_2024",
            code=code,
            name=code,
            prefecture=Prefecture.objects.get(code="99"),
        )
        area.members.create(municipality=Municipality.objects.get(code=town))
    let_in(officer, small_numbers(officer))

    assert told() == {
        "990019": Decimal(31),
        "990027": "suppressed",
        # Of fewer than two thousand people nothing is told.
        "990035": "suppressed",
        "9981": Decimal(31),
        "9982": "suppressed",
    }


def test_a_public_table_has_the_sum_of_its_area_of_one_town(officer):
    """The negative control."""
    area = MedicalArea.objects.create(
        scheme="medical_2024", code="9982", name="南", prefecture=Prefecture.objects.get(code="99")
    )
    area.members.create(municipality=Municipality.objects.get(code="990027"))

    let_in(officer, small_numbers(officer), **PUBLIC)

    assert told()["9982"] == Decimal(6)


def test_a_file_without_small_numbers_of_people_asks_nothing(officer, checked):
    """The negative control: three clinics and no clinic are no people, and so few people of a census are public."""
    assert 'name="is_public"' not in officer.get(f"{LIST}files/{checked.pk}/").content.decode()

    take(officer, checked)

    assert (checked.state, checked.message) == ("done", "")


COMPARED = f"/p/99/2026/compare/?indicator={CASES}"


def test_of_a_public_table_only_the_source_hides(officer):
    rows = SMALL_ROWS.replace("990035,見本村,0", "990035,見本村,x")
    let_in(officer, small_numbers(officer, rows), **PUBLIC)
    page = officer.get(COMPARED).content.decode()
    said = [page.count(one) for one in (columns.HIDDEN_BY_SOURCE, columns.HIDDEN_HERE)]
    assert said == [1, 0]


def test_two_modules_alone_read_what_is_withheld():
    """Whoever else read it would tell it: every other reader of published values finds 秘匿."""
    found = {
        str(path.relative_to(settings.BASE_DIR))
        for app in ("config", "municipalities", "indicators", "councils", "surveys", "reports")
        for path in (settings.BASE_DIR / app).rglob("*.py")
        if "WithheldValue" in path.read_text(encoding="utf-8") and "migrations" not in path.parts
    }

    assert found - {"indicators/models/__init__.py", "indicators/models/published.py"} == {
        "indicators/intake/comparing/stored.py",
        "indicators/intake/withholding/withholding.py",
        "indicators/publishing/offering.py",
        "indicators/publishing/withheld.py",
        "municipalities/fence/checks.py",
    }


def test_strange_values_are_counted_and_told_and_keep_nothing_out(officer):
    let_in(officer, small_numbers(officer), **PUBLIC)
    rows = SMALL_ROWS.replace("31,", "310,").replace(",6,", ",6.5,")
    upload = small_numbers(officer, rows.replace("令和6", "令和7"))
    year = {"year-3": "令和7年度", "year-4": "令和7年度", "indicator-3": CASES}
    corrected(officer, upload, **year)

    page = officer.get(f"{LIST}files/{upload.pk}/").content.decode()

    assert "前の値の10倍・100倍・1000倍（またはその分の1）の値：1件" in page
    assert "整数で数える指標の、小数のある値：1件" in page
    assert "の10倍です。単位は合っていますか。" in page
    book = load_workbook(io.BytesIO(officer.get(f"{LIST}files/{upload.pk}/errors.xlsx").content))
    lines = list(book["確かめたい値"].iter_rows(values_only=True))
    assert {line[3] for line in lines[1:]} == {"C2", "C3"}
    let_in(officer, upload, **PUBLIC)
    assert upload.state == "done"
    assert not upload.doubts.exists()


def test_what_another_statistic_tells_of_the_same_is_named(officer):
    let_in(officer, small_numbers(officer), **PUBLIC)
    upload = small_numbers(officer, SMALL_ROWS.replace(",6,", ",9,"))
    corrected(officer, upload, title="もう一つの統計", **{"indicator-3": CASES})

    page = officer.get(f"{LIST}files/{upload.pk}/").content.decode()

    assert f"ほかの統計　{TITLE}：6件／年" in page
    assert "ほかの統計と違う値：1件" in page
    assert f"「{TITLE}」では6件／年です" in page


def shown(officer, upload):
    return officer.get(f"{LIST}files/{upload.pk}/").content.decode()


def foretold(page):
    return int(re.search(r"秘匿になる値：<strong>([\d,]+)件", page)[1])


def withheld_now():
    return PublishedValue.objects.filter(dataset__title=TITLE, state="suppressed").count()


def test_the_check_foretells_how_many_values_will_be_hidden_and_which(officer):
    """Six are few; 見本村 with twelve inhabitants has no death at home, and nothing of it is told."""
    upload = small_numbers(officer)

    page = shown(officer, upload)

    assert not PublishedValue.objects.filter(dataset__title=TITLE).exists()
    let_in(officer, upload)
    assert foretold(page) == withheld_now() > 0
    assert "少ない人数か、人数の分からない割合" in page
    assert "確かめたい値" not in page
    assert f"合わせて{withheld_now()}件を" in upload.message


def test_a_number_hidden_for_the_small_population_alone_says_so(officer):
    """Of 1,500 inhabitants nothing is told, however many the number counts; six are few anywhere."""
    rows = "990019,見本市,851,1500\n990027,見本町,6,98760\n"

    page = shown(officer, small_numbers(officer, rows))

    why = {row.place_code: row.message for row in DoubtfulCell.objects.filter(text__contains="件")}
    assert why == {
        "990019": "市町村の人口が少ないため",
        "990027": "少ない人数か、人数の分からない割合",
    }
    assert "市町村の人口が少ないため" in page


def test_what_is_hidden_for_others_alone_is_counted_apart(officer):
    """Of an area of two towns the larger town's number is hidden for the smaller one's sake, or the sum is."""
    area = MedicalArea.objects.create(
        scheme="medical_2024", code="9981", name="北", prefecture=Prefecture.objects.get(code="99")
    )
    for town in ("990019", "990027"):
        area.members.create(municipality=Municipality.objects.get(code=town))
    upload = small_numbers(officer, SMALL_ROWS.replace("990035,見本村,0,12\n", ""))

    page = shown(officer, upload)

    assert "ほかの地域の少ない人数が、合計からの差し引きで分かるため" in page
    others = int(re.search(r"うち(\d+)件は、ほかの地域の少ない人数が", page)[1])
    let_in(officer, upload)
    assert foretold(page) == withheld_now() == 1 + others


def test_the_next_file_foretells_with_what_is_stored_and_withheld(officer):
    let_in(officer, small_numbers(officer))
    again = small_numbers(officer, SMALL_ROWS.replace("31,", "7,"))

    page = shown(officer, again)
    let_in(officer, again)

    assert foretold(page) == withheld_now()


def test_a_file_in_which_nothing_is_few_foretells_that_nothing_is_hidden(officer):
    rows = SMALL_ROWS.replace(",6,", ",60,").replace(",0,12", ",90,45678")
    upload = small_numbers(officer, rows)

    page = shown(officer, upload)

    assert "公表されていない表として取り込んでも、秘匿になる値はありません" in page
    let_in(officer, upload)
    assert withheld_now() == 0


def test_a_very_large_file_tells_it_afterwards(officer, monkeypatch):
    """Its places are too many to be held against each other while people wait."""
    monkeypatch.setattr(foreseen, "MOST", 2)

    page = shown(officer, small_numbers(officer))

    assert "秘匿になる件数は、取り込んだ後の画面に示します" in page


def test_the_page_of_a_file_with_small_numbers_asks_few_questions(officer):
    upload = small_numbers(officer)

    with CaptureQueriesContext(connection) as asked:
        shown(officer, upload)

    assert len(asked) <= 20, len(asked)
