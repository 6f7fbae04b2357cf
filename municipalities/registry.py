"""The kinds of background work of the kernel itself, and which rows of this app people may delete."""

from municipalities import document
from municipalities.kernel import mail, trash

mail.register_job()

for part in document.PARTS:
    if part is not document.PROFILE:
        trash.register(part)
