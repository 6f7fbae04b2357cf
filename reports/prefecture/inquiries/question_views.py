"""The questions of a 照会 that has not been sent: adding, editing, deleting, arranging."""

from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from municipalities.access import Permission, requires
from municipalities.pages import ordering
from municipalities.pages.editing import FORM_METHODS
from municipalities.pages.prefecture_pages import (
    RemovalPage,
    RowPage,
    add_row,
    delete_row,
    edit_row,
    inside,
)
from reports.models import InquiryQuestion
from reports.prefecture.inquiries import places
from reports.prefecture.inquiries.forms import QuestionForm

MOST = 60
TOO_MANY = f"質問は{MOST}問までです。照会を分けてください。"
GONE = "削除すると元に戻せません。後ろの質問の番号が一つずつ繰り上がります。"


@require_http_methods(FORM_METHODS)
@requires(Permission.MANAGE_PREFECTURE)
@inside
@places.draft_or_back
def question_add(request, row):
    if row.questions.count() >= MOST:
        return places.back(request, row, TOO_MANY)

    def insert(question):
        ordering.append(question, among=row.questions.all(), by=request.user)

    question = InquiryQuestion(inquiry=row, prefecture=request.scope.prefecture)
    page = RowPage("質問を追加する", places.url(request, "inquiry", row), row.title)
    return add_row(request, question, form_class=QuestionForm, page=page, insert=insert)


def one_question(row, key):
    """Return a question of this 照会. Raises Http404."""
    question = get_object_or_404(InquiryQuestion, inquiry=row, key=key)
    question.inquiry = row
    return question


@require_http_methods(FORM_METHODS)
@requires(Permission.MANAGE_PREFECTURE)
@inside
@places.draft_or_back
def question_edit(request, row, question_key):
    question = one_question(row, question_key)
    remove = places.url(request, "question_delete", row, question.key)
    back_to = places.url(request, "inquiry", row)
    page = RowPage("質問を編集する", back_to, row.title, remove=remove)
    return edit_row(request, question, form_class=QuestionForm, page=page)


@require_http_methods(FORM_METHODS)
@requires(Permission.MANAGE_PREFECTURE)
@inside
@places.draft_or_back
def question_delete(request, row, question_key):
    question = one_question(row, question_key)
    told = (("質問", question.text), ("回答の種類", question.get_kind_display()))
    page = RemovalPage("質問を削除する", places.url(request, "inquiry", row), told, GONE)
    return delete_row(request, question, page=page)


@require_POST
@requires(Permission.MANAGE_PREFECTURE)
@inside
@places.draft_or_back
def question_move(request, row, question_key, step):
    question = one_question(row, question_key)
    ordering.move(question, among=row.questions.all(), step=step, by=request.user)
    return redirect(f"{places.url(request, 'inquiry', row)}#{question.key}")
