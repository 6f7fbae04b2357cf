"""The kinds of background work of the kernel itself, and which rows of this app people may delete."""

from municipalities import document
from municipalities.kernel import mail, trash
from municipalities.people import invitation_mail, inviting

mail.register_job()
mail.register(
    inviting.MAIL,
    compose=invitation_mail.compose,
    settled=invitation_mail.settled,
    label="招待",
)

for part in document.PARTS:
    if part is not document.PROFILE:
        trash.register(part)
