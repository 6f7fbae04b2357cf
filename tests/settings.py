"""Settings of the test run: the product's own, with cheap hashing and no files left behind."""

import os
import tempfile

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="hccp-test-"))

from config.settings import *  # noqa: F403 -- the point of this module

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
BASE_URL = "https://pdca.example.jp"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
REQUIRE_MFA = False
