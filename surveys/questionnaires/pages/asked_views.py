"""One question of a questionnaire: adding, editing, copying, moving, deleting it; its options and where they lead."""

from functools import partial

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from municipalities.access import Permission, requires
from municipalities.pages import ordering
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import FORM_METHODS, EditPage, edit_row
from surveys.choices import QuestionType
from surveys.models import Question
from surveys.questionnaires.asked import asked_deleting, option_table, skipping
from surveys.questionnaires.asked.asked_forms import ListsForm, SkipsForm, asked_form
from surveys.questionnaires.making import form_copying, form_fixing, form_making
from surveys.questionnaires.making.form_fixing import refuse_fixed
from surveys.questionnaires.pages import form_sheet
from surveys.questionnaires.pages.form_views import behind, form_url, once, the_form, while_open
from surveys.questionnaires.shape import form_shape, furigana, option_lines, skip_ways
from surveys.questionnaires.shape.form_shape import LEADING, WITH_OPTIONS

# What the button of adding says, and what is said once it is done.
ASKED = {"verb": "設問を追加する", "done": "設問を追加しました。"}
HEADING = {"verb": "見出しを追加する", "done": "見出しを追加しました。"}
OVERTAKEN = (
    "この画面を開いたあとに、ほかの人がこの設問か、設問の並びを変更しました。いまの内容を、下に示しています。"
    "入力した内容でよければ、もう一度保存してください。"
)


def the_question(asked_key):
    """Return a question whose questionnaire may still be changed. Raises Http404, FormIsFixed."""
    rows = Question.objects.select_related("questionnaire")
    question = get_object_or_404(rows, key=asked_key)
    refuse_fixed(question.questionnaire)
    return question


def asked_url(request, question):
    """Return where a question stands on the page of its questionnaire."""
    return form_url(request, question.questionnaire, f"asked-{question.key}")


def lead_of(question):
    return f"調査票：{question.questionnaire}"


@requires(Permission.EDIT_PLAN)
@while_open
def asked_add(request, questionnaire_key, kind):
    if kind not in QuestionType:
        raise Http404
    owner = the_form(questionnaire_key)
    refuse_fixed(owner)
    question = Question(questionnaire=owner, kind=kind)
    page = EditPage(
        key=f"asked-new-{questionnaire_key}-{kind.replace('_', '-')}",
        title=f"追加する：{question.get_kind_display()}",
        back=form_url(request, owner, "asked"),
        lead=lead_of(question),
        **(HEADING if kind == QuestionType.SECTION else ASKED),
    )
    return add_row(
        request,
        question,
        form_class=asked_form(QuestionType(kind), is_new=True),
        page=page,
        deed=partial(insert, by=request.user),
    )


def insert(form, *, by):
    """Write a new question with the options and rows that were typed."""
    question = form.save(commit=False)
    asking = form_making.blank(question)
    for field, name in (("options", "options"), ("rows", "matrix_rows")):
        asking[name] = form_making.of_lines(form.cleaned_data.get(field, ()), field)
    form_making.insert(question.questionnaire, [asking], after=behind(form), by=by)


@requires(Permission.EDIT_PLAN)
@while_open
def asked_edit(request, asked_key):
    row = the_question(asked_key)
    page = EditPage(
        key=f"asked-{asked_key}",
        title="調査票の設問を編集する" if row.kind != QuestionType.SECTION else "見出しを編集する",
        back=asked_url(request, row),
        lead=lead_of(row),
    )
    form_class = asked_form(QuestionType(row.kind), is_followed=bool(row.earlier_key))
    return edit_row(request, row, form_class=form_class, page=page)


@requires(Permission.EDIT_PLAN)
@while_open
def asked_delete(request, asked_key):
    row = the_question(asked_key)
    page = DeletePage(
        title="調査票の設問を削除する" if row.kind != QuestionType.SECTION else "見出しを削除する",
        back=form_url(request, row.questionnaire, "asked"),
        lead=f"{lead_of(row)}。{asked_deleting.told(row)}",
    )
    return delete_row(request, row, page=page, deed=asked_deleting.throw_away)


@require_POST
@requires(Permission.EDIT_PLAN)
@while_open
def asked_move(request, asked_key, step):
    row = the_question(asked_key)
    with transaction.atomic():
        form_fixing.hold(row.questionnaire)
        before = form_shape.read(row.questionnaire)
        among = Question.objects.filter(questionnaire=row.questionnaire)
        ordering.move(row, among=among, step=step, by=request.user)
        turned = skip_ways.turned(before, form_shape.read(row.questionnaire))
    if turned:
        messages.warning(request, skip_ways.move_words(turned))
    return redirect(asked_url(request, row))


