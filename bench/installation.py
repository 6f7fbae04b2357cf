"""An installation of the bench's own: nothing of the caller's environment, database or broker is touched."""

import os
from pathlib import Path

import django
from django.core.management import call_command

from config import environment


def prepare(folder: Path) -> None:
    """Set Django up on an empty SQLite database in `folder`, whatever the caller's variables say."""
    settle(folder)
    call_command("migrate", verbosity=0)


def settle(folder: Path) -> None:
    """Set Django up on what lies in `folder` already."""
    for name in environment.KNOWN:
        os.environ.pop(name, None)
    os.environ["DATA_DIR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    django.setup()
