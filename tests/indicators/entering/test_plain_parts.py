"""What is said to be small by its bytes is small when the parser counts it."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.entering import importing, plain_parts
from indicators.entering.importing import Census, Limits, Unreadable

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
# A sheet as it may be written, and what somebody may write who wants to be taken for small.
PIECES = [
    "<row>",
    '<row r="1" a="x>y">',
    "</row>",
    "<row/>",
    "<rowBreaks/>",
    "<x:row/>",
    "<c/>",
    "<c><v>1</v></c>",
    "<x:c/>",
    "<cols/>",
    "<c\n/>",
    "text > text",
    "<!-- <row> -->",
    "<![CDATA[<row>]]>",
    "<?pi <row?>",
]
SHEETS = st.lists(st.sampled_from(PIECES), max_size=40).map(
    lambda pieces: f'<sheet xmlns:x="u">{"".join(pieces)}</sheet>'
)


def is_small(text, elements, cells, codec="utf-8"):
    member = io.BytesIO(text.encode(codec))
    return plain_parts.is_small(member, elements=elements, cells=cells)


def is_refused(text, monkeypatch, *, elements, cells):
    monkeypatch.setattr(importing, "MOST_CELLS", cells)
    limits = Limits(megabytes=1, unpacked=10**6, sheet=elements, texts=elements)
    census = Census("xl/worksheets/sheet1.xml", limits)
    parser_sees = io.BytesIO(text.encode())
    try:
        census.take(parser_sees)
    except Unreadable:
        return True
    except importing.expat.ExpatError:
        return False
    return False


@settings(max_examples=400, deadline=None)
@given(SHEETS, st.integers(1, 40), st.integers(1, 6), st.integers(1, 30), st.booleans())
def test_what_is_small_is_never_refused(sheet, elements, cells, chunk, has_head):
    text = HEAD * has_head + sheet
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain_parts, "CHUNK", chunk if not has_head else 100 + chunk)
        if is_small(text, elements, cells):
            assert not is_refused(text, patch, elements=elements, cells=cells)


def test_an_ordinary_sheet_is_small_and_its_bounds_are_exact():
    line = "<row>" + "<c><v>1</v></c>" * 5 + "</row>"
    sheet = f"<sheet>{line * 3}</sheet>"

    assert is_small(HEAD + sheet, elements=1000, cells=5)
    assert not is_small(HEAD + sheet, elements=1000, cells=4)
    assert is_small(sheet, elements=sheet.count("<"), cells=5)
    assert not is_small(sheet, elements=sheet.count("<") - 1, cells=5)


@pytest.mark.parametrize("between", ["<rowBreaks/>", "<x:row/>", "text"])
def test_cells_are_counted_on_until_a_row_begins(between):
    cells = "<c/>" * 4
    sheet = f"<sheet xmlns:x='u'><row>{cells}{between}{cells}</row><row>{cells}</row></sheet>"

    assert not is_small(sheet, elements=1000, cells=6)
    assert is_small(sheet.replace(between, "<row/>"), elements=1000, cells=6)


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE x [<!ENTITY a "b">]><sheet/>',
        "<sheet><!-- note --></sheet>",
        "<sheet><?pi?></sheet>",
        '<?xml version="1.0" encoding="cp037"?><sheet/>',
        "\x89PNG",
        "",
    ],
)
def test_what_is_not_plain_is_counted_by_the_parser(text):
    assert not is_small(text, elements=1000, cells=1000)


def test_another_encoding_is_counted_by_the_parser():
    assert not is_small("<sheet/>", elements=1000, cells=1000, codec="utf-16")
    assert not is_small("<sheet/>", elements=1000, cells=1000, codec="utf-16-le")
