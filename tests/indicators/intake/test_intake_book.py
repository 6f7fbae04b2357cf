"""Files of statistics as bytes: every encoding, title rows, merged headings, hostile and damaged workbooks."""

import datetime as dt
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from indicators.entering.importing import Unreadable, as_text
from indicators.intake.sheets import book
from indicators.long_format import FORMULA

TABLE = "令和５年,調査\n第１表　施設数\n\n団体コード,施設数\n082015,－\n"


def saved(workbook):
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def workbook_of(*rows, title="表"):
    workbook = Workbook()
    workbook.active.title = title
    for row in rows:
        workbook.active.append(row)
    return workbook


def refusal_of(content, **options):
    with pytest.raises(Unreadable) as refused:
        book.read(content, **options)
    return str(refused.value)


def changed(content, name, before, after):
    """Return the workbook with one text of one part replaced."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        assert before in old.read(name)
        for part in old.namelist():
            text = old.read(part)
            new.writestr(part, text.replace(before, after) if part == name else text)
    return file.getvalue()


SHEET, TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OVERRIDE = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
    b'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)
INLINE = b'<c r="A1" t="inlineStr"><is><t>&#27700;&#25144;&#24066;</t></is></c>'
NAME = "<r><t>水戸</t></r><r><t>市</t></r><rPh sb='0' eb='2'><t>ミト</t></rPh>".encode()


def with_shared_texts(index):
    """Return a workbook as Excel writes it: texts stand in a part of their own, with their readings."""
    cell = b'<c r="A1" t="s"><v>%d</v></c>' % index
    content = changed(saved(workbook_of(["水戸市", 1])), SHEET, INLINE, cell)
    file = io.BytesIO(changed(content, "[Content_Types].xml", b"</Types>", OVERRIDE + b"</Types>"))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(TEXTS, b'<sst xmlns="%s"><si>%s</si></sst>' % (MAIN, NAME))
    return file.getvalue()


@pytest.mark.parametrize(
    ("codec", "name"), [("cp932", "Shift_JIS"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16")]
)
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_a_csv_keeps_its_texts_and_its_empty_rows(codec, name, delimiter):
    text = TABLE.replace(",", delimiter)

    read = book.read(text.encode(codec), file_name="第１表.csv")

    assert read.described == f"CSV（文字コード：{name}）"
    (sheet,) = read.sheets
    assert sheet.name == "第１表"
    assert sheet.rows == (
        ("令和５年", "調査"),
        ("第１表　施設数",),
        (),
        ("団体コード", "施設数"),
        ("082015", "－"),
    )


def test_a_title_without_any_separator_does_not_hide_that_tabs_separate():
    read = book.read("第１表\n団体コード\t施設数\n082015\t1,234\n".encode("cp932"))

    assert read.sheets[0].rows[2] == ("082015", "1,234")


def test_a_workbook_gives_its_visible_sheets_as_they_look():
    workbook = workbook_of(
        ["全国", 0.315, dt.date(2025, 1, 1), True, None, 1234.5, 100000000000000000],
        [],
        [None, "=1+1", "0123", 0.1 + 0.2, dt.datetime(2025, 4, 1, 9)],  # noqa: DTZ001 -- Excel knows no zones
        title="表形式1",
    )
    workbook.active["B1"].number_format = "0.0%"
    workbook.active.merge_cells("A4:C4")
    workbook.active["A4"] = "見出し"
    workbook.create_sheet("隠れ").sheet_state = "hidden"
    workbook.create_sheet("注").append(["（注）"])

    read = book.read(saved(workbook), file_name="x.csv")

    assert (
        read.described
        == "Excel（シート「表形式1」、「注」）（ファイル名は「.csv」ですが、中身はExcelでした）"
    )
    first, note = read.sheets
    assert first.rows[0] == ("全国", "31.5%", "2025-01-01", "True", "", "1234.5", "1e+17")
    assert first.rows[1] == ()
    assert first.rows[2] == ("", FORMULA, "0123", "0.3", "2025-04-01")
    assert first.rows[3] == ("見出し",)
    assert note.rows == (("（注）",),)


def test_furigana_is_no_part_of_a_name():
    cell = b'<c r="A1" t="inlineStr"><is>' + NAME + b"</is></c>"
    inline = changed(saved(workbook_of(["水戸市", 1])), SHEET, INLINE, cell)

    assert book.read(inline).sheets[0].rows == (("水戸市", "1"),)
    assert book.read(with_shared_texts(0)).sheets[0].rows == (("水戸市", "1"),)
    assert "Excelブック" in refusal_of(with_shared_texts(99))


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False, width=64).filter(lambda n: abs(n) < 1e200),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8).filter(
        lambda text: not text.startswith("=")
    ),
    st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)),
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(CELLS, max_size=6), min_size=1, max_size=6),
    st.sampled_from(["General", "0.0%", "#,##0", "yyyy/m/d"]),
)
def test_every_cell_reads_as_the_library_reads_it(rows, number_format):
    workbook = workbook_of(["見出し"], *rows)
    for cell in workbook.active["B"]:
        if isinstance(cell.value, int | float) and 0 < cell.value < 50_000:
            cell.number_format = number_format
    content = saved(workbook)

    (sheet,) = book.read(content).sheets

    lines = load_workbook(io.BytesIO(content), read_only=True).active.iter_rows()
    expected = [tuple(as_text(cell) for cell in line) for line in lines]
    for number, line in enumerate(expected):
        found = sheet.rows[number] if number < len(sheet.rows) else ()
        assert found + ("",) * (len(line) - len(found)) == tuple(
            text if text.strip() or index < len(found) else "" for index, text in enumerate(line)
        )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空です"),
        (b"\xd0\xcf\x11\xe0 old", "古い形式"),
        (b"%PDF-1.7", "PDFは読み取れません"),
        (b"\r\n<html><table>", "ウェブページ"),
        (b"PK\x03\x04 damaged", "Excelファイルとして読めません"),
        (b",,,\n,,\n", "表がありません"),
        ("あ,い\n".encode() + b"\x00", "文字を読めません"),
        (b"1\n" * 100_001, "100,000行まで"),
        (b",".join([b"1"] * 401), "400列まで"),
        (b"x" * (20 * 1024 * 1024 + 1), "20MB"),
        ((b",".join([b"1"] * 400) + b"\n") * 5001, "2,000,000欄まで"),
    ],
)
def test_what_is_no_table_or_too_large_is_refused_with_what_to_do(content, words):
    assert words in refusal_of(content)


def test_a_stray_cell_far_away_is_refused_and_a_formatted_empty_one_is_not():
    far = workbook_of(["082015", 1])
    far.active.cell(1, 401).value = "メモ"
    low = workbook_of(["082015", 1])
    low.active.cell(100_001, 1).value = "メモ"
    empty = workbook_of(["082015", 1])
    empty.active.cell(1, 500).number_format = "0%"
    empty.active.cell(100_001, 1).number_format = "0%"

    assert "400列まで" in refusal_of(saved(far))
    assert "100,000行まで" in refusal_of(saved(low))
    assert book.read(saved(empty)).sheets[0].rows == (("082015", "1"),)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'<row r="1"', b'<row r="99999999"'),
        (b'<row r="1"', b'<row r="x"'),
        (b'<c r="B1"', b'<c r="ZZZZ1"'),
        (b'<c r="B1"', b'<c r="A1"'),
        (b"<v>1</v>", b"<v>one</v>"),
        (b"</sheetData>", b""),
        (b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet'),
    ],
)
def test_a_crafted_sheet_is_refused(before, after):
    content = changed(saved(workbook_of(["水戸市", 1])), SHEET, before, after)

    assert "Excelブック" in refusal_of(content)


def test_a_workbook_that_unpacks_to_more_than_any_table_is_refused(monkeypatch):
    content = saved(workbook_of(*[["082015", 1]] * 50))
    assert book.read(content).sheets[0].rows

    for limit in ("unpacked", "sheet"):
        small = {"megabytes": 20, "unpacked": 10**9, "sheet": 10**6, "texts": 10**6, limit: 100}
        monkeypatch.setattr(book, "LIMITS", book.Limits(**small))
        assert "20MBまで" in refusal_of(content)
