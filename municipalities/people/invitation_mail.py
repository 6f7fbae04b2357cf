"""The mail of an invitation, composed when it is sent: the link is derived then and stored nowhere."""

from django.conf import settings
from django.template.loader import render_to_string

from municipalities.kernel import mail, tokens
from municipalities.models import Invitation
from municipalities.people import accepting, inviting
from municipalities.people.offers import name_of

REPLACED = "招待が送り直されたため、このメールは送信していません。"
KEY_CHANGED = "招待のリンクを作れなくなったため、送信していません。招待を送り直してください。"
NO_ADDRESS = "このシステムのアドレス（BASE_URL）が設定されていないため、送信していません。"


def compose(outgoing):
    """Write the invitation. Raises mail.Withhold when its link would lead nowhere."""
    rows = Invitation.objects.select_related("user", "token", "invited_by")
    invitation = rows.filter(token_id=outgoing.reference).first()
    if invitation is None:
        raise mail.Withhold(REPLACED)
    if trouble := accepting.trouble_with(invitation):
        raise mail.Withhold(trouble)
    if not settings.BASE_URL:
        raise mail.Withhold(NO_ADDRESS)
    try:
        link = inviting.link_of(invitation.token)
    except tokens.SecretLost as lost:
        raise mail.Withhold(KEY_CHANGED) from lost
    place = name_of(invitation)
    context = {"invitation": invitation, "place": place, "link": link}
    subject = f"【在宅医療・介護連携PDCA】{place}の{invitation.get_role_display()}としての招待"
    return mail.Letter(subject, render_to_string("municipalities/mail/invitation.txt", context))


def settled(outgoing):
    """Nothing hangs on this mail: the list of people says how long the link works."""
