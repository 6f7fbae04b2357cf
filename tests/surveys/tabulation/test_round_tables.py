"""集計表 of a round: counted from answers, registered as published tables, kept when answers go."""

import io
import re
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from openpyxl import load_workbook

from municipalities.models import Cycle, User
from reports.document import assembly, copied_answers
from reports.document.reading.asked import surveys as surveys_on_paper
from surveys.models import (
    Answer,
    KeptTables,
    PublishedAnswer,
    PublishedQuestion,
    PublishedSurvey,
    Response,
    SurveyRound,
)
from surveys.rounds import emptying, opening
from surveys.tabulation.keeping import registering
from tests.surveys.asking import asking, options, question


@pytest.fixture
def closed(here):
    row = asking(here)
    asked = row.questionnaire.questions.get(kind="single")
    yes, no, _ = asked.options.all()
    for at in range(7):
        response = Response.objects.create(
            key=f"response-{at}", round=row, submission=f"s{at}", profession="physician"
        )
        option = yes if at < 4 else no
        Answer.objects.create(response=response, question=asked, option=option)
    opening.close_round(row, by=User.objects.get(username="editor"))
    row.refresh_from_db()
    return row


def register(client, row, **fields):
    row.refresh_from_db()
    address = row.cycle.url("surveys:round_register", row.key)
    return client.post(address, {"base_version": row.version} | fields, follow=True)


def tables(client, row, **query):
    page = client.get(row.cycle.url("surveys:round_tables", row.key), query)
    assert page.status_code == 200
    return page.content.decode()


def numbers_of_sections(page, kind):
    return re.findall(rf'<section class="question" id="{kind}-([^"]+)"', page)


def test_the_page_counts_and_parts_the_tables(as_editor, closed):
    whole = tables(as_editor, closed)

    assert "n＝7" in whole
    assert "57.1%" in whole
    # 問2 was not asked of the three who said いいえ.
    assert "n＝4（うち無回答 4）" in whole
    parted = tables(as_editor, closed, by="問1")
    assert "少数" in parted
    # One or the other: both at once were a page of 16,000 px on a phone.
    assert numbers_of_sections(parted, "table") == []
    assert numbers_of_sections(whole, "cross") == []


def test_crosses_come_five_at_a_time_or_as_they_are_chosen(as_editor, closed):
    for at in range(3):
        options(question(closed.questionnaire, "single", f"追加の問い{at}"), "ある", "ない")
    every = ["問2", "問3-1", "問3-2", "問3-3", "問5", "問8", "問9", "問10"]

    first = tables(as_editor, closed, by="問1")
    second = tables(as_editor, closed, by="問1", page="2")
    chosen = tables(as_editor, closed, by="問1", of=["問9", "問2", "無い問い"])

    assert numbers_of_sections(first, "cross") == every[:5]
    assert "page=2" in first
    assert numbers_of_sections(second, "cross") == every[5:]
    # In the order of the questionnaire; what does not exist counts as not chosen.
    assert numbers_of_sections(chosen, "cross") == ["問2", "問9"]
    assert "2問を選んでいます" in chosen
    assert "1／2ページ" in first
    assert "1／2ページ" not in chosen


def test_a_cross_begins_with_everybody(as_editor, closed):
    page = tables(as_editor, closed, by="問5", of="問1")

    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    rows = [re.sub(r"<[^>]+>|\s+", " ", row).split() for row in body.split("</tr>")[:-1]]
    assert rows == [
        ["全体", "7", "4", "57.1%", "3", "42.9%", "0", "0.0%"],
        ["医師", "7", "4", "57.1%", "3", "42.9%", "0", "0.0%"],
    ]


def test_whole_tables_come_ten_at_a_time_with_a_list_of_all(as_editor, closed):
    for at in range(8):
        options(question(closed.questionnaire, "single", f"追加の問い{at}"), "ある", "ない")

    first, second = tables(as_editor, closed), tables(as_editor, closed, page="2")

    assert len(numbers_of_sections(first, "table")) == 10
    assert "?page=2#table-問15" in first
    assert numbers_of_sections(second, "table")[-1] == "問15"


@pytest.mark.parametrize("page", ["0", "99", "x", "-1"])
def test_a_page_that_is_not_there_is_another_one(as_editor, closed, page):
    assert numbers_of_sections(tables(as_editor, closed, page=page), "table")


