"""The kinds of background work of the kernel itself, which rows of this app people may delete, what waits for the operator."""

from municipalities import desk_counts, desks, document
from municipalities.kernel import mail, trash

mail.register_job()
desks.register(desks.DeskKind.OPERATOR, desk_counts.failed)

for part in document.PARTS:
    if part is not document.PROFILE:
        trash.register(part)
