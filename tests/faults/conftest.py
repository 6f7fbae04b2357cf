"""Fixtures of the fault tests: the installations of tests/processes."""

from tests.processes.conftest import broker, demo, django_db_setup, installed, template

__all__ = ["broker", "demo", "django_db_setup", "installed", "template"]
