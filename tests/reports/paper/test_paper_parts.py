"""The parts of the paper's body: which there are, how steps and changes stand, which sheet a diagram gets."""

from dataclasses import replace

import pytest

from indicators.charts.structure import Chart, Point, Series
from logicmodels.shape.structure import Effect, Link, Place, build
from reports.document.year_review import Advice, LogicModelSheet, Outlook
from reports.document.year_review import Effect as Change
from reports.paper.parts.changes import AHEAD, BEFORE, CHANGED, changes
from reports.paper.parts.course import course
from reports.paper.parts.logic import LEAST_POINTS, model, sheet_for
from reports.paper.parts.measures import Told, measures
from reports.paper.parts.parts import parts
from reports.paper.parts.registers import activities, issues
from reports.paper.report.sheet import paper_html
from reports.paper.wording.wording import has_long_word, numbered, shortened
from tests.reports.paper_samples import EMPTY, MITO
from tests.reports.paper_towns import FUKUCHIYAMA, RICH, structure


def names_of(review):
    return [
        part.name for part in parts(review, course=course(review.steps), changes=changes(review))
    ]


def test_a_full_report_has_every_part_in_the_order_of_the_form():
    assert names_of(RICH) == [
        "municipality",
        "features",
        "goals",
        "support",
        "course",
        "changes",
        "measures",
        "logic",
        "issues",
        "activities",
        "to_come",
    ]


def test_parts_that_are_not_to_be_told_yet_are_absent():
    assert names_of(EMPTY) == ["municipality", "features", "goals", "course", "changes"]


# --- The course of the support


def test_steps_that_fit_stand_side_by_side_in_the_largest_letters():
    assert course(MITO.steps).size == "size-95"
    assert '<h2 id="part-4">4　連携支援の経過</h2>' in paper_html(MITO)
    assert 'class="part course wide"' in paper_html(MITO)


def test_longer_steps_take_smaller_letters_and_then_stand_below_each_other():
    longer = [replace(step, situation=step.situation * 3) for step in MITO.steps]
    longest = [replace(step, situation=step.situation * 20) for step in MITO.steps]

    assert course(longer).size in ("size-85", "size-75")
    assert not course(longest).is_wide


@pytest.mark.parametrize("count", [1, 2, 6])
def test_few_or_many_steps_stand_below_each_other(count):
    steps = (*MITO.steps, MITO.steps[0])[:count]

    assert not course(steps).is_wide


def test_advice_tells_what_it_is_about_and_what_became_of_it():
    advice = Advice(
        "一覧をつくる。", "看取り", "窓口の一覧", "採用", "令和5年11月6日", "来年度から", True
    )
    (step,) = course([replace(MITO.steps[0], advice=(advice,))]).steps

    assert step.advice[0].about == "〔看取り　窓口の一覧〕"
    assert step.advice[0].answer == "対応：採用（令和5年11月6日）　来年度から　アドバイザー確認済み"


def test_advice_without_an_answer_says_nothing_of_one():
    (step,) = course(
        [replace(MITO.steps[0], advice=(Advice("話し合う。", response="未回答"),))]
    ).steps

    assert step.advice[0].answer == ""


# --- What the support changed


def test_an_interim_report_shows_the_issues_alone_until_something_changed():
    assert [column.label for column in changes(MITO).columns] == [BEFORE]
    assert changes(MITO).title == "支援前の課題"


def test_a_final_report_shows_all_three_columns_even_unwritten():
    review = replace(MITO, head=replace(MITO.head, is_final=True))

    assert [column.label for column in changes(review).columns] == [BEFORE, CHANGED, AHEAD]


def test_a_change_names_the_issue_it_answers_by_its_number():
    review = replace(MITO, effects=(Change("指標を置いた。", "測れる", MITO.issues_before[2]),))
    before, changed = changes(review).columns

    assert before.entries[2].items[0]["sign"] == "③"
    assert changed.entries[0].answers == "課題③について"


