"""ヒアリング: one hearing with what it brought, and editing it."""

from functools import partial

from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from municipalities.access import Permission, requires
from municipalities.adding import add_row
from municipalities.deleting import DeletePage, delete_row
from municipalities.editing import EditPage, edit_row
from surveys.hearings.hearing_forms import HearingForm
from surveys.models import Hearing, HearingVoice
from surveys.year_rows import append, list_url, move, the_row


@require_safe
@requires(Permission.VIEW_PLAN)
def hearing(request, hearing_key):
    row = the_row(request, Hearing, hearing_key)
    voices = HearingVoice.objects.filter(hearing=row).select_related("topic")
    return render(request, "surveys/hearing.html", {"hearing": row, "voices": voices})


@requires(Permission.EDIT_PLAN)
def hearing_add(request):
    page = EditPage(
        key=f"hearing-new-{request.cycle.fiscal_year}",
        title="ヒアリングを追加する",
        back=list_url(request, "hearings"),
        lead="聞いた相手は、団体・職種・人数で登録します。個人の名前は登録しません。",
    )
    among = Hearing.objects.filter(cycle=request.cycle)
    return add_row(
        request,
        Hearing(cycle=request.cycle),
        form_class=HearingForm,
        page=page,
        deed=partial(append, among=among, by=request.user),
    )


@requires(Permission.EDIT_PLAN)
def hearing_edit(request, hearing_key):
    row = the_row(request, Hearing, hearing_key)
    page = EditPage(
        key=f"hearing-{request.cycle.fiscal_year}-{hearing_key}",
        title="ヒアリングを編集する",
        back=request.cycle.url("surveys:hearing", hearing_key),
    )
    return edit_row(request, row, form_class=HearingForm, page=page)


@requires(Permission.EDIT_PLAN)
def hearing_delete(request, hearing_key):
    page = DeletePage(title="ヒアリングを削除する", back=list_url(request, "hearings"))
    return delete_row(request, the_row(request, Hearing, hearing_key), page=page)


@require_POST
@requires(Permission.EDIT_PLAN)
def hearing_move(request, hearing_key, step):
    row = the_row(request, Hearing, hearing_key)
    among = Hearing.objects.filter(cycle=request.cycle)
    back = list_url(request, f"hearing-{hearing_key}")
    return move(request, row, among=among, step=step, back=back)
