"""調査の実施: a round of asking with how many came back; opening, closing, and deleting its answers."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from municipalities.access import Permission, requires
from municipalities.pages import ordering
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import EditPage, edit_row
from surveys.choices import RoundState
from surveys.models import Invitee, Questionnaire, SurveyRound
from surveys.questionnaires.shape import form_shape, readings
from surveys.rounds import door_address, emptying, opening, returns, round_deleting
from surveys.rounds.round_forms import EmptyingForm, NewRoundForm, RoundForm
from surveys.rounds.round_rows import press, the_round
from surveys.year_rows import append, list_url

NO_QUESTIONNAIRE = "先に調査票を作ってください。調査票ができると、実施の予定を登録できます。"


@require_safe
@requires(Permission.VIEW_PLAN)
def round_page(request, round_key):
    row = the_round(request, round_key)
    today = timezone.localdate()
    form = form_shape.read(row.questionnaire)
    told, invitee_count = returns.of(row), Invitee.objects.filter(round=row).count()
    context = {
        "round": row,
        "returns": told,
        "invitee_count": invitee_count,
        # Of nobody and nothing there is nothing to delete.
        "may_empty": not row.is_emptied and (told.received or invitee_count),
        "door": door_address.standing(row, today=today),
        "address": door_address.of(row),
        "code": door_address.drawn(row),
        "warning": emptying.warning_of(row, today=today),
        "has_readings": readings.has_any(form),
        "lacks": opening.lacking(row, form) if row.state == RoundState.DRAFT else (),
        "is_past": row.closes_on is not None and row.closes_on < today,
    }
    return render(request, "surveys/rounds/round.html", context)


@requires(Permission.EDIT_PLAN)
def round_add(request):
    if not Questionnaire.objects.exists():
        messages.warning(request, NO_QUESTIONNAIRE)
        return redirect(list_url(request, "rounds"))
    page = EditPage(
        key=f"survey-round-new-{request.cycle.fiscal_year}",
        title="調査の実施を登録する",
        back=list_url(request, "rounds"),
        lead="どの調査票を、だれに、いつ聞くかを登録します。登録しただけでは、受付は始まりません。",
        lands=lambda form: form.instance.page,
    )
    chosen = Questionnaire.objects.filter(key=request.GET.get("questionnaire", "")).first()
    return add_row(
        request,
        SurveyRound(
            cycle=request.cycle, questionnaire=chosen, title=chosen.title if chosen else ""
        ),
        form_class=NewRoundForm,
        page=page,
        deed=partial(
            append, among=SurveyRound.objects.filter(cycle=request.cycle), by=request.user
        ),
    )


@requires(Permission.EDIT_PLAN)
def round_edit(request, round_key):
    row = the_round(request, round_key)
    page = EditPage(
        key=f"survey-round-{request.cycle.fiscal_year}-{round_key}",
        title="調査の実施を編集する",
        back=row.page,
    )
    return edit_row(request, row, form_class=RoundForm, page=page)


@requires(Permission.EDIT_PLAN)
def round_delete(request, round_key):
    row = the_round(request, round_key)
    try:
        row.refuse_deleting()
    except ValidationError as error:
        messages.warning(request, error.messages[0])
        return redirect(row.page)
    page = DeletePage(
        title="調査の実施を削除する",
        back=list_url(request, "rounds"),
        lead="回答や依頼先があるときは、先に「回答を今すぐ消す」を行ってください。",
    )
    return delete_row(request, row, page=page, deed=round_deleting.throw_away)


@require_POST
@requires(Permission.EDIT_PLAN)
def round_move(request, round_key, step):
    among = SurveyRound.objects.filter(cycle=request.cycle)
    ordering.move(the_round(request, round_key), among=among, step=step, by=request.user)
    return redirect(list_url(request, f"round-{round_key}"))


@requires(Permission.EDIT_PLAN)
def round_empty(request, round_key):
    """Ask first: what goes cannot be taken back."""
    row = the_round(request, round_key)
    form = EmptyingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = "回答と依頼先を消しました。集計表は残っています。"
        return press(request, row, deed=emptying.empty, done=done)
    context = {"form": form, "round": row, "returns": returns.of(row)}
    status = 422 if form.is_bound else 200
    return render(request, "surveys/rounds/round_empty.html", context, status=status)
