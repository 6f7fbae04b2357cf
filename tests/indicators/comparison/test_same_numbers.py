"""One selection, one set of numbers: table, list of each picture, profile, lines of years, map and workbook say the same."""

import io
import re
from decimal import ROUND_HALF_UP, Decimal
from html import unescape

import pytest
from openpyxl import load_workbook

from indicators.comparison.asking.cell_words import CHANCES
from indicators.comparison.judging import telling
from indicators.comparison.judging.chance import SENTENCES
from indicators.comparison.shape import Quarter
from tests.indicators.comparison.planted import (
    CASES,
    CLINICS,
    SHARE,
    plant,
    tell,
    tell_shares,
    town,
)

pytestmark = pytest.mark.django_db
PAGE = "/p/98/2026/compare/"
DEATHS = "home_death_rate"
ROW = re.compile(r"<tr[^>]*>\s*<th scope=\"row\">(.*?)</th>(.*?)</tr>", re.DOTALL)
BOX = re.compile(r"<td[^>]*>(.*?)</td>", re.DOTALL)
NUMBER = re.compile(r"−?[\d,]+(?:\.\d+)?")
STARS = {sentence: telling.CHANCE_MARKS[chance] for chance, sentence in SENTENCES.items()}
SIGNS = {*telling.GLYPHS.values(), *telling.HEIGHTS.values()}


@pytest.fixture
def officer(sign_in):
    return sign_in("other-officer")