def test_an_answer_to_an_issue_that_is_not_shown_stands_in_words():
    review = replace(MITO, effects=(Change("指標を置いた。", "", "別の課題"),))

    assert changes(review).columns[1].entries[0].answers == "課題「別の課題」について"


def test_an_outlook_carries_its_date_as_people_say_it():
    review = replace(MITO, outlooks=(Outlook("協議体を設ける。", "令和6年度末"),))

    assert changes(review).columns[-1].entries[0].due == "令和6年度末"


# --- Logic models


def sheet_of(built, goal=""):
    return model(LogicModelSheet("モデル", "看取り", goal, "", built, {}))


def test_a_small_model_stands_beside_its_table_and_a_large_one_on_a_sheet_of_its_own():
    small = build([Effect("o", "成果")], [Place("p", "o", "a", "研修会を開く")])

    assert not sheet_of(small).has_own_sheet
    assert sheet_of(structure(60)).sheet.startswith("a3")


@pytest.mark.parametrize("count", [1, 4, 8, 16, 24, 40, 60])
def test_a_diagram_is_never_wider_or_higher_than_its_sheet_and_legible_where_possible(count):
    drawn = sheet_of(structure(count)).diagram
    sheet = sheet_for(drawn)
    printed = sheet_of(structure(count))

    assert float(printed.width.removesuffix("mm")) <= sheet.width + 0.1
    assert float(printed.height.removesuffix("mm")) <= sheet.height + 0.1
    assert sheet.points(drawn) >= LEAST_POINTS


def test_an_outcome_tells_where_it_leads_and_on_what_condition():
    built = build(
        [Effect("a", "初め", "initial"), Effect("b", "次", "intermediate")],
        [],
        [Link("l", "a", "b", "話合いが続くこと")],
    )
    first, second = sheet_of(built).outcomes

    assert first.leads_to == ("成果2（前提：話合いが続くこと）",)
    assert second.is_reached


def test_a_repeated_activity_keeps_its_mark_note_and_condition():
    html = paper_html(RICH)

    assert "（再）訪問診療を行う医師を増やすための研修会の開催" in html
    assert "（※医師会に要相談）" in html
    assert "前提：担当者が研修を受けられること" in html


def test_a_model_without_outcomes_is_told_in_words():
    review = replace(
        FUKUCHIYAMA, logic_models=(LogicModelSheet("空", "看取り", "", "", build([], []), {}),)
    )

    html = paper_html(review)

    assert "成果は、まだ書かれていません。" in html
    assert 'class="diagram"' not in html


# --- Indicators


def line_with(*values):
    chart = Chart(
        "推移", "人", 0, "年度", ("令和4年度", "令和5年度"), (Series("実績", values),), "読み方"
    )
    return replace(RICH.indicators[0], chart=chart)


def test_a_single_number_makes_a_table_and_no_picture():
    found = measures([line_with(Point(None, "未回収"), Point(3)), line_with(Point(2), Point(3))])

    assert [picture.is_drawn for picture in found.pictures] == [False, True]


def test_what_is_not_final_has_a_hollow_marker():
    early = measures([line_with(Point(2), Point(3, "速報"))]).pictures[0].marks[0]
    final = measures([line_with(Point(2), Point(3))]).pictures[0].marks[0]

    assert [bool(path) for path in early[1:]] == [True, True]
    assert [bool(path) for path in final[1:]] == [True, False]


def test_pictures_are_numbered_without_a_gap_and_name_their_line():
    drawn = line_with(Point(2), Point(3))

    found = measures([drawn, replace(drawn, chart=None), drawn])

    assert [(one.number, one.line) for one in found.pictures] == [(1, 1), (2, 3)]
    html = paper_html(replace(RICH, indicators=(drawn, replace(drawn, chart=None), drawn)))
    assert '図2　推移（単位：人）<span class="of-line">№3</span>' in html


