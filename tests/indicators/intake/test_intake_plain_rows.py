"""Rows that are read many cells at a time give what the parser gives, and every other row is left to it."""

import io
import zipfile
from xml.parsers.expat import ExpatError

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from xlsxwriter import Workbook as Written

from indicators.intake.sheets import plain_rows
from indicators.intake.sheets.plain_rows import NotPlain, Rows
from indicators.intake.sheets.sheet_xml import Formats

SHEET = "xl/worksheets/sheet1.xml"
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"{}>'
VALUES = st.sampled_from(
    ["1", "007", "-0", "1.50", "1E+3", " 7 ", "", "水戸", "a&amp;b", "x", "\r"]
)
KINDS = st.sampled_from(["", ' t="n"', ' s="1" t="n"', ' s="1"', ' t="s"', ' t="b"', ' t="str"'])
OTHER_KINDS = st.sampled_from([' t="inlineStr"', ' cm="1"', ' s="x"', ' t="n" s="1"', " "])
SHAPES = st.sampled_from(
    [
        "<v>{}</v>",
        "<v>{}</v>",
        "<is><t>{}</t></is>",
        "<f>1+1</f><v>{}</v>",
        '<is><t xml:space="preserve">{}</t></is>',
        "<is><r><t>{}</t></r><rPh><t>ミト</t></rPh></is>",
        "<!-- {} -->",
        "<v>]]></v>{}",
    ]
)
CELLS = st.tuples(st.sampled_from("ABCDF"), st.one_of(KINDS, OTHER_KINDS), SHAPES, VALUES)
ORDINARY = ["", "", "", "\n", '<row r="{n}"/>']
STRANGE = ["<!-- </row> -->", "<!-- ", " -->", "<x>", "</x>", "<?pi <row?>", "text"]
STRANGE += ["</sheetData><sheetData>", '<other xmlns="u">', "</other>"]
BETWEEN = st.sampled_from([*ORDINARY, *STRANGE])
ROWS = st.tuples(st.lists(CELLS, max_size=4), BETWEEN, st.sampled_from(["", ' spans="1:5"', " "]))


def written(rows, *, begin, head="", ordered=True):
    """Return a sheet: rows of cells, with something between them that may be no row."""
    lines = []
    for number, (cells, between, attributes) in enumerate(rows, start=1):
        row = sorted(cells, key=lambda cell: cell[0]) if ordered else cells
        body = "".join(
            f'<c r="{letter}{number}"{kind}>{shape.format(value)}</c>'
            for letter, kind, shape, value in row
        )
        lines.append(between.format(n=number))
        lines.append(f'<row r="{number}"{attributes}>{body}</row>')
    return f"{begin}{HEAD.format(head)}<sheetData>{''.join(lines)}</sheetData></worksheet>".encode()


@pytest.fixture(scope="module")
def formats():
    """The second style shows percentages; there is one shared text."""
    workbook = Workbook()
    workbook.active["A1"] = 0.5
    workbook.active["A1"].number_format = "0%"
    file = io.BytesIO()
    workbook.save(file)
    reader = ExcelReader(file, read_only=True)
    reader.read_manifest()
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    return Formats(reader.wb, ["共有"])


def lines_of(content, formats, *, is_plain):
    """Return the lines, each without what is empty at its end; nothing where the sheet is damaged."""
    rows = Rows(formats)
    rows.is_plain = is_plain
    try:
        found = [(number, "\0".join(line).rstrip("\0")) for number, line in rows.lines(content)]
    except (ExpatError, LookupError, ValueError):
        return None
    return [(number, line) for number, line in found if line]


