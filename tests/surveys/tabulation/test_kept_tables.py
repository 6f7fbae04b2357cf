"""Tables that stay when the answers of a round go: kept by the real emptying, shown afterwards, telling of nobody."""

import datetime as dt
import io
import json
import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from municipalities.kernel import trash
from municipalities.models import Change, Municipality, User
from municipalities.tenancy import within
from reports.document import assembly
from surveys.models import Answer, KeptTables, Response, SurveyRound
from surveys.rounds import emptying, opening
from surveys.tabulation.before import comparing
from surveys.tabulation.keeping import keeping, kept_crosses
from surveys.tabulation.reading import kept_document, tabulating
from tests.surveys.asking import asking, options, question

AFTER = dt.date(2030, 4, 1)
JOBS = ["physician"] * 14 + ["nurse"] * 13 + ["pharmacist"] * 3


@pytest.fixture
def closed(here):
    """Thirty who answered: fourteen doctors, thirteen nurses, three pharmacists."""
    row = asking(here)
    first, number = (row.questionnaire.questions.get(kind=kind) for kind in ("single", "number"))
    text = row.questionnaire.questions.get(kind="long_text")
    yes, no, _ = first.options.all()
    for at, job in enumerate(JOBS):
        response = Response.objects.create(
            key=f"response-{at}", round=row, submission=f"s{at}", profession=job
        )
        Answer.objects.create(response=response, question=first, option=yes if at % 2 else no)
        Answer.objects.create(response=response, question=number, number=at)
        Answer.objects.create(response=response, question=text, text=f"ひとりだけの声{at}")
    opening.close_round(row, by=User.objects.get(username="editor"))
    row.refresh_from_db()
    return row


@pytest.fixture
def emptied(closed):
    """The same, when the clock has been: the day of keeping is over."""
    assert emptying.empty_due(AFTER) >= 1
    closed.refresh_from_db()
    assert closed.is_emptied
    assert not Answer.objects.filter(response__round=closed).exists()
    return closed


def shown(client, row, name="round_tables", **query):
    return client.get(row.cycle.url(f"surveys:{name}", row.key), query).content.decode()


def test_the_clock_keeps_the_tables_it_takes_the_answers_of(as_editor, closed):
    before = tabulating.of(closed)
    assert emptying.empty_due(AFTER) >= 1
    closed.refresh_from_db()

    after = tabulating.of(closed)

    assert not Response.objects.filter(round=closed).exists()
    assert after.n == before.n == 30
    for was, now in zip(before.counted, after.counted, strict=True):
        told = (now.table.number, now.table.title, now.table.asked, now.table.missing)
        assert told == (was.table.number, was.table.title, was.table.asked, was.table.missing)
        assert now.table.lines == was.table.lines
    [numbers] = [one.table.numbers for one in after.counted if one.table.question.kind == "number"]
    [counted] = [one.table.numbers for one in before.counted if one.table.question.kind == "number"]
    assert (numbers.mean, numbers.median, numbers.n) == (counted.mean, counted.median, 30)
    # One person's number each.
    assert (numbers.smallest, numbers.largest) == (None, None)


def test_without_keeping_they_would_be_lost(as_editor, closed):
    """The negative control: the same job, with nothing that keeps."""
    emptying.keeps_by(lambda row, by: None)
    try:
        emptying.empty_due(AFTER)
    finally:
        emptying.keeps_by(keeping.keep)
    closed.refresh_from_db()

    assert tabulating.of(closed).counted == ()
    assert "ここでは集計できません" in shown(as_editor, closed)


def test_what_cannot_be_kept_does_not_go(closed):
    """One transaction: the answers stay where the tables could not be written."""

    def failing(row, *, by):
        keeping.keep(row, by=by)
        raise RuntimeError

    emptying.keeps_by(failing)
    try:
        with pytest.raises(RuntimeError):
            emptying.empty(closed, by=None)
    finally:
        emptying.keeps_by(keeping.keep)

    assert Response.objects.filter(round=closed).count() == 30
    assert not KeptTables.objects.filter(round=closed).exists()


