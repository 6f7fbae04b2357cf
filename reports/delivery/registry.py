"""What background work and mail call by name."""

from municipalities.kernel import gathering, jobs, mail
from reports.delivery import (
    approval_mail,
    copying,
    decision_mail,
    digest,
    errata_mail,
    mailing,
    making,
)
from reports.submission.advising import accepting, commenting, deciding
from reports.submission.reworking import errata
from reports.submission.showing.publishing import MAKE_COPY
from reports.submission.submitting import approving
from reports.submission.submitting.submit import MAKE_PDF

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
mail.register(
    approving.ASKED,
    compose=approval_mail.compose_request,
    settled=approval_mail.settled,
    label="上長確認のお願い",
)
mail.register(
    approving.ANSWERED,
    compose=approval_mail.compose_answer,
    settled=approval_mail.settled,
    label="上長確認の結果",
)
mail.register(
    errata.MAIL,
    compose=errata_mail.compose,
    settled=errata_mail.settled,
    label="正誤のお知らせ",
)
mail.register(
    mailing.COPY,
    compose=mailing.compose,
    settled=mailing.settled,
    label="報告書の写しの送付（都道府県）",
)
mail.register(
    digest.DIGEST,
    compose=digest.compose,
    settled=gathering.spread,
    label="報告書のお知らせ（まとめ）",
)
mail.register(
    deciding.MAIL,
    compose=decision_mail.compose_decision,
    settled=decision_mail.settled,
    label="アドバイザーの判断",
)
mail.register(
    commenting.MAIL,
    compose=decision_mail.compose_comments,
    settled=decision_mail.settled,
    label="アドバイザーのコメント",
)
mail.register(
    accepting.MAIL,
    compose=decision_mail.compose_acceptance,
    settled=decision_mail.settled,
    label="受理のお知らせ",
)
