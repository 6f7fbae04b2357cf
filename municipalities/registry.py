"""The kinds of background work of the kernel itself, which rows of this app people may delete, what waits for the operator."""

from municipalities import document
from municipalities.kernel import mail, trash
from municipalities.menus import desks
from municipalities.operating import desk_counts
from municipalities.people import invitation_mail, inviting

mail.register_job()
desks.register(desks.DeskKind.OPERATOR, desk_counts.failed)
mail.register(
    inviting.MAIL,
    compose=invitation_mail.compose,
    settled=invitation_mail.settled,
    label="招待",
)

for part in document.PARTS:
    if part is not document.PROFILE:
        trash.register(part)