def test_the_page_shows_them_with_the_day(as_editor, emptied):
    page = shown(as_editor, emptied)

    assert "回答を消す前に保存した集計" in page
    assert "有効回答数（回収）：30件" in page
    assert "平均 14.5" in page
    assert "最小" not in page.partition("経験年数")[2].partition("</section>")[0]
    assert "自由記述を見る" not in page
    assert "1件ごとの回答をExcelで" not in page
    assert "結果として登録する" not in page


def test_the_workbook_has_them(as_editor, here, emptied):
    file = as_editor.get(here.url("surveys:round_tables_file", emptied.key) + "?by=問5")

    book = load_workbook(io.BytesIO(file.content))
    assert [cell.value for cell in book["集計表"][2]][:5] == [
        "問1",
        "在宅医療を知っていますか。",
        30,
        "はい",
        15,
    ]
    assert book["数値"]["E2"].value == 14.5
    assert "クロス集計" in book.sheetnames
    assert "回答を消す前に保存した集計" in [cell.value for cell in book["説明"]["A"]]


def test_groups_of_few_are_put_together(as_editor, emptied):
    cross = tabulating.of(emptied).crosses("問5")["問1"]

    assert [(one.label, one.n) for one in cross.groups] == [
        ("医師", 14),
        (kept_crosses.TOGETHER, 16),
    ]
    page = shown(as_editor, emptied, by="問5")
    table = page.partition("クロス集計：問5 職種</caption>")[2].partition("</table>")[0]
    assert "医師" in table
    assert "薬剤師" not in table


def test_no_text_no_code_and_no_single_answer_is_in_it(emptied):
    content = KeptTables.objects.get(round=emptied).content

    assert "ひとりだけ" not in content
    for one in json.loads(content)["crosses"]:
        for group in one["groups"]:
            # Of ten or more people; after a skip of five or more.
            assert group["n"] >= (5 if one["number"].startswith(("問2", "問3")) else 10)


def test_what_few_were_asked_is_kept_as_a_number_of_people_alone(here, as_editor):
    row = asking(here, key="few")
    first = row.questionnaire.questions.get(kind="single")
    for at in range(3):
        response = Response.objects.create(key=f"few-{at}", round=row, submission=f"f{at}")
        Answer.objects.create(response=response, question=first, option=first.options.first())

    emptying.empty(row, by=None)

    found = tabulating.of(row)
    assert {one.table.lines for one in found.counted} == {()}
    page = shown(as_editor, row)
    assert "少数のため、内訳は保存していません" in page
    assert "100.0%" not in page


def test_a_round_of_nobody_keeps_nothing(here, as_editor):
    row = asking(here, key="nobody")

    emptying.empty(row, by=None)

    assert not KeptTables.objects.filter(round=row).exists()
    assert "ここでは集計できません" in shown(as_editor, row)


