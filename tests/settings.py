"""Settings of the test run: the product's own, with cheap hashing and no files left behind."""

import atexit
import os
import shutil
import tempfile

if "DATA_DIR" not in os.environ:
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="hccp-test-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)

from config.settings import *  # noqa: F403 -- the point of this module
from tests.redis_indexes import own_index

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
BASE_URL = "https://pdca.example.jp"
PUBLIC_BASE_URL = "https://renkei.example.jp"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
REQUIRE_MFA = False
# Workers run side by side: neither the files of one are the other's, nor its queue, cache and counts.
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")
MEDIA_ROOT = DATA_DIR / WORKER / "media"  # noqa: F405 -- from the settings above
CELERY_BROKER_URL = own_index(CELERY_BROKER_URL, WORKER)  # noqa: F405
if "LOCATION" in CACHES["default"]:  # noqa: F405
    CACHES["default"]["LOCATION"] = own_index(CACHES["default"]["LOCATION"], WORKER)  # noqa: F405
