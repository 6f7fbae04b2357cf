"""Settings of the bench: an embedded installation's own, and beside its addresses the empty pages."""

from config.settings import *  # noqa: F403 -- the point of this module

ROOT_URLCONF = "bench.reference.empty_pages"
PUBLIC_BASE_URL = "https://renkei.example.jp"
EMAIL_BACKEND = "municipalities.kernel.mailbox.FileMailbox"
# What goes wrong shows in the table; a request's warnings would tear it apart.
LOGGING = {"version": 1, "disable_existing_loggers": False, "root": {"level": "ERROR"}}
# The CPU of the server's process for our connection is counted, so that it must be the same one from first to last.
DATABASES["default"]["CONN_MAX_AGE"] = None  # noqa: F405 -- of the settings above
