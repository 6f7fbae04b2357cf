"""What respondents will get of 県の調査票 and of a template, on a phone and on paper, before anybody is asked."""

import io
import re

import pypdf
import pytest

from councils.choices import Profession
from municipalities.models import Municipality
from municipalities.prefecture_tenancy import within_prefecture
from municipalities.tenancy import within
from reports.prefecture.surveying import sending
from surveys.models import PrefectureForm, Questionnaire
from surveys.questionnaires.making import form_templates
from tests.routes import a_prefecture_form

pytestmark = pytest.mark.django_db
TOWN = "/m/990019/2026/prefecture-forms/prefectureform-sent/"
OFFICER = "/p/99/2026/forms/prefectureform-"
TEMPLATE = "/m/990019/2026/surveys/forms/templates/care-managers/"


@pytest.fixture
def as_viewer(sign_in):
    return sign_in("viewer")


@pytest.fixture
def sent(here):
    return a_prefecture_form("sent")


@pytest.fixture
def draft(here):
    return a_prefecture_form("draft")


def words_of(html):
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", html))


def printed(answer):
    assert answer["Content-Type"] == "application/pdf", answer.content.decode()[:500]
    reader = pypdf.PdfReader(io.BytesIO(answer.content))
    return words_of("".join(page.extract_text() for page in reader.pages))


def test_the_officer_sees_every_page_before_sending(sign_in, draft):
    officer = sign_in("officer")

    page = officer.get(f"{OFFICER}draft/").content.decode()
    assert f'href="{OFFICER}draft/preview/"' in page
    assert f'href="{OFFICER}draft/paper.pdf"' in page

    html = officer.get(f"{OFFICER}draft/preview/").content.decode()
    assert "（市町村の名称）" in html
    assert "1／" in words_of(html)
    assert "（調査の実施で登録する締切日）" in html
    paper = printed(officer.get(f"{OFFICER}draft/paper.pdf"))
    assert "見本（締切日" in paper
    assert words_of(draft.title) in paper


def test_a_town_sees_them_before_taking_it_over(as_viewer, sent):
    page = as_viewer.get(TOWN).content.decode()
    assert f'href="{TOWN}preview/"' in page
    assert f'href="{TOWN}paper.pdf"' in page

    html = as_viewer.get(f"{TOWN}preview/").content.decode()

    assert "見本市" in html
    assert "問い合わせ先：（調査の実施で登録する部署・電話）" in words_of(html)
    assert "見本市" in printed(as_viewer.get(f"{TOWN}paper.pdf"))
    with within(Municipality.objects.get(code="990019")):
        assert not Questionnaire.objects.filter(key=sent.key).exists()


@pytest.mark.parametrize("page", ["preview/", "paper.pdf"])
def test_a_draft_is_shown_to_its_makers_alone(as_editor, sign_in, draft, page):
    assert as_editor.get(f"/m/990019/2026/prefecture-forms/{draft.key}/{page}").status_code == 404
    assert as_editor.get(f"{OFFICER}draft/{page}").status_code == 404
    assert sign_in("officer").get(f"{OFFICER}draft/{page}").status_code == 200


def test_a_template_is_shown_before_a_questionnaire_is_begun(as_viewer, here):
    page = as_viewer.get("/m/990019/2026/surveys/forms/").content.decode()
    assert f'href="{TEMPLATE}preview/"' in page

    html = as_viewer.get(f"{TEMPLATE}preview/").content.decode()

    assert "回答を受け付けました" in html
    assert "見本（締切日" in printed(as_viewer.get(f"{TEMPLATE}paper.pdf"))


@pytest.mark.parametrize("page", ["preview/", "paper.pdf"])
def test_an_unknown_template_is_not_found(as_viewer, here, page):
    address = TEMPLATE.replace("care-managers", "nobody") + page
    assert as_viewer.get(address).status_code == 404


def test_the_list_of_questions_says_how_each_is_answered(as_viewer, sign_in, sent):
    """Respondents choose their profession from a list: nobody writes it."""
    with within_prefecture(sent.prefecture):
        asked = [*sent.asking, form_templates.template("discharge").asked[0]]
        PrefectureForm.objects.filter(pk=sent.pk).update(asked=sending.written(asked))
    for page in (as_viewer.get(TOWN), sign_in("officer").get(f"{OFFICER}sent/")):
        text = words_of(page.content.decode())
        assert f"職種{'／'.join(label for _, label in Profession.choices[1:])}" in text
        assert "一つだけ選ぶ" in text
        assert "（→" in text
        assert "記入／" not in text
