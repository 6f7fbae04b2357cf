"""What background work and mail call by name."""

from municipalities.kernel import jobs, mail
from reports.delivery import copying, mailing, making
from reports.submission.publishing import MAKE_COPY
from reports.submission.submit import MAKE_PDF

# No permission of the actor: once submitted, a report goes out though its writer has moved on.
# The recipient's right is asked again when the mail is composed.
jobs.register(MAKE_PDF, making.handle, max_seconds=180, label="PDFの作成")
jobs.register(
    MAKE_COPY,
    copying.handle,
    max_seconds=180,
    failed=copying.failed,
    label="都道府県用の写しの作成",
)
mail.register(mailing.MAIL, compose=mailing.compose, settled=mailing.settled, label="報告書の送付")
