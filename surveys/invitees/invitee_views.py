"""依頼先: the offices of a round, who has not answered, and writing to them."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from municipalities.access import Permission, requires
from municipalities.kernel.mail import OutgoingMail
from surveys.invitees import inviting
from surveys.invitees.invitee_forms import InviteesForm
from surveys.models import Invitee
from surveys.models.rounds import EMPTIED
from surveys.rounds import door_address
from surveys.rounds.door_address import Door
from surveys.rounds.round_rows import press, the_round

DONE = {
    inviting.INVITED: "依頼のメールを送信待ちにしました。順に送られます。",
    inviting.REMINDED: "まだ回答のない依頼先への督促（再依頼）のメールを、送信待ちにしました。順に送られます。",
}

# While somebody could follow the link of a letter.
PRINTABLE = {Door.OPEN, Door.BEFORE}


def list_address(request, row):
    return request.cycle.url("surveys:invitee_list", row.key)


@require_safe
@requires(Permission.EDIT_PLAN)
def invitee_list(request, round_key):
    row = the_round(request, round_key)
    found = Invitee.objects.filter(round=row).select_related("token").order_by("position", "pk")
    only_waiting = request.GET.get("show") == "unanswered"
    everybody = list(found)
    shown = [one for one in everybody if not (only_waiting and one.answered_on)]
    mails = OutgoingMail.objects.filter(
        kind__in=inviting.KINDS, reference__in=[one.pk for one in shown]
    )
    latest = {mail.reference: mail for mail in mails.order_by("pk")}
    context = {
        "round": row,
        "invitees": [
            (one, latest.get(one.pk), one.token and door_address.of_token(one.token))
            for one in shown
        ],
        "only_waiting": only_waiting,
        "count": len(everybody),
        "answered": sum(one.answered_on is not None for one in everybody),
        "letters": inviting.parts_on_paper(row),
        "may_print": door_address.standing(row, today=timezone.localdate()) in PRINTABLE,
        "to_invite": inviting.waiting(row, inviting.INVITED).count(),
        "to_remind": inviting.waiting(row, inviting.REMINDED).count(),
    }
    return render(request, "surveys/rounds/invitee_list.html", context)


@requires(Permission.EDIT_PLAN)
def invitee_add(request, round_key):
    row = the_round(request, round_key)
    if row.is_emptied:
        messages.warning(request, EMPTIED)
        return redirect(list_address(request, row))
    form = InviteesForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            count = inviting.add(row, form.offices, by=request.user)
        except ValidationError as error:
            form.add_error("offices_text", error)
        else:
            messages.success(request, f"依頼先を{count}件追加しました。")
            return redirect(list_address(request, row))
    context = {"form": form, "round": row}
    status = 422 if form.errors else 200
    return render(request, "surveys/rounds/invitee_add.html", context, status=status)


@require_POST
@requires(Permission.EDIT_PLAN)
def invitee_remove(request, round_key, invitee_key):
    row = the_round(request, round_key)
    invitee = get_object_or_404(Invitee, round=row, key=invitee_key)
    inviting.remove(invitee, by=request.user)
    messages.success(request, f"「{invitee.name}」を依頼先から外しました。")
    return redirect(list_address(request, row))


@require_POST
@requires(Permission.EDIT_PLAN)
def invitee_write(request, round_key, kind):
    """Write to those who were not written to yet, or again to those who have not answered."""
    row = the_round(request, round_key)
    return press(
        request,
        row,
        deed=partial(inviting.write, kind=kind),
        done=DONE[kind],
        back=list_address(request, row),
    )
