"""掲示用ポスター: its heading is broken between phrases alone, in letters that let them stay whole."""

import re

import pytest

from reports.paper.asking.poster import poster_html
from surveys.rounds import door_address
from tests.surveys.asking import asking


@pytest.mark.parametrize(
    ("title", "size"),
    [
        ("在宅医療の調査（令和8年度）", "large"),
        (
            "見本市における在宅医療・介護連携に関する実態把握と今後の推進方策についてのアンケート調査（令和8年度）",
            "long",
        ),
        ("在宅医療介護連携推進事業実態把握調査", "long"),
        ("在宅医療介護連携推進事業実態把握調査票回答", "very-long"),
        ("の医療" * 60, "very-long"),
    ],
)
def test_the_heading_of_a_poster_is_as_large_as_its_phrases_allow(here, title, size):
    asked = asking(here, is_open=False)
    asked.title = title

    html = poster_html(asked, address="x", code=door_address.code_of("x"))

    assert f'<h1 class="{size}">' in html
    assert title in re.sub("<[^>]+>", "", html)
    assert "（令和8年度）" not in title or '<span class="phrase">（令和8年度）</span>' in html
