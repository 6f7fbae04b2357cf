"""A questionnaire that was asked, in the document and from the trash: it comes and goes whole, and is not rewritten."""

import copy

import pytest

from municipalities.kernel import trash
from reports.document import assembly
from surveys.models import Option, Question, Questionnaire

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(here, people):
    """The year with a questionnaire that was asked."""
    row = Questionnaire.objects.create(key="asked-form", title="使った調査票", is_fixed=True)
    first = Question.objects.create(questionnaire=row, key="first", text="連携していますか")
    Option.objects.create(question=first, key="yes", label="はい")
    return assembly.dump(here)


def mine(document):
    return next(one for one in document["questionnaires"] if one["key"] == "asked-form")


def load(here, people, document):
    return assembly.load(here, copy.deepcopy(document), by=people["editor"])
