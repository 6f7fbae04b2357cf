"""No secret of a link stands in a log: whoever reads logs must not accept for others, nor read their dates."""

import logging
import re

LINK = re.compile(
    r"((?:/|%2F)(?:invitation|calendar|s)(?:/|%2F))[-\w]{20,}(?=/|%2F|\.ics|[\s\"'?&%]|$)",
    re.IGNORECASE | re.ASCII,
)


class HideInvitations(logging.Filter):
    """Strike the secret out of every line that a handler writes. Named by the settings."""

    def filter(self, record):
        text = record.getMessage()
        if LINK.search(text):
            record.msg, record.args = LINK.sub(r"\1…", text), None
        return True
