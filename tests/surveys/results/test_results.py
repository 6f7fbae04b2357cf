"""結果だけの登録: surveys with their tables, typed and pasted; remarks that never block; the fence."""

import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from municipalities.kernel import submission_keys
from municipalities.kernel.changes import Change
from municipalities.kernel.trash import TrashItem
from municipalities.tenancy import within
from surveys.models import PublishedAnswer, PublishedQuestion, PublishedSurvey, SurveyRound
from tests import world
from tests.surveys.asking import asking

pytestmark = pytest.mark.django_db
YEAR = "/m/990019/2026/"
LIST = f"{YEAR}surveys/"
TABLE = "項目\t回答数\t回答率\n自宅\t160\t71.4%\nグループホーム\t14\t6.3%\n施設\t29\t12.9%\n既に入所\t21\t9.4%"


@pytest.fixture
def survey(here):
    return PublishedSurvey.objects.create(
        cycle=here, key="s", title="更新対象者の調査", respondents=224, position=90
    )


@pytest.fixture
def question(here, survey):
    return PublishedQuestion.objects.create(
        cycle=here, survey=survey, key="q", number="問11", text="どこで生活したいですか"
    )


def answer(question, label, **fields):
    return PublishedAnswer.objects.create(
        cycle=question.cycle,
        question=question,
        key=fields.pop("key", f"line-{PublishedAnswer.objects.count()}"),
        label=label,
        **fields,
    )


def add(client, url, **fields):
    return client.post(url, {"submission_key": submission_keys.new(), **fields})


def add_question(client, **fields):
    url = f"{LIST}s/questions/add/"
    typed = {"text": "どこで生活したいですか", "kind": "single", "scene": "all", "scale": "none"}
    return add(client, url, **(typed | fields))


def write(client, question, text, mark=None):
    url = f"{LIST}questions/{question.key}/answers/"
    opened = client.get(url).context["form"].initial["mark"] if mark is None else mark
    return client.post(url, {"answers": text, "mark": opened})


def labels(question):
    return list(PublishedAnswer.objects.filter(question=question).values_list("label", "count"))


def test_a_survey_is_added_edited_moved_and_deleted(as_editor, here):
    add(
        as_editor,
        f"{LIST}add/",
        title="高齢者等実態調査",
        target="residents",
        respondents="１，２００人",
        audience="adviser",
    )
    row = PublishedSurvey.objects.get(title="高齢者等実態調査")
    assert row.respondents == 1200
    page = as_editor.get(LIST).content.decode()
    assert "高齢者等実態調査" in page
    assert "1,200" in page
    form = {"base_version": row.version, "title": "実態調査", "target": "residents"}
    as_editor.post(f"{LIST}{row.key}/edit/", form | {"audience": "adviser"})
    row.refresh_from_db()
    assert (row.title, row.respondents) == ("実態調査", None)
    assert "記載なし" in as_editor.get(f"{LIST}{row.key}/").content.decode()
    as_editor.post(f"{LIST}{row.key}/delete/", {"base_version": row.version})
    assert not PublishedSurvey.objects.filter(pk=row.pk).exists()


def test_a_survey_moves_up(as_editor, here, survey):
    other = PublishedSurvey.objects.create(cycle=here, key="t", title="次の調査", position=91)
    as_editor.post(f"{LIST}t/up/")

    survey.refresh_from_db()
    other.refresh_from_db()
    assert other.position < survey.position


def test_a_question_comes_with_its_pasted_table(as_editor, survey):
    assert add_question(as_editor, number="問11", answers=TABLE).status_code == 302

    page = as_editor.get(f"{LIST}s/").content.decode()
    for words in ("71.4%", "6.3%", "12.9%", "9.4%", "問11"):
        assert words in page
    assert "合っていません" not in page
    assert '<svg class="chart-svg"' in page


def test_the_tables_are_a_workbook_without_formulas(as_editor, here, question):
    answer(question, "=1+1", key="formula", count=160)
    answer(question, "施設", key="care", count=64, position=1)
    other = PublishedQuestion.objects.create(
        cycle=here, survey=question.survey, key="r", text="以前は", beside_key="q", position=1
    )
    answer(other, "施設", key="then", count=32)

    file = as_editor.get(f"{LIST}s/tables.xlsx")

    book = load_workbook(io.BytesIO(file.content))
    assert book.sheetnames == ["集計表", "並べて見る（設問が異なります）", "調査の概要"]
    first = book["集計表"]["E2"]
    assert (first.value, first.data_type) == ("=1+1", "s")
    rows = list(book["集計表"].values)
    assert rows[1][3:7] == (224, "=1+1", 160, 71.4)
    assert rows[2][3:7] == (224, "施設", 64, 28.6)
    assert list(book.worksheets[1].values)[1][2:] == ("施設", 14.3, 28.6)