def test_what_was_chosen_stays_and_what_was_not_goes(as_editor, here, closed):
    other = question(closed.questionnaire, "single", "研修に参加しましたか。")
    options(other, "参加した", "参加していない")
    for at, response in enumerate(Response.objects.filter(round=closed).order_by("pk")):
        chosen = other.options.all()[at // 15]
        Answer.objects.create(response=response, question=other, option=chosen)
    address = here.url("surveys:round_pin", closed.key)
    told = as_editor.post(
        address, {"base_version": closed.version, "number": "問1"}, follow=True
    ).content.decode()

    assert "残すのをやめる" in told
    closed.refresh_from_db()
    assert closed.pinned == ("問1",)
    emptying.empty_due(AFTER)
    closed.refresh_from_db()
    found = tabulating.of(closed)
    assert set(found.parting) == {"問1", "問5"}
    # Parted by the profession it stands already: the same numbers, turned.
    assert set(found.crosses("問1")) == {"問8"}
    assert {one.n for one in found.crosses("問1")["問8"].groups} == {15}
    assert found.crosses("問8") == {}


def before_emptying(client, row):
    return re.sub(r"<[^>]+>", "", client.get(f"{row.page}emptying/").content.decode())


def test_before_they_go_the_page_names_what_stays_and_what_goes(as_editor, closed):
    asks = before_emptying(as_editor, closed)

    emptying.empty(closed, by=None)
    found = tabulating.of(closed)
    stay = list(found.crosses("問5"))
    # 問2 was asked of fifteen, some of whom were few in a group.
    every = [one.table.number for one in found.counted if one.table.lines]
    gone = [one for one in every if one not in {"問5", *stay}]
    assert stay
    assert (
        f"{len(stay) + len(gone)}個の表のうち{len(stay)}個が残ります（{'、'.join(stay)}）" in asks
    )
    if gone:
        assert f"消える表：{len(gone)}個（{'、'.join(gone)}）" in asks
    assert "次の3問で分けたクロス集計は、すべて消えます" in asks


def test_what_was_chosen_is_named_as_what_stays(as_editor, closed):
    SurveyRound.objects.filter(pk=closed.pk).update(kept_by="問1")

    asks = before_emptying(as_editor, closed)

    # By the profession it is told already, and 問1 is not parted by itself.
    assert "問1 在宅医療を知っていますか" in asks
    assert "次の2問で分けたクロス集計は、すべて消えます" in asks


def test_of_few_the_page_says_that_n_alone_stays(here, as_editor):
    row = asking(here, key="few")
    first = row.questionnaire.questions.get(kind="single")
    for at in range(3):
        response = Response.objects.create(
            key=f"few-{at}", round=row, submission=f"f{at}", profession="nurse"
        )
        Answer.objects.create(response=response, question=first, option=first.options.first())

    asks = before_emptying(as_editor, row)

    assert "0個の表が、そのまま残ります" in asks
    assert "n（回答対象者数）だけが残る表：7個（問1、" in asks
    assert "どれも残りません" in asks


def test_the_table_page_promises_what_the_emptying_page_foretells(as_editor, closed):
    told = re.sub(r"<[^>]+>", "", shown(as_editor, closed, by="問5"))
    asks = before_emptying(as_editor, closed)
    [promise] = re.findall(r"職種で分けたクロス集計は、(.+?残り(?:ます|ません)[^。]*。)", told)

    assert "残ります（" in promise
    assert promise in asks


def test_of_few_the_table_page_promises_nothing_and_says_why(here, as_editor, closed):
    for response in Response.objects.filter(round=closed).order_by("pk")[12:]:
        Answer.objects.filter(response=response).delete()
        response.delete()

    why = "どれも残りません。回答が少なく、10人以上の区分に分けられないためです。"
    assert why in shown(as_editor, closed, by="問5")
    assert why in before_emptying(as_editor, closed)
    assert why in shown(as_editor, closed, by="問1")


def test_the_pairs_that_are_lost_are_told_with_their_number(here, as_editor, closed):
    assert "同じ人の前と後の比較" not in before_emptying(as_editor, closed)
    later = asking(here, key="later")
    SurveyRound.objects.filter(pk=later.pk).update(title="2回目の調査")
    for at, response in enumerate(Response.objects.filter(round=closed).order_by("pk")[:7]):
        Response.objects.filter(pk=response.pk).update(pair=f"code-{at}")
        # A code that two people chose joins nobody.
        Response.objects.create(
            key=f"later-{at}", round=later, submission=f"l{at}", pair=f"code-{at}"
        )
    Response.objects.create(key="twin", round=later, submission="twin", pair="code-0")

    assert "「2回目の調査」と結べる人：6人" in before_emptying(as_editor, closed)


def test_of_nobody_the_page_says_that_nothing_stays(here, as_editor):
    assert "残る集計表はありません" in before_emptying(as_editor, asking(here, key="nobody"))


def test_a_question_that_parts_nothing_is_not_kept(as_editor, here, closed):
    address = here.url("surveys:round_pin", closed.key)
    told = as_editor.post(
        address, {"base_version": closed.version, "number": "問9"}, follow=True
    ).content.decode()

    assert keeping.NO_QUESTION in told
    closed.refresh_from_db()
    assert closed.pinned == ()


def test_kept_means_and_shares_are_compared_with_a_later_round(as_editor, here, emptied):
    later = asking(here, key="later")
    later.questionnaire = emptied.questionnaire
    later.save()
    number = emptied.questionnaire.questions.get(kind="number")
    first = emptied.questionnaire.questions.get(kind="single")
    for at in range(40):
        response = Response.objects.create(key=f"later-{at}", round=later, submission=f"l{at}")
        Answer.objects.create(response=response, question=number, number=at + 20)
        Answer.objects.create(response=response, question=first, option=first.options.first())

    found = comparing.of(emptied, later)

    assert emptied in comparing.earlier_rounds(later)
    assert found.has_kept
    by_number = {one.table.number: one for one in found.asked}
    [means] = by_number["問4"].means
    assert (means.n_before, means.n_after, means.verdict) == (30, 40, "平均が上がったといえます")
    [yes, *_] = by_number["問1"].comparison.rows
    assert (yes.lines[0].count, yes.lines[1].count) == (15, 40)
    page = shown(as_editor, later, "round_before", **{"with": comparing.name_of(emptied)})
    assert "回答を消す前に保存した集計と比べています" in page


def test_the_same_interval_comes_of_kept_and_of_counted_numbers(here, closed):
    later = asking(here, key="later")
    before = comparing.of(closed, later)
    live = [one.spread() for one in tabulating.of(closed).counted]

    emptying.empty(closed, by=None)

    kept = [one.spread() for one in tabulating.of(closed).counted]
    for was, now in zip(live, kept, strict=True):
        assert (was is None) == (now is None)
        if was:
            assert (now.n, now.mean) == (was.n, was.mean)
            assert now.variance == pytest.approx(was.variance, abs=1e-6)
    assert before.n_before == 30


def test_the_adviser_does_not_see_them_on_the_towns_own_pages(as_adviser, emptied):
    for name in ("round_tables", "round_tables_file"):
        address = emptied.cycle.url(f"surveys:{name}", emptied.key)
        assert as_adviser.get(address).status_code in {403, 404}


def test_they_travel_in_the_document_and_come_back_from_the_trash(here, people, emptied):
    [told] = [row for row in assembly.assemble(here)["survey_rounds"] if row["key"] == emptied.key]
    content = KeptTables.objects.get(round=emptied).content
    assert [one["content"] for one in told["kept_tables"]] == [content]

    item = trash.throw_away(emptied, by=people["editor"])
    assert not KeptTables.objects.filter(content=content).exists()
    trash.put_back(item, cycle=here, by=people["editor"])

    back = SurveyRound.objects.get(key=emptied.key)
    assert tabulating.of(back).n == 30


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"content": '{"schema_version":1,"n":1,"tables":[],"crosses":[]}'}, "変えられません"),
        ({"content": "{}", "key": "other-tables"}, "集計の書き方が違います"),
    ],
)
def test_a_document_changes_nothing_of_them(here, people, emptied, change, sentence):
    document = assembly.assemble(here)
    [told] = [row for row in document["survey_rounds"] if row["key"] == emptied.key]
    told["kept_tables"][0] |= change

    problems = assembly.load(here, document, by=people["editor"])

    assert any(sentence in one.message for one in problems)
    assert tabulating.of(emptied).n == 30


