"""J4: an officer finds which towns lag in 看取り and takes them along, in few clicks and without scripts."""

import io
import re

import pytest
from openpyxl import load_workbook

from tests.e2e.hands import Mouse

SCENE, BEHIND, EXCEL = "看取り", "下位25％で、偶然の範囲を超える市町村だけ", "この表を保存（Excel）"
MOST_CLICKS = 5
# The prefecture opens on the year of its newest submission, 2023; statistics of the homes are newer.
NOW = "令和8年度（2026年度）の画面を開く"


def rows_of(page):
    """Return the names in the table, first to last."""
    return page.locator(".heat tbody th").all_inner_texts()


def sheet_of(content):
    """Return the names of towns in the first sheet, in its order, and all that is told beside."""
    book = load_workbook(io.BytesIO(content))
    first, *others = ([tuple(map(str, row)) for row in one.values] for one in book)
    towns = [row[1] for row in first if re.fullmatch(r"08\d{4}", row[0])]
    return towns, " ".join(" ".join(row) for sheet in others for row in sheet)


@pytest.mark.parametrize(
    "ways",
    [("市町村の比較", NOW, SCENE, BEHIND), (SCENE, NOW)],
    ids=["as written", "from the first page"],
)
def test_who_lags_is_found_and_taken_along(ways, sign_in):
    page = sign_in("ibaraki-officer", java_script_enabled=False)
    hand = Mouse(page)

    for name in ways:
        hand.link(name)
    shown = rows_of(page)
    told = page.locator("main").inner_text()
    towns, beside = sheet_of(hand.download(EXCEL))

    assert len(ways) + 1 <= MOST_CLICKS
    assert 0 < len(shown) < 44
    assert "差が偶然の範囲内ではない" in told
    assert towns == shown
    assert SCENE in beside
    assert "差が偶然の範囲内ではない" in beside

    hand.link("地図")
    assert page.locator(".drawing-list tbody th").all_inner_texts() == shown
    assert rows_of(page) == shown