def test_of_few_answers_the_page_says_what_to_make_of_them(as_editor, closed):
    page = tables(as_editor, closed)
    assert "有効な回答が10件より少ない" in page
    assert "クロス集計は残りません" in page

    Response.objects.filter(key__in=["response-0", "response-1", "response-2"]).update(
        is_excluded=True
    )
    assert "内訳とクロス集計は残りません" in tables(as_editor, closed)

    for at in range(10, 16):
        Response.objects.create(key=f"response-{at}", round=closed, submission=f"s{at}")
    assert "有効な回答が10件より少ない" not in tables(as_editor, closed)


def test_while_it_is_asked_the_page_says_how_to_register(as_editor, here):
    shown = tables(as_editor, asking(here))

    assert "受付中の集計です" in shown
    assert "受付を終了してください" in shown


def test_a_round_without_answers_has_tables(as_editor, here):
    row = asking(here)

    shown = as_editor.get(here.url("surveys:round_tables", row.key)).content.decode()

    assert "有効回答数（回収）：0件" in shown
    assert "結果として登録する" not in shown


def test_the_adviser_reads_what_is_registered_alone(as_adviser, here, closed):
    for name in ("round_tables", "round_tables_file"):
        assert as_adviser.get(here.url(f"surveys:{name}", closed.key)).status_code in {403, 404}


def test_registered_tables_stay_when_answers_go(as_editor, here, closed):
    told = register(as_editor, closed)

    assert "集計を結果として登録しました" in told.content.decode()
    closed.refresh_from_db()
    survey = PublishedSurvey.objects.get(key=closed.result_key)
    first = PublishedQuestion.objects.get(survey=survey, number="問1")
    assert (survey.respondents, first.respondents, first.kind) == (7, 7, "single")
    counts = dict(PublishedAnswer.objects.filter(question=first).values_list("label", "count"))
    assert counts == {"はい": 4, "いいえ": 3, "その他": 0}
    numbers = PublishedQuestion.objects.filter(survey=survey).values_list("number", flat=True)
    assert {"問3-1", "問3-2", "問3-3"} <= set(numbers)
    assert "問4" not in numbers
    emptying.empty(closed, by=User.objects.get(username="editor"))
    assert PublishedAnswer.objects.filter(question=first).count() == 3


def test_registering_again_asks_and_replaces_in_place(as_editor, closed):
    register(as_editor, closed)
    before = set(PublishedQuestion.objects.values_list("key", flat=True))
    Response.objects.filter(key="response-0").update(is_excluded=True)

    refused = register(as_editor, closed)
    assert "置き換えてよいときは" in refused.content.decode()
    assert PublishedAnswer.objects.filter(label="はい", count=4).exists()
    register(as_editor, closed, replace="yes")

    assert set(PublishedQuestion.objects.values_list("key", flat=True)) == before
    assert PublishedAnswer.objects.filter(label="はい", count=3).exists()


def test_a_round_that_is_asked_still_is_not_registered(as_editor, here):
    told = register(as_editor, asking(here))

    assert "受付を終了してから" in told.content.decode()
    assert not PublishedSurvey.objects.filter(title="在宅医療に関する調査").exists()


def test_the_workbook_says_of_how_many_and_has_no_formula(as_editor, here, closed):
    closed.questionnaire.questions.filter(kind="single").update(text="=1+1")
    file = as_editor.get(here.url("surveys:round_tables_file", closed.key) + "?by=問1")

    book = load_workbook(io.BytesIO(file.content))
    first = [cell.value for cell in book["集計表"][2]]
    assert first[:5] == ["問1", "=1+1", 7, "はい", 4]
    assert book["集計表"]["B2"].data_type == "s"
    assert "クロス集計" in book.sheetnames


def test_a_row_and_a_column_of_one_name_are_registered_both(as_editor, closed):
    table = closed.questionnaire.questions.get(kind="matrix")
    table.rows.filter(label="看取り").update(label="研修を受けたい")

    assert "集計を結果として登録しました" in register(as_editor, closed).content.decode()

    closed.refresh_from_db()
    survey = PublishedSurvey.objects.get(key=closed.result_key)
    numbers = PublishedQuestion.objects.filter(survey=survey, text__contains="研修を受けたい")
    assert set(numbers.values_list("number", flat=True)) == {"問3-2", "問3-3"}