def test_history_says_who_kept_and_in_which_town(emptied):
    change = Change.objects.get(model="surveys.kepttables", deed="keep")
    assert change.actor is None
    other = Municipality.objects.exclude(pk=emptied.municipality_id).first()
    with within(other):
        assert not KeptTables.objects.filter(round=emptied.pk).exists()


@pytest.mark.parametrize(
    ("sizes", "parts"),
    [
        ([24, 36, 17, 5, 13, 6], [[0], [1], [2], [4], [3, 5]]),
        ([40, 3, 12], [[0], [1, 2]]),
        ([40, 0, 12], [[0], [2]]),
        ([9, 9], [[0, 1]]),
        ([2, 3], [[0, 1]]),
        ([], []),
    ],
)
def test_what_is_put_together_stands_for_ten(sizes, parts):
    assert kept_crosses.joined(sizes) == parts


@given(
    st.lists(st.lists(st.integers(0, 30), min_size=4, max_size=4), min_size=2, max_size=5),
)
def test_no_sum_that_a_reader_can_form_is_of_few(counts):
    """All totals are known: of what is not told, only the sum of the lines can be computed."""
    told = kept_crosses._of_one_answer(counts)
    columns = [sum(column) for column in zip(*counts, strict=True)]

    hidden = [at for at in range(4) if told[0][at] is None]
    for row, line in zip(counts, told, strict=True):
        assert [at for at in range(4) if line[at] is None] == hidden
        assert all(count in {None, row[at]} for at, count in enumerate(line))
    assert all(columns[at] == 0 or columns[at] >= 10 for at in range(4) if at not in hidden)
    if len(hidden) < 4:
        rest = sum(columns[at] for at in hidden)
        assert rest == 0 or rest >= 10


