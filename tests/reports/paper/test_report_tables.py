"""The workbook of a report's tables: complete, as programs want it, and nothing in it is a formula."""

import datetime as dt
import io
import re
import zipfile
from dataclasses import replace

import pytest
from openpyxl import Workbook, load_workbook

from reports.document.year_review import Effect, IssueLine, ReportHead, TextBox
from reports.paper.tables import make_tables
from reports.paper.tables.book import CUT_OFF, MOST_SIGNS, WIDE_COLUMNS
from reports.paper.tables.sheets import SHEETS, WHERE
from tests.reports.office_samples import (
    CONTROLS,
    FULL,
    INDICATOR,
    INJECTIONS,
    UNSAID,
    rows_of,
    texts_of,
)
from tests.reports.paper_samples import EMPTY, MIHON, MITO

# The workbook holds figures in columns of their own, so what is put together for the eye is not in it.
NOT_AS_TEXT = UNSAID | {
    "Figure": {"value", "period", "as_of"},
    "IndicatorLine": {"chart", "values", "source"},
    "Advice": {"responded_on"},
    "SupportStep": {"held_on", "participants"},
    "ReportHead": {"submitted_on"},
    "YearReview": {"fiscal_year_label", "approvals"},
}


@pytest.fixture(scope="module")
def sheets():
    return rows_of(make_tables(FULL))


def midnight(*day):
    """Return a day as openpyxl reads it back: cells know no time zones."""
    return dt.datetime.combine(dt.date(*day), dt.time())


def column(rows, name):
    at = rows[0].index(name)
    return [row[at] for row in rows[1:]]


@pytest.mark.parametrize("review", [MITO, MIHON, FULL], ids=["mito", "mihon", "full"])
def test_every_text_of_the_year_is_in_a_cell(review):
    cells = {
        str(value)
        for rows in rows_of(make_tables(review)).values()
        for row in rows
        for value in row
        if value is not None
    }
    told = "\n".join(cells)

    assert [text for text in texts_of(review, unsaid=NOT_AS_TEXT) if text not in told] == []


def test_every_sheet_is_one_table_with_its_header_in_the_first_row(sheets):
    assert list(sheets) == [sheet.name for sheet in SHEETS]
    for sheet in SHEETS:
        rows = sheets[sheet.name]
        assert tuple(rows[0]) == (*WHERE, *sheet.columns)
        assert len(set(rows[0])) == len(rows[0])
        assert {len(row) for row in rows} == {len(rows[0])}
        for row in rows[1:]:
            assert row[:3] == ["990019", "見本市", 2026]


def test_no_cells_are_joined_and_the_header_stays_in_view():
    book = load_workbook(io.BytesIO(make_tables(FULL)))

    assert all(not sheet.merged_cells.ranges for sheet in book)
    assert {sheet.freeze_panes for sheet in book} == {"A2"}


def test_sheet_names_are_such_as_excel_takes():
    names = [sheet.name for sheet in SHEETS]

    assert len(set(names)) == len(names)
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\']", name) for name in names)
    assert {name for sheet in SHEETS for name in sheet.columns} >= WIDE_COLUMNS


def test_numbers_are_numbers_with_unit_year_and_day_beside_them(sheets):
    figures = sheets["自治体概要"]
    values = sheets["指標"]

    first = dict(zip(figures[0], figures[1], strict=True))
    assert (first["値"], first["単位"], first["値の年度"]) == (47865, "人", 2025)
    assert first["値の時点"] == midnight(2025, 10, 1)
    second = dict(zip(figures[0], figures[2], strict=True))
    assert (second["値"], second["内容"]) == (None, "（未入力）")
    assert column(values, "値") == [24.6, None, 31.5, 60, -41.3, None]
    assert column(values, "系列") == ["実績", "実績", "実績", "目標", "見本県", "実績"]
    assert column(values, "値の状態") == ["値", "不詳", "値", "値", "値", "未入力"]
    assert set(column(values, "単位")) == {"％"}
    assert column(values, "値の年度")[:5] == [2024, 2025, 2026, 2026, 2025]


def test_steps_advice_and_its_answers_stand_one_a_row(sheets):
    rows = sheets["経過とアドバイス"]

    assert column(rows, "区分")[:5] == [
        "状況、変化等",
        "状況、変化等",
        "アドバイス",
        "アドバイス",
        "キーワード",
    ]
    assert column(rows, "対応")[2:4] == ["採用", "未回答"]
    assert column(rows, "対応日")[2] == midnight(2026, 11, 2)
    assert column(rows, "アドバイザーの確認")[2:4] == ["確認済み", None]
    assert column(rows, "開催日")[0] == midnight(2026, 10, 20)


