"""県の調査票 in a town: what has come, taking it over, and sharing the results."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from municipalities.access import Permission, requires
from municipalities.japanese.prefecture_words import told_of
from reports.surveying import papers, reading, sharing
from surveys.door import previewing
from surveys.door.preview_views import PAGE, context_of
from surveys.questionnaires.making import prefecture_forms
from surveys.rounds import told

TAKEN = "調査票を用意しました。内容を確かめ、「調査の実施」に登録して聞いてください。"
SHARED = "県と共有しました。直したときは、もう一度「県と共有する」を押してください。"
WITHDRAWN = "県との共有を取り下げました。県の画面には表示されなくなります（すでに保存されたものは残ります）。"


@require_safe
@requires(Permission.VIEW_PLAN)
def form_list(request):
    return render(request, "reports/surveying/list.html", {"lines": reading.of_year(request.cycle)})


@require_safe
@requires(Permission.VIEW_PLAN)
def form(request, prefecture_form_key):
    """One questionnaire of the prefecture: its questions, and what is to be done here."""
    found = reading.one(request.cycle, prefecture_form_key)
    context = {
        "found": found,
        "shape": prefecture_forms.shape_of(found.form),
        "copy": prefecture_forms.copy_of(found.form),
        "rounds": sharing.rounds_of(request.cycle, found.form),
        "ready": sharing.ready(request.cycle, found.form),
        "live": sharing.live_of(request.cycle, found.form),
    }
    return render(request, "reports/surveying/form.html", context)


@require_safe
@requires(Permission.VIEW_PLAN)
def form_preview(request, prefecture_form_key):
    """Every page of it as respondents here would get it, before it is taken over."""
    row = reading.one(request.cycle, prefecture_form_key).form
    facts, wish = told.to_come(row.title), request.GET.get("readings", "")
    preview = previewing.drawn(prefecture_forms.shape_of(row), facts, wish)
    back = (form_url(request, row), row.title)
    context = context_of(preview, back=back, place=request.municipality.name)
    return render(request, PAGE, context)


@require_safe
@requires(Permission.VIEW_PLAN)
def form_pdf(request, prefecture_form_key):
    row = reading.one(request.cycle, prefecture_form_key).form
    shape, place = prefecture_forms.shape_of(row), request.municipality.name
    return papers.sample(request, shape, place=place, back=form_url(request, row))


def form_url(request, row):
    return request.cycle.url("reports:prefecture_form", row.key)


@require_POST
@requires(Permission.EDIT_PLAN)
def form_take(request, prefecture_form_key):
    """Make the questionnaire one of the town's own."""
    found = reading.one(request.cycle, prefecture_form_key)
    made = prefecture_forms.take(request.cycle, found.form, by=request.user)
    messages.success(request, TAKEN)
    return redirect(request.cycle.url("surveys:form", made.key))


@require_POST
@requires(Permission.EDIT_PLAN)
def form_share(request, prefecture_form_key):
    found, seen = reading.one(request.cycle, prefecture_form_key), request.POST.get("seen", "")

    def deed():
        sharing.share(request.cycle, found.form, seen=seen, by=request.user)

    return pressed(request, found, deed, SHARED)


@require_POST
@requires(Permission.EDIT_PLAN)
def form_withdraw(request, prefecture_form_key):
    found = reading.one(request.cycle, prefecture_form_key)

    def deed():
        sharing.withdraw(request.cycle, found.form, by=request.user)

    return pressed(request, found, deed, WITHDRAWN)


def pressed(request, found, deed, said):
    """Do a deed and go back to the questionnaire with what became of it."""
    word = request.municipality.prefecture.word
    try:
        deed()
    except ValidationError as error:
        messages.warning(request, told_of(error.message, word))
    else:
        messages.success(request, told_of(said, word))
    return redirect(form_url(request, found.form))
