"""The probe's job and letter."""

import time

from municipalities.kernel import gathering
from municipalities.kernel.mail import Letter
from tests.processes.probe.models import Mark

KIND = "probe"
LETTER = "probe_letter"
LIST = "probe_list"


def work(running):
    """Work for `milliseconds`, then leave one mark."""
    time.sleep(running.arguments["milliseconds"] / 1000)
    with running.finishing():
        Mark.objects.create(tag=running.arguments["tag"], attempt=running.attempt)


def compose(outgoing):
    attachment = ("report.pdf", b"%PDF-1.7 " + b"x" * 5000, "application/pdf")
    return Letter(f"報告書 {outgoing.reference}", "報告書をお送りします。", (attachment,))


def compose_list(outgoing):
    references = [row.reference for row in gathering.gathered(outgoing)]
    return Letter("お知らせ", "\n".join(str(reference) for reference in references))


def settled(outgoing):
    Mark.objects.create(tag=f"letter {outgoing.reference} {outgoing.state}")
