"""What background work and mail call by name."""

from municipalities.kernel import jobs, mail
from reports.delivery import mailing, making
from reports.submission.submit import MAKE_PDF

# No permission of the actor: once submitted, a report goes out though its writer has moved on.
# The recipient's right is asked again when the mail is composed.
jobs.register(MAKE_PDF, making.handle, max_seconds=180, label="PDFの作成")
mail.register(mailing.MAIL, compose=mailing.compose, settled=mailing.settled, label="報告書の送付")
