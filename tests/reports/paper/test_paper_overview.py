"""The one-page 概要: what stands on it, in which letters, and what happens when it is too much for one sheet."""

from dataclasses import replace

import pytest

from reports.paper.rendering.client import studio
from reports.paper.report.overview import SIZES, overview
from reports.paper.report.sheet import make_pdf, paper_html
from tests.reports.drawn_papers import PAPERS, paper_of
from tests.reports.paper_reading import pages_of, squeezed
from tests.reports.paper_samples import EMPTY, MITO, sheet
from tests.reports.paper_towns import NAME, RICH
from tests.reports.paper_words import SHEET_TEXTS

LABELS = (
    "本事例からみた多職種連携に有効な協議体の設定のための手法",
    "本事例からみた市町村支援に必要な事項",
    "取組の方針",
    "成果等",
    "自治体の考える課題と現状",
    "アドバイザーとの検討①",
    "中間報告",
    "アドバイザーとの検討②",
    "最終報告",
)
# What stands above and below the nine boxes, in every town.
HEAD = (
    "municipality_name",
    "prefecture_name",
    "fiscal_year",
    "fiscal_year_label",
    "head",
    "approvals",
)


@pytest.fixture(scope="module", autouse=True)
def _no_server_is_left():
    yield
    studio.close()


def with_texts(length: int, *, sign: str = "墨"):
    """A form whose nine boxes hold so many signs each, with the head of a rich town and little behind it."""
    head = {name: getattr(RICH, name) for name in HEAD}
    return replace(EMPTY, **head, sheet=sheet(dict.fromkeys(SHEET_TEXTS, sign * length)))


@pytest.mark.parametrize("name", ["mito", "rich", "fukuchiyama"])
def test_all_boxes_of_the_form_stand_on_the_first_page(name):
    review = PAPERS[name]

    first, second, *_ = pages_of(paper_of(name))

    assert [label for label in LABELS if label not in first] == []
    assert all(squeezed(line) in first for box in review.sheet for line in box.text.split("\n"))
    assert second.startswith("目次") or "目次" in second


def test_the_form_follows_the_year_from_left_to_right():
    (*_, course) = overview(RICH).rows

    assert [cell.code for cell in course.cells] == [
        "situation",
        "consultation_1",
        "interim",
        "consultation_2",
        "final",
    ]


@pytest.mark.parametrize("length", [10, 60, 120, 180, 240])
def test_a_form_that_is_said_to_fit_is_one_page(length):
    review = with_texts(length)

    pages = pages_of(make_pdf(review))

    assert overview(review).is_whole
    assert pages[0].count("墨") == 9 * length
    assert "目次" in pages[1]


def test_letters_shrink_through_fixed_sizes_as_texts_grow():
    sizes = [overview(with_texts(length)).size for length in range(0, 330, 10)]
    order = [letters.name for letters in SIZES]

    places = [order.index(size) for size in sizes]
    assert set(sizes) == set(order)
    assert places[: places.index(len(order) - 1)] == sorted(places[: places.index(len(order) - 1)])


@pytest.mark.parametrize("sign", ["墨", "W"])
def test_a_form_that_does_not_fit_goes_on_over_its_end_and_loses_nothing(sign):
    review = with_texts(1_500, sign=sign)

    pages = pages_of(make_pdf(review))

    assert not overview(review).is_whole
    assert sum(page.count(sign) for page in pages) == 9 * 1_500
    assert sign not in next(page for page in pages if "目次" in page)


def test_an_unwritten_box_is_narrow_beside_a_written_one_and_says_who_writes_it():
    review = replace(MITO, sheet=sheet({"policy": "協議体を設ける。"}))

    html = paper_html(review)

    assert html.count('class="quiet"') == 1
    assert "アドバイザーまたは都道府県が記入する欄です。" in html


def test_superiors_stand_at_the_head_only_when_somebody_approved():
    assert "健康福祉部長　𠮷田" in paper_html(RICH)
    assert 'class="approvals"' not in paper_html(replace(RICH, approvals=()))


def test_a_newer_version_and_a_copy_that_shows_less_are_named_on_the_first_page():
    first = pages_of(paper_of("rich"))[0]

    assert "第2版" in first
    assert "都道府県用（公表の扱いに従い、一部の数値を伏せています）" in first


def test_a_very_long_name_pushes_the_superiors_below_the_title():
    assert overview(replace(RICH, municipality_name=NAME)).is_stacked
    assert not overview(RICH).is_stacked
