"""Ringing for a worker. A broker that is down or hangs costs a request little and loses nothing."""

import logging
import time
from dataclasses import dataclass

from celery import current_app
from django.conf import settings
from kombu import Connection
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)

TASK = "municipalities.tasks.run_job"
# What a request waits at most for the broker, in seconds.
SECONDS = 1
# After a broker did not answer, this process leaves ringing to the sweeper for so many seconds: a
# deed that writes several jobs waits once.
SILENCE = 5
# The libraries retry by themselves, with pauses longer than a request may take.
ONCE = {"max_retries": 1, "interval_start": 0, "interval_step": 0}
REDIS = {"socket_timeout": SECONDS, "socket_connect_timeout": SECONDS, "retry_on_timeout": False}


@dataclass(slots=True)
class Silence:
    """Until when this process does not try to ring, on its monotonic clock."""

    until: float = 0.0


silence = Silence()


def ring(job_pk, *, queue):
    """Send the job's number to the workers. False when the broker did not take it: the sweeper will.

    The connection is the bell's own: a worker's consumer waits longer for its broker than a
    request may.
    """
    if time.monotonic() < silence.until:
        return False
    connection = _connection()
    errors = (OperationalError, OSError, *connection.connection_errors, *connection.channel_errors)
    try:
        with connection:
            current_app.send_task(
                TASK, args=[job_pk], queue=queue, connection=connection, retry=False
            )
    except errors as error:
        log.warning("the bell for job %s did not ring: %s", job_pk, error)
        silence.until = time.monotonic() + SILENCE
        return False
    return True


def _connection():
    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS | ONCE
    if settings.CELERY_BROKER_URL.startswith("redis"):
        options |= REDIS
    return Connection(
        settings.CELERY_BROKER_URL, transport_options=options, connect_timeout=SECONDS
    )