def test_a_bad_line_is_named_and_nothing_is_added(as_editor, survey):
    response = add_question(as_editor, answers="自宅\t160\n施設\tたくさん")

    page = response.content.decode()
    assert response.status_code == 422
    assert "2行目「施設 たくさん」" in page
    assert "施設\tたくさん" in page
    assert not PublishedQuestion.objects.filter(survey=survey).exists()


def test_a_sum_that_does_not_fit_is_remarked_and_saved(as_editor, survey):
    add_question(as_editor, answers="自宅\t160\n施設\t14")

    page = as_editor.get(f"{LIST}s/").content.decode()
    assert "回答数の合計 174 が回答者数（n） 224 と合っていません。" in page


def test_the_respondents_of_the_question_come_before_those_of_the_survey(as_editor, survey):
    add_question(as_editor, answers="自宅\t50\n施設\t150", respondents="200")

    assert "25.0%" in as_editor.get(f"{LIST}s/").content.decode()


def test_percentages_and_ranks_stand_without_counts(as_editor, here, survey, question):
    PublishedSurvey.objects.filter(pk=survey.pk).update(respondents=None)
    answer(question, "最期を自宅で過ごしたい", percent=Decimal("51.00"))
    answer(question, "在宅生活を継続できると思う", percent=Decimal("31.20"))
    answer(question, "相談先が分かる", rank=3)

    page = as_editor.get(f"{LIST}s/").content.decode()
    assert "51.0%" in page
    assert "31.2%" in page
    assert "3位" in page


def test_a_table_is_rewritten_by_its_words(as_editor, here, question):
    kept = answer(question, "自宅", count=160, position=1)
    gone = answer(question, "施設", count=14, position=2)

    assert write(as_editor, question, "わからない  5\n自宅  161").status_code == 302

    assert labels(question) == [("わからない", 5), ("自宅", 161)]
    kept.refresh_from_db()
    assert (kept.count, kept.version) == (161, 2)
    assert TrashItem.objects.filter(title="施設").exists()
    assert not PublishedAnswer.objects.filter(pk=gone.pk).exists()


def test_writing_the_same_table_again_changes_nothing(as_editor, here, question):
    answer(question, "自宅", count=160, position=1)
    before = Change.objects.count()

    write(as_editor, question, "自宅\t160")

    assert Change.objects.count() == before


def test_a_bad_line_leaves_the_table_as_it_is(as_editor, here, question):
    answer(question, "自宅", count=160)

    response = write(as_editor, question, "自宅\t99\n施設 14")

    assert response.status_code == 422
    assert "2行目「施設 14」" in response.content.decode()
    assert labels(question) == [("自宅", 160)]


def test_who_was_overtaken_sees_the_new_table_and_may_write_over_it(as_editor, here, question):
    row = answer(question, "自宅", count=160)
    opened = as_editor.get(f"{LIST}questions/q/answers/").context["form"].initial["mark"]
    PublishedAnswer.objects.filter(pk=row.pk).update(count=161, version=2)

    response = write(as_editor, question, "自宅\t170", mark=opened)

    page = response.content.decode()
    assert response.status_code == 422
    assert "ほかの人が回答の表を変更しました" in page
    assert "自宅\t161" in page
    assert "自宅\t170" in page
    assert labels(question) == [("自宅", 161)]
    again = write(as_editor, question, "自宅\t170", mark=response.context["form"].data["mark"])
    assert again.status_code == 302
    assert labels(question) == [("自宅", 170)]


