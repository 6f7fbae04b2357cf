"""Settings of the real processes in these tests: the product's own, and one app with work to be killed."""

import os

from config.settings import *  # noqa: F403 -- the point of this module
from config.settings import INSTALLED_APPS

if "WITHOUT_MIGRATIONS" in os.environ:
    # Tables are made from the models themselves, as the test run makes them (`--no-migrations`).
    MIGRATION_MODULES = {name.split(".")[-1]: None for name in INSTALLED_APPS}

INSTALLED_APPS = [*INSTALLED_APPS, "tests.processes.probe"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
REQUIRE_MFA = False
