"""Which rows of the support may be deleted by people."""

from municipalities.kernel import trash
from reports.document import support

# Nothing goes along with anything here: what holds a row is shown, and is taken off first.
for part in (
    support.MEMBERS,
    support.STEPS,
    support.TASKS,
    support.ADVICE,
    support.SUPPORT_ISSUES,
    support.EFFECTS,
    support.OUTLOOKS,
):
    trash.register(part)
