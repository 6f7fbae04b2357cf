"""年度を比べる and questions side by side, through the pages: matched by hand, never by likeness alone."""

import pytest

from municipalities.models import Cycle
from municipalities.tenancy import within
from surveys.models import PublishedAnswer, PublishedQuestion, PublishedSurvey
from surveys.results import earlier
from tests import world

pytestmark = pytest.mark.django_db
YEAR = "/m/990019/2026/"
LIST = f"{YEAR}surveys/"
TEXT = "今後、どこで生活していきたいですか。"


def ask(cycle, key, counts, *, survey="s", respondents=224, **fields):
    """Write a question with its answers into a survey."""
    asked = PublishedSurvey.objects.filter(cycle=cycle, key=survey).first()
    asked = asked or PublishedSurvey.objects.create(
        cycle=cycle, key=survey, title=f"更新対象者の調査{survey}", target="users"
    )
    told = {"number": "問11", "text": TEXT, "respondents": respondents} | fields
    question = PublishedQuestion.objects.create(cycle=cycle, survey=asked, key=key, **told)
    for place, (label, count) in enumerate(counts.items()):
        PublishedAnswer.objects.create(
            cycle=cycle,
            question=question,
            key=f"{key}-{place}",
            label=label,
            count=count,
            position=place,
        )
    return question


@pytest.fixture
def before(here):
    year, _ = Cycle.objects.get_or_create(municipality=here.municipality, fiscal_year=2025)
    return year


@pytest.fixture
def question(here):
    return ask(here, "q", {"自宅": 160, "施設": 64})


def link(client, value, **fields):
    url = f"{LIST}questions/q/earlier/"
    version = client.get(url).context["base_version"]
    return client.post(url, {"base_version": version, "earlier": value, **fields})


def test_an_earlier_question_is_offered_by_likeness_and_chosen_by_hand(as_editor, before, question):
    ask(before, "other", {"はい": 1}, text="ACPを知っていますか。")
    ask(before, "old", {"自宅": 80, "施設": 120}, respondents=200)
    assert (
        "前回の設問が、まだ選ばれていません"
        in as_editor.get(f"{LIST}questions/q/years/").content.decode()
    )
    offer = as_editor.get(f"{LIST}questions/q/earlier/").context["form"].fields["earlier"].choices
    values = [value for value, _ in offer]
    assert values.index("2025:old") < values.index("2025:other")

    assert link(as_editor, "2025:old").status_code == 302

    page = as_editor.get(f"{LIST}questions/q/years/").content.decode()
    for words in ("40.0%", "71.4%", "＋31.4ポイント", "増えたといえます", "減ったといえます"):
        assert words in page
    assert "回答者数（n） 200" in page
    assert '<svg class="chart-svg"' in page


def test_a_change_of_the_question_is_said_and_nothing_is_tested(as_editor, before, question):
    ask(before, "old", {"自宅": 80, "施設": 120}, respondents=200)
    link(as_editor, "2025:old", earlier_change="対象を広げた。")

    page = as_editor.get(f"{LIST}questions/q/years/").content.decode()
    assert "前回から変えたこと：対象を広げた。" in page
    assert "聞き方が変わっているため、増減は判断しません。" in page
    assert "いえます" not in page


def test_a_link_is_taken_back(as_editor, before, question):
    ask(before, "old", {"自宅": 80})
    link(as_editor, "2025:old")
    link(as_editor, "")

    question.refresh_from_db()
    assert (question.earlier_year, question.earlier_key) == (None, "")


def test_an_unknown_question_is_refused(as_editor, question):
    assert link(as_editor, "2025:nobody").status_code == 422


def test_a_question_that_asks_this_one_again_is_not_offered(here, question):
    ask(here, "again", {"自宅": 1}, survey="t", earlier_year=2026, earlier_key="q")

    assert "2026:again" not in [one.value for one in earlier.offered(question)]


def test_questions_that_name_one_another_end(here, before):
    old = ask(before, "old", {"自宅": 1}, earlier_year=2026, earlier_key="q")
    new = ask(here, "q", {"自宅": 1}, earlier_year=2025, earlier_key="old")

    assert earlier.chain(new) == [old, new]


def test_the_question_of_a_neighbour_is_not_found(here, question):
    theirs = world.cycle_of(world.THEIRS)
    with within(theirs.municipality):
        ask(theirs, "theirs", {"自宅": 1})
    question.earlier_year, question.earlier_key = theirs.fiscal_year, "theirs"

    assert earlier.before_of(question) is None
    assert "theirs" not in [one.question.key for one in earlier.offered(question)]


def test_two_questions_with_the_same_options_stand_side_by_side(as_editor, here):
    ask(here, "done", {"訪問看護": 45, "薬局": 20}, respondents=100, text="連携したことがある")
    ask(
        here,
        "wish",
        {"訪問看護": 60, "薬局": 70, "その他": 3},
        respondents=100,
        text="連携してみたい",
        beside_key="done",
    )

    page = as_editor.get(f"{LIST}s/").content.decode()
    assert "設問が異なります" in page
    assert "片方の設問にだけある選択肢（並べていません）：その他" in page
    assert "いえます" not in page


def test_a_question_chooses_what_stands_beside_it(as_editor, here, question):
    ask(here, "other", {"自宅": 1}, text="以前はどこで生活していましたか。")
    form = as_editor.get(f"{LIST}questions/q/edit/").context["form"]
    typed = {"base_version": 1, "text": TEXT, "kind": "single", "scene": "all"}
    assert [value for value, _ in form.fields["beside_key"].choices] == ["", "other"]

    as_editor.post(
        f"{LIST}questions/q/edit/", typed | {"scale": "good_first", "beside_key": "other"}
    )

    question.refresh_from_db()
    assert (question.scale, question.beside_key) == ("good_first", "other")


def test_a_scale_is_drawn_across_its_middle(as_editor, here):
    ask(here, "q", {"満足": 150, "不満": 64, "無回答": 10}, scale="good_first")

    page = as_editor.get(f"{LIST}s/").content.decode()
    assert "中央の線から左がよくない方" in page
    assert "図に入れていない回答：無回答 4.5%" in page
