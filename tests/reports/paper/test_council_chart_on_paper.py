"""協議体の体制の図 in the report: on paper as on the screen, on the sheet that keeps it legible."""

import pytest

from reports.document.year_bodies import CouncilLine, SeatLine
from reports.paper.parts.council_chart import bodies, council_drawing
from reports.paper.parts.logic import IN_TEXT
from reports.paper.report.sheet import make_pdf, paper_html
from tests.reports.paper_demo import review_of
from tests.reports.paper_reading import fonts_of, printed


def line(name, depth=0, **values):
    return CouncilLine(name, "全体会", "設置済み", depth=depth, **values)


def names(found):
    return [(one.name, names(one.below)) for one in found]


def test_depths_become_trees_and_what_is_below_an_ended_one_moves_up():
    rows = (
        line("全体会"),
        line("部会", 1, is_ended=True),
        line("WG", 2),
        line("コア", 1),
        line("ほかの会"),
    )

    assert names(bodies(rows)) == [("全体会", [("WG", []), ("コア", [])]), ("ほかの会", [])]


def test_candidates_are_marked_and_other_programmes_named():
    seats = (SeatLine("構成員", "医師会"), SeatLine("候補", "薬剤師会"))
    row = line(
        "会", is_preparing=True, seats=seats, programme="地域ケア会議（個別）", lead="見本町"
    )
    [one] = bodies([row])

    assert one.members == ("医師会", "薬剤師会（候補）")
    assert one.is_preparing
    assert "ほかの事業：地域ケア会議（個別）" in one.facts
    assert "見本町が代表" in one.facts


@pytest.mark.parametrize(
    "rows", [(), (line("全体会"),), (line("全体会"), line("会", 1, is_ended=True))]
)
def test_a_council_alone_is_not_drawn(rows):
    assert council_drawing(rows) is None


def test_two_are_drawn_within_the_text_and_two_hundred_on_a_sheet_of_their_own():
    few = council_drawing([line("全体会"), line("WG", 1)])
    many = council_drawing([line("全体会"), *(line(f"WG{n}", 1) for n in range(200))])

    assert few.sheet == IN_TEXT.name
    assert float(few.width.removesuffix("mm")) <= IN_TEXT.width
    assert many.has_own_sheet
    assert len(many.chart.boxes) == 201


def test_the_plan_of_mito_is_drawn_in_its_report():
    review = review_of("082015-2023")
    html = paper_html(review)

    assert "体制の図。線は" in html
    drawn = council_drawing(review.bodies.councils)
    assert len(drawn.chart.boxes) == 5
    assert {box.is_preparing for box in drawn.chart.boxes} == {True}
    text = printed(make_pdf(review))
    assert "水戸市医師会在宅医療・介護連携支援センター" in text
    assert "ほか11" in text


def test_the_letters_of_the_chart_are_our_own():
    assert all("BIZ" in name for name in fonts_of(make_pdf(review_of("082015-2023"))))


def test_without_councils_there_is_no_chart():
    assert "体制の図" not in paper_html(review_of("222224-2023"))