@require_POST
@requires(Permission.EDIT_PLAN)
@while_open
def asked_copy(request, asked_key):
    row = the_question(asked_key)
    deed = partial(form_copying.copy_question, row, by=request.user)
    return once(request, deed, back=asked_url(request, row), done="写しました。")


@requires(Permission.EDIT_PLAN)
@while_open
def asked_lists(request, asked_key):
    """Options and rows as text; who was overtaken sees the new ones and is asked again."""
    if request.method not in FORM_METHODS:
        return HttpResponseNotAllowed(FORM_METHODS)
    question = the_question(asked_key)
    if question.kind not in WITH_OPTIONS:
        raise Http404
    if request.method != "POST":
        return show_lists(request, question)
    form = ListsForm(request.POST, kind=question.kind)
    if not form.is_valid():
        return show_lists(request, question, form=form)
    typed = form.cleaned_data
    try:
        gone = option_table.replace(
            question,
            typed["options"],
            typed.get("rows", ()),
            mark=typed["mark"],
            by=request.user,
        )
    except option_table.Overtaken:
        return show_lists(request, question, form=form, is_overtaken=True)
    tell_saved(request, gone)
    return redirect(asked_url(request, question))


def tell_saved(request, gone):
    """Say that the lists are saved, and which skips went with their options."""
    messages.success(request, "保存しました。")
    if led_on := [f"「{furigana.plain(one.label)}」" for one in gone if one.skip_to]:
        messages.warning(
            request,
            f"消した選択肢{'、'.join(led_on)}の進み先もなくなりました。要るときは「進み先」で決め直してください。",
        )


def show_lists(request, question, *, form=None, is_overtaken=False):
    options, rows = option_table.stored_of(question)
    texts = {
        "options": option_lines.written(option_table.lines_of(options)),
        "rows": option_lines.written(option_table.lines_of(rows)),
    }
    mark = option_table.mark_of(options, rows)
    form = form or ListsForm(initial=texts | {"mark": mark}, kind=question.kind)
    context = {
        "stored": [text for text in texts.values() if text] if is_overtaken else (),
        "ways": skip_ways.out_of(form_shape.read(question.questionnaire), question.key),
    }
    title = (
        "表の項目と列を編集する"
        if question.kind == QuestionType.MATRIX
        else "選択肢の一覧を編集する"
    )
    if is_overtaken:
        tell_overtaken(form, mark)
    return show(request, question, form=form, title=title, context=context)


def tell_overtaken(form, mark):
    """Say that others were faster; who has read what is stored now may write over it."""
    form.add_error(None, OVERTAKEN)
    form.data = form.data.copy()
    form.data["mark"] = mark


def show(request, question, *, form, title, context):
    """Show a form about a question's options; 409 where others were faster, 422 where something is wrong."""
    context |= {
        "form": form,
        "title": title,
        "question": question,
        "back": asked_url(request, question),
    }
    status = 200
    if form.errors:
        status = 409 if context["stored"] else 422
    return render(request, "surveys/forms/asked_lists.html", context, status=status)


@requires(Permission.EDIT_PLAN)
@while_open
def asked_skips(request, asked_key):
    """「この答えなら○へ」 for each option."""
    if request.method not in FORM_METHODS:
        return HttpResponseNotAllowed(FORM_METHODS)
    question = the_question(asked_key)
    if question.kind not in LEADING:
        raise Http404
    if request.method != "POST":
        return show_skips(request, question)
    form = skips_form(question, request.POST)
    if not form.is_valid():
        return show_skips(request, question, form=form)
    try:
        skipping.write(question, form.chosen, mark=form.cleaned_data["mark"], by=request.user)
    except option_table.Overtaken:
        return show_skips(request, question, form=form, is_overtaken=True)
    messages.success(request, "保存しました。")
    return redirect(asked_url(request, question))


def skips_form(question, data=None):
    """Return the form of a question's skips, with what stands behind the question."""
    questions = list(question.questionnaire.questions.all())
    options = list(question.options.all())
    return SkipsForm(
        data,
        initial={"mark": skipping.mark_of(questions, options)},
        options=options,
        offered=form_sheet.places_behind(questions, question.key),
    )


def show_skips(request, question, *, form=None, is_overtaken=False):
    fresh = skips_form(question)
    form = form or fresh
    stored = ()
    if is_overtaken:
        tell_overtaken(form, fresh.initial["mark"])
        stored = ("\n".join(option.label for option in fresh.options),)
    title = "進み先を決める（この答えなら○へ）"
    return show(request, question, form=form, title=title, context={"stored": stored})
