"""No secret of a link stands in a log: whoever reads logs must not accept for others, nor read their dates."""

import logging
import re

LINK = re.compile(
    r"(/invitation/|%2Finvitation%2F|/calendar/|%2Fcalendar%2F)[^/\s\"'?&%]+", re.IGNORECASE
)


class HideInvitations(logging.Filter):
    """Strike the secret out of every line that a handler writes. Named by the settings."""

    def filter(self, record):
        text = record.getMessage()
        if LINK.search(text):
            record.msg, record.args = LINK.sub(r"\1…", text), None
        return True
