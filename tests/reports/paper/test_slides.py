"""The slides: everything is on them and nothing runs over; they can be edited, read aloud and made again."""

import dataclasses
import io
import re
import zipfile
from collections import Counter
from dataclasses import replace

import pytest
from pptx.oxml.ns import qn
from pptx.util import Pt

from reports.document.year_review import Effect, IssueLine, ReportHead, SupportStep, TextBox
from reports.paper.slides import make_slides, measuring
from reports.paper.slides.charting import WHITE
from reports.paper.slides.measures import BODY_HEIGHT, BODY_TOP, HEIGHT
from reports.paper.slides.paging import paged, slides_of
from reports.paper.slides.parts import Paragraph, Section, Table, Text
from tests.reports.office_samples import (
    CONTROLS,
    FULL,
    INDICATOR,
    opened,
    shapes_of,
    texts_of,
    words_of,
)
from tests.reports.paper_samples import EMPTY, MIHON, MITO

LONG = "退院前の話合いに、病院と在宅の担当者がそろう。" * 60


@pytest.fixture(scope="module")
def deck():
    return opened(make_slides(FULL))


def said(deck):
    return re.sub(r"\s", "", "".join(map(words_of, deck.slides)))


@pytest.mark.parametrize("review", [MITO, MIHON, FULL], ids=["mito", "mihon", "full"])
def test_every_text_of_the_year_is_on_the_slides(review):
    told = said(opened(make_slides(review)))
    empty = {box.label for box in (*review.features, *review.sheet) if not box.text}

    missing = [
        text
        for text in texts_of(review)
        if re.sub(r"\s", "", text) not in told and text not in empty
    ]

    assert missing == []


def test_an_empty_year_says_what_is_open():
    deck = opened(make_slides(EMPTY))

    assert "【下書き】" in words_of(deck.slides[0])
    assert "未記入" in said(deck)
    assert "（これから整えます）" in said(deck)


def test_headings_are_placeholders_and_no_two_are_alike(deck):
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]

    assert all(titles)
    assert [title for title, count in Counter(titles).items() if count > 1] == []
    assert {"その他の打合せ", "その他の打合せ（2）"} <= set(titles)


def test_texts_stand_in_placeholders_and_tables_and_charts_are_native(deck):
    loose = [
        shape.name
        for shape in shapes_of(deck)
        if not (shape.is_placeholder or shape.has_table or shape.has_chart)
    ]
    charts = [shape.chart for shape in shapes_of(deck) if shape.has_chart]

    assert loose == []
    assert len(charts) == 1
    assert [list(series.values) for series in charts[0].plots[0].series] == [
        [24.6, None, 31.5],
        [None, None, 60.0],
        [40.2, 41.3, None],
    ]
    assert [series.name for series in charts[0].plots[0].series][:2] == ["実績", "目標"]


def test_the_marker_of_a_number_that_is_not_final_is_hollow(deck):
    [drawn] = [shape.chart for shape in shapes_of(deck) if shape.has_chart]

    own, goal = list(drawn.plots[0].series)[:2]

    assert [point.get("val") for point in own._element.findall(f"{qn('c:dPt')}/{qn('c:idx')}")] == [
        "2"
    ]
    assert own.points[2].marker.format.fill.fore_color.rgb == WHITE
    assert goal._element.findall(qn("c:dPt")) == []


def test_tables_and_charts_are_told_in_words_and_the_title_is_read_first(deck):
    for slide in deck.slides:
        assert slide.shapes[0] == slide.shapes.title
        for shape in slide.shapes:
            if shape.has_table or shape.has_chart:
                assert shape.element.nvGraphicFramePr.cNvPr.get("descr")
    picture = next(slide for slide in deck.slides if any(shape.has_chart for shape in slide.shapes))
    kinds = [shape.has_chart for shape in picture.shapes]
    assert kinds.index(True) == 1
    assert "令和8年度（2026年度） 31.5（速報）" in words_of(picture)


