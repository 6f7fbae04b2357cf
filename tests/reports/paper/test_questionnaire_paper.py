"""紙の調査票: every question with its boxes and lines, page numbers, our fonts alone, nothing of it HTML."""

import io
import re
from decimal import Decimal
from pathlib import Path

import pypdf
import pytest
from django.conf import settings

from reports.paper.asking.questionnaire import (
    QuestionnairePaper,
    make_questionnaire,
    questionnaire_html,
)
from reports.paper.rendering.client import RenderFailed
from reports.surveying import papers
from surveys.choices import QuestionType
from surveys.models import Option, Question, Questionnaire
from surveys.questionnaires.shape.form_shape import END, Asked, Choice, Form, Page, Row
from tests.reports.paper_reading import fonts_of, pages_of, printed

NASTY = "<script>alert(1)</script>"
OPTIONS = (
    Choice("a", "自宅《じたく》"),
    Choice("b", "その他", takes_text=True),
    Choice("c", "住んでいない", skip_to=END),
)


def paper_of(*pages, **form):
    known = {"opening": "お願い", "closing": "ありがとうございました。"} | form
    return QuestionnairePaper(
        Form("f", "調査", "residents", pages=pages, **known), "暮らしの調査", "見本市"
    )


def asked(number, kind, **fields):
    return Asked(f"q{number}", number, kind, f"設問の文{number}", **fields)


def test_every_kind_of_question_is_printed_to_be_filled_in_with_a_pen():
    table = {
        "options": (Choice("x", "ある"), Choice("y", "したい", is_extra=True)),
        "rows": (Row("r", "病院"), Row("s", "薬局")),
    }
    questions = (
        asked(1, QuestionType.SINGLE, options=OPTIONS, is_required=True),
        asked(2, QuestionType.MULTIPLE, options=OPTIONS, most=2),
        asked(3, QuestionType.MATRIX, **table),
        asked(4, QuestionType.NUMBER, unit="人", smallest=Decimal(0), largest=Decimal(60)),
        asked(5, QuestionType.LONG_TEXT),
        asked(6, QuestionType.PROFESSION),
        asked(7, QuestionType.OWN_CODE),
    )
    pdf = make_questionnaire(paper_of(Page("h", "その1", "説明", questions)))
    found = printed(pdf)
    for words in (
        "暮らしの調査",
        "個人が分かる情報は書かないでください",
        "その1",
        "自宅（じたく）",
        "→終わりへ",
        "（2つまで✓）",
        "（行ごとに一つに✓）",
        "（別に✓）",
        "（0人から60人まで）",
        "訪問看護師",
        "ありがとうございました。",
        "※必須",
    ):
        assert words in found, words
    assert found.count("□") == 3 + 3 + 4 + 21
    assert f"1／{pdf.pages}ページ" in found
    assert all(name.startswith(("BIZ", "Noto")) for name in fonts_of(pdf))


@pytest.mark.parametrize(
    ("most", "sentence"),
    [
        (2, "（2つまで✓。「特にない」は、それだけに✓）"),
        (None, "（あてはまるものすべてに✓。「特にない」は、それだけに✓）"),
    ],
)
def test_paper_says_which_option_goes_alone(most, sentence):
    alone = Choice("n", "特《とく》にない", is_exclusive=True)
    several = asked(1, QuestionType.MULTIPLE, options=(*OPTIONS, alone), most=most)

    assert sentence in questionnaire_html(paper_of(Page("", "", "", (several,))))
    several = asked(1, QuestionType.MULTIPLE, options=OPTIONS, most=most)
    assert "それだけに" not in questionnaire_html(paper_of(Page("", "", "", (several,))))


def test_readings_do_not_put_short_options_one_below_the_other():
    short = tuple(Choice(str(n), f"{n}5歳《さい》以上《いじょう》") for n in range(6, 9))
    long = (*short, Choice("x", "特別養護老人ホームに住んでいる人"))

    assert questionnaire_html(
        paper_of(Page("", "", "", (asked(1, QuestionType.SINGLE, options=short),)))
    ).count("in-a-row")
    assert not questionnaire_html(
        paper_of(Page("", "", "", (asked(1, QuestionType.SINGLE, options=long),)))
    ).count("in-a-row")


def test_a_long_questionnaire_takes_as_many_pages_as_it_needs():
    questions = tuple(asked(n, QuestionType.SINGLE, options=OPTIONS) for n in range(1, 201))
    pdf = make_questionnaire(paper_of(Page("", "", "", questions)))
    assert pdf.pages > 10
    assert f"{pdf.pages}／{pdf.pages}ページ" in pages_of(pdf)[-1]
    assert "問200" in printed(pdf)


def test_every_style_sheet_that_a_paper_names_is_opened():
    from reports.paper.rendering.painting import SHEETS  # noqa: PLC0415 -- WeasyPrint loads for a second

    papers = Path(settings.BASE_DIR, "templates/reports/paper").glob("*.html")
    named = {name for paper in papers for name in re.findall(r"own:[^\"]+", paper.read_text())}
    assert named <= set(SHEETS)


def test_no_text_becomes_html():
    nasty = Asked(
        "q",
        1,
        QuestionType.MATRIX,
        NASTY,
        help=NASTY,
        unit=NASTY,
        options=(Choice("a", NASTY), Choice("b", NASTY, is_extra=True)),
        rows=(Row("r", NASTY),),
    )
    single = Asked("s", 2, QuestionType.SINGLE, NASTY, options=(Choice("a", NASTY, skip_to="h"),))
    pages = (Page("", "", "", (single,)), Page("h", NASTY, NASTY, (nasty,)))
    paper = paper_of(*pages, opening=NASTY, closing=NASTY)
    assert "<script" not in questionnaire_html(paper)


@pytest.mark.django_db
class TestDoor:
    URL = "/m/990019/2026/surveys/forms/f/paper.pdf"

    @pytest.fixture(autouse=True)
    def questionnaire(self, here):
        row = Questionnaire.objects.create(key="f", title="暮らしの調査")
        first = Question.objects.create(questionnaire=row, key="q", text="どこで")
        Option.objects.create(question=first, key="o", label="自宅")

    def test_a_viewer_gets_it_as_a_file_with_a_name(self, sign_in):
        response = sign_in("viewer").get(self.URL)
        assert response.headers["Content-Type"] == "application/pdf"
        assert "no-store" in response.headers["Cache-Control"]
        assert len(pypdf.PdfReader(io.BytesIO(response.content)).pages) == 1

    def test_where_it_cannot_be_drawn_the_page_says_so(self, as_editor, monkeypatch):
        def fail(_paper):
            raise RenderFailed("作成できませんでした。")

        monkeypatch.setattr(papers, "make_questionnaire", fail)
        response = as_editor.get(self.URL, follow=True)
        assert "作成できませんでした。" in response.content.decode()
