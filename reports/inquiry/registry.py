"""What background work and mail call by name."""

from municipalities.kernel import jobs, mail
from reports.inquiry import mailing

jobs.register(mailing.JOB, mailing.handle, max_seconds=240, label="照会のメールの準備")
for name, label in mailing.LABELS.items():
    mail.register(name, compose=mailing.compose, settled=mailing.settled, label=label)