@pytest.mark.parametrize(
    ("count", "first"), [(8, ("令和元年度", "（2019年度）※")), (9, ("令和元", "2019※"))]
)
def test_many_years_are_headed_as_the_axis_is(count, first):
    years = [("令和元", 2019), *((f"令和{2 + more}", 2020 + more) for more in range(count - 1))]
    chart = Chart(
        "推移",
        "人",
        0,
        "年度",
        tuple(f"{name}年度（{year}年度）" for name, year in years),
        (Series("実績", (Point(3),) * count),),
        "読み方",
        ticks=tuple(f"{name}\n{year}" for name, year in years),
        breaks=(0,),
    )

    head = measures([replace(RICH.indicators[0], chart=chart)]).pictures[0].head

    assert len(head) == count
    assert (head[0].number, head[0].more) == first


def test_what_qualifies_a_number_is_cut_where_a_line_may_end():
    lines = [line_with(Point(None, "（未入力）"), Point(3, "令和8年9月末現在・速報"))]

    [[_, (absent, told)]] = measures(lines).pictures[0].rows

    assert (absent.number, absent.pieces) == ("", ("（未入力）",))
    assert (told.number, told.pieces) == ("3", ("（令和8年9月末", "現在・", "速報）"))
    of_line = Told("187人", "（延べ）（令和5年度（2023年度））")
    assert of_line.pieces == ("（延べ）", "（令和5年度", "（2023年度））")
    of_day = Told("3か所", "（令和7年10月1日現在）")
    assert of_day.pieces == ("（令和7年10月", "1日現在）")
    assert Told("187人", "").pieces == ()


def test_indicators_with_one_source_share_a_footnote():
    lines = [replace(RICH.indicators[0], source=source) for source in ("甲", "乙", "甲", "")]

    found = measures(lines)

    assert [line.mark for line in found.lines] == [1, 2, 1, None]
    assert found.notes == ((1, "甲"), (2, "乙"))


def test_series_are_told_apart_without_colour():
    html = paper_html(RICH)

    assert html.count("stroke-dasharray") > len(RICH.indicators)


# --- Registers and words


def test_columns_that_nobody_wrote_in_are_left_out():
    bare = [replace(one, executor="", partners=(), results=()) for one in RICH.activities]
    plain = [replace(one, gap="", cause="") for one in RICH.issues]

    assert not activities(bare).has_people
    assert activities(bare).has_period
    assert issues(plain).has_current
    assert not issues(plain).has_cause


def test_a_row_longer_than_a_third_of_a_page_may_be_cut():
    long = replace(RICH.issues[0], text="字" * 2_000)

    assert [one.is_whole for one in issues([RICH.issues[0], long]).lines] == [True, False]


def test_numbers_go_on_after_the_last_circled_one():
    assert [numbered(place) for place in (1, 20, 21)] == ["①", "⑳", "(21)"]


def test_a_running_head_is_shortened_with_a_sign():
    assert shortened("見本市", 3) == "見本市"
    assert shortened("見本市役所", 4) == "見本市…"


@pytest.mark.parametrize(
    "word",
    [
        "W" * 8,
        "12345678",
        "ーーーーーーーー",
        "！！！！！！！！",
        "っっっっっっっっ",
        "…………",
        "https://example.jp/",
    ],
)
def test_a_run_of_signs_that_no_line_breaks_is_found(word):
    is_long = len(word) >= 8

    assert has_long_word([f"見本市の{word}です。"]) is is_long


@pytest.mark.parametrize(
    "text",
    [
        "令和8年9月30日現在・速報",
        "訪問看護ステーション（24時間）",
        "PDCAサイクル、ICTの活用",
        "々ヴぁ" * 2,
    ],
)
def test_ordinary_words_need_no_breaking(text):
    assert not has_long_word([text])


def test_only_papers_with_long_words_are_broken_anywhere():
    assert 'class="long-words"' not in paper_html(RICH)
    assert 'class="long-words"' in paper_html(replace(RICH, indicator_comment="W" * 20))
