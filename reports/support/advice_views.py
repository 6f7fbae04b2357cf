"""Advice on the municipality's side: writing it down, correcting it, answering it."""

from django.http import Http404
from django.views.decorators.http import require_POST

from municipalities.access import Permission, requires
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import EditPage, edit_row
from reports.choices import AdviceOrigin
from reports.models import AdviceItem
from reports.support import advice, rows
from reports.support.advice_forms import AdviceForm, AdviceLinesForm, AnswerForm, ObjectsForm
from reports.support.step_views import STEP

ADVICE = rows.Listed("advice", "アドバイス", AdviceItem, AdviceForm, place="steps")
THEIR_WORDS = (
    "アドバイザーが記入した文です。文は直せませんが、どの場面・課題・取組についてかを選べます。"
)


@requires(Permission.EDIT_PLAN)
def advice_add(request, step_key):
    """Write down what was said at a meeting, one piece a line."""
    step = rows.the_row(request, step_key, STEP)

    def write_down(form):
        marks = {name: form.cleaned_data[name] for name in form.Meta.fields}
        advice.write_down(step, form.cleaned_data["texts"], by=request.user, **marks)

    page = EditPage(
        key=f"advice-new-{request.cycle.fiscal_year}-{step_key}",
        title=f"{step}のアドバイスを追加する",
        back=rows.back_to(request, f"step-{step_key}"),
        lead="アドバイザーが画面で確認すると、「確認済み」の印が付きます。",
    )
    row = AdviceItem(cycle=request.cycle, step=step)
    return add_row(request, row, form_class=AdviceLinesForm, page=page, deed=write_down)


@requires(Permission.EDIT_PLAN)
def advice_edit(request, advice_key):
    """Correct the text and choose its objects; of an adviser's own words, the objects only."""
    item = rows.the_row(request, advice_key, ADVICE)
    is_theirs = item.origin == AdviceOrigin.ADVISER
    page = EditPage(
        key=f"advice-{request.cycle.fiscal_year}-{advice_key}",
        title="アドバイスを編集する",
        back=rows.back_to(request, f"advice-{advice_key}"),
        lead=f"「{item.text}」{THEIR_WORDS}" if is_theirs else "",
        remove="" if is_theirs else request.cycle.url("reports:advice_delete", advice_key),
    )
    form_class = ObjectsForm if is_theirs else AdviceForm
    return edit_row(request, item, form_class=form_class, page=page)


@requires(Permission.EDIT_PLAN)
def advice_delete(request, advice_key):
    """Delete what staff wrote down; an adviser's own words are not theirs to delete."""
    item = rows.the_row(request, advice_key, ADVICE)
    if item.origin == AdviceOrigin.ADVISER:
        raise Http404
    back = rows.back_to(request, f"step-{item.step.key}")
    page = DeletePage(title="アドバイスを削除する", back=back, name=item.text)
    return delete_row(request, item, page=page)


@require_POST
@requires(Permission.EDIT_PLAN)
def advice_move(request, advice_key, step):
    """Move a piece of advice within its step."""
    item = rows.the_row(request, advice_key, ADVICE)
    among = AdviceItem.objects.filter(step=item.step_id)
    return rows.move(request, item, among=among, step=step, place=ADVICE.name)


@requires(Permission.EDIT_PLAN)
def advice_answer(request, advice_key):
    item = rows.the_row(request, advice_key, ADVICE)
    page = EditPage(
        key=f"answer-{request.cycle.fiscal_year}-{advice_key}",
        title="アドバイスへの対応を書く",
        back=rows.back_to(request, f"advice-{advice_key}"),
        lead=f"「{item.text}」",
    )
    return edit_row(request, item, form_class=AnswerForm, page=page)
