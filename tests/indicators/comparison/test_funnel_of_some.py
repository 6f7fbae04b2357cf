"""偶然の範囲 where the rows are those behind alone: axes and lines stay those of everybody that the reader is shown."""

import re

import pytest

from tests.indicators.comparison.planted import SHARE, plant, tell_shares, town

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


def test_a_table_says_nothing_of_the_others(officer):
    page = officer.get(f"{PAGE}&only=q1&view=table").content.decode()

    assert f'id="place-{town(11)}"' in page
    assert f'id="place-{town(1)}"' not in page
