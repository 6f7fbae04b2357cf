"""Registers the probe's work, and switches safeguards off where a negative control asks for it."""

import os
from contextlib import contextmanager

from django.apps import AppConfig


class ProbeConfig(AppConfig):
    name = "tests.processes.probe"
    label = "probe"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from municipalities.kernel import gathering, jobs, mail  # noqa: PLC0415 -- after the models
        from tests.processes.probe import work  # noqa: PLC0415 -- after the models

        jobs.register(work.KIND, work.work)
        mail.register(work.LETTER, compose=work.compose, settled=work.settled)
        mail.register(work.LIST, compose=work.compose_list, settled=gathering.spread)
        if os.environ.get("PROBE_WITHOUT_FENCING"):
            jobs.Running.finishing = finish_without_asking
        if os.environ.get("PROBE_QUICK_MAIL"):
            mail.STEPS = (1,)
        if faster := float(os.environ.get("PROBE_MAIL_FASTER", "0")):
            mail.STEPS = tuple(step / faster for step in mail.STEPS)
            mail.LONGEST_UNANSWERED /= faster


@contextmanager
def finish_without_asking(running):
    """What finishing() would be without the fencing token."""
    yield
    running.settle(state="done")
