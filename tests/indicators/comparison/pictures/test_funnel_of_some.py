"""Drawings where the rows are those behind alone: axes and lines stay those of everybody that the reader is shown."""

import re

import pytest

from municipalities.choices import Role, ScopeKind
from municipalities.models import HealthCentre, Membership, Prefecture
from municipalities.prefecture_tenancy import within_prefecture
from tests.indicators.comparison.planted import CODE, SHARE, plant, tell, tell_shares, town

PAGE = f"/p/98/2026/compare/?indicator={SHARE}&view=funnel"
DOT = re.compile(r'<circle class="funnel-other".*?<title>(.*?)</title>')
LEGEND = "薄い小さな点は、表の行にないほかの市町村です"

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(sign_in):
    """Of twelve towns one is behind: 町11."""
    plant(12)
    pairs = {at: (310 * at, 1_000 * at) for at in range(1, 11)}
    tell_shares(2020, pairs | {11: (2000, 10_000), 12: (1, 12)})
    return sign_in("other-officer")


def lines(page):
    plot = page.split('class="funnel-plot"')[1].split("</svg>")[0]
    axes = re.findall(r'<g class="funnel-axis".*?</g>', plot, re.DOTALL)
    return axes, re.findall(r'class="funnel-(?:rare|very-rare|mean)" d="(.*?)"', plot)


def listed(page):
    return page.split('id="drawing-list"')[1].split("</table>")[0].count('<th scope="row">')


def test_axes_and_lines_stay_and_the_others_are_pale_dots(officer):
    everybody = officer.get(PAGE).content.decode()
    behind = officer.get(f"{PAGE}&only=q1").content.decode()

    assert lines(behind) == lines(everybody)
    assert all(lines(behind)[1])
    assert ">100</text>" in lines(behind)[0][1]
    assert listed(behind) == 1
    assert len(DOT.findall(behind)) == 11
    assert not any("町11" in one for one in DOT.findall(behind))
    assert LEGEND in behind
    # The control: with every row there is nobody besides.
    assert listed(everybody) == 12
    assert not DOT.findall(everybody)
    assert LEGEND not in everybody


def test_an_axis_between_round_numbers_has_one_number(officer):
    tell_shares(2021, {1: (1_000, 3_100), 2: (1_000, 3_300)})

    page = officer.get(f"{PAGE}&year=2021").content.decode()

    assert ">3,200</text>" in lines(page)[0][1]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("&view=funnel", "図の点を押すと、その市町村に"),
        ("&view=funnel&only=q1", "図の点（薄い小さな点を除く）を押すと、その市町村に"),
        ("&view=strip&only=q1", "図の点を押すと、その市町村に"),
    ],
)
def test_what_is_to_be_pressed_can_be(officer, query, words):
    assert words in officer.get(PAGE.replace("&view=funnel", query)).content.decode()


def test_nothing_is_to_be_pressed_where_nothing_is_drawn(officer):
    """A statistic that tells the shares of all but the one behind without their denominators."""
    tell_shares(2021, {at: (310 * at, 1_000 * at) for at in range(1, 11)})
    tell(SHARE, 2021, {11: 12})

    page = officer.get(f"{PAGE}&only=q1&year=2021").content.decode()

    assert 'class="funnel-plot"' in page
    assert listed(page) == 0
    assert "を押すと、その市町村に" not in page


STRIP = PAGE.replace("view=funnel", "view=strip")
TICK = re.compile(r'<path d="M([\d.]+) 0v4" /><text x="[\d.]+" y="17">(.*?)</text>')
BOX = re.compile(r'd="(M[\d.]+ 24h[\d.]+v10h-[\d.]+z)"')
MEDIAN = re.compile(r'<path class="strip-median" d="M([\d.]+)[ -]')


def test_a_strip_keeps_axis_and_quartiles_of_everybody(officer):
    everybody = officer.get(STRIP).content.decode()
    behind = officer.get(f"{STRIP}&only=q1").content.decode()

    for part in (TICK, BOX, MEDIAN):
        assert part.findall(behind) == part.findall(everybody)
    assert len(TICK.findall(behind)) > 2
    assert BOX.findall(behind)
    # Of the dots only that of the row is there, and it says so.
    assert (behind.count('#drawing"><title>'), everybody.count('#drawing"><title>')) == (1, 12)
    assert "（このうち図の点は1）" in behind
    assert "点は表の行の市町村だけですが" in behind
    assert "このうち図の点は" not in everybody


def test_small_strips_keep_the_axes_of_everybody(officer):
    address = STRIP.replace(f"indicator={SHARE}&", "")
    everybody = officer.get(address).content.decode().split('id="strips"')[1]
    behind = officer.get(f"{address}&only=q1&sort={SHARE}").content.decode().split('id="strips"')[1]

    assert len(MEDIAN.findall(everybody)) > 1
    assert sorted(MEDIAN.findall(behind)) == sorted(MEDIAN.findall(everybody))


def test_a_health_centres_strip_holds_the_quartiles_of_towns_that_it_is_not_shown(people, sign_in):
    """Statistics keep no secret; of the others there is the box alone, and it lies within the drawing."""
    plant(12)
    tell_shares(2020, {at: (100 + at if at < 3 else 300 + at, 1_000) for at in range(1, 13)})
    with within_prefecture(Prefecture.objects.get(code=CODE)):
        HealthCentre.objects.create(
            code=f"{CODE}-000001", key="centre-1", name="保健所", towns=f"{town(1)},{town(2)}"
        )
    Membership.objects.create(
        user=people["stranger"],
        role=Role.OFFICER,
        scope_kind=ScopeKind.HEALTH_CENTRE,
        scope_code=f"{CODE}-000001",
    )

    page = sign_in("stranger").get(STRIP).content.decode()

    begin, length = map(float, re.findall(r"[\d.]+", BOX.findall(page)[0])[0:3:2])
    assert 0 <= begin <= begin + length <= 720
    assert page.count('#drawing"><title>') == 2


def test_a_table_says_nothing_of_the_others(officer):
    page = officer.get(f"{PAGE}&only=q1&view=table").content.decode()

    assert f'id="place-{town(11)}"' in page
    assert f'id="place-{town(1)}"' not in page
