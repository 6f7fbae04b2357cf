"""The squashed migrations make what the single ones make, and an installation may come from either."""

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration
from django.db.migrations.operations import CreateModel
from django.db.migrations.state import ProjectState

from municipalities.fence.checks import OURS
from municipalities.migration_operations import CreateModels


@pytest.fixture(autouse=True)
def with_migrations(settings):
    """The run itself makes its tables without them."""
    settings.MIGRATION_MODULES = {}


def loaded(*, replaced):
    return MigrationLoader(None, replace_migrations=replaced)


def test_the_squashed_and_the_single_migrations_end_in_the_same_state():
    graph = loaded(replaced=False).graph
    last = [node for app in OURS for node in graph.leaf_nodes(app) if "squashed" not in node[1]]
    single = graph.make_state(nodes=last, real_apps=set())
    squashed = loaded(replaced=True).graph.make_state(
        nodes=[
            (app, name) for app, name in loaded(replaced=True).graph.leaf_nodes() if app in OURS
        ],
        real_apps=set(),
    )
    assert MigrationAutodetector(single, squashed)._detect_changes() == {}
    assert MigrationAutodetector(squashed, single)._detect_changes() == {}


def test_each_app_starts_from_one_squashed_migration():
    graph = loaded(replaced=True).graph
    for app in OURS:
        (root,) = graph.root_nodes(app)
        assert root[1].startswith("0001_squashed_"), app
    disk = loaded(replaced=True).disk_migrations
    replaced = {name for migration in disk.values() for name in migration.replaces}
    assert replaced
    assert replaced <= disk.keys()


def test_models_made_at_once_are_there_and_go_again(transactional_db):
    many = [
        CreateModel(name, [("id", models.AutoField(primary_key=True))]) for name in ("One", "Two")
    ]
    migration = Migration("0001_try", apps.get_app_config("municipalities").label)
    migration.operations = [CreateModels(many)]
    tables = {"municipalities_one", "municipalities_two"}
    with connection.schema_editor() as editor:
        migration.apply(ProjectState(), editor)
    assert tables <= set(connection.introspection.table_names())
    with connection.schema_editor() as editor:
        migration.unapply(ProjectState(), editor)
    assert not tables & set(connection.introspection.table_names())