def test_an_answer_is_added_edited_moved_and_deleted(as_editor, here, question):
    answer(question, "自宅", key="a", count=1, position=1)
    add(as_editor, f"{LIST}questions/q/answers/add/", label="施設", percent="５１．０％")
    row = PublishedAnswer.objects.get(question=question, label="施設")
    assert row.percent == 51
    form = {"base_version": row.version, "label": "施設", "count": "14人"}
    as_editor.post(f"{LIST}answers/{row.key}/edit/", form)
    as_editor.post(f"{LIST}answers/{row.key}/up/")
    assert labels(question) == [("施設", 14), ("自宅", 1)]
    row.refresh_from_db()
    as_editor.post(f"{LIST}answers/{row.key}/delete/", {"base_version": row.version})
    assert labels(question) == [("自宅", 1)]


def test_deeds_of_single_answers_are_shown_where_they_are_asked_for(as_editor, question):
    """A page of eleven tables with four deeds a line was 19,000 px long on a phone."""
    for at, label in enumerate(("自宅", "施設")):
        answer(question, label, key=f"a{at}", count=1, position=at)
    page = f"{LIST}s/"
    up = "answers/a1/up/"

    closed = as_editor.get(page).content.decode()
    opened = as_editor.get(page, {"lines": "q"}).content.decode()
    other = as_editor.get(page, {"lines": "no-such-question"}).content.decode()

    assert up not in closed
    assert up not in other
    assert '?lines=q#question-q"' in closed
    assert up in opened
    # Who moves one stays among them.
    moved = as_editor.post(f"{LIST}{up}")
    assert moved.url.endswith("s/?lines=q#question-q")


def test_nobody_but_the_owners_staff_gets_deeds(sign_in, question):
    answer(question, "自宅", key="a0", count=1)

    page = sign_in("viewer").get(f"{LIST}s/", {"lines": "q"}).content.decode()

    assert "自宅" in page
    assert "answers/a0/" not in page


def test_a_result_leads_to_the_round_that_it_is_of(as_editor, here, survey, question):
    assert "集計表から登録したものです" not in as_editor.get(f"{LIST}s/").content.decode()

    row = asking(here)
    SurveyRound.objects.filter(pk=row.pk).update(result_key="s")

    page = as_editor.get(f"{LIST}s/").content.decode()
    assert "集計表から登録したものです" in page
    assert f'href="{row.page}"' in page


def test_a_question_goes_and_returns_with_its_answers(as_editor, here, question):
    answer(question, "自宅", key="a", count=1)
    as_editor.post(f"{LIST}questions/q/delete/", {"base_version": question.version})
    assert not PublishedAnswer.objects.filter(key="a", question__key="q").exists()
    item = TrashItem.objects.latest("pk")
    as_editor.post(f"{YEAR}trash/{item.pk}/restore/")
    assert PublishedAnswer.objects.get(key="a").question.key == "q"


@pytest.mark.parametrize(
    "page", ["", "edit/", "delete/", "questions/add/", "/questions/theirs-q/answers/"]
)
def test_the_results_of_a_neighbour_are_not_found(as_editor, here, page):
    theirs = world.cycle_of(world.THEIRS)
    with within(theirs.municipality):
        row = PublishedSurvey.objects.create(cycle=theirs, key="theirs", title="隣町の調査")
        PublishedQuestion.objects.create(cycle=theirs, survey=row, key="theirs-q", text="問")
    address = f"{LIST}{page[1:]}" if page.startswith("/") else f"{LIST}theirs/{page}"

    assert as_editor.get(address).status_code == 404
    assert "隣町の調査" not in as_editor.get(LIST).content.decode()


def test_a_viewer_reads_and_does_not_write(sign_in, here, question):
    viewer = sign_in("viewer")
    page = viewer.get(f"{LIST}s/")
    assert page.status_code == 200
    assert "回答の表を編集する" not in page.content.decode()
    assert viewer.get(f"{LIST}questions/q/answers/").status_code == 403


def test_who_saves_a_deleted_answer_keeps_what_was_typed_and_is_told_why(as_editor, here, question):
    answer(question, "自宅", key="home")
    write(as_editor, question, "施設\t3")

    page = as_editor.post(
        f"{LIST}answers/home/edit/",
        {"base_version": 0, "label": "住み慣れた自宅"},
        headers={"Origin": "http://testserver"},
    )

    assert page.status_code == 404
    assert "ほかの人が先に削除したか" in page.content.decode()
    assert "住み慣れた自宅" in page.content.decode()


def test_what_is_evidence_is_named_by_its_own_word(as_editor, here, question):
    page = as_editor.get(f"{LIST}questions/q/issues/").content.decode()

    assert "設問：問11 どこで生活したいですか" in page
