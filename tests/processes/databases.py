"""A migrated database and copies of it: a file of SQLite, or databases beside that of DATABASE_URL."""

import contextlib
import os
import shutil
import uuid
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2


@dataclass(frozen=True)
class Database:
    """One database by its address."""

    url: str

    @property
    def is_file(self):
        return self.url.startswith("sqlite")

    @property
    def name(self):
        return urlsplit(self.url).path.removeprefix("/")

    @classmethod
    def new(cls, path):
        """Make an empty one: on the server of DATABASE_URL if that is PostgreSQL, else a file."""
        server = os.environ.get("DATABASE_URL", "")
        if not server.startswith("postgres"):
            return cls(f"sqlite:///{path}")
        made = cls(_renamed(server))
        made._on_server(f'CREATE DATABASE "{made.name}"')
        return made

    def copied(self, path):
        """Return a copy. Nobody may be connected to a copied PostgreSQL database."""
        if self.is_file:
            shutil.copyfile(self.url.removeprefix("sqlite:///"), path)
            return Database(f"sqlite:///{path}")
        copy = Database(_renamed(self.url))
        copy._on_server(f'CREATE DATABASE "{copy.name}" TEMPLATE "{self.name}"')
        return copy

    def drop(self):
        if self.is_file:
            Path(self.url.removeprefix("sqlite:///")).unlink(missing_ok=True)
        else:
            self._on_server(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    def _on_server(self, statement):
        server = psycopg2.connect(os.environ["DATABASE_URL"])
        server.autocommit = True
        with contextlib.closing(server), server.cursor() as cursor:
            cursor.execute(statement)


def _renamed(url):
    return urlunsplit(urlsplit(url)._replace(path=f"/hccp_processes_{uuid.uuid4().hex[:12]}"))
