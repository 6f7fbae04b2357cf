"""What is told beside a value is shown of the value that stands too, so that people see what a file would change."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.intake.comparing.doubting import NO_LONGER_FINAL
from indicators.models import Dataset, WithheldValue
from tests.indicators.intake.test_statistics_files import LIST, send, take

pytestmark = pytest.mark.django_db
HEAD = "自治体コード,指標,年度,値,分子,分母,確定の別,時点,出典\n"
SOURCE = "見本の統計"
CASES = "home_endoflife_care_count"
HELD_BACK = {"is_public": "0", "public_source": ""}
PUBLIC = {"is_public": "1", "public_source": "見本県のホームページ"}


@pytest.fixture
def officer(sign_in):
    return sign_in("officer")


def row(rest, *, code="990027", indicator="home_death_rate", year=2024, source=SOURCE):
    """Return a row of a town: value, parts, how final it is, of which day."""
    return f"{code},{indicator},{year},{rest},{source}\n"


def taken(officer, *rows, **said):
    upload = send(officer, HEAD + "".join(rows))
    take(officer, upload, **(PUBLIC | said))
    assert upload.state == "done", upload.message
    return upload


def cells(officer, upload, title="変わる値"):
    """Return the rows of a table of the page as texts without tags, cell by cell."""
    page = officer.get(f"{LIST}files/{upload.pk}/").content.decode()
    table = page.partition(f'aria-label="{title}"')[2].partition("</table>")[0]
    lines = table.partition("<tbody>")[2].split("<tr>")[1:]
    return [
        [" ".join(re.sub(r"<[^>]*>", " ", one).split()) for one in re.split(r"</t[hd]>", line)[:-1]]
        for line in lines
    ]


def test_what_stands_is_told_as_fully_as_what_comes(officer):
    taken(officer, row("77.0,77,100,確定,令和7年3月31日"))

    upload = send(officer, HEAD + row("77.0,154,200,速報,令和6年12月31日"))

    assert (upload.changed, upload.new) == (1, 0)
    (line,) = cells(officer, upload)
    assert line[3:5] == [
        "77.0％ 77／100 確定 令和7年3月31日時点",
        "77.0％ 154／200 速報 令和6年12月31日時点",
    ]


@pytest.mark.parametrize(
    ("source", "now"), [(SOURCE, "77.0％ 確定"), ("見本の統計（速報）", "77.0％ 速報")]
)
def test_a_statistic_that_says_nothing_is_as_final_as_its_name(officer, source, now):
    taken(officer, row("77.0,,,,", source=source))
    upload = send(officer, HEAD + row("77.0,,,見込,", source=source))

    (line,) = cells(officer, upload)

    assert line[3:5] == [now, "77.0％ 見込"]


def test_beside_plain_numbers_nothing_is_told(officer):
    taken(officer, row("77.0,,,,"))
    upload = send(officer, HEAD + row("78.0,,,,"))

    (line,) = cells(officer, upload)

    assert line[3:5] == ["77.0％", "78.0％"]


def test_of_a_value_that_is_withheld_the_same_is_told(officer):
    taken(officer, row("3,,,確定,", indicator=CASES), **HELD_BACK)
    assert WithheldValue.objects.exists()
    upload = send(officer, HEAD + row("3,,,速報,", indicator=CASES))

    (line,) = cells(officer, upload)

    assert line[3:5] == ["3件／年 確定", "3件／年 速報"]


def test_one_query_tells_it_of_one_row_and_of_many(officer):
    years = range(1990, 2025)
    taken(officer, *(row("77.0,,,確定,", year=year) for year in years))
    counts = []
    for some in (years[:1], years):
        changed = [row("78.0,,,速報,", year=year) for year in some]
        new = [row("1.0,,,,", year=year, code="990019") for year in some]
        upload = send(officer, HEAD + "".join(changed + new))
        with CaptureQueriesContext(connection) as queries:
            assert len(cells(officer, upload)) == len(some)
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert counts[0] <= 20
    assert Dataset.objects.filter(title=SOURCE).count() == 1


@pytest.mark.parametrize(
    ("now", "then", "word"),
    [
        ("77.0,,,確定,", "77.0,,,速報,", "速報"),
        ("77.0,,,,", "78.0,,,見込,", "見込"),
        ("77.0,,,確定,", "78.0,,,速報,", "速報"),
    ],
)
def test_a_final_value_that_would_be_final_no_more_is_asked_about(officer, now, then, word):
    taken(officer, row(now), row("1.0,,,速報,", code="990019"))

    upload = send(officer, HEAD + row(then) + row("1.0,,,速報,", code="990019"))

    (doubt,) = upload.doubts.filter(code=NO_LONGER_FINAL)
    assert doubt.count == 1
    page = officer.get(f"{LIST}files/{upload.pk}/").content.decode()
    assert "確定の値が、確定ではなくなる値：1件" in page
    assert f"いまの値77.0％は確定です。取り込むと、確定ではなく{word}の値になります。" in page
    assert upload.may_be_taken


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("77.0,,,確定,", "77.0,,,,"),
        ("77.0,,,確定,", "78.0,,,確定,"),
        ("77.0,,,速報,", "78.0,,,確定,"),
        ("77.0,,,速報,", "78.0,,,見込,"),
        ("77.0,,,,", "78.0,,,,"),
    ],
)
def test_nothing_is_asked_of_what_stays_final_or_never_was(officer, now, then):
    taken(officer, row(now))

    upload = send(officer, HEAD + row(then))

    assert not upload.doubts.filter(code=NO_LONGER_FINAL).exists()


def test_another_statistic_makes_nothing_less_final(officer):
    taken(officer, row("77.0,,,確定,"))

    upload = send(officer, HEAD + row("77.0,,,速報,", source="別の見本の統計"))

    assert not upload.doubts.filter(code=NO_LONGER_FINAL).exists()


@pytest.mark.parametrize(
    ("indicator", "value", "text"),
    [
        ("home_death_rate", "101.25", "101.25％"),
        ("home_death_rate", "101", "101.0％"),
        ("population_total", "-6605145", "−6,605,145人"),
    ],
)
def test_a_value_that_is_asked_about_is_shown_as_among_the_new_ones(
    officer, indicator, value, text
):
    upload = send(officer, HEAD + row(f"{value},,,,", indicator=indicator))

    asked, new = (cells(officer, upload, title) for title in ("確かめたい値", "新しい値"))

    assert asked[0][3] == new[0][4] == text