def test_issues_without_an_answer_and_changes_without_an_issue_keep_their_row(sheets):
    assert [row[3:] for row in sheets["変化"][1:]] == [
        ["退院の連絡が当日になる。", "退院の一週間前に連絡が来る。", "連絡の決まりができた。"],
        ["電話を受ける人が決まっていない。", None, None],
        [None, "顔の見える関係が広がった。", None],
    ]


def test_the_last_sheet_says_what_the_file_was_made_from(sheets):
    told = {row[3]: row[4] for row in sheets["説明"][1:]}

    assert told["文書のハッシュ値（SHA-256）"] == FULL.head.sha256
    assert told["受付番号"] == FULL.head.number
    assert told["提出日"] == midnight(2026, 10, 20)
    assert told["版"] == "第1版"
    assert {f"シート「{sheet.name}」" for sheet in SHEETS} <= set(told)


def test_what_looks_like_a_formula_is_text():
    review = replace(
        MIHON,
        features=tuple(TextBox(text, text) for text in INJECTIONS),
        issues=tuple(IssueLine(text, text, text, text, text, text) for text in INJECTIONS),
        indicators=tuple(replace(INDICATOR, name=text, unit=text) for text in INJECTIONS),
        municipality_name="=1+1",
    )

    content = make_tables(review)

    with zipfile.ZipFile(io.BytesIO(content)) as file:
        written = b"".join(file.read(name) for name in file.namelist())
    assert b"<f>" not in written
    assert b"<f " not in written
    assert b"hyperlink" not in written.lower().replace(b"hyperlink(", b"")
    assert b"externalLink" not in written
    book = load_workbook(io.BytesIO(content))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "d", "inlineStr"}
    assert column(rows_of(content)["課題整理表"], "課題") == list(INJECTIONS)


def test_without_the_guard_such_a_text_would_be_a_formula():
    book = Workbook()
    book.active.append([INJECTIONS[0]])
    book.save(file := io.BytesIO())

    with zipfile.ZipFile(file) as made:
        assert b"<f>" in made.read("xl/worksheets/sheet1.xml")


def test_control_characters_are_cleaned_and_line_breaks_kept():
    review = replace(
        MIHON,
        issues=(IssueLine(CONTROLS, CONTROLS, "", "", "", ""),),
        effects=(Effect(CONTROLS, CONTROLS),),
    )

    sheets = rows_of(make_tables(review))

    assert column(sheets["課題整理表"], "課題") == ["前\n中後\n次\n行"]
    assert "前\n中後\n次\n行" in column(sheets["変化"], "支援後の変化")


def test_a_text_that_no_cell_can_hold_says_that_it_goes_on():
    review = replace(MIHON, issues=(IssueLine("看取り", "あ" * 40_000, "", "", "", ""),))

    text = column(rows_of(make_tables(review))["課題整理表"], "課題")[0]

    assert len(text) == MOST_SIGNS
    assert text.endswith(CUT_OFF)


def test_two_hundred_rows_come_in_their_order():
    review = replace(
        FULL,
        issues=tuple(replace(FULL.issues[0], text=f"課題{number}") for number in range(200)),
        activities=tuple(
            replace(FULL.activities[0], name=f"取組{number}") for number in range(200)
        ),
    )

    sheets = rows_of(make_tables(review))

    assert column(sheets["課題整理表"], "課題") == [f"課題{number}" for number in range(200)]
    assert column(sheets["課題の数字"], "課題番号") == list(range(1, 201))
    assert column(sheets["取組の実績"], "取組") == [f"取組{number}" for number in range(200)]


def test_an_empty_year_keeps_its_sheets_and_what_is_open():
    sheets = rows_of(make_tables(EMPTY))

    assert list(sheets) == [sheet.name for sheet in SHEETS]
    assert column(sheets["目指す姿"], "場面")[0] == "日常の療養支援"
    assert sheets["指標"][1:] == []
    assert ("版", "下書き") in {(row[3], row[4]) for row in sheets["説明"][1:]}


def test_the_same_year_gives_the_same_bytes():
    draft = replace(FULL, head=ReportHead("", "中間報告", "", "下書き", "", (), ""))

    assert make_tables(FULL) == make_tables(FULL)
    assert make_tables(draft) == make_tables(draft)
    assert make_tables(draft) != make_tables(FULL)
