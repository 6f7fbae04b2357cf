"""年度を比べる: one question over its years, and which earlier question it asks again."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from municipalities.pages.editing import EditPage, edit_row
from surveys.results import earlier, pictures
from surveys.results.forms import EarlierForm
from surveys.results.result_views import one_question, question_url


@require_safe
@requires(Permission.VIEW_PLAN)
def question_years(request, question_key):
    question = one_question(request, question_key)
    numbers = earlier.numbers_over_times(question)
    comparison = None if numbers else earlier.comparison(question)
    context = {
        "question": question,
        "comparison": comparison,
        "numbers": numbers,
        "chart": pictures.over_times(question, comparison) if comparison else None,
        "back": question_url(request, question),
    }
    return render(request, "surveys/question_years.html", context)


@requires(Permission.EDIT_PLAN)
def question_earlier(request, question_key):
    row = one_question(request, question_key)
    page = EditPage(
        key=f"question-earlier-{request.cycle.fiscal_year}-{question_key}",
        title="前回の設問を選ぶ",
        back=request.cycle.url("surveys:question_years", row.key),
        lead=(
            f"「{row}」の前回の設問を選びます。文の似ている順に並べています。"
            "似ているだけではつながりません。同じことを聞いた設問を選んでください。"
        ),
    )
    return edit_row(request, row, form_class=EarlierForm, page=page)
