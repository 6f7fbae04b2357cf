"""A questionnaire that was asked, in the document and from the trash: it comes and goes whole, and is not rewritten."""

import copy

import pytest

from municipalities.kernel import trash
from reports.document import assembly
from surveys.models import MatrixRow, Option, Question, Questionnaire
from surveys.questionnaires.making.questionnaire_document import FIXED, STAYS_FIXED

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored(here):
    """A questionnaire that was asked."""
    row = Questionnaire.objects.create(key="asked-form", title="使った調査票", is_fixed=True)
    first = Question.objects.create(
        questionnaire=row, key="first", text="連携していますか", kind="matrix"
    )
    Option.objects.create(question=first, key="yes", label="はい")
    MatrixRow.objects.create(question=first, key="hospital", label="病院")
    return row


@pytest.fixture
def load(here, people):
    """Load a document into the year and return the sentences of its problems."""

    def loaded(document):
        found = assembly.load(here, document, by=people["editor"])
        return {problem.message for problem in found}

    return loaded


@pytest.fixture
def document(here, stored):
    return assembly.assemble(here)


def changed(document, change):
    sent = copy.deepcopy(document)
    change(next(one for one in sent["questionnaires"] if one["key"] == "asked-form"))
    return sent


NEW = {"key": "new", "text": "新しい"}
REFUSED = {
    "text": lambda one: one["asked"][0].update(text="別の文"),
    "option": lambda one: one["asked"][0]["options"][0].update(label="別の語"),
    "skip": lambda one: one["asked"][0]["options"][0].update(skip_to="end"),
    "row": lambda one: one["asked"][0]["matrix_rows"][0].update(label="別の行"),
    "new question": lambda one: one["asked"].append(NEW),
    "new option": lambda one: one["asked"][0]["options"].append({"key": "no", "label": "いいえ"}),
    "new row": lambda one: one["asked"][0]["matrix_rows"].append({"key": "r", "label": "薬局"}),
}


@pytest.mark.parametrize("name", REFUSED)
def test_questions_that_were_asked_are_not_rewritten(document, load, name):
    assert load(changed(document, REFUSED[name])) == {FIXED}


@pytest.mark.parametrize("name", REFUSED)
def test_questions_that_were_not_asked_are(document, stored, load, name):
    Questionnaire.objects.filter(pk=stored.pk).update(is_fixed=False)
    sent = changed(document, REFUSED[name])
    sent = changed(sent, lambda one: one.update(is_fixed=False))
    assert load(sent) == set()


def test_what_was_asked_stays_fixed(document, load):
    assert load(changed(document, lambda one: one.update(is_fixed=False))) == {STAYS_FIXED}


def test_a_question_does_not_move_out_of_what_was_asked(here, document, load):
    Questionnaire.objects.create(key="other-form", title="ほかの調査票")
    sent = copy.deepcopy(assembly.assemble(here))
    by_key = {one["key"]: one for one in sent["questionnaires"]}
    by_key["other-form"]["asked"] = [by_key["asked-form"]["asked"].pop()]
    assert load(sent) == {FIXED}


def test_the_same_document_is_taken_again_and_its_title_may_change(document, load):
    assert load(document) == set()
    assert load(changed(document, lambda one: one.update(title="別の名"))) == set()


def test_what_was_asked_comes_whole_from_elsewhere(document, stored, load):
    Option.objects.filter(question__questionnaire=stored).delete()
    MatrixRow.objects.filter(question__questionnaire=stored).delete()
    Question.objects.filter(questionnaire=stored).delete()
    stored.delete()
    assert load(document) == set()
    assert Questionnaire.objects.get(key="asked-form").questions.count() == 1


def test_what_was_asked_returns_whole_from_the_trash(here, people, stored):
    item = trash.throw_away(stored, by=people["editor"])
    assert not Questionnaire.objects.filter(key="asked-form").exists()
    trash.put_back(item, cycle=here, by=people["editor"])
    assert Questionnaire.objects.get(key="asked-form").questions.count() == 1


def test_a_question_that_was_deleted_before_does_not_return_into_it(here, people, stored):
    Questionnaire.objects.filter(pk=stored.pk).update(is_fixed=False)
    item = trash.throw_away(Question.objects.get(key="first"), by=people["editor"])
    Questionnaire.objects.filter(pk=stored.pk).update(is_fixed=True)
    with pytest.raises(trash.CannotReturn, match="新しい版を作って"):
        trash.put_back(item, cycle=here, by=people["editor"])
