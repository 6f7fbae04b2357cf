"""Files of the long format: encodings, damaged and hostile workbooks, and the way there and back."""

import datetime as dt
import io
import struct
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from indicators.entering import exporting, importing, kinds
from indicators.entering.importing import Unreadable
from indicators.long_format import COLUMNS, FORMULA, LABELS

HEADER = ",".join(COLUMNS)
LINE = "990019,own-1,2025,12,,,,,,調査①,髙い"


def csv_of(*lines):
    return "\r\n".join([HEADER, *lines, ""])


def book_of(*lines, header=COLUMNS, before=None):
    book = Workbook()
    sheet = book.active
    sheet.title = "実績"
    sheet.append(header)
    for line in lines:
        sheet.append(line)
    if before:
        before(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def refusal_of(content):
    with pytest.raises(Unreadable) as refused:
        importing.read(content)
    return str(refused.value)


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("cp932", "Shift_JIS"),
        ("utf-16", "UTF-16"),
    ],
)
@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r"])
def test_a_csv_is_read_in_every_usual_encoding(codec, name, ending):
    table = importing.read(csv_of(LINE).replace("\r\n", ending).encode(codec))

    assert table.encoding == name
    (row,) = table.rows
    assert row.number == 2
    assert row.cells["source"] == "調査①"
    assert row.cells["note"] == "髙い"


def test_tabs_may_stand_for_commas_and_columns_in_any_order():
    order = COLUMNS[::-1]
    cells = dict(zip(COLUMNS, LINE.split(","), strict=True))
    text = "\n".join(["\t".join(order), "\t".join(cells[name] for name in order)])

    assert importing.read(text.encode()).rows[0].cells == cells