def test_a_line_of_few_hidden_alone_would_be_told():
    """The negative control: hidden alone, a line is what is left of each group."""
    counts = [[11, 1, 8], [9, 2, 5], [7, 0, 6]]
    told = kept_crosses._of_one_answer(counts)
    only_small = [[None if at == 1 else count for at, count in enumerate(row)] for row in counts]

    def left(rows):
        return [
            sum(row) - sum(count or 0 for count in line)
            for row, line in zip(counts, rows, strict=True)
        ]

    assert left(only_small) == [1, 2, 0]
    assert sum(left(told)) >= 10


def test_after_a_skip_groups_of_few_tell_nothing(here):
    """問2 and 問3 are asked of those alone who said はい: of how many in each group is told by 問1."""
    row = asking(here, key="skip")
    first = row.questionnaire.questions.get(kind="single")
    yes, no, _ = first.options.all()
    for at in range(40):
        job = "physician" if at < 20 else "nurse"
        response = Response.objects.create(
            key=f"skip-{at}", round=row, submission=f"k{at}", profession=job
        )
        Answer.objects.create(response=response, question=first, option=yes if at < 22 else no)

    emptying.empty(row, by=None)

    kept = kept_document.read(KeptTables.objects.get(round=row).content)
    assert {one.number for one in kept.crosses} & {"問2", "問3-1", "問3-2", "問3-3"} == set()


def test_after_a_skip_groups_of_enough_are_told(here):
    """Ten and fourteen went on, ten and six did not: nothing of it tells of few."""
    row = asking(here, key="skip")
    first, several = (row.questionnaire.questions.get(kind=one) for one in ("single", "multiple"))
    yes, no, _ = first.options.all()
    spread = several.options.first()
    for at in range(40):
        is_doctor = at < 20
        response = Response.objects.create(
            key=f"skip-{at}",
            round=row,
            submission=f"k{at}",
            profession="physician" if is_doctor else "nurse",
        )
        goes_on = at < 10 or at >= 26
        Answer.objects.create(response=response, question=first, option=yes if goes_on else no)
        if goes_on and at % 2:
            Answer.objects.create(response=response, question=several, option=spread)

    emptying.empty(row, by=None)

    crosses = tabulating.of(row).crosses("問5")
    assert [(one.label, one.n) for one in crosses["問2"].groups] == [
        ("医師", 10),
        ("看護師（病院・診療所）", 14),
    ]
    assert crosses["問2"].groups[1].lines[0].count == 7


@pytest.mark.parametrize("seed", range(12))
def test_no_skip_tells_of_a_few_whatever_was_answered(here, seed):
    """How many of a group went on, and how many did not, is told of nobody or of enough."""
    draw = random.Random(seed)
    row = asking(here, key=f"draw-{seed}")
    first = row.questionnaire.questions.get(kind="single")
    offered = list(first.options.all())
    jobs = ["physician", "nurse", "pharmacist", "dentist"]
    for at in range(90):
        response = Response.objects.create(
            key=f"d{seed}-{at}", round=row, submission=f"d{at}", profession=draw.choice(jobs)
        )
        chosen = draw.choices(offered, weights=[6, 1 + seed % 4, 1])[0]
        Answer.objects.create(response=response, question=first, option=chosen)
    live = tabulating.of(row)

    for cross in kept_crosses.kept(live, ()).get("問5", {}).values():
        asked = {one.label: one.n for one in cross.groups}
        assert all(n >= 5 for n in asked.values())
        everybody = {one.table.number: one for one in live.counted}["問5"].table.lines
        for label, n in asked.items():
            inside = sum(line.count for line in everybody if line.label in label.split("、"))
            if kept_crosses.TOGETHER not in label:
                assert inside - n == 0 or inside - n >= 5
