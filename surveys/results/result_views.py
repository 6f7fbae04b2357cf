"""結果だけの登録: a survey with the tables of its questions, and editing both."""

from functools import partial

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from indicators.followed.evaluation_views import XLSX
from municipalities.access import Permission, requires
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import FORM_METHODS, EditPage, edit_row
from surveys.models import PublishedQuestion, PublishedSurvey, SurveyRound
from surveys.results import answer_lines, answer_table, result_sheet, table_file
from surveys.results.forms import AnswerTableForm, NewQuestionForm, QuestionForm, SurveyForm
from surveys.year_rows import Listed, append, move, the_row

OVERTAKEN = (
    "この画面を開いたあとに、ほかの人が回答の表を変更しました。いまの表は、下に示しています。"
    "このまま保存すると、いまの表を、入力した表に置き換えます。"
)

SURVEYS = Listed(
    PublishedSurvey,
    SurveyForm,
    name="survey",
    anchor="surveys",
    add_title="調査の結果を登録する",
    edit_title="調査を編集する",
    delete_title="調査の結果を削除する",
    lead="公表された集計表だけを登録します。回答した人ごとの内容は登録しません。",
)


def survey_url(request, survey, anchor=""):
    return request.cycle.url("surveys:survey", survey.key) + (f"#{anchor}" if anchor else "")


def question_url(request, question):
    """Return where a question stands on its survey's page."""
    return survey_url(request, question.survey, f"question-{question.key}")


def lines_url(request, question):
    """Return the same place, with the deeds of each answer."""
    return f"{survey_url(request, question.survey)}?lines={question.key}#question-{question.key}"


@require_safe
@requires(Permission.VIEW_PLAN)
def survey(request, survey_key):
    sheet = result_sheet.of(the_row(request, PublishedSurvey, survey_key))
    # The round that it was registered from, if it was; `lines`: the question whose answers are changed one by one.
    made_by = SurveyRound.objects.filter(cycle=request.cycle, result_key=survey_key).first()
    if made_by:
        made_by.cycle = request.cycle
    context = {"sheet": sheet, "round": made_by, "lines": request.GET.get("lines", "")}
    return render(request, "surveys/survey.html", context)


@require_safe
@requires(Permission.VIEW_PLAN)
def survey_tables(request, survey_key):
    """The same as a workbook."""
    sheet = result_sheet.of(the_row(request, PublishedSurvey, survey_key))
    name = table_file.name_of(sheet)
    disposition = content_disposition_header(as_attachment=True, filename=name)
    content = table_file.as_xlsx(sheet)
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})


@requires(Permission.EDIT_PLAN)
def survey_add(request):
    return SURVEYS.add(request)


@requires(Permission.EDIT_PLAN)
def survey_edit(request, survey_key):
    return SURVEYS.edit(request, survey_key)


@requires(Permission.EDIT_PLAN)
def survey_delete(request, survey_key):
    return SURVEYS.delete(request, survey_key)


@require_POST
@requires(Permission.EDIT_PLAN)
def survey_move(request, survey_key, step):
    return SURVEYS.move(request, survey_key, step)


@requires(Permission.EDIT_PLAN)
def question_add(request, survey_key):
    owner = the_row(request, PublishedSurvey, survey_key)
    page = EditPage(
        key=f"question-new-{request.cycle.fiscal_year}-{survey_key}",
        title="設問を追加する",
        back=survey_url(request, owner, "questions"),
        lead=f"調査：{owner.title}",
    )
    return add_row(
        request,
        PublishedQuestion(cycle=request.cycle, survey=owner),
        form_class=NewQuestionForm,
        page=page,
        deed=partial(insert_question, by=request.user),
    )


def insert_question(form, *, by):
    """Write a new question with its answers."""
    with transaction.atomic():
        among = PublishedQuestion.objects.filter(survey=form.instance.survey)
        row = append(form, among=among, by=by)
        answer_table.add(row, form.lines, by=by)


def one_question(request, key):
    """Return a question with its survey at hand. Raises Http404."""
    return the_row(request, PublishedQuestion, key, "survey")


@requires(Permission.EDIT_PLAN)
def question_edit(request, question_key):
    row = one_question(request, question_key)
    page = EditPage(
        key=f"question-{request.cycle.fiscal_year}-{question_key}",
        title="設問を編集する",
        back=question_url(request, row),
        lead=f"調査：{row.survey.title}",
    )
    return edit_row(request, row, form_class=QuestionForm, page=page)


@requires(Permission.EDIT_PLAN)
def question_delete(request, question_key):
    row = one_question(request, question_key)
    page = DeletePage(
        title="設問を削除する",
        back=survey_url(request, row.survey, "questions"),
        lead=f"調査：{row.survey.title}",
    )
    return delete_row(request, row, page=page)


@require_POST
@requires(Permission.EDIT_PLAN)
def question_move(request, question_key, step):
    row = one_question(request, question_key)
    among = PublishedQuestion.objects.filter(survey=row.survey)
    return move(request, row, among=among, step=step, back=question_url(request, row))


@requires(Permission.EDIT_PLAN)
def question_answers(request, question_key):
    """The whole table of a question as text; who was overtaken sees the new table and is asked again."""
    if request.method not in FORM_METHODS:
        return HttpResponseNotAllowed(FORM_METHODS)
    question = one_question(request, question_key)
    if request.method != "POST":
        return show_table(request, question)
    form = AnswerTableForm(request.POST)
    if not form.is_valid():
        return show_table(request, question, form=form)
    mark = form.cleaned_data["mark"]
    try:
        answer_table.replace(question, form.lines, mark=mark, by=request.user)
    except answer_table.Overtaken:
        return show_table(request, question, form=form, is_overtaken=True)
    messages.success(request, "回答の表を保存しました。")
    return redirect(question_url(request, question))


def show_table(request, question, *, form=None, is_overtaken=False):
    """Show the table as text, or what was typed; with what others have stored meanwhile above it."""
    stored = answer_table.answers_of(question)
    mark = answer_table.mark_of(stored)
    text = answer_lines.written([result_sheet.answer_of(row) for row in stored])
    form = form or AnswerTableForm(initial={"answers": text, "mark": mark})
    if is_overtaken:
        form.add_error("answers", OVERTAKEN)
        # Who has read what is stored now may write over it.
        form.data = form.data.copy()
        form.data["mark"] = mark
    context = {
        "form": form,
        "question": question,
        "stored": text if is_overtaken else None,
        "back": question_url(request, question),
    }
    status = 422 if form.errors else 200
    return render(request, "surveys/question_answers.html", context, status=status)
