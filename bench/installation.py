"""An installation of the bench's own: nothing of the caller's environment, database or broker is touched."""

import contextlib
import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import django
import psycopg2
from django.core.management import call_command

from config import environment


def prepare(folder: Path, *, database: str = "") -> None:
    """Set Django up on an empty database, whatever the caller's variables say: SQLite in `folder`, or this address."""
    settle(folder, database=database)
    call_command("migrate", verbosity=0)


def settle(folder: Path, *, database: str = "") -> None:
    """Set Django up on what lies in `folder` already, or in the database of this address."""
    for name in environment.KNOWN:
        os.environ.pop(name, None)
    os.environ["DATA_DIR"] = str(folder)
    if database:
        os.environ["DATABASE_URL"] = database
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    django.setup()


@contextlib.contextmanager
def beside(server: str) -> Iterator[str]:
    """Make an empty database beside that of a PostgreSQL address, and drop it afterwards."""
    name = f"bench_{uuid.uuid4().hex[:12]}"
    _run(server, f'CREATE DATABASE "{name}"')
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        _run(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _run(server: str, statement: str) -> None:
    connection = psycopg2.connect(server)
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute(statement)