def test_headings_may_be_in_japanese():
    labels = ",".join(LABELS[name] for name in COLUMNS)

    (row,) = importing.read(f"{labels}\n{LINE}".encode("cp932")).rows

    assert row.cells == dict(zip(COLUMNS, LINE.split(","), strict=True))
    assert "二つある列：値" in refusal_of(f"{labels},value\n{LINE}".encode())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空です"),
        (b" \r\n", "空です"),
        (b"\xd0\xcf\x11\xe0 old", "パスワード"),
        (b"PK\x03\x04 damaged", "Excelファイルとして読めません"),
        (csv_of(LINE).replace(",", ";").encode(), "セミコロン"),
        (csv_of().encode(), "実績値の行がありません"),
        (csv_of(LINE).replace("source", "出典元").encode(), "ない列：出典"),
        (csv_of(LINE).replace("value,", "value,value,").encode(), "二つある列：値"),
        (csv_of(LINE).replace("note", "note,memo").encode(), "ひな形にない列：memo"),
        (csv_of(LINE + "\x00").encode(), "2行目の文字を読めません"),
        (csv_of(LINE).encode("cp932").replace(b"own-1", b"own-\x80"), "2行目の文字"),
        (csv_of(LINE, LINE).encode("cp932") + "葛󠄀".encode(), "4行目の文字を読めません"),
        (b"x" * (5 * 1024 * 1024 + 1), "5MB"),
        ("あ".encode() * 10, "ない列"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(content, words):
    assert words in refusal_of(content)


def test_twenty_thousand_rows_are_enough():
    assert "20,000行まで" in refusal_of(csv_of(*[LINE] * 20_001).encode())
    assert len(importing.read(csv_of(*[LINE] * 20_000).encode()).rows) == 20_000


def test_a_workbook_is_read_as_it_looks():
    line = [
        990019,
        "own-1",
        2025,
        0.315,
        None,
        130.0,
        "不詳",
        "確定",
        dt.date(2025, 10, 1),
        "=",
        "x",
    ]
    content = book_of(
        line,
        [],
        ["082015", "own-1", "R7", "1,234人", 0.1 + 0.2, -5, None, None, None, "調査", None],
        before=lambda book: (
            setattr(book.active["D2"], "number_format", "0.0%"),
            setattr(book.active["J2"], "data_type", "s"),
        ),
    )

    table = importing.read(content)

    assert table.described == "Excel（シート「実績」）"
    first, second = table.rows
    assert (first.number, second.number) == (2, 4)
    assert first.cells["municipality_code"] == "990019"
    assert first.cells["value"] == "31.5%"
    assert first.cells["denominator"] == "130"
    assert first.cells["as_of"] == "2025-10-01"
    assert (second.cells["value"], second.cells["numerator"]) == ("1,234人", "0.3")
    assert second.cells["denominator"] == "-5"


def test_the_first_visible_sheet_is_read():
    def hide(book):
        book.create_sheet("控え", 0).sheet_state = "hidden"

    assert importing.read(book_of(LINE.split(","), before=hide)).sheet == "実績"


@pytest.mark.parametrize("formula", ["=1+1", "=HYPERLINK(A1)", "=[1]外部!A1"])
def test_a_formula_is_never_evaluated(formula):
    content = book_of(["990019", "own-1", 2025, formula, *[None] * 7])

    assert importing.read(content).rows[0].cells["value"] == FORMULA


def test_formatted_empty_rows_at_the_end_are_nothing():
    content = book_of(LINE.split(","), *[[""]] * 10_000)

    assert len(importing.read(content).rows) == 1


def changed(content, name, old, new):
    """Return the workbook with something replaced in one of its parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(file, "w") as target:
        for one in source.namelist():
            text = source.read(one)
            target.writestr(one, text.replace(old, new) if one == name else text)
    return file.getvalue()


def test_a_lying_dimension_is_not_believed():
    content = changed(
        book_of(LINE.split(",")),
        "xl/worksheets/sheet1.xml",
        b'<dimension ref="A1:K2"',
        b'<dimension ref="A1:XFD1048576"',
    )

    assert len(importing.read(content).rows) == 1


def test_a_row_at_the_end_of_the_world_costs_nothing():
    content = changed(
        book_of(LINE.split(",")), "xl/worksheets/sheet1.xml", b'<row r="2"', b'<row r="1048576"'
    )

    assert "実績値の行がありません" in refusal_of(content)


def test_what_unpacks_to_more_than_its_worth_is_not_unpacked():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/sharedStrings.xml", b"\0" * 41 * 1024 * 1024)
    assert len(file.getvalue()) < 100_000

    assert "大きすぎます" in refusal_of(file.getvalue())


def test_an_archive_that_is_no_workbook_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "x")

    assert "展開（解凍）して" in refusal_of(file.getvalue())


SHEET = "xl/worksheets/sheet1.xml"


def stuffed(piece, *, name=SHEET):
    """Return a workbook with more in its sheet; packed, for it is small as it comes."""
    content = changed(book_of(LINE.split(",")), SHEET, b"</sheetData>", piece + b"</sheetData>")
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for one in source.namelist():
            text = source.read(one).replace(SHEET.encode(), name.encode())
            target.writestr(name if one == SHEET else one, text)
    return file.getvalue()


@pytest.mark.parametrize("name", [SHEET, "xl/worksheets/sheet1.dat", "xl/other.xml"])
@pytest.mark.parametrize(
    "piece",
    [
        pytest.param(b"<row>" + b"<c/>" * 100_000 + b"</row>", id="one long line"),
        pytest.param((b"<row>" + b"<c><v>1</v></c>" * 40 + b"</row>") * 20_000, id="many lines"),
    ],
)
def test_cells_beyond_any_table_are_refused_before_they_are_read(piece, name, monkeypatch):
    """Nine million empty cells in 40 KB had taken 2.7 GB and minutes."""
    content = stuffed(piece, name=name)
    assert len(content) < 100_000
    monkeypatch.setattr("openpyxl.load_workbook", None)

    assert "大きすぎます" in refusal_of(content)


def test_a_table_as_large_as_it_may_be_is_read():
    rows = [
        ["990019", "own-1", 2024, number, *[""] * 5, f"調査{number}", ""] for number in range(2000)
    ]

    assert len(importing.read(book_of(*rows)).rows) == 2000
    assert len(importing.read(stuffed(b"<row>" + b"<c/>" * 900 + b"</row>")).rows) == 1


def spoilt(content, *, method=None):
    """Return the workbook with its packed bytes turned over, or marked as packed in another way."""
    found = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        one = archive.getinfo(SHEET)
    if method is None:
        start = one.header_offset + 30 + len(SHEET)
        found[start + 5 : start + 60] = bytes(255 - byte for byte in found[start + 5 : start + 60])
    for mark, place in ((b"PK\x01\x02", 10), (b"PK\x03\x04", 8)) if method else ():
        at = -1
        while (at := found.find(mark, at + 1)) >= 0:
            found[at + place : at + place + 2] = struct.pack("<H", method)
    return bytes(found)


@pytest.mark.parametrize("method", [None, 1, 9, 12, 14, 99])
def test_a_workbook_damaged_inside_is_refused_in_words(method):
    content = spoilt(stuffed(b""), method=method)

    assert "Excelファイルとして読めません" in refusal_of(content)


def test_entities_of_a_workbook_are_not_expanded():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">'.encode() for n in range(12)
    )
    content = changed(
        book_of(LINE.split(",")),
        "xl/worksheets/sheet1.xml",
        b"<worksheet",
        bomb + b"]><worksheet",
    )
    content = changed(content, "xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetData>&m;")

    assert "Excelファイルとして読めません" in refusal_of(content)


def told(content):
    """Return the rows of a file, or the sentence with which it is refused."""
    try:
        return importing.read(content).rows
    except Unreadable as refused:
        return str(refused)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", HEADER.encode() + b"\n"]))
def test_any_bytes_are_read_or_refused_never_crash(content, start):
    assert told(start + content)


def measured(**more):
    row = {
        "municipality_code": "082015",
        "indicator": "own-1",
        "fiscal_year": 2025,
        "value": Decimal("-5.2000"),
        "numerator": None,
        "denominator": None,
        "state": "value",
        "finality": "final",
        "as_of": dt.date(2025, 10, 1),
        "source": "調査",
        "note": "",
    }
    return row | more


DANGEROUS = [
    "=1+1",
    "+81",
    "-5",
    "@SUM(A1)",
    "＝1",
    "'=1",
    "''",
    "\t=1",
    "=cmd|' /C calc'!A0",
    "http://example.jp",
    "二行\n目",
    '引用"符',
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_texts_stay_texts_on_the_way_there_and_back(text):
    row = measured(source=text, note=text)

    plain = exporting.as_csv([row])
    book = exporting.as_xlsx([row])

    for content in (plain, book):
        (back,) = importing.read(content).rows
        assert (back.cells["source"], back.cells["note"]) == (text, text)
    line = plain.decode("utf-8-sig").split("\r\n", 1)[1]
    assert not any(cell.startswith(("=", "+", "@")) for cell in line.split(","))
    sheet = load_workbook(io.BytesIO(book)).active
    assert sheet["J2"].data_type == "s"
    assert sheet["J2"].hyperlink is None


def test_numbers_and_days_are_numbers_and_days():
    sheet = load_workbook(io.BytesIO(exporting.as_xlsx([measured()]))).active

    assert (sheet["A2"].value, sheet["A2"].data_type) == ("082015", "s")
    assert (sheet["D2"].value, sheet["D2"].data_type) == (-5.2, "n")
    assert sheet["I2"].is_date
    assert sheet["E2"].value is None


def test_a_negative_number_is_no_text_in_a_csv():
    assert ",-5.2," in exporting.as_csv([measured()]).decode("utf-8-sig")


def test_what_no_workbook_holds_is_left_out():
    content = exporting.as_xlsx([measured(note="前\x0b後\x01")])

    assert importing.read(content).rows[0].cells["note"] == "前\n後"


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=50))
def test_any_note_comes_back_from_a_csv(text):
    (back,) = importing.read(exporting.as_csv([measured(note=text)])).rows

    assert back.cells["note"] == text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7 ...", "PDFは読み取れません"),
        (b"<html><table>", "ウェブページの形のファイルです"),
        (b"Rar!\x1a\x07", "圧縮したファイルです"),
        (b"\x1f\x8b\x08 packed", "圧縮したファイルです"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "ExcelでもCSVでもない"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "古い形式（.xls）"),
    ],
)
def test_another_kind_of_file_is_told_by_its_bytes(content, words):
    assert words in refusal_of(content)


def packed(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


def test_a_packed_file_is_to_be_unpacked_and_a_letter_is_no_table():
    assert "展開（解凍）して" in refusal_of(packed("値.csv"))
    assert "WordやPowerPoint" in refusal_of(packed("[Content_Types].xml", "word/document.xml"))


@pytest.mark.parametrize(
    ("beginning", "name", "words"),
    [
        (b"a,b", "値.xlsx", "「.xlsx」ですが、中身はCSVでした"),
        (b"a,b", "値.XLS", "「.xls」ですが、中身はCSVでした"),
        (b"PK\x03\x04", "値.csv", "「.csv」ですが、中身はExcelでした"),
        (b"PK\x03\x04", "値.xlsx", ""),
        (b"a,b", "値.csv", ""),
        (b"a,b", "値", ""),
    ],
)
def test_a_name_that_says_another_kind_is_told(beginning, name, words):
    told = kinds.misnamed(beginning, name)

    assert words in told
    assert bool(told) == bool(words)
