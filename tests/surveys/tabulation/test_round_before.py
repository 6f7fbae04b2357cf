"""前の調査と比べる: a study meeting before and after, and a questionnaire from one year to the next."""

import datetime as dt
import io

import pytest
from django.utils.html import strip_tags
from openpyxl import load_workbook

from municipalities.models import Cycle, User
from surveys.models import Answer, KeptTables, Questionnaire, Response, SurveyRound
from surveys.questionnaires.making import form_copying, form_making, form_templates
from surveys.tabulation.before import comparing

KNOWS = "ほかの職種の役割を知っていますか。"
WELL, HARDLY = "よく知っている", "あまり知らない"


@pytest.fixture(autouse=True)
def nothing_kept(here):
    """The world's own round was emptied; here what was kept of it would only be one more to choose."""
    KeptTables.objects.all().delete()


@pytest.fixture
def earlier(here):
    return Cycle.objects.get_or_create(municipality=here.municipality, fiscal_year=2025)[0]


def made(cycle, key, template, **fields):
    form = Questionnaire.objects.create(key=f"form-{key}", title=key)
    editor = User.objects.get(username="editor")
    form_making.insert(form, form_templates.template(template).asked, after="", by=editor)
    return SurveyRound.objects.create(
        key=key, cycle=cycle, questionnaire=form, title=f"勉強会{key}", **fields
    )


def answer(row, at, option, *, code="", text=KNOWS):
    """Write one answer; all its other questions are left out."""
    response = Response.objects.create(
        key=f"response-{row.key}-{at}", round=row, submission=f"{row.key}-{at}", pair=code
    )
    asked = row.questionnaire.questions.get(text=text)
    Answer.objects.create(response=response, question=asked, option=asked.options.get(label=option))
    return response


def meeting(here, count, *, coded):
    """Ask so many people twice: before a quarter of them knows, after it three quarters do."""
    before = made(here, "before", "study-before")
    after = made(here, "after", "study-after", before_key="before")
    for at in range(count):
        code = f"code-{at}" if coded else ""
        answer(before, at, WELL if at % 4 == 0 else HARDLY, code=code)
        answer(after, at, WELL if at % 4 else HARDLY, code=code)
    return before, after


def shown(client, row, **query):
    page = client.get(row.cycle.url("surveys:round_before", row.key), query)
    assert page.status_code == 200
    return " ".join(strip_tags(page.content.decode()).split())


def asked(before, after, title=KNOWS):
    found = comparing.of(before, after)
    return next(one for one in found.asked if one.table.title == title)


def test_the_same_people_are_compared_with_themselves(as_editor, here):
    before, after = meeting(here, 40, coded=True)

    page = shown(as_editor, after)

    assert "番号で前と後を結べた人：40人" in page
    assert "番号で結べた40人（同じ人の前と後）" in page
    one = asked(before, after)
    row = next(row for row in one.paired.rows if row.label == WELL)
    assert (row.before.count, row.after.count, row.gained, row.lost) == (10, 30, 30, 10)
    assert row.step.verdict == "増えたといえます"
    # One verdict for an option: that of the same people.
    assert not one.comparison.has_verdicts
    assert page.count("増えたといえます") >= 1


def test_without_codes_two_groups_are_compared(as_editor, here):
    before, after = meeting(here, 40, coded=False)

    page = shown(as_editor, after)

    one = asked(before, after)
    assert one.paired is None
    assert "番号で前と後を結べた人：0人" in page
    assert {row.label: row.step.verdict for row in one.comparison.rows}[WELL] == "増えたといえます"


def test_of_few_nothing_is_claimed(as_editor, here):
    before, after = meeting(here, 12, coded=True)

    page = shown(as_editor, after)

    assert "といえます」と示します" in page
    assert "増えたといえます " not in page
    assert "nが小さいため参考値です" in page
    assert {row.step.verdict for row in asked(before, after).paired.rows} == {
        "nが小さいため参考値です"
    }


def test_the_points_of_a_scale_have_means(here):
    before, after = meeting(here, 40, coded=True)

    everybody, themselves = asked(before, after).means

    assert (str(themselves.before), str(themselves.after)) == ("2.50", "3.50")
    assert themselves.verdict == "平均が上がったといえます"
    assert everybody.verdict == ""


def test_different_questions_with_the_same_options_are_not_tested(as_editor, here):
    before, after = meeting(here, 40, coded=True)
    answer(before, "had", "医師", text="この1年に、仕事で連携したことがある職種はどれですか。")
    answer(after, "wants", "医師", text="これから、連携してみたい職種はどれですか。")

    found = comparing.of(before, after)

    [pair] = found.beside
    assert (pair.before.number, pair.after.number) == ("問6", "問6")
    page = shown(as_editor, after)
    assert "設問が異なります" in page
    assert "後だけ：問7 今日の内容は、仕事に役立ちますか。" in page


def test_a_code_that_two_people_chose_joins_nobody(here):
    before, after = meeting(here, 4, coded=True)
    answer(after, "twin", WELL, code="code-1")

    people = comparing.of(before, after).people

    assert (people.n, people.unclear) == (3, 1)


def test_what_was_left_out_is_no_new_option(here):
    before, after = meeting(here, 40, coded=False)
    Answer.objects.filter(response__key="response-after-1").delete()

    one = asked(before, after)

    assert not one.remarks
    assert one.comparison.rows[-1].label == "無回答"
    assert [line.count for line in one.comparison.rows[-1].lines] == [0, 1]


