"""調査票: the list, one questionnaire with its questions, its preview, and beginning, copying and editing it."""

from functools import partial, wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from municipalities.access import Permission, requires
from municipalities.kernel import submission_keys
from municipalities.pages import ordering
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row, held
from municipalities.pages.editing import EditPage, edit_row
from surveys.choices import QuestionType
from surveys.models import Question, Questionnaire, SurveyRound
from surveys.questionnaires.asked.asked_forms import LAST
from surveys.questionnaires.making import (
    form_copying,
    form_deleting,
    form_file,
    form_making,
    form_templates,
    prefecture_forms,
)
from surveys.questionnaires.making.form_fixing import FormIsFixed, refuse_fixed
from surveys.questionnaires.pages import form_sheet
from surveys.questionnaires.pages.questionnaire_forms import (
    FixedFormForm,
    FormForm,
    LibraryForm,
    NewFormForm,
)


def while_open(view):
    """Answer with the way to the next version where the questionnaire was asked, before or meanwhile."""

    @wraps(view)
    def entered(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except FormIsFixed as refusal:
            context = {"questionnaire": refusal.questionnaire}
            return render(request, "surveys/forms/fixed.html", context, status=409)

    return entered


def the_form(questionnaire_key):
    """Return a questionnaire of the town. Raises Http404."""
    return get_object_or_404(Questionnaire.objects.all(), key=questionnaire_key)


def form_url(request, questionnaire, anchor=""):
    url = request.cycle.url("surveys:form", questionnaire.key)
    return url + (f"#{anchor}" if anchor else "")


def list_url(request):
    return request.cycle.url("surveys:form_list")


@require_safe
@requires(Permission.VIEW_PLAN)
def form_list(request):
    is_question = ~Q(questions__kind=QuestionType.SECTION)
    is_used = Exists(SurveyRound.objects.filter(questionnaire=OuterRef("pk")))
    rows = Questionnaire.objects.annotate(
        question_count=Count("questions", filter=is_question), is_used=is_used
    )
    context = {
        "questionnaires": rows,
        "standings": prefecture_forms.standings(request.cycle, [row.key for row in rows]),
        "templates": form_templates.templates(),
    }
    return render(request, "surveys/forms/form_list.html", context)


@require_safe
@requires(Permission.VIEW_PLAN)
def form(request, questionnaire_key):
    row = the_form(questionnaire_key)
    context = {
        "sheet": form_sheet.of(row),
        "kept_because": form_deleting.kept_because(row),
        "kinds": QuestionType.choices,
        "submission_key": submission_keys.new(),
    }
    return render(request, "surveys/forms/form.html", context)


@require_safe
@requires(Permission.VIEW_PLAN)
def form_file_of(request, questionnaire_key):
    """The questionnaire as a file, for another town or the prefecture."""
    questionnaire = the_form(questionnaire_key)
    name = f"調査票_{str(questionnaire)[:60]}.json"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    content = form_file.write(questionnaire)
    headers = {"Content-Disposition": disposition}
    return HttpResponse(content, content_type="application/json", headers=headers)


@requires(Permission.EDIT_PLAN)
def form_add(request):
    page = EditPage(
        key="form-new",
        title="調査票を作る",
        back=list_url(request),
        lands=lambda form: form_url(request, form.instance, first_place(form)),
        verb="調査票を作る",
        done="調査票を作りました。",
    )
    return add_row(
        request,
        Questionnaire(),
        form_class=NewFormForm,
        page=page,
        deed=partial(begin, by=request.user),
    )


def first_place(form):
    """Return where a new questionnaire is gone on with: its questions, or adding the first one."""
    return "asked" if form.cleaned_data["template"] else "add"


def begin(form, *, by):
    """Write a new questionnaire, with the questions of the template that was chosen."""
    row = form.save(commit=False)
    chosen = form_templates.template(form.cleaned_data["template"])
    if chosen:
        row.target, row.opening, row.closing = chosen.target, chosen.opening, chosen.closing
    ordering.append(row, among=Questionnaire.objects.all(), by=by)
    form_making.insert(row, chosen.asked if chosen else (), after="", by=by)


@requires(Permission.EDIT_PLAN)
@while_open
def form_edit(request, questionnaire_key):
    row = the_form(questionnaire_key)
    page = EditPage(
        key=f"form-{questionnaire_key}",
        title="調査票の名称と案内文を編集する",
        back=form_url(request, row),
        lead="調査で使った調査票なので、庁内メモと見せる範囲だけを変えられます。"
        if row.is_fixed
        else "",
    )
    return edit_row(request, row, form_class=FixedFormForm if row.is_fixed else FormForm, page=page)


@requires(Permission.EDIT_PLAN)
def form_delete(request, questionnaire_key):
    """Ask, then delete; of a questionnaire that a round uses say which, and what to do."""
    row = the_form(questionnaire_key)
    kept = form_deleting.kept_because(row)
    page = DeletePage(
        title="調査票を削除する",
        back=form_url(request, row) if kept else list_url(request),
        held=kept,
    )
    if kept:
        return held(request, page=page)
    deed = partial(form_deleting.throw_away, cycle=request.cycle)
    return delete_row(request, row, page=page, deed=deed)


@require_POST
@requires(Permission.EDIT_PLAN)
def form_move(request, questionnaire_key, step):
    row = the_form(questionnaire_key)
    ordering.move(row, among=Questionnaire.objects.all(), step=step, by=request.user)
    return redirect(f"{list_url(request)}#form-{row.key}")


@require_POST
@requires(Permission.EDIT_PLAN)
def form_copy(request, questionnaire_key):
    source = the_form(questionnaire_key)
    deed = partial(form_copying.copy_form, source, by=request.user)
    return once(request, deed, back=form_url(request, source), done="複製しました。")


@require_POST
@requires(Permission.EDIT_PLAN)
def form_next(request, questionnaire_key):
    source = the_form(questionnaire_key)
    deed = partial(form_copying.next_edition, source, by=request.user)
    return once(request, deed, back=form_url(request, source), done="新しい版を作りました。")


def once(request, deed, *, back, done):
    """Run `deed() -> row` once however often it is pressed, and go to what it made; or say why not."""

    def pressed():
        made = deed()
        if isinstance(made, Question):
            return form_url(request, made.questionnaire, f"asked-{made.key}")
        return form_url(request, made)

    try:
        address = submission_keys.once(
            request.POST.get("submission_key", ""),
            user=request.user,
            deed=pressed,
            digest=submission_keys.digest_of(request),
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(back)
    messages.success(request, done)
    return redirect(address)


@requires(Permission.EDIT_PLAN)
@while_open
def form_library(request, questionnaire_key):
    owner = the_form(questionnaire_key)
    refuse_fixed(owner)
    page = EditPage(
        key=f"form-library-{questionnaire_key}",
        title="設問の例から選んで追加する",
        back=form_url(request, owner),
        lead="よく使う設問です。追加したあとで、文や選択肢を直せます。",
        verb="選んだ設問を追加する",
        done="設問を追加しました。",
    )
    return add_row(
        request,
        Question(questionnaire=owner),
        form_class=LibraryForm,
        page=page,
        deed=partial(take, owner, by=request.user),
    )


def take(owner, form, *, by):
    """Write the chosen questions of the library."""
    asking = form_templates.taken(form.cleaned_data["chosen"])
    form_making.insert(owner, asking, after=behind(form), by=by)


def behind(form):
    """Return the key behind which new questions go; empty: at the end."""
    after = form.cleaned_data["after"]
    return "" if after == LAST else after
