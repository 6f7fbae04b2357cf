"""ヒアリング: one hearing with what it brought, and editing it."""

from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from municipalities.access import Permission, requires
from surveys.hearings.hearing_forms import HearingForm
from surveys.models import Hearing, HearingVoice
from surveys.year_rows import Listed, the_row

HEARINGS = Listed(
    Hearing,
    HearingForm,
    name="hearing",
    anchor="hearings",
    add_title="ヒアリングを追加する",
    edit_title="ヒアリングを編集する",
    delete_title="ヒアリングを削除する",
    lead="聞いた相手は、団体・職種・人数で登録します。個人の名前は登録しません。",
)


@require_safe
@requires(Permission.VIEW_PLAN)
def hearing(request, hearing_key):
    row = the_row(request, Hearing, hearing_key)
    voices = HearingVoice.objects.filter(hearing=row).select_related("topic")
    return render(request, "surveys/hearing.html", {"hearing": row, "voices": voices})


@requires(Permission.EDIT_PLAN)
def hearing_add(request):
    return HEARINGS.add(request)


@requires(Permission.EDIT_PLAN)
def hearing_edit(request, hearing_key):
    return HEARINGS.edit(request, hearing_key)


@requires(Permission.EDIT_PLAN)
def hearing_delete(request, hearing_key):
    return HEARINGS.delete(request, hearing_key)


@require_POST
@requires(Permission.EDIT_PLAN)
def hearing_move(request, hearing_key, step):
    return HEARINGS.move(request, hearing_key, step)
