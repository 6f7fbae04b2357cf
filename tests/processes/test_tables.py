"""The tables that migrations make are those of the models: from these the test run makes its own."""

import pytest

from tests.processes.databases import Database
from tests.processes.harness import Installation

# Django's own: what has been migrated, and a key that its migrations make as large as ours and its models do not.
FOREIGN = {"django_migrations", "auth_group_permissions"}


@pytest.fixture
def unmigrated(tmp_path):
    """An installation whose tables are made without a migration."""
    empty = Database.new(tmp_path / "unmigrated.sqlite3")
    ours = Installation.environment_of(tmp_path, DATABASE_URL=empty.url, WITHOUT_MIGRATIONS="1")
    here = Installation(tmp_path, empty, ours)
    try:
        here.manage("migrate", "--run-syncdb", "--verbosity=0")
        yield here
    finally:
        here.leave()
        empty.drop()


def test_migrations_make_the_tables_of_the_models(installed, unmigrated):
    migrated, made = installed().ask("tables"), unmigrated.ask("tables")

    assert migrated.keys() - FOREIGN == made.keys() - FOREIGN
    others = {name for name, told in made.items() if migrated.get(name) != told}
    assert {name: (migrated[name], made[name]) for name in others - FOREIGN} == {}


def test_a_column_and_an_index_too_few_are_seen(unmigrated):
    """The control: what is told holds what a migration could have forgotten."""
    before = unmigrated.ask("tables")["municipalities_municipality"]

    assert [one for one in before["columns"] if one[0] == "code"]
    assert [one for one in before["constraints"] if '"columns": ["code"]' in one]
