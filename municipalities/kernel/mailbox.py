"""A mail backend that leaves each mail as one .eml file, for the demo and for closed networks."""

import re
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

from municipalities.kernel import files

UNSAFE = re.compile(r"[^A-Za-z0-9.@-]+")


class FileMailbox(BaseEmailBackend):
    """One file a mail, named by its Message-ID: a mail sent twice is still one file."""

    def send_messages(self, email_messages):
        for message in email_messages:
            made = message.message()
            name = UNSAFE.sub("", made["Message-ID"]).lstrip(".")
            path = Path(settings.EMAIL_FILE_PATH) / f"{name}.eml"
            files.keep_atomically(path, made.as_bytes(linesep="\r\n"))
        return len(email_messages)
