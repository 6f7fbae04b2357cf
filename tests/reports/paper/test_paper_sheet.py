"""The report on paper: what is printed, in which fonts, and how it flows over pages."""

import io
import re
from dataclasses import replace
from itertools import pairwise

import pypdf
import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.document.year_review import Figure, TextBox, YearReview
from reports.paper.rendering.client import ROOT, render_pdf, studio
from reports.paper.report.sheet import Pdf, make_pdf, paper_html
from reports.paper.wording.wording import items, lines
from tests.reports.drawn_papers import PAPERS, paper_of
from tests.reports.paper_reading import (
    elements,
    fonts_of,
    pages_of,
    printed,
    read,
    squeezed,
)
from tests.reports.paper_samples import EMPTY, MIHON, MITO, goals, texts
from tests.reports.paper_towns import LONG, RICH

FONTS = {"BIZ-UDPGothic", "BIZ-UDPGothic-Bold", "BIZ-UDGothic", "BIZ-UDGothic-Bold", "Noto-Sans-JP"}
SOURCES = {"BIZ-UDPGothic": "BIZUDPGothic-Regular", "Noto-Sans-JP": "NotoSansJP-Regular"}


@pytest.fixture(scope="module", autouse=True)
def _no_server_is_left():
    yield
    studio.close()


@pytest.fixture(scope="module")
def papers() -> dict[str, Pdf]:
    return {name: paper_of(name) for name in PAPERS}


def missing(review: YearReview, paper: str) -> list[str]:
    return [text for text in texts(review) if squeezed(text) not in paper]


@pytest.mark.parametrize("name", PAPERS)
def test_every_number_name_and_sentence_of_the_review_is_on_the_paper(name, papers):
    assert missing(PAPERS[name], printed(papers[name])) == []


def test_a_text_that_the_paper_leaves_out_would_be_found(papers):
    other = replace(RICH, indicator_comment="この文は紙にありません。")

    assert missing(other, printed(papers["rich"])) == ["この文は紙にありません。"]


def test_nothing_of_very_long_texts_and_names_is_cut():
    paper = printed(make_pdf(LONG))

    # One sign of each sentence and one of each name: a page's end may stand inside any word.
    for sign in "章名":
        assert paper.count(sign) >= sum(text.count(sign) for text in texts(LONG))


@pytest.mark.parametrize(
    ("name", "fewest", "most"),
    [("mito", 4, 5), ("mihon", 4, 5), ("rich", 17, 21), ("fukuchiyama", 15, 18)],
)
def test_the_paper_has_as_many_pages_as_its_content_needs(name, fewest, most, papers):
    assert papers[name].pages == len(read(papers[name]).pages)
    assert fewest <= papers[name].pages <= most


def test_every_page_says_which_report_it_belongs_to(papers):
    pages = pages_of(papers["mito"])

    for number, text in enumerate(pages, start=1):
        assert "茨城県水戸市" in text
        assert "受付番号2023-082015-01" in text
        assert "提出日令和5年10月20日" in text
        assert "文書ハッシュ3f5b1c7a9d20" in text
        assert f"{number}／{len(pages)}ページ" in text


def test_the_contents_name_the_page_on_which_each_part_begins(papers):
    pages = pages_of(papers["rich"])

    contents = read(papers["rich"]).pages[1].extract_text()
    entries = re.findall(r"^(\d+)\s+(\S[^.\n]*?)\s*[.…]{3,}\s*(\d+)$", contents, re.MULTILINE)
    assert len(entries) == 11
    for number, title, page in entries:
        assert squeezed(f"{number}{title}") in pages[int(page) - 1]


def test_the_form_stands_on_its_side_the_body_upright_and_the_diagram_on_its_own_sheet(papers):
    sizes = [
        (round(float(page.mediabox.width)), round(float(page.mediabox.height)))
        for page in read(papers["rich"]).pages
    ]

    assert sizes[0] == (842, 595)
    assert sizes[1] == (595, 842)
    assert (842, 1191) in sizes


def test_only_the_fonts_of_the_house_are_embedded(papers):
    assert set().union(*map(fonts_of, papers.values())) == FONTS


def test_a_script_without_a_font_of_ours_brings_no_foreign_font_in_and_the_paper_says_so():
    review = replace(MIHON, issues_before=("한글と😀",))

    assert set(fonts_of(make_pdf(review))) <= FONTS
    assert "印刷用の書体にない文字が3種類あり" in paper_html(review)
    assert "印刷用の書体にない文字" not in paper_html(MIHON)