@settings(max_examples=500, deadline=None)
@given(
    st.lists(ROWS, max_size=5),
    st.sampled_from(["", '<?xml version="1.0" encoding="UTF-8"?>\n', "<!-- -->", "\ufeff"]),
    st.booleans(),
    st.integers(1, 400),
)
def test_every_sheet_reads_as_the_parser_reads_it(formats, rows, begin, ordered, chunk):
    content = written(rows, begin=begin, ordered=ordered)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain_rows, "CHUNK", chunk)
        plain = lines_of(io.BytesIO(content), formats, is_plain=True)
        parsed = lines_of(io.BytesIO(content), formats, is_plain=False)

    assert plain == parsed


PLAIN = '<row r="{0}"><c r="A{0}" t="str"><v>{1}</v></c></row>'
HIDDEN = PLAIN.format(7, "隠") + PLAIN.format(8, "隠")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (PLAIN.format(1, "a&amp;b"), [(1, "a&b")]),
        (PLAIN.format(1, "a\r\nb"), [(1, "a\nb")]),
        (PLAIN.format(1, "a]]>b"), None),
        (PLAIN.format(1, "a\x01b"), None),
        (PLAIN.format(1, "a\ufffeb"), None),
        (PLAIN.format(2, "a") + PLAIN.format(1, "b"), None),
        (PLAIN.format(1, "a") + f"<!-- {HIDDEN} -->" + PLAIN.format(9, "b"), [(1, "a"), (9, "b")]),
        (f'<row r="1"><c><!-- </row>{HIDDEN} --></c></row>', []),
        (f'</sheetData><other xmlns="u">{HIDDEN}</other><sheetData>', []),
        (f'<row r="1"/></sheetData><other xmlns="u">{HIDDEN}</other><sheetData>', []),
        (f'<row r="1"><o xmlns="u"><row></row>{HIDDEN}</o></row>', []),
    ],
)
def test_what_only_looks_like_a_plain_row_is_left_to_the_parser(formats, body, expected):
    content = f"{HEAD.format('')}<sheetData>{body}</sheetData></worksheet>".encode()

    assert lines_of(io.BytesIO(content), formats, is_plain=False) == expected
    assert lines_of(io.BytesIO(content), formats, is_plain=True) == expected


def by_openpyxl(into):
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    for line in range(9):
        sheet.append(["082015", line, 0.5, None, 1234567])
    workbook.save(into)


def by_xlsxwriter(into):
    workbook = Written(into)
    sheet, percent = workbook.add_worksheet(), workbook.add_format({"num_format": "0.0%"})
    for line in range(9):
        sheet.write_row(line, 0, ["水戸市", line, 0.5])
        sheet.write(line, 4, 0.25, percent)
    workbook.close()


@pytest.mark.parametrize("program", [by_openpyxl, by_xlsxwriter])
def test_what_programs_write_is_plain(program, formats, monkeypatch):
    """The parser would give the same lines: this is about how many it is asked for."""
    into = io.BytesIO()
    program(into)
    left, plain = [], Rows.plain

    def counted(self, row):
        try:
            return plain(self, row)
        except NotPlain:
            left.append(row)
            raise

    monkeypatch.setattr(Rows, "plain", counted)
    content = zipfile.ZipFile(into).read(SHEET)
    formats.percentages = formats.special = {1}

    assert len(lines_of(io.BytesIO(content), formats, is_plain=True)) == 9
    assert left == []


def test_a_row_without_end_is_handed_to_the_parser_in_pieces(formats, monkeypatch):
    taken = []
    monkeypatch.setattr(plain_rows, "LONGEST_ROW", 100)
    monkeypatch.setattr(plain_rows, "CHUNK", 50)
    rows = Rows(formats)
    take = rows.sheet.take
    monkeypatch.setattr(
        rows.sheet, "take", lambda piece, **last: (taken.append(piece), take(piece, **last))[1]
    )
    content = written([([("A", ' t="str"', "<v>{}</v>", "長" * 300)], "", "")], begin="")

    assert list(rows.lines(io.BytesIO(content))) == [(1, ["長" * 300])]
    assert max(map(len, taken)) <= 150
