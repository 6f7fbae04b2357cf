"""The mails to offices that are asked, composed when they are sent: link and address stand in no queue."""

from django.template.loader import render_to_string

from municipalities.japanese import dates
from municipalities.kernel import mail
from surveys.choices import RoundState
from surveys.invitees.inviting import REMINDED
from surveys.models import Invitee
from surveys.rounds import door_address

REMOVED = "依頼先が一覧から削除されたため、送信していません。"
ANSWERED = "すでに回答があったため、送信していません。"
NOT_ASKING = "受付が終わっているため、送信していません。"
NO_LINK = "回答の画面のアドレスを作れないため、送信していません。運営管理者に知らせてください。"


def compose(outgoing):
    """Write to one office. Raises mail.Withhold where that would be of no use."""
    rows = Invitee.objects.select_related("round__questionnaire", "token")
    invitee = rows.filter(pk=outgoing.reference).first()
    if invitee is None or not invitee.email:
        raise mail.Withhold(REMOVED)
    if invitee.answered_on is not None:
        raise mail.Withhold(ANSWERED)
    row = invitee.round
    if row.state != RoundState.ASKING or row.closes_on is None:
        raise mail.Withhold(NOT_ASKING)
    link = door_address.of_token(invitee.token) if invitee.token else ""
    if not link:
        raise mail.Withhold(NO_LINK)
    context = {
        "invitee": invitee,
        "round": row,
        "place": outgoing.municipality,
        "link": link,
        "until": dates.in_both(row.closes_on),
        "is_reminder": outgoing.kind == REMINDED,
    }
    again = "（再度のお願い）" if outgoing.kind == REMINDED else ""
    subject = f"【{outgoing.municipality}】{row.title}への回答のお願い{again}"
    text = render_to_string("surveys/mail/invitation.txt", context)
    return mail.Letter(subject, text, to=invitee.email)


def settled(outgoing):
    """Nothing hangs on this mail: the list of offices reads how it ended."""
