"""As what somebody receives a report, and whether they still may: asked again when the mail is written."""

from municipalities.access import Permission, may_in, may_in_prefecture
from reports.choices import RecipientPart

ENDED = {
    RecipientPart.ADVISER: "アドバイザーの任期が終わったため、送信していません。",
    RecipientPart.SUPERIOR: "宛先の方がこの自治体の担当から外れたため、送信していません。",
    RecipientPart.PREFECTURE: "宛先の方がこの都道府県の担当から外れたため、送信していません。",
}


def may_receive(user, part, municipality):
    """Say whether this account may read, as this part, what the municipality submits today."""
    if part == RecipientPart.PREFECTURE:
        return may_in_prefecture(user, Permission.VIEW_PREFECTURE, municipality.prefecture)
    needed = {
        RecipientPart.ADVISER: Permission.READ_SUBMITTED,
        RecipientPart.SUPERIOR: Permission.APPROVE_REPORT,
    }
    return may_in(user, needed[part], municipality)


def refusal(delivery):
    """Return why this delivery must not go out, or nothing. Its report's place must be at hand."""
    part = RecipientPart(delivery.part)
    place = delivery.report.cycle.municipality
    return "" if may_receive(delivery.recipient, part, place) else ENDED[part]
