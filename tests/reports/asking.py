"""What the tests of 照会 share: one that was sent, its questions, and a workbook that came back."""

import datetime as dt
import io

from django.utils import timezone
from openpyxl import load_workbook

from municipalities.models import Municipality, Prefecture
from municipalities.prefecture_tenancy import reading_prefecture, within_prefecture
from reports.inquiry import sheet
from reports.inquiry.questions import numbered
from reports.models import Inquiry, InquiryQuestion, InquiryReply
from reports.prefecture.inquiries import asking
from tests import world

DESK = f"/p/99/{world.YEAR}/requests/"
TOWN = f"/m/{world.OURS}/{world.YEAR}/inquiries/"
SENT, ANSWERS = f"{DESK}asked/", f"{DESK}asked/answers/"
PAGE = f"{TOWN}asked/"
# key → what the form of a question holds.
QUESTIONS = {
    "staff": {"text": "相談員の数", "kind": "number", "unit": "人", "is_required": True},
    "since": {"text": "開設した日", "kind": "date"},
    "night": {"text": "夜間の対応", "kind": "yes_no"},
    "way": {"text": "運営の形", "kind": "choice", "choices": "直営\n委託\n直営と委託"},
    "trouble": {"text": "困っていること", "kind": "long"},
}
TEXTS = {"staff": "3", "since": "2020-04-01", "night": "yes", "way": "委託", "trouble": "人手"}


def prefecture(code="99"):
    return Prefecture.objects.get(code=code)


def due(days=10):
    return timezone.localdate() + dt.timedelta(days=days)


def write(towns="", key="asked", questions=QUESTIONS, **values):
    """Return a 照会 that is written and not sent."""
    told = {"title": "相談窓口の状況", "purpose": "研修の内容を決めるため", "due_on": due()}
    with within_prefecture(prefecture()):
        row = Inquiry.objects.create(
            key=key, fiscal_year=world.YEAR, towns=towns, **(told | values)
        )
        for position, (name, question) in enumerate(questions.items(), 1):
            InquiryQuestion.objects.create(inquiry=row, key=name, position=position, **question)
    return row


def send(people, **values):
    """Return a 照会 that was sent."""
    row = write(**values)
    with within_prefecture(prefecture()):
        asking.send(row, prefecture(), mark=asking.mark_of(row), by=people["officer"])
    return row


def stored(key="asked"):
    with reading_prefecture(prefecture()):
        return Inquiry.objects.get(key=key)


def asked(key="asked"):
    with reading_prefecture(prefecture()):
        return numbered(Inquiry.objects.get(key=key).questions.all())


def reply(code=world.OURS, key="asked"):
    return InquiryReply.objects.get(municipality__code=code, inquiry=key)


def sent_lines(code=world.OURS):
    return dict(reply(code).lines.values_list("question", "text"))


def form(base=0, **texts):
    """Return what the page of answering posts: question by its number."""
    fields = {"base_version": "0"}
    for number, key in enumerate(QUESTIONS, 1):
        fields[f"q{number}"] = texts.get(key, "")
        fields[f"seen-{number}"] = str(base)
    return fields


def workbook(code=world.OURS, texts=TEXTS, change=None):
    """Return a filled workbook as a file; `change(book)` spoils it."""
    place = Municipality.objects.select_related("prefecture").get(code=code)
    content = sheet.make(stored(), asked(), place, texts, day=timezone.localdate())
    if change:
        book = load_workbook(io.BytesIO(content))
        change(book)
        file = io.BytesIO()
        book.save(file)
        content = file.getvalue()
    return named(content, f"回答票_{code}.xlsx")


def named(content, name):
    file = io.BytesIO(content)
    file.name = name
    return file


def row_of(book, name):
    """Return the number of the line of a question in the workbook."""
    sheet_ = book["回答票"]
    return next(cell.row for cell in sheet_["A"] if cell.value == name)