def test_readings_of_kanji_stay_out_of_tables(as_editor, here, closed):
    asked = closed.questionnaire.questions.get(kind="single")
    type(asked).objects.filter(pk=asked.pk).update(text="年齢《ねんれい》を選んでください。")

    shown = as_editor.get(here.url("surveys:round_tables", closed.key)).content.decode()
    register(as_editor, closed)

    assert "年齢を選んでください。" in shown
    assert "ねんれい" not in shown
    assert PublishedQuestion.objects.filter(text="年齢を選んでください。").exists()


def test_a_result_that_was_deleted_is_told_of_no_more(as_editor, here, closed):
    register(as_editor, closed)
    closed.refresh_from_db()
    assert closed.has_result
    survey = PublishedSurvey.objects.get(key=closed.result_key)
    PublishedAnswer.objects.filter(question__survey=survey).delete()
    PublishedQuestion.objects.filter(survey=survey).delete()
    survey.delete()

    page = as_editor.get(here.url("surveys:round_tables", closed.key)).content.decode()

    assert "登録した結果を見る" not in page
    assert "まだ登録されていません" in as_editor.get(closed.page + "emptying/").content.decode()


def test_tables_of_what_was_deleted_show_no_zeros(as_editor, here, closed):
    address = here.url("surveys:round_tables", closed.key)
    register(as_editor, closed)
    closed.refresh_from_db()
    emptying.empty(closed, by=None)
    # As of rounds that were emptied before tables were kept.
    KeptTables.objects.filter(round=closed).delete()

    page = as_editor.get(address).content.decode()
    file = as_editor.get(here.url("surveys:round_tables_file", closed.key), follow=True)

    assert "に消したため、ここでは集計できません" in page
    assert f"surveys/{closed.result_key}/" in page
    assert "n＝0" not in page
    assert "有効回答数（回収）：0" not in page
    assert "回答を消したため、集計できません" in file.content.decode()


def test_tables_that_were_registered_are_not_overwritten_by_nothing(as_editor, closed):
    """The answers go after the page has looked at the round, right before it counts."""
    register(as_editor, closed)
    stale = SurveyRound.objects.get(pk=closed.pk)
    emptying.empty(SurveyRound.objects.get(pk=closed.pk), by=None)

    with pytest.raises(ValidationError, match="回答を消したため"):
        registering.register(stale, by=User.objects.get(username="editor"))

    assert PublishedAnswer.objects.filter(label="はい", count=4).exists()


def test_a_row_and_a_column_of_one_name_keep_their_keys_when_one_of_them_goes(as_editor, closed):
    table = closed.questionnaire.questions.get(kind="matrix")
    table.rows.filter(label="看取り").update(label="研修を受けたい")
    register(as_editor, closed)
    closed.refresh_from_db()
    column = PublishedQuestion.objects.get(survey__key=closed.result_key, number="問3-3").key

    table.rows.filter(label="研修を受けたい").update(label="看取り")
    register(as_editor, closed, replace="yes")

    now = PublishedQuestion.objects.get(survey__key=closed.result_key, number="問3-3")
    assert (now.key, now.kind) == (column, "multiple")


def test_different_questions_of_the_same_options_stand_side_by_side(as_editor, here, closed):
    """連携したことがある → 連携してみたい, before anything is registered."""
    asked = closed.questionnaire.questions.get(kind="multiple")
    wanted = question(closed.questionnaire, "multiple", "どこで知りたいですか。")
    options(wanted, *asked.options.values_list("label", flat=True))

    page = as_editor.get(here.url("surveys:round_tables", closed.key)).content.decode()

    assert "並べて見る：問2 どこで知りましたか。" in page
    assert page.count("設問が異なります") >= 1
    options(wanted, "どれでもない")
    page = as_editor.get(here.url("surveys:round_tables", closed.key)).content.decode()
    assert "並べて見る" not in page


def test_a_question_that_all_left_out_has_no_empty_picture(as_editor, here, closed):
    Answer.objects.of(closed).delete()
    asked = closed.questionnaire.questions.get(kind="single")
    type(asked).objects.filter(pk=asked.pk).update(scale="good_first")

    page = as_editor.get(here.url("surveys:round_tables", closed.key)).content.decode()

    part = page.partition("問1 在宅医療を知っていますか。")[2].partition("</section>")[0]
    assert "有効な回答がありません。" in part
    assert "<svg" not in part


def numbers_of(row, *values):
    """Let respondents of a round enter numbers for 問4, the years of experience."""
    asked = row.questionnaire.questions.get(kind="number")
    for value in values:
        response = Response.objects.create(
            key=f"number-{value}", round=row, submission=f"number-{value}"
        )
        Answer.objects.create(response=response, question=asked, number=value)
    return asked


