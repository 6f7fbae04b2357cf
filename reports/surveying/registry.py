"""What background work and mail call by name."""

from municipalities.kernel import jobs, mail
from reports.surveying import mailing

jobs.register(mailing.JOB, mailing.handle, max_seconds=240, label="県の調査票のメールの準備")
mail.register(mailing.MAIL, compose=mailing.compose, settled=mailing.settled, label=mailing.LABEL)
