"""Settings of the real processes in these tests: the product's own, and one app with work to be killed."""

from config.settings import *  # noqa: F403 -- the point of this module
from config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.processes.probe"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
REQUIRE_MFA = False
