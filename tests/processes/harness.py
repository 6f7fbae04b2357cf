"""An installation of the product in real processes: own data folder, database, broker, short leases.

with Installation.made(folder, template, broker) as here:
    here.start("worker"), here.start("beat")
    here.ask("enqueue", tags=["a"], milliseconds=800)
    here.until(lambda: here.job()["state"] == "running")
    here.kill("worker")
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.processes.databases import Database

ROOT = Path(__file__).resolve().parents[2]
OURS = ("DATABASE_URL", "CELERY_BROKER_URL", "CACHE_URL", "EMAIL_URL", "DATA_DIR", "MEDIA_ROOT")
QUICK = {
    "DJANGO_SETTINGS_MODULE": "tests.processes.settings",
    "JOB_LEASE_SECONDS": "2",
    "JOB_HEARTBEAT_SECONDS": "0.5",
    "JOB_SWEEP_SECONDS": "0.5",
    "PYTHONUNBUFFERED": "1",
    "APP_MODE": "embedded",
}
CELERY = ("-m", "celery", "--quiet", "-A", "config")
PROGRAMS = {
    "worker": (
        *CELERY,
        *("worker", "-c", "2", "-Q", "default,mail", "-l", "WARNING"),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
    ),
    "beat": (*CELERY, "beat", "-l", "WARNING", "--pidfile="),
}


@dataclass
class Installation:
    """Processes by name, each in a group of its own, and a driver that reads and writes its data."""

    folder: Path
    database: Database
    environment: dict[str, str]
    running: dict[str, subprocess.Popen] = field(default_factory=dict)
    driver: subprocess.Popen | None = None

    @classmethod
    @contextlib.contextmanager
    def made(cls, folder, template, *, broker="filesystem://", **environment):
        """Make an installation from a migrated database and remove it afterwards."""
        database = template.copied(folder / "db.sqlite3")
        ours = {"DATABASE_URL": database.url, "CELERY_BROKER_URL": broker}
        here = cls(folder, database, cls.environment_of(folder, **ours, **environment))
        try:
            yield here
        finally:
            here.end()

    @staticmethod
    def environment_of(folder, **values):
        kept = {name: value for name, value in os.environ.items() if name not in OURS}
        return kept | QUICK | {"DATA_DIR": str(folder)} | values

    def manage(self, *command):
        ended = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr

    def start(self, name, *, program=None, inside=(), **environment):
        """Start "worker" or "beat" (`program` when there are two of a kind, `inside` another command)."""
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [*inside, sys.executable, *PROGRAMS[program or name]],
                cwd=ROOT,
                env=self.environment | environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def send(self, name, number):
        """Send a signal to a process and its children."""
        os.killpg(self.running[name].pid, number)

    def kill(self, name):
        """kill -9 of the whole tree."""
        self.send(name, signal.SIGKILL)
        self.running.pop(name).wait(10)

    def ask(self, deed, /, **arguments):
        """Run a deed (a name in tests.processes.deeds, or any dotted path). Returns its result."""
        if self.driver is None:
            self.driver = subprocess.Popen(
                [sys.executable, "-m", "tests.processes.driver"],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                start_new_session=True,
            )
        path = deed if "." in deed else f"tests.processes.deeds.{deed}"
        self.driver.stdin.write(json.dumps({"deed": path, "arguments": arguments}) + "\n")
        self.driver.stdin.flush()
        answer = json.loads(self.driver.stdout.readline())
        assert "error" not in answer, answer["error"]
        return answer["result"]

    def job(self, kind=None):
        """Return the latest job (of a kind) as a dict, or an empty one."""
        return (self.ask("job_rows", kind=kind) or [{"state": None}])[-1]

    def until(self, condition, *, seconds=25):
        """Wait for a condition; fail with the processes' own words when it does not come."""
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, self.words()
            time.sleep(0.05)

    def until_running(self, kind=None):
        self.until(lambda: self.job(kind)["state"] == "running")

    def until_all_done(self, *, seconds=25):
        def all_done():
            return all(row["state"] == "done" for row in self.ask("job_rows"))

        self.until(all_done, seconds=seconds)

    def words(self):
        rows = [str(row) for row in self.ask("job_rows")]
        logs = [path.read_text(errors="replace")[-3000:] for path in self.folder.glob("*.log")]
        return "\n".join(["the condition did not come", *rows, *logs])

    def leave(self):
        """Let go of the database."""
        if self.driver:
            self.driver.stdin.close()
            self.driver.wait(60)
            self.driver.stdout.close()
            self.driver = None

    def end(self):
        for name in list(self.running):
            with contextlib.suppress(ProcessLookupError):
                self.kill(name)
        self.leave()
        self.database.drop()
        shutil.rmtree(self.folder, ignore_errors=True)


def family(process):
    """Return the processes below one, at any depth."""
    return psutil.Process(process.pid).children(recursive=True)
