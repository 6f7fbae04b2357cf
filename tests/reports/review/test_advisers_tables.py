"""集計表 of a survey on the adviser's desk: the tables as they stand, read only, and nothing of one person."""

import datetime as dt
import io
import re

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from municipalities.choices import Audience
from municipalities.models import Membership, User
from municipalities.tenancy import within
from surveys.models import Answer, Response, SurveyRound
from surveys.rounds import emptying, opening
from tests import world
from tests.surveys.asking import asking

pytestmark = pytest.mark.django_db
YEAR = f"/review/m/{world.OURS}/{world.YEAR}/"
PAGE = f"{YEAR}surveys/round-ask/"
SECRET = "書いた人が分かる自由記述"


@pytest.fixture
def asked(here):
    row = asking(here)
    first, text = (row.questionnaire.questions.get(kind=one) for one in ("single", "long_text"))
    yes, no, _ = first.options.all()
    for at in range(7):
        response = Response.objects.create(
            key=f"response-{at}", round=row, submission=f"s{at}", profession="physician"
        )
        Answer.objects.create(response=response, question=first, option=yes if at < 4 else no)
        Answer.objects.create(response=response, question=text, text=f"{SECRET}{at}")
    return row


def change(row, **fields):
    SurveyRound.objects.filter(pk=row.pk).update(**fields)


def test_the_year_leads_to_the_tables(as_adviser, asked):
    assert f'href="{PAGE}"' in as_adviser.get(YEAR).content.decode()

    page = as_adviser.get(PAGE).content.decode()

    assert "n＝7" in page
    assert "57.1%" in page
    assert "受付中の集計です" in page
    assert "少ない人数の内訳も、そのまま示しています" in page


def test_the_tables_can_be_parted(as_adviser, asked):
    page = as_adviser.get(PAGE, {"by": "問5", "of": "問1"}).content.decode()

    assert "クロス集計：問5 職種" in page
    assert re.findall(r'id="cross-([^"]+)" ', page) == ["問1"]


def test_the_workbook_has_the_same_numbers(as_adviser, asked):
    file = as_adviser.get(f"{PAGE}sheet.xlsx", {"by": "問5"})

    book = load_workbook(io.BytesIO(file.content))
    assert [cell.value for cell in book["集計表"][2]][2:5] == [7, "はい", 4]
    assert "クロス集計" in book.sheetnames


def test_nothing_of_one_person_and_no_deed_is_there(as_adviser, as_editor, asked):
    page = as_adviser.get(PAGE).content.decode()
    main = page.partition("<main")[2]

    assert SECRET not in page
    assert 'method="post"' not in main
    assert f"/m/{world.OURS}/{world.YEAR}/surveys/" not in main.replace(YEAR, "")
    book = load_workbook(io.BytesIO(as_adviser.get(f"{PAGE}sheet.xlsx").content))
    cells = [cell.value for sheet in book for row in sheet for cell in row]
    assert not any(SECRET in str(one) for one in cells)
    for name in ("round_tables", "round_texts", "round_answers_file", "response_list"):
        assert as_adviser.get(asked.cycle.url(f"surveys:{name}", asked.key)).status_code in {
            403,
            404,
        }
    # The negative control: the owner reads the texts.
    assert (
        SECRET in as_editor.get(asked.cycle.url("surveys:round_texts", asked.key)).content.decode()
    )


@pytest.mark.parametrize(
    ("audience", "status"),
    [
        (Audience.INTERNAL, 404),
        (Audience.ADVISER, 200),
        (Audience.PREFECTURE, 200),
        (Audience.PUBLIC, 200),
    ],
)
def test_what_stays_in_the_house_is_not_there(as_adviser, asked, audience, status):
    change(asked, audience=audience)

    for address in (PAGE, f"{PAGE}sheet.xlsx"):
        assert as_adviser.get(address).status_code == status
    assert (f'href="{PAGE}"' in as_adviser.get(YEAR).content.decode()) == (status == 200)


def test_a_survey_that_has_not_begun_is_not_there(as_adviser, here):
    asking(here, is_open=False)

    assert as_adviser.get(PAGE).status_code == 404
    assert PAGE not in as_adviser.get(YEAR).content.decode()


@pytest.mark.parametrize(
    "username", ["neighbour-adviser", "officer", "operator", "contributor", "editor", "neighbour"]
)
def test_nobody_else_comes_in(sign_in, as_adviser, asked, username):
    for address in (PAGE, f"{PAGE}sheet.xlsx"):
        assert sign_in(username).get(address).status_code in {403, 404}
        assert as_adviser.get(address).status_code == 200


def test_a_neighbours_survey_is_absent(as_adviser, sign_in):
    town = world.cycle_of(world.THEIRS)
    with within(town.municipality):
        asking(town, "round-theirs", by="neighbour")

    assert as_adviser.get(f"{YEAR}surveys/round-theirs/").status_code == 404
    theirs = f"/review/m/{world.THEIRS}/{world.YEAR}/surveys/round-theirs/"
    assert as_adviser.get(theirs).status_code == 404
    assert sign_in("neighbour-adviser").get(theirs).status_code == 200


def test_with_the_term_the_tables_end(as_adviser, asked):
    assert as_adviser.get(PAGE).status_code == 200

    adviser = User.objects.get(username="adviser")
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Membership.objects.filter(user=adviser).update(valid_from=yesterday, valid_to=yesterday)

    assert as_adviser.get(PAGE).status_code in {403, 404}
    assert as_adviser.get(f"{PAGE}sheet.xlsx").status_code in {403, 404}


def test_tables_that_were_kept_are_read_as_well(as_adviser, asked):
    editor = User.objects.get(username="editor")
    opening.close_round(asked, by=editor)
    asked.refresh_from_db()
    emptying.empty(asked, by=editor)

    page = as_adviser.get(PAGE).content.decode()

    assert "回答を消す前に保存した集計" in page
    assert "n＝7" in page
    asked.kept_tables.all().delete()
    assert as_adviser.get(PAGE).status_code == 404