@pytest.mark.parametrize(
    ("character", "font"),
    [
        ("𠮷", "Noto-Sans-JP"),
        ("髙", "BIZ-UDPGothic"),
        ("﨑", "BIZ-UDPGothic"),
        ("①", "BIZ-UDPGothic"),
    ],
)
def test_the_characters_of_names_are_drawn_with_their_own_shape(character, font, papers):
    embedded = fonts_of(papers["mihon"])[font]
    glyph = codes(embedded)[character]
    subset = TTFont(io.BytesIO(font_file(embedded)))
    source = TTFont(ROOT / "static" / "vendor" / "fonts" / f"{SOURCES[font]}.ttf")

    drawn = outline(subset, subset.getGlyphName(glyph))

    assert glyph != 0
    assert drawn == outline(source, source.getBestCmap()[ord(character)])
    assert drawn != outline(source, ".notdef")


def codes(font: pypdf.generic.DictionaryObject) -> dict[str, int]:
    """Character to glyph number, read from the font's ToUnicode map."""
    text = font["/ToUnicode"].get_data().decode("ascii")
    pairs = re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", text)
    return {bytes.fromhex(code).decode("utf-16-be"): int(glyph, 16) for glyph, code in pairs}


def font_file(font: pypdf.generic.DictionaryObject) -> bytes:
    descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
    return descriptor["/FontFile2"].get_data()


def outline(font: TTFont, glyph: str) -> list[tuple]:
    pen = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[glyph].draw(pen)
    return pen.value


def test_the_pdf_is_tagged_and_says_language_title_and_standard(papers):
    reader = read(papers["mito"])
    catalog = reader.trailer["/Root"]

    assert catalog["/Lang"] == "ja"
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == (
        "茨城県水戸市　令和5年度（2023年度）　在宅医療・介護連携推進事業　中間報告　中間報告会①"
    )
    assert reader.metadata.author == "茨城県水戸市"
    assert b'pdfuaid:part="1"' in catalog["/Metadata"].get_data()


@pytest.mark.parametrize("name", PAPERS)
def test_the_tags_nest_headings_and_tie_every_cell_to_its_heads(name, papers):
    found = elements(papers[name])
    names = [element["/S"] for element in found]
    levels = [int(name[2]) for name in names if re.fullmatch(r"/H\d", name)]
    cells = [element for element in found if element["/S"] == "/TD"]

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert {"/Table", "/TH", "/TD", "/L", "/LI", "/P", "/Link"} <= set(names)
    assert all(cell["/A"]["/Headers"] for cell in cells)


def test_every_picture_is_told_in_words(papers):
    figures = [element for element in elements(papers["rich"]) if element["/S"] == "/Figure"]

    told = [figure["/Alt"] for figure in figures]
    assert len(told) == 16
    assert told[0].startswith("退院前カンファレンス実施率の推移（単位：％）。")
    assert told[-1].startswith("見本市版ロジックモデルの図。左から具体的な施策60件")


def test_the_bookmarks_follow_the_parts(papers):
    (whole, parts) = read(papers["mito"]).outline

    assert whole.title == "茨城県水戸市　中間報告（中間報告会①）"
    assert [part.title for part in parts if not isinstance(part, list)] == [
        "都道府県・市町村連携支援（概要）",
        "1　自治体概要",
        "2　特徴",
        "3　4つの場面の目指す姿（案）",
        "4　連携支援の経過",
        "5　支援前の課題",
    ]


def test_the_same_review_gives_the_same_bytes_and_another_one_others(papers):
    again = make_pdf(MITO)

    assert again == papers["mito"]
    assert again.sha256 != papers["mihon"].sha256


def test_the_file_carries_no_date_and_no_attachment(papers):
    reader = read(papers["mito"])

    assert reader.metadata.creation_date is None
    assert list(reader.attachments) == []


def test_an_unwritten_scene_says_so_in_words(papers):
    assert printed(papers["mito"]).count("まだ書かれていません。") == 4
    assert printed(papers["mihon"]).count("まだ書かれていません。") == 1


def test_points_to_prepare_stand_at_the_end(papers):
    last = pages_of(papers["rich"])[-1]

    assert "これから整えること" in last
    assert "対応を決めていないアドバイスが1件あります。" in last


def test_an_empty_draft_reads_naturally():
    paper = printed(make_pdf(EMPTY))

    for sentence in (
        "まだ提出していません",
        "まだ決まっていません",
        "人口などの数値は、まだ登録されていません。",
        "未記入",
        "特徴は、まだ書かれていません。",
        "アドバイザーまたは都道府県が記入する欄です。",
        "連携支援の記録は、まだありません。",
        "下書き（受付番号は提出後に付きます）",
    ):
        assert sentence in paper
    assert "None" not in paper
    assert "文書ハッシュ" not in paper