def test_every_run_is_japanese_and_the_theme_has_our_font_for_both_scripts():
    content = make_slides(FULL)
    deck = opened(content)
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        theme = file.read("ppt/theme/theme1.xml").decode()
        slides = [file.read(name) for name in file.namelist() if "slides/slide" in name]

    runs = [run for slide in deck.slides for run in slide.element.iter(qn("a:rPr"))]

    assert {run.get("lang") for run in runs} == {"ja-JP"}
    assert theme.count('<a:latin typeface="BIZ UDPGothic"/>') == 2
    assert theme.count('<a:ea typeface="BIZ UDPGothic"/>') == 2
    assert not any(b"typeface=" in slide for slide in slides)


def test_body_text_is_never_smaller_than_14_points(deck):
    sizes = {
        int(run.get("sz"))
        for slide in deck.slides
        for shape in slide.shapes
        if not (shape.is_placeholder and shape.placeholder_format.type in {15, 13})
        for run in shape.element.iter(qn("a:rPr"))
    }

    assert min(sizes) >= 1400


def test_nothing_is_lower_than_the_slide_even_where_much_is_written():
    review = replace(
        FULL,
        features=tuple(TextBox(f"特徴{number}", LONG) for number in range(4)),
        steps=tuple(
            SupportStep(f"打合せ{number}", "", "状況", "\n".join([LONG] * number))
            for number in range(1, 4)
        ),
        issues=tuple(
            IssueLine("看取り", f"{LONG}{number}", LONG, LONG, "", "高い") for number in range(3)
        ),
        indicators=(replace(INDICATOR, note=LONG),),
    )

    deck = opened(make_slides(review))

    frames = [shape for shape in shapes_of(deck) if shape.has_table or shape.has_chart]
    assert frames
    for frame in frames:
        assert frame.top + frame.height <= Pt(BODY_TOP + BODY_HEIGHT) + 1
    for slide in deck.slides:
        for shape in slide.placeholders:
            if shape.placeholder_format.idx in {1, 2, 4} and slide != deck.slides[0]:
                assert height_of(shape) <= shape.height, slide.shapes.title.text_frame.text
    assert said(deck).count(LONG[:23]) >= 60


def height_of(shape):
    """Return how high the paragraphs of a placeholder stand, by the sizes written in them."""
    room = shape.width / Pt(1) - 16
    points = 0.0
    for paragraph in (one for one in shape.text_frame.paragraphs if one.runs):
        size = paragraph.runs[0].font.size.pt
        points += measuring.lines(paragraph.text, room / size) * paragraph.line_spacing.pt
        points += paragraph.space_before.pt
    return Pt(points)


def test_a_long_table_goes_on_to_next_slides_with_its_header():
    rows = tuple((f"項目{number}", f"値{number}") for number in range(200))

    slides = list(slides_of(Table("表", ("項目", "値"), rows)))

    assert tuple(row for slide in slides for row in slide.rows) == rows
    assert all(sum(slide.heights) <= BODY_HEIGHT for slide in slides)
    assert len(slides[-1].rows) > 1


def test_a_row_higher_than_a_slide_is_cut_and_says_that_it_goes_on():
    slides = list(slides_of(Table("表", ("項目", "内容"), (("長い", LONG * 4),))))

    assert "".join(row[1] for slide in slides for row in slide.rows) == LONG * 4
    assert [slide.rows[0][0] for slide in slides][:2] == ["長い", "（続き）"]


def test_text_that_goes_on_keeps_its_heading_and_loses_no_character():
    told = (Paragraph("概要", "heading"), *(Paragraph(LONG) for _ in range(5)))

    slides = list(slides_of(Text("題", told)))

    body = "".join(one.text for slide in slides for one in slide.paragraphs if one.kind == "plain")
    assert len(slides) > 1
    assert body == LONG * 5
    assert all(slide.paragraphs[0].kind == "heading" for slide in slides)


def test_a_heading_never_stands_alone_at_the_end_of_a_slide():
    told = tuple(
        paragraph
        for number in range(40)
        for paragraph in (Paragraph(f"見出し{number}", "heading"), Paragraph("文。" * number))
    )

    slides = list(slides_of(Text("題", told)))

    assert all(slide.paragraphs[-1].kind != "heading" for slide in slides)


