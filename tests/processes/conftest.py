"""Fixtures of the tests through real processes."""

import contextlib
import subprocess
import sys

import pytest

from tests.processes import brokers
from tests.processes.databases import Database
from tests.processes.harness import ROOT, Installation
from tests.processes.smtp import free_port


@pytest.fixture(scope="session")
def django_db_setup():
    """The installations have databases of their own; the test run's stays untouched."""


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """A migrated database with one municipality and one officer, to be copied."""
    folder = tmp_path_factory.mktemp("template")
    empty = Database.new(folder / "empty.sqlite3")
    ours = Installation.environment_of(folder, DATABASE_URL=empty.url)
    here = Installation(folder, empty, ours)
    try:
        here.manage("migrate", "--run-syncdb", "--verbosity=0")
        here.ask("prepare")
        here.leave()
        yield empty
    finally:
        here.leave()
        empty.drop()


@pytest.fixture(params=["filesystem", "redis"])
def broker(request, tmp_path):
    """The address of each broker in turn."""
    if request.param == "filesystem":
        yield "filesystem://"
        return
    with brokers.any_server(tmp_path) as server:
        yield server.url


@pytest.fixture
def installed(tmp_path, template):
    """Return a maker of installations that are ended with the test."""
    with contextlib.ExitStack() as stack:

        def make(**options):
            folder = tmp_path / f"installation-{len(list(tmp_path.iterdir()))}"
            folder.mkdir()
            return stack.enter_context(Installation.made(folder, template, **options))

        yield make


@pytest.fixture
def demo(installed):
    """Return (process, port, its words) of a demo that is ready."""
    here = installed(DJANGO_SETTINGS_MODULE="config.settings")
    port = free_port()
    words = here.folder / "demo.out"
    with words.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "demo", "--port", str(port)],
            cwd=ROOT,
            env=here.environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    here.running["demo"] = process
    here.until(lambda: "Ctrl-C" in words.read_text() or process.poll() is not None, seconds=600)
    assert process.poll() is None, words.read_text()
    return process, port, words
