"""Fixtures: one world for each worker, and clients signed in as its cast."""

import gc

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import settings

import municipalities.reference
from indicators.comparison.reading import shelf
from municipalities.models import User
from municipalities.tenancy import within
from tests import world

# The same examples in every run, however slow the machine: a change alone turns a test red.
settings.register_profile("house", derandomize=True, deadline=None)
settings.load_profile("house")

# So many objects are made before the next collection; Python's own 700 suit a program without a framework.
NEW_OBJECTS = 50_000
# Settings that are only read, Git and pip, Node, the render server, a Redis, a SQLite of the test's own.
THEIR_PROCESSES_OPEN_NONE = {
    "test_settings",
    "test_house",
    "test_fields",
    "test_printed_box",
    "test_paper_server",
    "test_cache",
    "test_commands",
}


def pytest_addoption(parser):
    parser.addoption(
        "--second-database",
        action="store_true",
        help="run only what a database can answer differently; the rest has run on the first one",
    )


def pytest_collection_modifyitems(config, items):
    if config.getoption("--second-database"):
        left = [item for item in items if not asks_a_database(item)]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if asks_a_database(item)]


def pytest_collection_finish():
    """What is imported by now stays to the end: walking it at each collection costs a tenth of the run's CPU."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS)


def asks_a_database(item):
    """Whether a test may open the run's database itself, or starts a process that may."""
    opens = item.get_closest_marker("django_db") or "django_db_setup" in item.fixturenames
    starts = "subprocess" in vars(item.module) or "processes" in item.path.parts
    return bool(opens) or (starts and item.path.stem not in THEIR_PROCESSES_OPEN_NONE)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Build the world once; tests change it inside transactions that are rolled back."""
    with django_db_blocker.unblock():
        world.build()


@pytest.fixture(autouse=True)
def nothing_remembered():
    """A test begins as a process does: no published column has been read yet."""
    shelf.forget()


@pytest.fixture
def committed_world(transactional_db):
    """The world for a test that commits: such tests empty the database behind them."""
    if not User.objects.filter(username="editor").exists():
        world.build()


@pytest.fixture(scope="module")
def country(django_db_setup, django_db_blocker):
    """The places of the whole country, for one module; its tests' own changes are rolled back before."""
    with django_db_blocker.unblock(), transaction.atomic():
        municipalities.reference.load()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def people(db):
    return {user.username: user for user in User.objects.all()}


@pytest.fixture
def cycle(db):
    return world.cycle_of()


@pytest.fixture
def here(cycle):
    """The test runs within 見本市."""
    with within(cycle.municipality):
        yield cycle


@pytest.fixture
def sign_in(people):
    """Return a client signed in under this name."""

    def enter(username):
        client = Client()
        client.force_login(people[username])
        return client

    return enter


@pytest.fixture
def as_editor(sign_in):
    return sign_in("editor")


@pytest.fixture
def as_adviser(sign_in):
    return sign_in("adviser")
