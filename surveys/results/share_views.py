"""この割合を指標の値にする: choosing answers and an indicator, seeing what will be written, writing it."""

from django.contrib import messages
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect, render

from municipalities.access import Permission, requires
from municipalities.pages.editing import FORM_METHODS
from surveys.models import PublishedAnswer
from surveys.results import result_sheet, share_adopting, share_value
from surveys.results.forms import ShareForm
from surveys.results.result_views import one_question, question_url

OVERTAKEN = "確認のあとで値が変わったため、まだ書き込んでいません。下の内容を確かめて、もう一度押してください。"


@requires(Permission.EDIT_PLAN)
def question_value(request, question_key):
    """Choose, see what will be written (nothing is written by seeing it), and write it."""
    if request.method not in FORM_METHODS:
        return HttpResponseNotAllowed(FORM_METHODS)
    question = one_question(request, question_key)
    answers = list(PublishedAnswer.objects.filter(question=question))
    sheet = result_sheet.sheet_of(question, question.survey, answers)
    chosen = request.POST if request.method == "POST" else request.GET
    form = ShareForm(
        chosen if "indicator" in chosen or "answers" in chosen else None,
        sheet=sheet,
        offered=share_value.indicators_of(request.cycle),
    )
    row = form.row if form.is_bound and form.is_valid() else None
    if request.method == "POST" and row is not None:
        return write(request, question, form=form, row=row)
    return show(request, question, form=form, row=row)


def write(request, question, *, form, row):
    """Write what was shown, once it is said which value of the year is adopted."""
    beside, choice = share_adopting.beside(row), request.POST.get("adopted", "")
    if request.POST.get("beside", "") != (beside.mark if beside else ""):
        messages.warning(request, OVERTAKEN)
        return show(request, question, form=form, row=row)
    if beside and choice not in share_adopting.CHOICES:
        return show(request, question, form=form, row=row, unchosen=share_adopting.UNCHOSEN)
    digest = request.POST.get("digest") or "none"
    adopts = None if beside is None else share_adopting.Adopted(beside, choice)
    report = share_adopting.write(
        request.cycle, row, by=request.user, expected=digest, adopts=adopts
    )
    if report.is_written and report.writes:
        messages.success(request, share_adopting.said(adopts))
        return redirect(question_url(request, question))
    messages.warning(request, OVERTAKEN)
    return show(request, question, form=form, row=row)


def show(request, question, *, form, row, unchosen=""):
    context = {
        "question": question,
        "form": form,
        "report": row and share_value.preview(request.cycle, row, by=request.user),
        "beside": row and share_adopting.beside(row),
        "unchosen": unchosen,
        "back": question_url(request, question),
    }
    status = 422 if form.errors or unchosen else 200
    return render(request, "surveys/question_value.html", context, status=status)
