"""One answer of a question: adding, editing, deleting, moving a line of its table."""

from functools import partial

from django.views.decorators.http import require_POST

from municipalities.access import Permission, requires
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import EditPage, edit_row
from surveys.models import PublishedAnswer
from surveys.results.forms import AnswerForm
from surveys.results.result_views import lines_url, one_question
from surveys.year_rows import append, move, the_row


def one_answer(request, key):
    """Return an answer with its question and survey at hand. Raises Http404."""
    return the_row(request, PublishedAnswer, key, "question__survey")


@requires(Permission.EDIT_PLAN)
def answer_add(request, question_key):
    question = one_question(request, question_key)
    page = EditPage(
        key=f"answer-new-{request.cycle.fiscal_year}-{question_key}",
        title="選択肢を追加する",
        back=lines_url(request, question),
        lead=f"設問：{question}",
    )
    among = PublishedAnswer.objects.filter(question=question)
    return add_row(
        request,
        PublishedAnswer(cycle=request.cycle, question=question),
        form_class=AnswerForm,
        page=page,
        deed=partial(append, among=among, by=request.user),
    )


@requires(Permission.EDIT_PLAN)
def answer_edit(request, answer_key):
    row = one_answer(request, answer_key)
    page = EditPage(
        key=f"answer-{request.cycle.fiscal_year}-{answer_key}",
        title="選択肢を編集する",
        back=lines_url(request, row.question),
        lead=f"設問：{row.question}",
    )
    return edit_row(request, row, form_class=AnswerForm, page=page)


@requires(Permission.EDIT_PLAN)
def answer_delete(request, answer_key):
    row = one_answer(request, answer_key)
    page = DeletePage(
        title="選択肢を削除する",
        back=lines_url(request, row.question),
        lead=f"設問：{row.question}",
    )
    return delete_row(request, row, page=page)


@require_POST
@requires(Permission.EDIT_PLAN)
def answer_move(request, answer_key, step):
    row = one_answer(request, answer_key)
    among = PublishedAnswer.objects.filter(question=row.question)
    return move(request, row, among=among, step=step, back=lines_url(request, row.question))
