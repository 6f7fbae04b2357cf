"""Settings of the test run: the product's own, with cheap hashing and no files left behind."""

import atexit
import os
import shutil
import tempfile

if "DATA_DIR" not in os.environ:
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="hccp-test-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)

from config.settings import *  # noqa: F403 -- the point of this module

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
BASE_URL = "https://pdca.example.jp"
PUBLIC_BASE_URL = "https://renkei.example.jp"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
REQUIRE_MFA = False
# Workers run side by side: the files of one are not the other's.
MEDIA_ROOT = DATA_DIR / os.environ.get("PYTEST_XDIST_WORKER", "alone") / "media"  # noqa: F405 -- from the settings above