def test_figures_with_the_same_year_and_source_share_a_footnote():
    figures = (
        Figure("人口", "約27万人", "令和2年", "国勢調査"),
        Figure("世帯数", "12.5万世帯", "令和2年", "国勢調査"),
        Figure("認定率", "不明", "", "", "集計中"),
        Figure("面積", "", "", ""),
        Figure("圏域数", "8圏域", "令和5年4月", "市調べ"),
    )

    paper = printed(make_pdf(replace(MIHON, figures=figures)))

    assert "人口※1世帯数※1認定率※2" in paper
    assert "※1令和2年国勢調査" in paper
    assert "※2集計中" in paper
    assert "※3令和5年4月市調べ" in paper
    assert "約27万人12.5万世帯不明" in paper
    assert "未記入8圏域" in paper


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src="http://127.0.0.1/x" onerror=alert(1)>',
        "{{7*7}}",
        "${7*7}",
        "{% load x %}",
        "{x.__class__}",
        "%n",
        "&amp;&lt;",
        "</td></table><h1>",
        "=1+1",
    ],
)
def test_what_looks_like_code_is_printed_as_it_was_typed(text):
    review = replace(
        MIHON,
        municipality_name=text,
        head=replace(MIHON.head, number=text),
        features=(TextBox(text, text),),
        issues_before=(text,),
        goals=goals(text),
    )

    pdf = make_pdf(review)

    assert printed(pdf).count(squeezed(text)) >= 6
    assert read(pdf).metadata.title.startswith(f"見本県{text}")
    assert "<script" not in paper_html(review)


@pytest.mark.parametrize("character", ["峠", "W"])
def test_one_unbroken_run_of_twenty_thousand_characters_wraps_and_stays_whole(character):
    pdf = make_pdf(replace(MITO, profile=(TextBox("担当部署", character * 20_000),)))

    runs = [
        run for page in read(pdf).pages for run in re.findall(f"{character}+", page.extract_text())
    ]
    assert sum(map(len, runs)) == 20_000
    assert max(map(len, runs)) < 200


def with_steps(*situations: str) -> YearReview:
    step = MITO.steps[0]
    return replace(MITO, steps=tuple(replace(step, situation=text) for text in situations))


def course_pages(review: YearReview) -> tuple[str, ...]:
    """The pages from the part on the support's course on."""
    pages = pages_of(make_pdf(review))
    first = next(n for n, text in enumerate(pages) if "4連携支援の経過" in text and n > 1)
    return pages[first:]


@pytest.fixture(scope="module")
def long_row() -> tuple[str, ...]:
    return course_pages(with_steps("峠" * 8_000))


def test_the_head_of_a_table_is_repeated_on_each_page_of_a_long_row(long_row):
    pages = [text for text in long_row if "峠峠" in text]

    assert len(pages) > 2
    assert all("支援の段階状況アドバイス等" in text for text in pages)


def test_a_heading_stays_with_its_table(long_row):
    assert "峠" in long_row[0]


def test_an_ordinary_row_is_never_cut_by_the_end_of_a_page():
    rows = [
        f"始め{number:02}\n" + "中ほどの行\n" * 6 + f"終わり{number:02}" for number in range(20)
    ]

    pages = course_pages(with_steps(*rows))

    for number in range(20):
        (page,) = [text for text in pages if f"始め{number:02}" in text]
        assert f"終わり{number:02}" in page


def rows_on_last_sheets(style: str = "") -> list[int]:
    """Draw tables of ever more rows; return how many stand on the last sheet of each that needs two."""
    tables = "".join(
        f'<section style="break-before: page"><table class="lines"><thead><tr><th>見出し</th></tr></thead><tbody>'
        f"{'<tr><td>行の文</td></tr>' * count}</tbody></table></section>"
        for count in range(36, 52)
    )
    head = f'<meta charset="utf-8"><link rel="stylesheet" href="own:css/paper.css"><style>{style}</style>'
    html = f'<!doctype html><html lang="ja"><head>{head}<title>表</title></head><body>{tables}</body></html>'
    counts = [
        squeezed(page.extract_text()).count("行の文")
        for page in pypdf.PdfReader(io.BytesIO(render_pdf(html))).pages
    ]
    return [last for first, last in pairwise(counts) if last < first]


def test_no_row_stands_alone_on_a_sheet_below_the_repeated_head():
    lasts = rows_on_last_sheets()

    assert lasts
    assert min(lasts) == 2
    # The negative control: without the rule one does.
    assert min(rows_on_last_sheets("tr { break-before: auto !important; }")) == 1


def test_a_line_keeps_its_own_sign_and_gets_one_where_it_has_none():
    text = "一つ目\n・二つ目\n- 三つ目\n　① 四つ目\n\n　\n※五つ目"

    assert [item["indent"] + item["sign"] + item["text"] for item in items(text)] == [
        "・一つ目",
        "・二つ目",
        "- 三つ目",
        "　① 四つ目",
        "※五つ目",
    ]


@settings(derandomize=True, max_examples=200)
@given(st.text(alphabet=st.sampled_from("あ・-①※ \t\n　<&A"), max_size=60))
def test_no_character_of_a_list_is_lost(text):
    kept = "\n".join(item["indent"] + item["sign"] + item["text"] for item in items(text))

    assert [line for line in kept.split("\n") if line] == [
        line if line.lstrip()[0] in "・-①※" else f"・{line}" for line in lines(text)
    ]