def test_a_title_of_any_length_takes_two_lines_at_most():
    chart = dataclasses.replace(INDICATOR.chart, title="とても長い指標の名前" * 20)

    deck = opened(make_slides(replace(FULL, indicators=(replace(INDICATOR, chart=chart),))))

    titles = [slide.shapes.title for slide in deck.slides][1:]
    assert all(height_of(title) <= title.height for title in titles)


def test_a_poisonous_paragraph_ends_in_a_deck_that_can_be_shown():
    deck = opened(make_slides(replace(MIHON, features=(TextBox("利点", "あ" * 400_000),))))

    assert len(deck.slides) <= 200
    assert "PDFと表（.xlsx）をご覧ください" in words_of(deck.slides[len(deck.slides) - 1])


def test_control_characters_and_line_breaks_of_any_kind_come_through():
    review = replace(
        MIHON,
        municipality_name="見本\x00市",
        features=(TextBox("利点", CONTROLS),),
        issues=(IssueLine(CONTROLS, CONTROLS, "", "", "", ""),),
        effects=(Effect(CONTROLS, CONTROLS, CONTROLS),),
    )

    told = said(opened(make_slides(review)))

    assert told.count("前中後次行") >= 5


def test_the_same_year_gives_the_same_bytes_and_a_draft_tells_no_day():
    draft = replace(FULL, head=ReportHead("", "中間報告", "", "下書き", "", (), ""))

    assert make_slides(FULL) == make_slides(FULL)
    assert make_slides(draft) == make_slides(draft)
    assert opened(make_slides(FULL)).core_properties.created.date().isoformat() == "2026-10-20"
    with zipfile.ZipFile(io.BytesIO(make_slides(draft))) as file:
        assert b"created" not in file.read("docProps/core.xml")
        assert {entry.date_time[0] for entry in file.infolist()} == {1980}


def test_the_file_tells_whose_it_is_and_nothing_of_the_library():
    content = make_slides(FULL)
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        told = b"".join(file.read(name) for name in file.namelist() if "docProps" in name)
        names = file.namelist()

    assert opened(content).core_properties.author == "見本県見本市"
    assert opened(content).core_properties.last_modified_by == ""
    assert b"python-pptx" not in told
    assert not [name for name in names if "printer" in name or "thumbnail" in name]


def test_the_slides_are_grouped_as_the_report_is(deck):
    names = re.findall(r'<p14:section[^>]* name="([^"]+)"', str_of(deck))
    numbers = [slide.slide_id for slide in deck.slides]

    assert names[0] == "表紙"
    assert {"指標", "ロジックモデル", "アドバイスと対応"} <= set(names)
    assert [int(one) for one in re.findall(r'p14:sldId id="(\d+)"', str_of(deck))] == numbers


def str_of(deck):
    with zipfile.ZipFile(saved(deck)) as file:
        return file.read("ppt/presentation.xml").decode()


def saved(deck):
    file = io.BytesIO()
    deck.save(file)
    return file


def test_the_estimate_counts_wide_narrow_and_joined_characters():
    assert measuring.width("見本") == 2
    assert measuring.width("か\u3099") == 1
    assert measuring.width("葛\U000e0100") == 1
    assert measuring.width("AB") < 2
    assert measuring.lines("", 10) == 1
    assert list(measuring.broken("見本市の例", 3.2)) == ["見本市", "の例"]


def test_titles_stay_unique_however_often_a_slide_goes_on():
    part = Text("題", tuple(Paragraph(LONG) for _ in range(12)))

    titles = [
        one.title for section in paged([Section("節", (part, part))]) for one in section.parts
    ]

    assert len(set(titles)) == len(titles)
    assert titles[:3] == ["題", "題（続き）", "題（続き2）"]


def test_the_measures_fill_a_slide_and_leave_room_for_the_footer():
    assert BODY_TOP + BODY_HEIGHT < 504 < HEIGHT