def registered(row):
    row.refresh_from_db()
    return PublishedQuestion.objects.filter(survey__key=row.result_key, number="問4").first()


def test_mean_and_median_of_enough_numbers_are_registered(as_editor, here, closed):
    numbers_of(closed, *range(1, 10), 30)
    register(as_editor, closed)

    question = registered(closed)
    assert question.kind == "unstated"
    told = (question.numbers, question.mean, question.median, question.unit)
    assert told == (10, Decimal("7.5"), Decimal("5.5"), "年")
    page = as_editor.get(here.url("surveys:survey", closed.result_key)).content.decode()
    assert "数値の回答数 10　平均 7.5年　中央値 5.5年" in page
    assert "/value/" not in page.partition('heading">問4')[2].partition("</section>")[0]
    assert "根拠になる課題を選ぶ" in page.partition('heading">問4')[2].partition("</section>")[0]
    file = as_editor.get(here.url("surveys:survey_tables", closed.result_key))
    row = [cell.value for cell in load_workbook(io.BytesIO(file.content))["数値"][2]]
    assert row == ["問4", "経験年数", 10, 7.5, 5.5, "年"]
    # They stay when the answers go, as what was kept of them would.
    emptying.empty(closed, by=None)
    assert registered(closed).mean == Decimal("7.5")


def test_means_stand_beside_each_other_over_the_years(as_editor, here, closed):
    numbers_of(closed, *range(1, 11))
    register(as_editor, closed)
    now = registered(closed)
    address = here.url("surveys:question_years", now.key)
    alone = as_editor.get(address).content.decode()
    last = Cycle.objects.create(fiscal_year=here.fiscal_year - 1)
    survey = PublishedSurvey.objects.create(cycle=last, key="last", title="前の年の調査")
    before = PublishedQuestion.objects.create(
        cycle=last, survey=survey, key="before", text="経験年数", numbers=20, mean="9.25", median=8
    )
    PublishedQuestion.objects.filter(pk=now.pk).update(
        earlier_year=last.fiscal_year, earlier_key=before.key
    )

    both = as_editor.get(address).content.decode()

    assert "前回の設問が、まだ選ばれていません" in alone
    assert both.index("9.25") < both.index("5.5")
    assert "選択肢ごとの割合" not in both


def test_of_fewer_numbers_nothing_is_registered(as_editor, closed):
    numbers_of(closed, *range(1, 10))

    register(as_editor, closed)

    assert registered(closed) is None


def test_when_numbers_become_few_their_mean_is_taken_back(as_editor, closed):
    numbers_of(closed, *range(1, 11))
    register(as_editor, closed)
    assert registered(closed).mean == Decimal("5.5")
    Response.objects.filter(key="number-1").update(is_excluded=True)

    register(as_editor, closed, replace="yes")

    question = registered(closed)
    assert (question.numbers, question.mean, question.median) == (None, None, None)


def test_means_travel_in_the_document_and_stay_out_of_copies(as_editor, here, closed):
    numbers_of(closed, *range(1, 10), 30)
    register(as_editor, closed)
    closed.refresh_from_db()
    document = assembly.assemble(here)
    own = survey_in(document, closed.result_key)

    copied = survey_in(
        {
            "published_surveys": copied_answers.surveys(
                document["published_surveys"], population=None
            )
        },
        closed.result_key,
    )

    # The negative control: the house and its adviser read them.
    assert (own["numbers"], own["mean"], own["median"]) == (10, "7.5", "5.5")
    assert (copied["numbers"], copied["mean"], copied["median"]) == (None, None, None)
    [line] = [
        question
        for one in surveys_on_paper(document)
        for question in one.questions
        if question.numbers
    ]
    assert line.numbers == "数値の回答数 10　平均 7.5年　中央値 5.5年"
    assert not any(
        question.numbers
        for one in surveys_on_paper(
            document
            | {
                "published_surveys": copied_answers.surveys(
                    document["published_surveys"], population=None
                )
            }
        )
        for question in one.questions
    )
    assert not assembly.load(here, document, by=User.objects.get(username="editor"))
    assert registered(closed).mean == Decimal("7.5")


def survey_in(document, key):
    [survey] = [one for one in document["published_surveys"] if one["key"] == key]
    return next(one for one in survey["questions"] if one["number"] == "問4")