@pytest.fixture
def told():
    """Twelve towns: a true low, one that is small, one withheld, ties, zeros of nobody, too few for quarters."""
    plant(12)
    for year in range(2016, 2021):
        pairs = {at: (3000 + 10 * (at // 2) + year - 2016, 10_000) for at in range(1, 10)}
        tell_shares(year, pairs | {11: (2000, 10_000), 12: (1, 12)})
    tell(SHARE, 2020, {10: None})
    tell(DEATHS, 2020, {at: 10 + at for at in range(1, 6)})
    tell(CASES, 2020, {at: 40 * at for at in range(3, 10)} | {1: 0, 2: 0})
    tell(CLINICS, 2020, {at: at for at in range(2, 10)} | {1: 0})


def plain(markup):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def number(text):
    found = NUMBER.match(text)
    return found[0] if found else None


def rows(markup):
    """Return by the name of the place the boxes of its row."""
    return {
        re.search(r"町\d+", plain(name))[0]: [plain(one) for one in BOX.findall(boxes)]
        for name, boxes in ROW.findall(markup)
        if "町" in name
    }


def of_table(page):
    """Return by place number, sign, and stars of a table of one column."""
    body = page[page.index('<table class="table table-dense table-sticky heat">') :]
    body = body[body.index("<tbody>") : body.index("</tbody>")]
    return {name: read(boxes[0]) for name, boxes in rows(body).items()}


def read(text):
    """Return number, sign and stars; where median and average disagree only that, for the average is told elsewhere."""
    shown, _, rest = text.partition(" ")
    if telling.SPLIT in rest:
        return number(shown), telling.SPLIT, ""
    sign = next((one for one in sorted(SIGNS, key=len, reverse=True) if one in rest), "")
    return number(shown), sign, "*" * rest.count("*")


def of_list(page, value=0):
    """Return the same of the list beside a picture."""
    body = page[page.index('id="drawing-list"') :].partition("</table>")[0]
    return {
        name: (number(boxes[value]), *said_of(" ".join(boxes[value + 1 :])))
        for name, boxes in rows(body).items()
    }


def said_of(words):
    """Return sign and stars of what is said in words."""
    if telling.SPLIT in words:
        return telling.SPLIT, ""
    sign = next((one for one in words.split() if one in SIGNS), "")
    return sign, next((stars for sentence, stars in STARS.items() if sentence in words), "")


def of_profile(page):
    """Return the same of one place's own page, of the one indicator."""
    body = page[page.index('<table class="table table-dense profile">') :].partition("</table>")[0]
    (boxes,) = [BOX.findall(match[2]) for match in ROW.finditer(body)]
    return number(plain(boxes[0])), *said_of(plain(boxes[1]))


def of_workbook(content, decimals):
    """Return number and sign of the sheet for programs; its words are turned into signs."""
    book = load_workbook(io.BytesIO(content))
    head, *data = [list(row) for row in book["データ"].values]
    lines = [dict(zip(head, row, strict=True)) for row in data]
    signs = {
        words: sign
        for of, glyphs in ((telling.BETTER, telling.GLYPHS), (telling.HIGHER, telling.HEIGHTS))
        for words, sign in ((of[one], glyphs[one]) for one in Quarter)
    }
    signs[telling.SPLIT] = telling.SPLIT
    stars = {words: "*" * (2 if "99.8" in words else "95" in words) for words in CHANCES.values()}
    return {
        one["地域"]: (
            printed(one["値"], decimals),
            signs.get(one["位置"], ""),
            "" if one["位置"] == telling.SPLIT else stars.get(one["偶然の範囲"], ""),
        )
        for one in lines
        if one["地域"].startswith("町")
    }


def printed(value, decimals):
    if value is None:
        return None
    step = Decimal(1).scaleb(-decimals)
    return f"{Decimal(str(value)).quantize(step, ROUND_HALF_UP):,}"


def opened(officer, query, view="table"):
    response = officer.get(f"{PAGE}{query}&view={view}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("code", "more"),
    [
        *((SHARE, f"&pool={pool}") for pool in (1, 3, 5)),
        (SHARE, f"&sort=-{SHARE}"),
        (SHARE, "&only=q1"),
        (DEATHS, ""),
        (CASES, ""),
    ],
)
def test_every_picture_and_file_says_what_the_table_says(officer, code, more):
    query = f"?indicator={code}&focus={code}{more}"
    table = of_table(opened(officer, query))
    assert table

    for view in ("strip", "map"):
        page = opened(officer, query, view)
        assert of_table(page) == of_list(page) == table
        assert list(of_list(page)) == list(table)
    for at in {1, 2, 11, 12} & {int(name[1:]) for name in table}:
        page = opened(officer, query, f"profile&town={town(at)}")
        assert of_profile(page) == table[f"町{at}"]
    decimals = max(len((one[0] or "").partition(".")[2]) for one in table.values())
    book = of_workbook(officer.get(f"{PAGE}export/{query}").content, decimals)
    assert book == table
    assert list(book) == list(table)


@pytest.mark.usefixtures("told")
def test_the_funnel_says_what_the_table_says_of_whom_it_draws(officer):
    query = f"?indicator={SHARE}"
    table = of_table(opened(officer, query))

    drawn = of_list(opened(officer, query, "funnel"), value=1)

    there = {name: one for name, one in table.items() if one[0] is not None}
    assert list(drawn) == list(there)
    for name, (value, sign, stars) in there.items():
        assert drawn[name][0] == value
        assert sign == telling.SPLIT or drawn[name][2] == stars


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("code", [SHARE, DEATHS, CASES])
def test_the_newest_year_of_the_lines_is_the_tables(officer, code):
    query = f"?indicator={code}"
    page = opened(officer, query, "multiples")
    body = page[page.index('id="multiples-table"') :].partition("</tbody>")[0]

    newest = {name: number(boxes[-1]) for name, boxes in rows(body).items()}

    assert newest == {name: one[0] for name, one in of_table(page).items()}


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("pool", [1, 3, 5])
def test_what_may_not_be_judged_is_judged_nowhere(officer, pool):
    """The control of the test above: each planted case is there, and looks as it must."""

    def table(code):
        return of_table(officer.get(f"{PAGE}?indicator={code}&pool={pool}").content.decode())

    shares, few, zeros = table(SHARE), table(DEATHS), table(CASES)

    assert shares["町11"][1:] == ("▁", "**")
    assert shares["町12"] == ("8.3", "", "")
    assert shares["町2"] == shares["町3"]
    assert shares["町10"] == ((None, "", "") if pool == 1 else shares["町10"])
    assert {one[1] for one in few.values()} == {""}
    assert few["町6"][0] is None
    assert zeros["町1"][1:] == ("", "")
    assert zeros["町1"][0] in {"0", "0.0", "0.00"}
