"""What an officer presses on a draft: questions out of a file, and sending it to the towns."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from municipalities.access import Permission, requires
from municipalities.kernel.changes import StaleVersion
from municipalities.pages.editing import FORM_METHODS, posted_version
from municipalities.pages.prefecture_pages import inside
from reports.delivery import reach
from reports.prefecture.sendings import towns_of
from reports.prefecture.surveying import places, sending
from reports.prefecture.surveying.forms import FormFileForm
from reports.surveying import mailing
from surveys.questionnaires.making import prefecture_forms
from surveys.questionnaires.shape import form_checks

GIVEN = "ファイルの設問にしました。下の設問を確かめてください。"
CHANGED = "ほかの人が先に変更しています。いまの内容を確かめてから、もう一度選んでください。"
SENT = "{}市町村に送付しました。市町村の「{}の調査票」の画面に表示されます。"
TELL = "電話などで知らせ、調査票（PDF）を別に送ってください"


@require_http_methods(FORM_METHODS)
@requires(Permission.MANAGE_PREFECTURE)
@inside
@places.draft_or_back
def form_questions(request, row):
    """Take the questions of a file instead of those that are there."""
    form = FormFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if not (form.is_bound and form.is_valid()):
        context = {
            "prefecture": request.scope.prefecture,
            "row": row,
            "form": form,
            "has_errors": form.is_bound,
            "back": places.url(request, "form", row),
        }
        status = 422 if form.is_bound else 200
        return render(request, "reports/prefecture/surveying/file.html", context, status=status)
    if posted_version(request) != row.version:
        return places.back(request, row, CHANGED)
    try:
        sending.give_questions(row, form.cleaned_data["file"].asked, by=request.user)
    except StaleVersion:
        return places.back(request, row, CHANGED)
    return places.back(request, row, GIVEN, look=messages.success)


@require_http_methods(FORM_METHODS)
@requires(Permission.MANAGE_PREFECTURE)
@inside
@places.draft_or_back
def form_send(request, row):
    """Show who gets it, the mail and the due date; send it when that is what was looked at."""
    if request.method != "POST":
        return check(request, row)
    try:
        towns = sending.send(
            row, request.scope.prefecture, version=posted_version(request), by=request.user
        )
    except ValidationError as error:
        return places.back(request, row, " ".join(error.messages))
    said = SENT.format(len(towns), request.scope.prefecture.word) + reach.of(towns).told(TELL)
    return places.back(request, row, said, look=messages.success)


def check(request, row):
    """Show recipients, mail and due date of a draft, or what keeps it from being sent."""
    prefecture, shape = request.scope.prefecture, prefecture_forms.shape_of(row)
    towns = towns_of(row, prefecture)
    reached = reach.of(towns)
    troubles = [one.sentence for one in form_checks.troubles(shape)]
    context = {
        "prefecture": prefecture,
        "year": row.fiscal_year,
        "row": row,
        "shape": shape,
        "towns": [(town, reached.people.get(town.code, 0)) for town in towns],
        "without": len(reached.by_hand),
        "troubles": troubles if towns else [*troubles, sending.NO_TOWNS],
        "mail_of": towns[0] if towns else None,
        "mail": mailing.preview(row, towns[0]) if towns else None,
    }
    return render(request, "reports/prefecture/surveying/send.html", context)