def test_an_excluded_answer_joins_nobody(here):
    before, after = meeting(here, 4, coded=True)
    Response.objects.filter(key="response-after-1").update(is_excluded=True)

    assert comparing.of(before, after).people.n == 3


def test_the_next_version_is_compared_with_last_year(as_editor, here, earlier):
    last = made(earlier, "before", "study-before")
    editor = User.objects.get(username="editor")
    form = form_copying.next_edition(last.questionnaire, by=editor)
    form.questions.filter(text=KNOWS).update(
        text="ほかの職種の役割をよく知っていますか。", earlier_change="「よく」を加えた。"
    )
    now = SurveyRound.objects.create(key="now", cycle=here, questionnaire=form, title="今年")
    for at in range(35):
        answer(last, at, WELL)
        answer(now, at, HARDLY, text="ほかの職種の役割をよく知っていますか。")

    page = shown(as_editor, now)
    one = asked(last, now, "ほかの職種の役割をよく知っていますか。")

    assert "聞き方が変わっているため、増減は判断しません。" in page
    assert f"前の設問：問3 {KNOWS}" in page
    assert not one.comparison.has_verdicts
    assert one.paired is None
    assert one.means == ()


def test_the_round_that_is_named_comes_first_and_any_other_can_be_chosen(as_editor, here, earlier):
    other = made(earlier, "other", "residents")
    _, after = meeting(here, 2, coded=False)

    assert "勉強会before（有効回答数（回収）：2件）" in shown(as_editor, after)
    assert "片方の調査だけで聞いた設問" in shown(
        as_editor, after, **{"with": comparing.name_of(other)}
    )
    assert "選んだ調査が見つかりません" in shown(as_editor, after, **{"with": "2001:nothing"})


def test_a_round_that_asked_nothing_of_the_same_is_not_chosen_by_itself(as_editor, here, earlier):
    made(earlier, "other", "residents")
    alone = made(here, "alone", "study-before")

    page = shown(as_editor, alone)

    assert "まだ何も選んでいません" in page
    assert "片方の調査だけで聞いた設問" not in page


def test_the_later_round_is_never_offered_as_the_earlier_one(as_editor, here):
    before, after = meeting(here, 2, coded=False)

    assert comparing.earlier_rounds(before) == []
    assert "比べられる前の調査がありません" in shown(as_editor, before)
    assert comparing.earlier_rounds(after) == [before]


DAYS = {
    "first": (dt.date(2026, 5, 1), dt.date(2026, 5, 14)),
    "last": (dt.date(2026, 9, 1), dt.date(2026, 9, 14)),
}


def test_a_later_round_of_the_same_year_is_not_offered_as_an_earlier_one(as_editor, here):
    first, last = (
        made(here, name, "study-before", opens_on=opens, closes_on=closes)
        for name, (opens, closes) in DAYS.items()
    )

    assert comparing.earlier_rounds(last) == [first]
    assert comparing.earlier_rounds(first) == []
    page = shown(as_editor, first, **{"with": comparing.name_of(last)})
    assert "比べられる前の調査がありません" in page
    # The control: it is the days that tell.
    SurveyRound.objects.filter(pk=last.pk).update(opens_on=None, closes_on=None)
    assert comparing.earlier_rounds(first) == [last]


@pytest.mark.parametrize("coded", [True, False])
def test_an_option_that_nobody_chose_has_no_interval(as_editor, here, coded):
    before, after = meeting(here, 40, coded=coded)
    one = asked(before, after)

    rows = one.paired.rows if coded else one.comparison.rows
    steps = {row.label: row.step for row in rows}
    nobody = [step for label, step in steps.items() if label not in {WELL, HARDLY}]

    assert nobody
    told = {(step.low, step.high, step.verdict) for step in nobody}
    assert told == {(None, None, "選んだ人がいません")}
    assert steps[WELL].low is not None
    assert not one.remarks
    assert "選んだ人がいません" in shown(as_editor, after)


def test_answers_that_are_gone_are_not_compared(as_editor, here):
    before, after = meeting(here, 2, coded=False)
    SurveyRound.objects.filter(pk=after.pk).update(emptied_on="2026-05-01")

    assert "回答を消したため、ここでは比べられません" in shown(as_editor, after)
    address = here.url("surveys:round_before_file", after.key)
    assert as_editor.get(address).url == here.url("surveys:round_before", after.key)
    SurveyRound.objects.filter(pk=before.pk).update(emptied_on="2026-05-01")
    SurveyRound.objects.filter(pk=after.pk).update(emptied_on=None)
    assert "比べられる前の調査がありません" in shown(as_editor, after)


def test_the_workbook_has_the_same_numbers_and_no_formula(as_editor, here):
    before, after = meeting(here, 40, coded=True)
    for row in (before, after):
        row.questionnaire.questions.filter(text=KNOWS).update(text="=1+1")

    file = as_editor.get(here.url("surveys:round_before_file", after.key))

    book = load_workbook(io.BytesIO(file.content))
    assert book.sheetnames == ["前後比較", "番号で結べた人", "平均", "設問が異なります", "説明"]
    assert [cell.value for cell in book["番号で結べた人"][2]][:10] == [
        "問3",
        "=1+1",
        40,
        WELL,
        10,
        25,
        30,
        75,
        30,
        10,
    ]
    assert book["番号で結べた人"]["B2"].data_type == "s"


@pytest.mark.parametrize("name", ["round_before", "round_before_file"])
def test_the_comparison_is_the_owners_alone(as_adviser, here, name):
    _, after = meeting(here, 2, coded=False)

    assert as_adviser.get(here.url(f"surveys:{name}", after.key)).status_code in {403, 404}
