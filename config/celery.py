"""The Celery app: a bell for the Job table (docs/adr/0005)."""

import os

from celery import Celery

from config import filebroker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
filebroker.install()

app = Celery("config")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
